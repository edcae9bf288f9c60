//! `spctl instances`: stream processing instances, which newer documentation calls workspaces.

use clap::Subcommand;
use futures_util::TryStreamExt;

use self::list::LISTING;
use crate::atlas::Row;
use crate::atlas::instances::Instance;
use crate::atlas::processors::Processor;
use crate::commands::instance_args::Instances;
use crate::commands::known;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::session::ProjectClient;

mod create;
mod delete;
mod get;
mod list;
mod reach;
mod region;
mod size;
mod update;
mod uri;

pub use size::TIERS;

/// What to do with instances.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the instances of the project
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl instances list
  spctl instances list -q
  spctl instances list -o json"
    )]
    List,
    /// Show instances: regions in all their names, hostnames, connections, who can reach them
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl instances get orders
  spctl instances list -q | spctl instances get - -o yaml"
    )]
    Get(Instances),
    /// Create an instance
    Create(create::Args),
    /// Change an instance's size or failover regions
    Update(update::Args),
    /// Show the connection strings of instances, for shells and drivers
    ///
    /// They never hold a password: the client asks for it. For the local control plane, `spctl local
    /// serve` must be running.
    Uri(uri::Args),
    /// Delete instances with their processors and connections
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; not found, for names that do not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    if !matches!(command, Command::Uri(_)) {
        context.ui.check(&LISTING)?;
    }
    context.block_on(async {
        match command {
            Command::List => list::run(context).await,
            Command::Get(named) => get::run(context, named).await,
            Command::Create(args) => create::run(context, args).await,
            Command::Update(args) => update::run(context, args).await,
            Command::Uri(args) => uri::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
        }
    })
}

/// All instances of the project.
async fn fetch(on: &ProjectClient) -> Result<Vec<Row<Instance>>> {
    on.client.instances(&on.project).try_collect().await.map_err(Error::from)
}

/// The error when something below an instance is not found: the instance, unless it is the project.
pub async fn missing(on: &ProjectClient, error: Error, name: &str) -> Error {
    let project = error.api_facts().error_code.as_deref() == Some("GROUP_NOT_FOUND");
    if error.kind() != Kind::NotFound || project {
        return error;
    }
    let known = names(on).await.unwrap_or_default();
    not_there(name, known.iter().map(String::as_str)).api(error.api_facts().clone())
}

/// There is no such instance among the known ones.
fn not_there<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let otherwise = "spctl instances list shows which ones exist";
    Error::not_found(format!("there is no instance {name:?} in this project"))
        .hint(near::hint(name, known, otherwise))
}

/// One instance.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn one(on: &ProjectClient, name: &str) -> Result<Row<Instance>> {
    match on.client.instance(&on.project, name).await.map_err(Error::from) {
        Ok(row) => Ok(row),
        Err(error) => Err(missing(on, error, name).await),
    }
}

/// Refuses the name of an instance that is not there, which a filter would take for one that has
/// nothing. What the credential may not look up is said, and passes.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn check(context: &Context, on: &ProjectClient, name: &str) -> Result<()> {
    // Who may not read an instance may still list them.
    let looked = names(on).await.and_then(|known| match known.iter().any(|known| known == name) {
        true => Ok(()),
        false => Err(not_there(name, known.iter().map(String::as_str))),
    });
    known::checked(context, &format!("an instance {name}"), looked)
}

/// The names of the project's instances.
///
/// # Errors
/// Those of the API.
pub async fn names(on: &ProjectClient) -> Result<Vec<String>> {
    Ok(fetch(on).await?.into_iter().map(|row| row.view.name).collect())
}

fn or_none(lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => vec!["none".to_owned()],
        false => lines,
    }
}

fn tier(instance: &Instance) -> Option<String> {
    instance.stream_config.as_ref().and_then(|config| config.tier.clone())
}

/// The processors of an instance.
pub async fn processors(on: &ProjectClient, instance: &str) -> Result<Vec<Processor>> {
    let rows = on.client.processors(&on.project, instance).map_ok(|row| row.view);
    rows.try_collect().await.map_err(Error::from)
}
