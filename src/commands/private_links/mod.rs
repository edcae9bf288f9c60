//! `spctl private-links`: private network paths to a provider's services.

use clap::Subcommand;

use crate::atlas::private_links::PrivateLink;
use crate::commands::known;
use crate::context::Context;
use crate::error::Result;
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Listing};

mod create;
mod delete;
mod document;
mod doubts;
mod get;
mod link;
mod list;
mod update;

/// What messages call a private link.
const NOUN: &str = "private link";

/// What to do with private links.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the private links of the project
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl private-links list
  spctl private-links list --columns id,state,error"
    )]
    List,
    /// Show private links: what they connect to, and their state
    #[command(alias = "show")]
    Get(get::Args),
    /// Create a private link, from options or a file
    Create(Box<create::Args>),
    /// Change the DNS domain of a private link; nothing else can be changed
    Update(update::Args),
    /// Delete private links; one that a connection uses cannot be deleted
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
}

/// The columns of a private link.
static LISTING: Listing<PrivateLink> = Listing {
    columns: &[
        Column::identifying("id", |l| l.id.as_str().into()),
        Column::new("provider", |l| l.provider.as_str().into()),
        Column::new("vendor", |l| Cell::maybe(l.vendor.clone())),
        Column::new("region", |l| Cell::maybe(l.region.clone())),
        Column::new("state", |l| Cell::maybe(l.state.clone())),
        Column::new("dns-domain", |l| Cell::maybe(l.dns_domain.clone())),
        Column::new("service", |l| Cell::maybe(link::service(l).cloned())),
        Column::new("endpoint", |l| Cell::maybe(link::endpoint(l).cloned())),
        Column::new("error", |l| Cell::maybe(l.error_message.clone())),
    ],
    default: 6,
    name: |l| l.id.clone(),
};

/// Refuses the id of a private link that is not there. What the credential may not look up is said,
/// and passes.
///
/// # Errors
/// Not found, with the nearest ids; those of the API.
pub async fn check(context: &Context, on: &ProjectClient, id: &str) -> Result<()> {
    let looked = link::fetch(on).await.and_then(|links| {
        let found = link::ids(&links).any(|known| known == id);
        found.then_some(()).ok_or_else(|| link::missing(id, link::ids(&links)))
    });
    known::checked(context, &format!("a private link {id}"), looked)
}

/// Runs a subcommand.
///
/// # Errors
/// Those of the subcommand.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List => context.block_on(list::run(context)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Create(args) => context.block_on(create::run(context, *args)),
        Command::Update(args) => context.block_on(update::run(context, args)),
        Command::Delete(args) => context.block_on(delete::run(context, args)),
    }
}
