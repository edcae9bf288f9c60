//! `spctl projects`: the projects that the credential sees.

use std::collections::HashMap;

use clap::Subcommand;
use futures_util::{StreamExt, TryStreamExt};

use crate::atlas::is_id;
use crate::atlas::projects::{self, Project};
use crate::atlas::{ApiError, Client, Row};
use crate::change::{self, Batch, Change, Expect, Fact, ObjectId, Plan, Planned};
use crate::commands::names::{self, Named};
use crate::commands::{orgs, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Detail, Listing, NoColumns, plural};

/// What to do with projects.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the projects that the credential sees
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl projects list
  spctl projects list --org ExampleShop -o json"
    )]
    List,
    /// Show projects, by id or name
    #[command(alias = "show")]
    Get(Named),
    /// Create projects in the organisation
    Create(CreateArgs),
    /// Delete projects that hold neither instances nor clusters
    #[command(alias = "rm")]
    Delete(DeleteArgs),
}

/// Which projects to create.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl projects create shop-test --org ExampleShop
  spctl projects create blue green --yes

The organisation is that of --org, of the environment, or of the chosen project.")]
pub struct CreateArgs {
    /// The names, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// The id of the member who becomes Project Owner; the organisation's first owner by default
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    #[command(flatten)]
    batch: Batch,
}

/// Which projects to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl projects delete shop-test
  spctl projects delete - --yes < finished.txt

A project is deleted with its database users, roles, access list and members. Its instances and
clusters have to be deleted first; those that stand in the way are named.")]
pub struct DeleteArgs {
    /// The projects by id or name, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

/// What messages call a project.
const NOUN: &str = "project";

static LISTING: Listing<Project> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.as_str().into()),
        Column::telling_apart("id", |p| p.id.as_str().into()),
        Column::new("org", |p| Cell::maybe(p.org_id.clone())),
        Column::new("clusters", |p| Cell::count(p.cluster_count)),
        Column::new("created", |p| Cell::moment(p.created.as_deref())),
    ],
    default: 5,
    name: |p| p.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List => list(context).await,
            Command::Get(named) => get(context, named).await,
            Command::Create(args) => create(context, args).await,
            Command::Delete(args) => delete(context, args).await,
        }
    })
}

async fn list(context: &Context) -> Result<()> {
    let client = context.client()?.streaming();
    let org = context.org().await?;
    let rows = match (&org, &context.flags.org) {
        (Some(org), Some(_)) => rows(client.projects_of(org)).left_stream(),
        // An organisation of the environment may be one that a key of a project cannot list.
        _ => rows(client.projects()).right_stream(),
    };
    let of_it = |project: &Project| org.is_none() || project.org_id == org;
    let rows = rows.try_filter(|(_, project)| std::future::ready(of_it(project)));
    context.ui.list(&LISTING, rows, "this credential sees no projects").await.map(drop)
}

async fn get(context: &Context, named: Named) -> Result<()> {
    let client = context.client()?;
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| find(client, name, many.then_some(&listed)).await;
    names::show(context, &LISTING, "project", &named.names, fetch, detail).await
}

/// Checks what the API's pattern of names says; a space is taken too.
fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_alphanumeric() || "-_.(),:&@+' ".contains(c);
    match (1..=64).contains(&name.chars().count()) && name.chars().all(fits) {
        true => names::check_new("project", name),
        false => Err(Error::usage(format!("{name:?} cannot be the name of a project"))
            .hint("names are 1 to 64 letters, digits, spaces and -_.(),:&@+'")),
    }
}

/// A project by id or name: of the listing, where there is one, or by itself.
async fn find(
    client: &Client,
    name: &str,
    listed: Option<&names::Listed<Project>>,
) -> Result<Row<Project>> {
    if let Some(listed) = listed {
        return listing(client, listed, name).await?.ok_or_else(|| not_there(name));
    }
    let project = match is_id(name) {
        true => client.project(name).await,
        false => client.project_by_name(name).await,
    };
    project.map_err(|error| missing(error, name))
}

async fn listing(
    client: &Client,
    listed: &names::Listed<Project>,
    name: &str,
) -> Result<Option<Row<Project>>> {
    let all = async || client.projects().try_collect().await.map_err(Error::from);
    listed.find(name, all, |project| vec![project.id.clone(), project.name.clone()]).await
}

fn missing(error: ApiError, name: &str) -> Error {
    let error = Error::from(error);
    match error.kind() {
        Kind::NotFound => not_there(name).api(error.api_facts().clone()),
        _ => error,
    }
}

fn not_there(name: &str) -> Error {
    Error::not_found(format!("there is no project {name:?}"))
        .hint("spctl projects list shows what this credential sees")
}

fn detail(project: &Project) -> Detail {
    vec![
        ("project", vec![project.name.clone()]),
        ("id", vec![project.id.clone()]),
        ("organisation", vec![project.org_id.clone().unwrap_or_default()]),
        ("created", vec![project.created.clone().unwrap_or_default()]),
    ]
}

async fn fetch(client: &Client, org: &str) -> Result<Vec<Row<Project>>> {
    client.projects_of(org).try_collect().await.map_err(Error::from)
}

async fn create(context: &Context, args: CreateArgs) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    wanted.iter().try_for_each(|name| check_name(name))?;
    let client = context.client()?;
    let org = orgs::chosen(context).await?;
    let (there, home) = tokio::try_join!(fetch(client, &org), async {
        client.org(&org).await.map_err(Error::from)
    })?;
    let mut plan = Plan::new(&org, NOUN, "create", "created");
    for name in wanted {
        if there.iter().any(|row| row.view.name == name) {
            let error = Error::new(Kind::Conflict, format!("project {name} exists already"))
                .hint(format!("spctl projects get {name:?} shows it"));
            plan.refuse(plan.object(name), error);
            continue;
        }
        let owner = args.owner.as_deref();
        let call = projects::create_call(&org, &name, owner);
        let expect = Expect::Has(serde_json::json!({ "name": name, "orgId": org }));
        plan.change(
            Change::new(plan.object(&name), call, expect)
                .fact(Fact::new("organisation", home.view.name.clone()))
                .fact(Fact::new("owner", owner.unwrap_or("the organisation's first owner"))),
        );
    }
    change::apply(context, plan, Some(&args.batch), &LISTING, || fetch(client, &org)).await.outcome
}

async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    let client = context.client()?;
    let look = async || context.signals.interruptible(deletion(client, &wanted)).await;
    let planned = Planned::by(look).await?;
    // Two organisations may have a project of one name: only ids are compared.
    let objects = planned.plan().changes().iter().map(Change::object);
    let objects: HashMap<String, ObjectId> =
        objects.map(|object| (object.project.clone(), object.clone())).collect();
    let read_back = || async {
        let all: Vec<_> = client.projects().try_collect().await?;
        let still = |row: Row<Project>| Some((objects.get(&row.view.id)?.clone(), row.raw));
        Ok(all.into_iter().filter_map(still).collect())
    };
    change::execute(context, planned, Some(&args.batch), &NoColumns, read_back).await.outcome
}

async fn deletion(client: &Client, wanted: &[String]) -> Result<Plan> {
    let mut plan = Plan::new("", NOUN, "delete", "deleted");
    let (listed, many) = (names::Listed::default(), names::are_many(wanted.len()));
    if many {
        // A listing that fails is no failure of each name.
        let _ = listing(client, &listed, "").await?;
    }
    for name in wanted {
        let found = async {
            let row = find(client, name, many.then_some(&listed)).await?;
            let object = ObjectId::new(NOUN, &row.view.id, &row.view.name);
            let contents = contents(client, &row.view).await.map_err(|error| error.of(&object));
            Ok::<_, Error>((object, contents.map(|facts| (row, facts))))
        };
        let (object, contents) = match found.await {
            Ok(found) => found,
            Err(error) => {
                plan.refuse(plan.object(name), error);
                continue;
            }
        };
        if plan.has(&object) {
            continue;
        }
        // Projects of two organisations may have one name.
        plan.typed(&object, name);
        match contents {
            Ok((row, facts)) => {
                let call = projects::delete_call(&object.project);
                plan.change(Change::new(object, call, Expect::Gone).was(row.raw).facts(facts));
            }
            Err(error) => plan.refuse(object, error),
        }
    }
    Ok(plan)
}

/// Users by number, and some by name.
fn told(users: &[String]) -> String {
    const MOST: usize = 10;
    let named = users.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    let many = plural(users.len(), "database user");
    match users.len() {
        0 => many,
        1..=MOST => format!("{many}: {named}"),
        _ => format!("{many}: {named} and {} more", users.len() - MOST),
    }
}

/// What is lost with a project.
///
/// # Errors
/// Conflict: what stands in the way is named, before the API refuses.
async fn contents(client: &Client, project: &Project) -> Result<Vec<Fact>> {
    let id = &project.id;
    let (instances, clusters, users): (Vec<_>, Vec<_>, Vec<_>) = tokio::try_join!(
        client.instances(id).map_ok(|row| row.view.name).try_collect(),
        client.clusters(id).map_ok(|row| row.view.name).try_collect(),
        client.users(id).map_ok(|row| row.view.username).try_collect(),
    )?;
    let named = [("instance", &instances), ("cluster", &clusters)];
    let blocking: Vec<String> = named
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{}: {}", plural(names.len(), what), names.join(", ")))
        .collect();
    if !blocking.is_empty() {
        let text =
            format!("project {} cannot be deleted: it has {}", project.name, blocking.join("; "));
        let object = ObjectId::new(NOUN, id, &project.name);
        return Err(Error::new(Kind::Conflict, text)
            .about(object)
            .hint("delete these first: the API refuses a project that has some"));
    }
    Ok(vec![
        Fact::new("id", project.id.clone()),
        Fact::new("created", project.created.clone().unwrap_or_default()),
        Fact::means("loses", told(&users)),
        Fact::new(
            "loses",
            "custom roles, access list, members; audit logs cannot be read any more",
        ),
    ])
}
