//! `spctl instances`: stream processing instances, which newer documentation calls workspaces.

use clap::Subcommand;
use futures_util::TryStreamExt;

use self::list::LISTING;
use crate::atlas::Row;
use crate::atlas::instances::Instance;
use crate::atlas::processors::Processor;
use crate::commands::names::Named;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

mod create;
mod delete;
mod get;
mod list;
mod reach;
pub(super) mod region;
mod size;
mod update;

/// What to do with instances.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the instances of the project
    #[command(alias = "ls")]
    List,
    /// Show instances: regions in all their names, hostnames, connections, who can reach them
    #[command(alias = "show")]
    Get(Named),
    /// Create an instance
    Create(create::Args),
    /// Change an instance's size or failover regions
    Update(update::Args),
    /// Delete instances with their processors and connections
    #[command(alias = "rm")]
    Delete(delete::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; not found, for names that do not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List => list::run(context).await,
            Command::Get(named) => get::run(context, named).await,
            Command::Create(args) => create::run(context, args).await,
            Command::Update(args) => update::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
        }
    })
}

/// All instances of the project.
async fn fetch(on: &ProjectClient) -> Result<Vec<Row<Instance>>> {
    on.client.instances(&on.project).try_collect().await.map_err(Error::from)
}

/// The error when something below an instance is not found: the instance, unless it is the project.
pub fn missing(error: Error, name: &str) -> Error {
    let project = error.api_facts().error_code.as_deref() == Some("GROUP_NOT_FOUND");
    if error.kind() != Kind::NotFound || project {
        return error;
    }
    not_there(name).api(error.api_facts().clone())
}

/// There is no such instance.
fn not_there(name: &str) -> Error {
    Error::not_found(format!("there is no instance {name:?} in this project"))
        .hint("spctl instances list shows which ones exist")
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
