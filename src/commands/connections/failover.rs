//! `connections failover`: what a Kafka or Cluster connection is replaced by in another region.

use clap::Subcommand;
use futures_util::TryStreamExt;
use serde_json::{Map, Value};

use super::body::{Body, overlay};
use super::flags::Flags;
use super::needs;
use super::role::Meaning;
use super::{Instance, create, file, list, update};
use crate::atlas::Row;
use crate::atlas::connections::{self, Connection};
use crate::atlas::failover_connections::Of;
use crate::brokers::regions::Provider;
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned};
use crate::commands::instances::{create::region, missing};
use crate::commands::names;
use crate::commands::rows;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Listing};

/// What to do with failover connections.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the failover connections of a connection
    #[command(alias = "ls")]
    List(ListArgs),
    /// Add a failover connection for one of the instance's failover regions
    #[command(alias = "create")]
    Add(Box<AddArgs>),
    /// Change a failover connection; only what changes is sent
    Update(Box<UpdateArgs>),
    /// Remove failover connections
    #[command(aliases = ["rm", "delete"])]
    Remove(RemoveArgs),
}

/// The connection that is replaced.
#[derive(Debug, Clone, clap::Args)]
struct Parent {
    /// The connection, of type Kafka or Cluster
    #[arg(value_name = "CONNECTION")]
    connection: String,
    #[command(flatten)]
    instance: Instance,
}

impl Parent {
    fn of<'a>(&'a self, on: &'a ProjectClient) -> Of<'a> {
        Of { project: &on.project, instance: &self.instance.name, connection: &self.connection }
    }
}

/// Whose failover connections to list.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    parent: Parent,
}

/// The failover connection to be.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is not named is as the connection has it; secrets have to be given anew.

Examples:
  spctl connections failover add order-events --instance orders --region us-east-2 \\
      --bootstrap-servers b-9.kafka.example:9196 --password-env KAFKA_PASSWORD
  spctl connections failover add shop --instance orders --region us-east-2"
)]
pub struct AddArgs {
    #[command(flatten)]
    parent: Parent,
    /// The failover region, by any of its names
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    flags: Flags,
    /// The role that pipelines read and write the cluster as
    #[arg(long, value_name = "ROLE", help_heading = "Cluster")]
    execute_as: Option<String>,
    #[command(flatten)]
    meaning: Meaning,
    #[command(flatten)]
    wait: Wait,
}

/// What to change of a failover connection.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections failover update order-events 6643b6c7fe6a4b5f6fd5a1c0 --instance orders \\
      --bootstrap-servers b-8.kafka.example:9196")]
pub struct UpdateArgs {
    #[command(flatten)]
    parent: Parent,
    /// The failover connection's id, or its region
    #[arg(value_name = "ID|REGION")]
    id: String,
    #[command(flatten)]
    flags: Flags,
    /// The role that pipelines read and write the cluster as
    #[arg(long, value_name = "ROLE", help_heading = "Cluster")]
    execute_as: Option<String>,
    #[command(flatten)]
    meaning: Meaning,
}

/// Which failover connections to remove.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections failover remove order-events us-east-2 --instance orders
  spctl connections failover list shop --instance orders -q | \\
      spctl connections failover remove shop - --instance orders --yes")]
pub struct RemoveArgs {
    #[command(flatten)]
    parent: Parent,
    /// The failover connections by id or region, or - to read them from stdin
    #[arg(value_name = "ID|REGION", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

static LISTING: Listing<Connection> = Listing {
    columns: &[
        Column::identifying("id", |c| Cell::maybe(c.id.clone())),
        Column::telling_apart("region", |c| Cell::maybe(c.region.clone())),
        Column::new("type", |c| c.kind.as_str().into()),
        Column::new("state", |c| Cell::maybe(c.state.clone())),
        Column::new("target", |c| Cell::maybe(list::target(c))),
        Column::new("execute-as", |c| {
            Cell::maybe(c.db_role_to_execute.as_ref().map(list::execute_as))
        }),
        Column::new("name", |c| c.name.as_str().into()),
    ],
    default: 6,
    name: |c| c.id.clone().unwrap_or_default(),
};

/// Failover connections by region, which is what they go by before they have an id.
static BY_REGION: Listing<Connection> =
    Listing { columns: LISTING.columns, default: LISTING.default, name: region_of };

fn region_of(connection: &Connection) -> String {
    connection.region.clone().unwrap_or_default()
}

/// Runs one of them.
pub(super) async fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    match command {
        Command::List(args) => ls(context, args).await,
        Command::Add(args) => add(context, *args).await,
        Command::Update(args) => change(context, *args).await,
        Command::Remove(args) => remove(context, args).await,
    }
}

async fn ls(context: &Context, args: ListArgs) -> Result<()> {
    let on = context.project().await?;
    let rows = rows(on.client.streaming().failover_connections(args.parent.of(on)));
    let nothing = format!("connection {} has no failover connections", args.parent.connection);
    let listed = context.ui.list(&LISTING, rows, &nothing).await;
    listed.map(drop).map_err(|error| not_there(error, &args.parent))
}

async fn fetch(on: &ProjectClient, parent: &Parent) -> Result<Vec<Row<Connection>>> {
    let rows = on.client.failover_connections(parent.of(on)).try_collect().await;
    rows.map_err(|error| not_there(Error::from(error), parent))
}

fn not_there(error: Error, parent: &Parent) -> Error {
    match error.kind() {
        Kind::NotFound => list::not_there(&parent.instance.name, &parent.connection)
            .api(error.api_facts().clone()),
        _ => error,
    }
}

async fn add(context: &Context, args: AddArgs) -> Result<()> {
    let on = context.project().await?;
    let of = args.parent.of(on);
    let parent = list::one(on, of.instance, of.connection).await?;
    let kind = parent.view.kind.clone();
    if !matches!(kind.as_str(), "Kafka" | "Cluster") {
        return Err(Error::usage(format!(
            "connection {} is of type {kind}, and has no failover connections",
            of.connection
        ))
        .hint("only connections of type Kafka and Cluster do"));
    }
    let region = failover_region(on, of.instance, &args.region).await?;
    let known = fetch(on, &args.parent).await?;
    if known.iter().any(|row| region_of(&row.view) == region) {
        let message = format!("connection {} has a failover for {region} already", of.connection);
        return Err(Error::new(Kind::Conflict, message).hint("update changes it"));
    }
    let before: Value = serde_json::from_str(parent.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let base = connections::changeable(&before);
    let given = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    let mut body = laid_over(&base, &given);
    args.flags.apply(context, &mut body, &kind).await?;
    body.set(&["type"], kind.as_str());
    body.set(&["region"], region.as_str());
    let mut facts = vec![Fact::new("region", region.as_str())];
    let mut beside = body.clone();
    beside.shown.shift_remove("region");
    let shown = beside.differences(&base);
    facts.extend(shown.into_iter().map(|line| Fact::new("other than the connection", line)));
    if kind == "Cluster" {
        let role = create::wanted(&body, args.execute_as.as_deref(), &args.meaning)?;
        facts.extend(create::execute_as(on, &mut body, role, &args.meaning).await?);
    }
    needs::complete(context, &mut body, &kind)?;
    let mut plan = Plan::new(&on.project, "failover connection", "add", "added");
    let expect = Expect::Has(body.readable());
    let call = of.create_call(Value::Object(body.sent)).shown(Value::Object(body.shown));
    plan.change(Change::new(plan.object(&region), call, expect).facts(facts));
    let read_back = || fetch(on, &args.parent);
    let applied = change::apply(context, plan, None, &BY_REGION, read_back).await;
    applied
        .then(context, async |done| {
            for region in done.iter().map(|object| &object.name) {
                let look = async || {
                    let rows = fetch(on, &args.parent).await?;
                    let found = rows.iter().find(|row| region_of(&row.view) == *region);
                    Ok(found.map_or(Look::Still("unseen".into()), |row| list::readiness(&row.view)))
                };
                args.wait.until(context, region, look).await?;
            }
            Ok(())
        })
        .await
}

/// The connection's own fields with what was given over them.
fn laid_over(base: &Map<String, Value>, given: &Body) -> Body {
    let over = |given: &Map<String, Value>| {
        let mut whole = Value::Object(base.clone());
        overlay(&mut whole, &Value::Object(given.clone()));
        match whole {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    };
    Body { sent: over(&given.sent), shown: over(&given.shown) }
}

/// One of the instance's failover regions, by any name.
pub async fn failover_region(on: &ProjectClient, instance: &str, name: &str) -> Result<String> {
    let row = on.client.instance(&on.project, instance).await.map_err(Error::from);
    let view = row.map_err(|error| missing(error, instance))?.view;
    let home = view.data_process_region.unwrap_or_default();
    let provider: Provider = home.cloud_provider.parse().map_err(Error::usage)?;
    let region = region(provider, name)?.region;
    match view.failover_regions.iter().any(|place| place.region == region) {
        true => Ok(region),
        false => {
            let known: Vec<String> = view.failover_regions.into_iter().map(|p| p.region).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(Error::usage(format!("{region} is no failover region of instance {instance}"))
                .hint(format!("its failover regions: {known}"))
                .hint("spctl instances update NAME --failover-region sets them"))
        }
    }
}

/// The failover connection of an id or a region.
fn find<'a>(
    known: &'a [Row<Connection>],
    wanted: &str,
    parent: &Parent,
) -> Result<&'a Row<Connection>> {
    let is = |row: &&Row<Connection>| {
        let region = region_of(&row.view);
        let names = crate::brokers::regions::REGIONS.iter().filter(|r| r.instance == region);
        let mut names = names.flat_map(|r| [r.instance, r.key, r.atlas]);
        row.view.id.as_deref() == Some(wanted)
            || region == wanted
            || names.any(|name| name.eq_ignore_ascii_case(wanted))
    };
    known.iter().find(is).ok_or_else(|| {
        let (name, instance) = (&parent.connection, &parent.instance.name);
        Error::not_found(format!("connection {name} has no failover connection {wanted:?}")).hint(
            format!("spctl connections failover list {name} --instance {instance} shows them"),
        )
    })
}

async fn change(context: &Context, args: UpdateArgs) -> Result<()> {
    let on = context.project().await?;
    let of = args.parent.of(on);
    let known = fetch(on, &args.parent).await?;
    let id = find(&known, &args.id, &args.parent)?.view.id.clone().unwrap_or_default();
    let row = on.client.failover_connection(of, &id).await.map_err(Error::from)?;
    let kind = row.view.kind.clone();
    let mut patch = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    args.flags.apply(context, &mut patch, &kind).await?;
    let first = changed(on, &args, patch.clone(), &row).await?;
    let planned = Planned::from(first).anew(async || {
        let row = on.client.failover_connection(of, &id).await.map_err(Error::from)?;
        changed(on, &args, patch.clone(), &row).await
    });
    let read_back = || fetch(on, &args.parent);
    change::apply(context, planned, None, &LISTING, read_back).await.outcome
}

async fn changed(
    on: &ProjectClient,
    args: &UpdateArgs,
    mut patch: Body,
    row: &Row<Connection>,
) -> Result<Plan> {
    let (id, kind) = (row.view.id.clone().unwrap_or_default(), row.view.kind.clone());
    let before: Value = serde_json::from_str(row.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let before = connections::changeable(&before);
    let mut facts = Vec::new();
    if args.execute_as.is_some() || patch.sent.contains_key("dbRoleToExecute") {
        let role = create::wanted(&patch, args.execute_as.as_deref(), &args.meaning)?;
        let home = before.get("clusterGroupId").and_then(Value::as_str).unwrap_or(&on.project);
        facts = create::execute_as(&on.elsewhere(home), &mut patch, role, &args.meaning).await?;
    }
    if patch.sent.is_empty() {
        return Err(Error::usage("nothing says what to change")
            .hint("see spctl connections failover update --help"));
    }
    let of = args.parent.of(on);
    let mut plan = Plan::new(&on.project, "failover connection", "update", "updated");
    match update::changed(&before, &patch) {
        None => plan.unchanged(plan.object(id)),
        Some(mut body) => {
            let lines = body.differences(&before).into_iter();
            let mut lines: Vec<Fact> = lines.map(|line| Fact::new("changes", line)).collect();
            lines.append(&mut facts);
            body.set(&["type"], kind);
            let expect = Expect::Has(body.readable());
            let call =
                of.update_call(&id, Value::Object(body.sent)).shown(Value::Object(body.shown));
            let change = Change::new(plan.object(id), call, expect);
            plan.change(change.was(row.raw.clone()).facts(lines));
        }
    }
    Ok(plan)
}

async fn remove(context: &Context, args: RemoveArgs) -> Result<()> {
    let wanted = names::read(context, &args.ids)?;
    let on = context.project().await?;
    let of = args.parent.of(on);
    let fetch = || fetch(on, &args.parent);
    let look = async || Ok(removal(&wanted, of, &args.parent, &fetch().await?));
    change::apply(context, Planned::by(look).await?, Some(&args.batch), &LISTING, fetch)
        .await
        .outcome
}

fn removal(wanted: &[String], of: Of<'_>, parent: &Parent, known: &[Row<Connection>]) -> Plan {
    let mut plan = Plan::new(of.project, "failover connection", "remove", "removed");
    for name in wanted {
        match find(known, name, parent) {
            Ok(row) => {
                let connection = &row.view;
                let id = connection.id.clone().unwrap_or_default();
                let object = plan.object(&id);
                if plan.has(&object) {
                    continue;
                }
                let mut facts = vec![Fact::means("region", region_of(connection))];
                facts.extend(list::target(connection).map(|target| Fact::means("target", target)));
                let change = Change::new(object, of.delete_call(&id), Expect::Gone);
                plan.change(change.was(row.raw.clone()).facts(facts));
            }
            Err(error) => plan.refuse(plan.object(name), error),
        }
    }
    plan
}
