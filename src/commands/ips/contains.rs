//! `spctl ips contains`: whether addresses are Atlas', and which.

use ipnet::IpNet;
use serde::Serialize;

use super::source::{SourceArgs, read_list};
use crate::brokers::addresses::parse_block;
use crate::brokers::coverage::{Coverage, Reading};
use crate::brokers::set::Entry;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Listing, plural};

/// Which addresses.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl ips contains 198.51.100.7
  spctl ips contains 198.51.100.7 203.0.113.0/30 2001:db8::5 -o json
  cut -d' ' -f1 connections.log | sort -u | spctl ips contains - -q")]
pub(super) struct Args {
    /// Addresses or CIDR blocks, or - to read them from stdin
    #[arg(value_name = "ADDRESS", required = true)]
    addresses: Vec<String>,
    #[command(flatten)]
    source: SourceArgs,
}

/// What the list says of an address: a row for each entry that has some of it.
#[derive(Debug, Serialize)]
struct Row {
    address: String,
    listed: &'static str,
    #[serde(flatten)]
    entry: Option<EntryRow>,
}

#[derive(Debug, Serialize)]
struct EntryRow {
    cidr: String,
    provider: &'static str,
    region: String,
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
}

impl From<&Entry> for EntryRow {
    fn from(entry: &Entry) -> Self {
        EntryRow {
            cidr: entry.net.to_string(),
            provider: entry.provider.key(),
            region: entry.region.clone(),
            direction: entry.direction.key(),
            gateway: entry.origin.gateway().map(str::to_owned),
        }
    }
}

fn cell(row: &Row, text: impl Fn(&EntryRow) -> &str) -> Cell {
    Cell::maybe(row.entry.as_ref().map(text))
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("address", |row| row.address.as_str().into()),
        Column::new("listed", |row| row.listed.into()),
        Column::telling_apart("provider", |row| cell(row, |entry| entry.provider)),
        Column::telling_apart("region", |row| cell(row, |entry| &entry.region)),
        Column::new("direction", |row| cell(row, |entry| entry.direction)),
        Column::new("cidr", |row| cell(row, |entry| &entry.cidr)),
        Column::new("gateway", |row| {
            Cell::maybe(row.entry.as_ref().and_then(|entry| entry.gateway.as_deref()))
        }),
    ],
    default: 7,
    name: |row| row.address.clone(),
};

/// Looks them up in the list.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let stdin = |text: &str| text == "-";
    if args.source.from_file.as_deref().is_some_and(stdin)
        && args.addresses.iter().any(|text| stdin(text))
    {
        return Err(Error::usage(
            "ADDRESS and --from-file are both -, and stdin can be read once only",
        )
        .hint("name a file for the list"));
    }
    let asked = names::read(context, &args.addresses)?;
    let nets = asked.iter().map(|text| read(text)).collect::<Result<Vec<_>>>()?;
    let list = read_list(context, &args.source).await?;
    let set = list.all()?;
    let covered = Coverage::new(set.entries().iter().map(|entry| entry.net), Reading::Literal);
    let (mut rows, mut unlisted) = (Vec::new(), Vec::new());
    for (text, net) in asked.iter().zip(nets) {
        let rest = covered.lacks(net);
        // An IPv4 address in its IPv6 form is looked for as what it is.
        let parts = Coverage::new([net], Reading::Literal).blocks();
        let overlaps = |entry: &&Entry| parts.iter().any(|part| overlap(part, &entry.net));
        let found: Vec<&Entry> = set.entries().iter().filter(overlaps).collect();
        let listed = match found.is_empty() {
            true => "no",
            false if rest.is_empty() => "yes",
            false => "partly",
        };
        if listed != "yes" {
            unlisted.push(text.as_str());
        }
        let row = |entry| Row { address: text.clone(), listed, entry };
        rows.extend(found.iter().map(|entry| row(Some(EntryRow::from(*entry)))));
        rows.extend(found.is_empty().then(|| row(None)));
    }
    if context.ui.options().names {
        rows.retain(|row| row.listed == "yes");
        rows.dedup_by(|one, other| one.address == other.address);
    }
    context.ui.list_computed(&LISTING, rows, "none of these addresses is in the list")?;
    match unlisted.as_slice() {
        [] => Ok(()),
        [one] if asked.len() == 1 => {
            Err(Error::new(Kind::Differs, format!("{one} is not in the list ({})", list.source)))
        }
        some => {
            let asked = plural(asked.len(), "address");
            let why = format!("{} of {asked} are not in the list ({})", some.len(), list.source);
            Err(Error::new(Kind::Differs, why))
        }
    }
}

/// What an argument means.
fn read(text: &str) -> Result<IpNet> {
    let refused = |why: &str| Error::usage(format!("{text:?} {why}"));
    match parse_block(text.trim()) {
        Some(net) if net == net.trunc() => Ok(net),
        Some(net) => Err(refused("is an address with the length of a block that it is in")
            .hint(format!("for the block say {}, for the address {}", net.trunc(), net.addr()))),
        None => Err(refused("is neither an address nor a CIDR block")
            .hint("write 198.51.100.7, 198.51.100.0/24 or 2001:db8::5, without a port or a zone")),
    }
}

fn overlap(one: &IpNet, other: &IpNet) -> bool {
    one.contains(other) || other.contains(one)
}
