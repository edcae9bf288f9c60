//! `spctl ips`: the control plane's addresses, for brokers to let in.
//!
//! Nothing is written before everything is known to be right: a script that fills an allow list
//! from half an answer opens or closes a port by accident.

pub(in crate::commands) mod against;
mod check;
mod contains;
mod delta;
mod diff;
mod for_target;
mod gateways;
mod help;
pub(in crate::commands) mod instance;
mod kept;
mod parts;
mod project;
mod regions;
pub(in crate::commands) mod selection;
mod source;
mod targets;
mod watch;

use clap::Subcommand;
use serde::Serialize;

pub use self::help::help;
use self::selection::{Selected, SelectionArgs, select};
use self::source::read_list;
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::set::Entry;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::{Cell, Column, Listing};

/// Whose addresses, from which list, and in which form.
#[derive(Debug, clap::Args)]
#[command(override_usage = "spctl ips [OPTIONS]\n       spctl ips <COMMAND>")]
#[command(disable_help_flag = true)]
#[command(after_help = "\
One CIDR block per line, sorted, the same bytes every run. Directions are as seen from the control \
plane: a broker's inbound rule takes the outbound list, which is the default. No credentials are \
needed, except with --instance.

With --instance, the connections decide. Brokers that are reached through the internet must let in \
the control plane's addresses, in the instance's region and its failover regions; those that are \
reached through a VPC peering, the network of the project's own account there. Private links, \
transit gateways, clusters and samples need no address let in, which is said; if that leaves none, \
the exit code is 1. The ports of the brokers take the place of a --port that is not given. In \
-o json, each entry has its origin (control_plane, gateway or vpc), because, the reasons why it is \
in, and its source, where it was read.

A gateway is a group of addresses of one service, such as the Atlas Gateway of the data plane, that \
is allowed apart from the control plane's own. None is added unless --gateway names it.

On any failure nothing is written to stdout. Scripts must stop then, because on many platforms an \
empty list opens the port to everyone:
  ips=$(spctl ips --provider aws --region us-east-1) || exit

Examples:
  spctl ips --provider aws --region us-east-1
  spctl ips --instance orders -o json
  spctl ips --instance orders --connection order-events \\
      --for aws-security-group
  spctl ips --provider gcp --region US_CENTRAL1 --for aws-security-group \\
      --port 9194,9196
  spctl ips --provider aws --region us-east-1 --gateway all
  spctl ips --for kafka-acls --help
  spctl ips regions --provider azure
  spctl ips project --cluster shop-main")]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Merge blocks into fewer ones with exactly the same addresses
    #[arg(long)]
    aggregate: bool,
    #[command(flatten)]
    target: for_target::TargetArgs,
    #[command(flatten)]
    parts: parts::PartArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the regions that have addresses
    ///
    /// A region has three names, and ips takes any of them. Coverage is sparse: Atlas publishes no
    /// addresses for regions that are not listed.
    #[command(arg = help::flag())]
    Regions(regions::Args),
    /// Say whose addresses these are: Atlas' or not
    ///
    /// Each address is looked for in the whole list: in every region, in both directions, and among
    /// those of gateways. A block is Atlas' if all of its addresses are. The exit code is 3 if one
    /// is not.
    #[command(arg = help::flag())]
    Contains(contains::Args),
    /// Compare two lists that were saved
    ///
    /// Lists are compared by the addresses that they cover, for each provider, region, direction and
    /// gateway. The exit code is 3 if they differ.
    #[command(arg = help::flag())]
    Diff(diff::Args),
    /// List the addresses of the project's clusters
    ///
    /// One CIDR block per line, sorted: the addresses that clients and webhooks of the clusters must
    /// allow. Nothing is written to stdout if there are no addresses.
    #[command(arg = help::flag())]
    Project(project::Args),
    /// Check whether a broker or firewall lets in these addresses, and no others
    ///
    /// Reads what the platform's own tool prints, or a plain list, and compares it with the addresses
    /// that are wanted.
    #[command(arg = help::flag())]
    Check(check::Args),
    /// Write what to add to a list and what to remove, so that it lets in these addresses
    ///
    /// Reads what a broker or firewall lets in today, and writes only what must change, in the form
    /// that it takes: what to add first, so that nothing is shut out in between. For platforms that
    /// replace a list, it is the whole list.
    Delta(delta::Args),
    /// Report what changes in the addresses, as it happens
    ///
    /// Looks again at each interval until it is interrupted, or once with --once, as for cron. The
    /// addresses are selected as those of ips are.
    #[command(arg = help::flag())]
    Watch(watch::Args),
    /// List the kinds of brokers and firewalls that --for writes rules for
    #[command(arg = help::flag())]
    Targets(targets::Args),
}

/// One entry as the listing formats write it.
#[derive(Debug, Serialize)]
struct Row {
    cidr: String,
    provider: &'static str,
    region: String,
    direction: &'static str,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    because: Vec<String>,
    source: String,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("cidr", |row| row.cidr.as_str().into()),
        Column::new("provider", |row| row.provider.into()),
        Column::telling_apart("region", |row| row.region.as_str().into()),
        Column::new("direction", |row| row.direction.into()),
        Column::new("source", |row| Cell::Text(row.source.clone())),
        Column::new("origin", |row| row.origin.into()),
        Column::new("gateway", |row| Cell::maybe(row.gateway.clone())),
        Column::new("because", |row| row.because.join("; ").into()),
    ],
    default: 5,
    name: |row| row.cidr.clone(),
};

/// Runs `spctl ips`.
///
/// # Errors
/// Usage: no region, or options that do not fit the target. Not found: a region or instance that
/// is unknown, or has no addresses. Failed: an entry that cannot be read, or means everybody.
/// Unavailable: no answer.
pub fn run(context: &Context, args: Args) -> Result<()> {
    match args.command {
        Some(Command::Regions(args)) => return context.block_on(regions::run(context, args)),
        Some(Command::Contains(args)) => return context.block_on(contains::run(context, args)),
        Some(Command::Diff(args)) => return diff::run(context, &args),
        Some(Command::Project(args)) => return context.block_on(project::run(context, args)),
        Some(Command::Check(args)) => return context.block_on(check::run(context, args)),
        Some(Command::Delta(args)) => return context.block_on(delta::run(context, args)),
        Some(Command::Watch(args)) => return context.block_on(watch::run(context, args)),
        Some(Command::Targets(args)) => return targets::run(context, &args),
        None => {}
    }
    let SelectionArgs { regions, gateways, list } = &args.selection;
    if gateways.lists() {
        return context.block_on(async {
            let addresses = read_list(context, &list.source).await?.addresses;
            gateways::write(context, &addresses, list.direction, regions.provider)
        });
    }
    args.selection.check()?;
    let asked = context.ui.options();
    // A default format of the profile does not count: scripts rely on one block a line.
    let listed = asked.format.is_some() || asked.jq.is_some() || asked.columns.is_some();
    // Before anything is asked of anyone. An instance's connections may tell the ports.
    let ports: &[u16] = if args.selection.tells_ports() { &[9092] } else { &[] };
    args.target.writer(ports)?;
    let parts = args.parts.parts(&args.target, args.selection.list.source.force)?;
    if (listed || asked.names) && (args.target.target.is_some() || parts.is_some()) {
        return Err(Error::usage("--for and --chunk have a format of their own")
            .hint("omit -o, --jq, --columns and -q, or --for and --chunk"));
    }
    context.ui.check(&LISTING)?;
    context.block_on(async {
        let mut selected = select(context, &args.selection).await?;
        if args.aggregate {
            selected.set = selected.set.aggregated();
        }
        let blocks = Blocks::from(&selected.set);
        match &parts {
            _ if listed => {
                selected.say(context);
                write_rows(context, &selected)?;
            }
            Some(parts) => {
                parts.write(context, &args.target, &blocks, &selected.ports)?;
                selected.say(context);
            }
            None => {
                let writer = args.target.writer(&selected.ports)?;
                let text = writer.write(&blocks).map_err(|problem| args.target.refused(problem))?;
                selected.say(context);
                context.ui.write(text.as_bytes())?;
            }
        }
        args.target.caution().into_iter().for_each(|text| context.ui.note(text));
        Ok(())
    })
}

fn write_rows(context: &Context, selected: &Selected) -> Result<()> {
    let row = |entry: &Entry| Row {
        cidr: entry.net.to_string(),
        provider: entry.provider.key(),
        region: entry.region.clone(),
        direction: entry.direction.key(),
        origin: entry.origin.key(),
        gateway: entry.origin.gateway().map(str::to_owned),
        because: selected.because(entry),
        source: selected.source(entry).to_owned(),
    };
    let rows = selected.set.entries().iter().map(row);
    context.ui.list_computed(&LISTING, rows, "no addresses").map(drop)
}

/// A problem that another choice of region would not fix.
fn refused(problem: Problem) -> Error {
    let error = Error::failed(problem.to_string());
    match problem {
        Problem::TooWide { .. } => error
            .hint("for Kafka 4.4 or later, and for Redpanda, --cidr writes it as it is")
            .hint("for others use --for plain, and write a rule for the network"),
        Problem::TooManyRules { limit, per_block, .. } if limit >= per_block => error
            .hint(format!("--chunk {} --out DIR divides them between files", limit / per_block))
            .hint("or name fewer regions or ports"),
        Problem::TooManyRules { .. } => error.hint("name fewer ports"),
        Problem::TooLarge { .. } => error.hint("name fewer regions, or give --aggregate"),
        Problem::WrongFamily { .. } | Problem::WiderThan { .. } | Problem::NotPublic { .. } => {
            error.hint("write a rule for it in another way")
        }
        Problem::TooManyBlocks { limit, is_divisible: true, .. } => error
            .hint(format!("--chunk {limit} --out DIR divides them between files"))
            .hint("or name fewer regions, or let --aggregate merge neighbouring blocks"),
        Problem::TooManyBlocks { .. } | Problem::WordTooLong { .. } => {
            error.hint("name fewer regions, or let --aggregate merge neighbouring blocks")
        }
        Problem::NameTooLong { .. } => error.hint("use a shorter --name"),
        Problem::NotTold { flag, .. } => error.hint(format!("name it with --{flag}")),
        _ => error,
    }
}
