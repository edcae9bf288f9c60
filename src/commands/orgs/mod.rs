//! `spctl orgs`: the organisations that the credential can access.

use clap::Subcommand;

use crate::atlas::orgs::Org;
use crate::commands::names::Named;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Column, Listing};

mod chosen;
mod get;
mod list;

pub use chosen::chosen;

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the organisations that the credential can access
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl orgs list
  spctl orgs list --columns name,id"
    )]
    List,
    /// Show organisations, by id or name
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl orgs get ExampleShop
  spctl orgs list -q | spctl orgs get - -o json"
    )]
    Get(Named),
}

static LISTING: Listing<Org> = Listing {
    columns: &[
        Column::identifying("name", |o| o.name.as_str().into()),
        Column::telling_apart("id", |o| o.id.as_str().into()),
    ],
    default: 2,
    name: |o| o.name.clone(),
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
        }
    })
}
