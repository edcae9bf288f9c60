//! `spctl access-lists`: the IP addresses that can reach a project's databases and instances.

use clap::Subcommand;

use crate::atlas::access_lists::AccessEntry;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

mod add;
pub mod entry;
mod file;
mod get;
pub mod guard;
mod idle;
mod list;
mod new_entry;
mod remove;
mod replace;
mod status;

use entry::EntryTarget;

/// What to do with the IP access list.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the entries of the project's IP access list
    #[command(
        alias = "ls",
        after_help = "Examples:
  spctl access-lists list
  spctl access-lists list -o csv > list.csv"
    )]
    List,
    /// Show entries: what each one lets in, its comment, when it expires
    #[command(alias = "show")]
    Get(get::Args),
    /// Add addresses, blocks or security groups in one request
    ///
    /// Existing entries are left unchanged.
    ///
    /// Making the list effectively open to everyone requires --allow-anywhere. What counts is how
    /// many public addresses it lets in, each counted once: the limit is a /8 of IPv4 or a /20 of
    /// IPv6. IPv6 forms of IPv4 addresses count as IPv4; 0.0.0.0 and :: count as everyone with any
    /// mask; private ranges do not count. A list that is already open accepts any narrower entry.
    Add(add::Args),
    /// Remove entries
    ///
    /// Removing what lets in your current address requires --lock-myself-out, and removing the last
    /// entries --allow-empty.
    #[command(aliases = ["delete", "rm"])]
    Remove(remove::Args),
    /// Replace the list with the entries in a file: additions first, then removals
    ///
    /// The file has one entry per line, with an optional comment after #, or it is CSV with the
    /// columns entry, comment and expires, as written by access-lists list -o csv. Existing entries
    /// are left unchanged, comments included: the API cannot change an entry. Making the list
    /// effectively open to everyone requires --allow-anywhere, as with access-lists add.
    Replace(replace::Args),
    /// Show whether entries have been applied in all clouds: ACTIVE, PENDING or FAILED
    Status(status::Args),
}

/// The columns of an entry.
static LISTING: Listing<AccessEntry> = Listing {
    columns: &[
        Column::identifying("entry", |e| entry::name(e).into()),
        Column::new("comment", |e| Cell::maybe(e.comment.clone())),
        Column::new("expires", |e| Cell::moment(e.delete_after_date.as_deref())),
        Column::new("kind", |e| Cell::maybe(EntryTarget::of(e).map(|target| target.kind()))),
    ],
    default: 4,
    name: entry::name,
};

/// Runs a subcommand.
///
/// # Errors
/// Those of the subcommand.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List => context.block_on(list::run(context)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Add(args) => context.block_on(add::run(context, args)),
        Command::Remove(args) => context.block_on(remove::run(context, args)),
        Command::Replace(args) => context.block_on(replace::run(context, args)),
        Command::Status(args) => context.block_on(status::run(context, args)),
    }
}
