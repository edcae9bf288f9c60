//! `spctl access-lists`: the addresses that may reach a project's databases and instances at all.

use clap::Subcommand;

use crate::atlas::access_lists::AccessEntry;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

mod add;
mod entry;
mod file;
mod get;
mod guard;
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
    #[command(alias = "ls")]
    List,
    /// Show entries: what each lets in, what for, until when
    #[command(alias = "show")]
    Get(get::Args),
    /// Add addresses, blocks or security groups, all in one request
    ///
    /// What stands already is left as it is.
    ///
    /// What makes the list as good as open to everybody needs --allow-anywhere: counted are the
    /// public addresses that it lets in, each once, and the line is a /8 of IPv4 or a /20 of IPv6.
    /// An IPv6 form of IPv4 addresses counts as these; 0.0.0.0 and :: count as everybody with any
    /// mask; private ranges do not count. A list that is open already takes any narrower entry.
    Add(add::Args),
    /// Remove entries
    ///
    /// What would shut out the address that you have now needs a word more.
    #[command(alias = "rm", alias = "delete")]
    Remove(remove::Args),
    /// Make the list what a file says: additions first, then removals
    ///
    /// The file has an entry a line, with a comment behind #; or it is CSV with the columns entry,
    /// comment and expires, as access-lists list -o csv writes it. What stands already is kept as it
    /// is, its comment included: the API has no operation that changes an entry. What makes the list
    /// as good as open to everybody needs --allow-anywhere, as with access-lists add.
    Replace(replace::Args),
    /// Tell whether entries have reached all clouds: ACTIVE, PENDING or FAILED
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

/// Runs one of them.
///
/// # Errors
/// Those of the command.
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
