//! `spctl projects`: the projects that the credential can access.

use clap::Subcommand;

use crate::atlas::projects::Project;
use crate::commands::names::Named;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

mod create;
mod delete;
mod get;
mod list;
mod lookup;

/// What messages call a project.
const NOUN: &str = "project";

/// What to do with projects.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the projects that the credential can access
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl projects list
  spctl projects list --org ExampleShop -o json"
    )]
    List,
    /// Show projects, by id or name
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl projects get shop
  spctl projects list -q | spctl projects get - -o json"
    )]
    Get(Named),
    /// Create projects in an organisation
    Create(create::Args),
    /// Delete projects that have no instances or clusters
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
}

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

/// Runs a subcommand.
///
/// # Errors
/// Those of the API; not found, if a name does not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List => list::run(context).await,
            Command::Get(named) => get::run(context, named).await,
            Command::Create(args) => create::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
        }
    })
}
