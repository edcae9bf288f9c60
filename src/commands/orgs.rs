//! `spctl orgs`: the organisations that the credential sees.

use clap::Subcommand;

use crate::atlas::orgs::Org;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Column, Listing};

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the organisations that the credential sees
    #[command(alias = "ls")]
    List,
}

static LISTING: Listing<Org> = Listing {
    columns: &[
        Column { name: "name", value: |o| o.name.as_str().into() },
        Column { name: "id", value: |o| o.id.as_str().into() },
    ],
    default: 2,
    name: |o| o.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let Command::List = command;
    context.ui.check(&LISTING)?;
    context.block_on(async {
        let rows = rows(context.client()?.orgs());
        context.ui.list(&LISTING, rows, "this credential sees no organisations").await.map(drop)
    })
}
