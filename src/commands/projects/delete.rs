//! `projects delete`.

use std::collections::HashMap;

use futures_util::TryStreamExt;

use super::{NOUN, lookup};
use crate::atlas::projects::{self, Project};
use crate::atlas::{Client, Row};
use crate::change::{self, Batch, Change, Expect, Fact, ObjectId, Plan, Planned};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{NoColumns, plural};

/// Which projects to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl projects delete shop-test
  spctl projects delete - --yes < finished.txt

A project is deleted with its database users, roles, access list and members. Its instances and \
clusters must be deleted first; those that remain are named.")]
pub struct Args {
    /// The projects by id or name, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    let client = context.client()?;
    let look = async || context.signals.interruptible(plan(client, &wanted)).await;
    let planned = Planned::by(look).await?;
    // Two organisations may have projects of the same name: only ids are compared.
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

async fn plan(client: &Client, wanted: &[String]) -> Result<Plan> {
    let mut plan = Plan::new("", NOUN, "delete", "deleted");
    let (listed, many) = (names::Listed::default(), names::are_many(wanted.len()));
    if many {
        // If the listing fails, that is one error, and not one per name.
        let _ = lookup::listed(client, &listed, "").await?;
    }
    for name in wanted {
        let found = async {
            let row = lookup::find(client, name, many.then_some(&listed)).await?;
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
        // Projects of two organisations may have the same name.
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

/// What is lost with a project.
///
/// # Errors
/// Conflict, naming what must be deleted first, before the API refuses.
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
            .hint("delete these first: the API refuses to delete a project that has any"));
    }
    Ok(vec![
        Fact::new("id", project.id.clone()),
        Fact::new("created", project.created.clone().unwrap_or_default()),
        Fact::means("loses", users_lost(&users)),
        Fact::new("loses", "custom roles, access list, members; audit logs can no longer be read"),
    ])
}

/// How many users, and some of their names.
fn users_lost(users: &[String]) -> String {
    const MOST: usize = 10;
    let named = users.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    let many = plural(users.len(), "database user");
    match users.len() {
        0 => many,
        1..=MOST => format!("{many}: {named}"),
        _ => format!("{many}: {named} and {} more", users.len() - MOST),
    }
}
