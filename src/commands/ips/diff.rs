//! `spctl ips diff`: what changed between two lists that were saved.

use serde::Serialize;

use super::source::read_file;
use crate::brokers::difference::Difference;
use crate::brokers::set::Entry;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Listing, plural};

/// Which lists.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl ips diff january.json february.json
  spctl api GET unauth/controlPlaneIPAddresses | spctl ips diff saved.json -")]
pub(super) struct Args {
    /// The earlier list, as --save writes it, or - for stdin
    #[arg(value_name = "OLD")]
    old: String,
    /// The later one
    #[arg(value_name = "NEW")]
    new: String,
}

/// An entry that only one of the lists has.
#[derive(Debug, Serialize)]
pub(super) struct ChangeRow {
    change: &'static str,
    cidr: String,
    provider: &'static str,
    region: String,
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
}

impl ChangeRow {
    fn new(change: &'static str, entry: &Entry) -> Self {
        ChangeRow {
            change,
            cidr: entry.net.to_string(),
            provider: entry.provider.key(),
            region: entry.region.clone(),
            direction: entry.direction.key(),
            gateway: entry.origin.gateway().map(str::to_owned),
        }
    }

    /// What a difference consists of: what is added comes first.
    pub(super) fn of(difference: &Difference) -> impl Iterator<Item = ChangeRow> {
        let added = difference.added.iter().map(|entry| ChangeRow::new("added", entry));
        added.chain(difference.removed.iter().map(|entry| ChangeRow::new("removed", entry)))
    }
}

const LISTING: Listing<ChangeRow> = Listing {
    columns: &[
        Column::telling_apart("change", |row| row.change.into()),
        Column::identifying("cidr", |row| row.cidr.as_str().into()),
        Column::new("provider", |row| row.provider.into()),
        Column::telling_apart("region", |row| row.region.as_str().into()),
        Column::new("direction", |row| row.direction.into()),
        Column::new("gateway", |row| Cell::maybe(row.gateway.clone())),
    ],
    default: 6,
    name: |row| row.cidr.clone(),
};

/// Compares them.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    if args.old == "-" && args.new == "-" {
        return Err(Error::usage("OLD and NEW are both -, and stdin can be read once only")
            .hint("name a file for one of them"));
    }
    let old = read_file(context, "OLD", &args.old)?.all()?;
    let new = read_file(context, "NEW", &args.new)?.all()?;
    let difference = Difference::between(old.entries(), new.entries());
    context.ui.list_computed(&LISTING, ChangeRow::of(&difference), "the lists are the same")?;
    match difference.is_empty() {
        true => Ok(()),
        false => Err(Error::new(
            Kind::Differs,
            format!(
                "the lists differ: {} added, {} removed",
                plural(difference.added.len(), "block"),
                plural(difference.removed.len(), "block")
            ),
        )),
    }
}
