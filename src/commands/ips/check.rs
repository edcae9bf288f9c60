//! `ips check`: whether a broker or firewall lets in the addresses that are wanted, and no others.

use std::collections::BTreeMap;

use clap::ValueEnum;
use ipnet::IpNet;
use serde::Serialize;

use super::against::{Against, AgainstArgs};
use super::selection::{Selected, SelectionArgs, select};
use crate::brokers::compare::{Check, Comparison, Standing};
use crate::brokers::coverage::{Coverage, Family, Reading as AddressReading};
use crate::brokers::lists::{List, Listed, Reading};
use crate::brokers::targets::parse_port;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Listing, plural};

/// What is wanted, and what there is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What is written:
  missing  a wanted address that is not let in: connections from it fail
  dead     an entry that never matches, such as a block in a Kafka ACL
  wide     an entry that lets in wanted addresses, and others
  stale    an entry that lets in no wanted address
  unknown  an entry that is no address: a group, a name or a tag

Addresses are compared, not text: 198.51.100.7 is 198.51.100.7/32, and a wider block or several \
narrower ones let in the same. A file that holds several lists is checked list by list; --list and \
--port choose among them. Whoever a rule denies is not let in by another one.

Exit code 3 means that something is missing or dead; with --fail-on any, also that something is wide \
or stale.

Examples:
  spctl ips check --provider aws --region us-east-1 --against allowed.txt
  aws ec2 describe-security-groups --group-ids sg-0123456789abcdef0 | \\
      spctl ips check --instance orders --against - --port 9194
  kafka-acls.sh --bootstrap-server broker:9092 --list | \\
      spctl ips check --instance orders --against - \\
      --list 'User:atlas Read topic orders'
  nft -j list ruleset | \\
      spctl ips check --instance orders --against - --fail-on any")]
pub(super) struct Args {
    #[command(flatten)]
    against: AgainstArgs,
    /// Only the lists that let in to these ports
    #[arg(long = "port", value_name = "PORT,…", num_args = 1.., value_parser = CommaListParser(parse_port))]
    ports: Vec<CommaList<u16>>,
    /// Access-control entries may name blocks: brokers of Kafka 4.4 or later, and Redpanda
    #[arg(long)]
    cidr: bool,
    /// What ends with exit code 3
    #[arg(long, value_enum, default_value = "missing")]
    fail_on: FailOn,
    #[command(flatten)]
    selection: SelectionArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something is missing or dead
    Missing,
    /// Anything differs
    Any,
    /// Nothing
    Never,
}

/// An address or an entry that is not as it should be.
#[derive(Debug, Serialize)]
struct Row {
    list: String,
    status: &'static str,
    /// The block that is missing, or the entry as the file has it.
    entry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    why: String,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::telling_apart("list", |row| row.list.as_str().into()),
        Column::telling_apart("status", |row| row.status.into()),
        Column::identifying("entry", |row| row.entry.as_str().into()),
        Column::new("region", |row| Cell::maybe(row.region.clone())),
        Column::new("why", |row| row.why.as_str().into()),
        Column::new("provider", |row| Cell::maybe(row.provider)),
        Column::new("label", |row| Cell::maybe(row.label.clone())),
    ],
    default: 5,
    name: |row| row.entry.clone(),
};

/// Checks the lists one by one.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    args.selection.check()?;
    args.against.check(&args.selection)?;
    let against = args.against.read(context, Reading { cidr: args.cidr })?;
    let ports: Vec<u16> = args.ports.into_items();
    some_for_ports(&against, &ports)?;
    let selected = select(context, &args.selection).await?;
    let wanted: Vec<IpNet> = selected.set.blocks().map(|entry| entry.net).collect();
    let checks = Check::all(&against.lists, &against.others, &ports);
    let compared: Vec<(&Check, Comparison)> =
        checks.iter().map(|check| (check, check.compare(&wanted))).collect();
    let places = Places::of(&selected);
    let rows: Vec<Row> =
        compared.iter().flat_map(|(check, found)| rows(check, found, &places)).collect();
    selected.say(context);
    hint_at_ports(context, &against, &ports, &selected.ports);
    let summary = |(check, found): &(&Check, Comparison)| {
        let sum = sum(found, check.wanted(&wanted).len());
        match against.is_choice {
            true => format!("{}: {}: {sum}", against.file, check.name),
            false => format!("{}: {sum}", against.file),
        }
    };
    let fails = |found: &Comparison| match args.fail_on {
        FailOn::Missing => found.is_outage(),
        FailOn::Any => !found.is_in_sync(),
        FailOn::Never => false,
    };
    let failing = compared.iter().filter(|(_, found)| fails(found)).count();
    // A single list is told of at the end.
    let told = if let [one] = &compared[..] { failing == 0 && !one.1.is_in_sync() } else { true };
    compared.iter().filter(|_| told).for_each(|one| context.ui.note(summary(one)));
    let empty = match &compared[..] {
        [one] => summary(one),
        _ => "every list lets in all that is wanted, and nothing else".to_owned(),
    };
    context.ui.list_computed(&LISTING, rows, &empty)?;
    if failing == 0 {
        return Ok(());
    }
    let why = match &compared[..] {
        [one] => summary(one),
        all => format!("{}: {failing} of {} do not fit", against.file, plural(all.len(), "list")),
    };
    let error = Error::new(Kind::Differs, why);
    Err(match compared.len() {
        1 => error,
        _ => error.hint("--list NAME checks one list, --port PORT those that let in to a port"),
    })
}

/// Checks that each port has a list that lets in to it.
fn some_for_ports(against: &Against, ports: &[u16]) -> Result<()> {
    let has = |port: &u16| against.lists.iter().any(|list| list.has_port(*port));
    match ports.iter().find(|port| !has(port)) {
        None => Ok(()),
        Some(port) => {
            let why = format!("{}: no list lets in to port {port}", against.file);
            Err(Error::new(Kind::Differs, why)
                .hint(format!("its lists let in to {}", ports_of(&against.lists))))
        }
    }
}

fn ports_of(lists: &[List]) -> String {
    let mut all: Vec<(u16, u16)> =
        lists.iter().flat_map(|list| &list.ports).map(|p| (*p.start(), *p.end())).collect();
    all.sort_unstable();
    all.dedup();
    let shown = |(first, last): (u16, u16)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let all: Vec<String> = all.into_iter().map(shown).collect();
    format!("port {}", all.join(", "))
}

/// Says that the connections' ports would tell the lists apart.
fn hint_at_ports(context: &Context, against: &Against, given: &[u16], known: &[u16]) {
    let closed = |port: &&u16| !against.lists.iter().any(|list| list.has_port(**port));
    let closed: Vec<String> = known.iter().filter(closed).map(u16::to_string).collect();
    if given.is_empty() && !closed.is_empty() {
        let closed = closed.join(", ");
        context.ui.warn(format!("no list lets in to port {closed}, which the connections use"));
    }
    let other = |list: &List| !known.iter().any(|port| list.has_port(*port));
    if given.is_empty() && !known.is_empty() && against.lists.iter().any(other) {
        let ports = known.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
        context.ui.hint(format!(
            "the connections use port {ports}: --port {ports} leaves out lists for other ports"
        ));
    }
}

/// How many there are of each kind.
fn sum(found: &Comparison, wanted: usize) -> String {
    let count = |standing| found.of(standing).count();
    let kinds = [
        (found.missing.len(), "missing"),
        (count(Standing::Dead), "dead"),
        (count(Standing::Wide), "wide"),
        (count(Standing::Stale), "stale"),
        (count(Standing::Opaque), "unknown"),
    ];
    let shown: Vec<String> =
        kinds.iter().filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{n} {kind}")).collect();
    match found.is_in_sync() {
        true if shown.is_empty() => {
            format!("in sync: {} let in, and nothing else", plural(wanted, "block"))
        }
        true => format!("in sync: {} let in; {}", plural(wanted, "block"), shown.join(", ")),
        false => shown.join(", "),
    }
}

/// Where the wanted addresses are from.
struct Places<'a> {
    regions: BTreeMap<IpNet, (&'static str, Vec<&'a str>)>,
    wanted: Coverage,
}

impl<'a> Places<'a> {
    fn of(selected: &'a Selected) -> Self {
        let mut regions: BTreeMap<IpNet, (&'static str, Vec<&str>)> = BTreeMap::new();
        for entry in selected.set.entries() {
            let place = regions.entry(entry.net).or_insert((entry.provider.key(), Vec::new()));
            if !place.1.contains(&entry.region.as_str()) {
                place.1.push(&entry.region);
            }
        }
        let nets = regions.keys().copied();
        let wanted = Coverage::new(nets, AddressReading::Literal);
        Places { regions, wanted }
    }

    /// The provider and regions of a part of a wanted block.
    fn find(&self, part: IpNet) -> Option<(&'static str, String)> {
        let mut net = Some(part);
        while let Some(block) = net {
            if let Some((provider, regions)) = self.regions.get(&block) {
                return Some((provider, regions.join(", ")));
            }
            net = block.supernet();
        }
        None
    }
}

fn rows(check: &Check<'_>, found: &Comparison<'_>, places: &Places<'_>) -> Vec<Row> {
    let missing = found.missing.iter().map(|net| {
        let (provider, region) = places.find(*net).unzip();
        Row {
            list: check.name.clone(),
            status: "missing",
            entry: net.to_string(),
            provider,
            region,
            label: None,
            why: why_missing(check, *net),
        }
    });
    let rest = [Standing::Dead, Standing::Wide, Standing::Stale, Standing::Opaque];
    let rest = rest.into_iter().flat_map(|standing| {
        found.of(standing).map(move |entry| Row {
            list: check.name.clone(),
            status: word(standing),
            entry: entry.text.clone(),
            provider: None,
            region: None,
            label: entry.label.clone(),
            why: why(entry, standing, places),
        })
    });
    missing.chain(rest).collect()
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Needed => "needed",
        Standing::Wide => "wide",
        Standing::Stale => "stale",
        Standing::Dead => "dead",
        Standing::Opaque => "unknown",
    }
}

fn why_missing(check: &Check<'_>, net: IpNet) -> String {
    let meets = |entry: &&Listed| {
        Coverage::new(entry.nets.iter().copied(), AddressReading::Literal).meets(net)
    };
    let entries = || check.own.iter().flat_map(|list| &list.entries);
    let dead = || entries().filter(|entry| entry.dead.is_some()).find(meets);
    match check.own.iter().flat_map(|list| &list.denied).find(meets) {
        Some(denied) => format!("shut out by {}", denied.text),
        None => match dead() {
            Some(entry) => format!("{} stands for it, and never matches", entry.text),
            None => "not let in".to_owned(),
        },
    }
}

fn why(entry: &Listed, standing: Standing, places: &Places<'_>) -> String {
    match standing {
        Standing::Needed => String::new(),
        Standing::Dead => entry.dead.unwrap_or_default().to_owned(),
        Standing::Stale => "lets in no wanted address".to_owned(),
        Standing::Opaque => "no address: whom it lets in cannot be told".to_owned(),
        Standing::Wide if entry.is_everyone() => "lets in everyone".to_owned(),
        Standing::Wide => {
            let all = Coverage::new(entry.nets.iter().copied(), AddressReading::Literal);
            let more = all.without(&places.wanted);
            let count = |of: &Coverage| {
                Family::ALL.iter().fold(0_u128, |sum, family| sum.saturating_add(of.count(*family)))
            };
            format!("lets in {} addresses, of which {} are not wanted", count(&all), count(&more))
        }
    }
}
