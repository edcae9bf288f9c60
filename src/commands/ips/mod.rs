//! `spctl ips`: the control plane's addresses, for brokers to let in.
//!
//! Nothing is written before everything is known to be right: a script that fills an allow list
//! from half an answer opens or closes a port by accident.

mod for_target;
mod gateways;
mod help;
mod parts;
mod project;
mod regions;
mod source;
mod targets;

use std::collections::BTreeSet;

use clap::Subcommand;
use clap::builder::StyledStr;
use serde::Serialize;

use self::gateways::GatewayArgs;
use self::source::{ListArgs, read_list};
use crate::brokers::Problem;
use crate::brokers::addresses::{AddressList, Direction};
use crate::brokers::blocks::Blocks;
use crate::brokers::regions::{Provider, is_known, key};
use crate::brokers::set::{AddressSet, Entry};
use crate::comma_list::{CommaList, Items};
use crate::commands::{instances, known};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::{Cell, Column, Listing};

/// Whose addresses, from which list, and in which form.
#[derive(Debug, clap::Args)]
#[command(override_usage = "spctl ips [OPTIONS]\n       spctl ips <COMMAND>")]
#[command(disable_help_flag = true)]
#[command(after_help = "\
One CIDR block per line, sorted, the same bytes every run. Directions are as seen from the control
plane: a broker's inbound rule takes the outbound list, which is the default. No credentials are
needed, except with --instance.

A gateway is a group of addresses of one service, such as the Atlas Gateway of the data plane, that
is allowed apart from the control plane's own. None is added unless --gateway names it.

On any failure nothing is written to stdout. Scripts must stop then, because on many platforms an
empty list opens the port to everyone:
  ips=$(spctl ips --provider aws --region us-east-1) || exit

Examples:
  spctl ips --provider aws --region us-east-1
  spctl ips --instance orders -o json
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
    regions: RegionArgs,
    #[command(flatten)]
    gateways: GatewayArgs,
    #[command(flatten)]
    list: ListArgs,
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
    /// List the addresses of the project's clusters
    ///
    /// One CIDR block per line, sorted: the addresses that clients and webhooks of the clusters must
    /// allow. Nothing is written to stdout if there are no addresses.
    #[command(arg = help::flag())]
    Project(project::Args),
    /// List the kinds of brokers and firewalls that --for writes rules for
    #[command(arg = help::flag())]
    Targets(targets::Args),
}

/// Whose addresses are wanted.
#[derive(Debug, clap::Args)]
struct RegionArgs {
    /// The cloud provider: aws, azure or gcp
    #[arg(long)]
    provider: Option<Provider>,
    /// Regions, by the provider's, the instance's or Atlas' name; all for every region
    #[arg(long = "region", value_name = "REGION,…", num_args = 1..)]
    regions: Vec<CommaList<String>>,
    /// The regions of this instance, including failover regions; needs credentials
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: Option<String>,
}

/// One entry as the listing formats write it.
#[derive(Debug, Serialize)]
struct Row {
    cidr: String,
    provider: &'static str,
    region: String,
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    source: String,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("cidr", |row| row.cidr.as_str().into()),
        Column::new("provider", |row| row.provider.into()),
        Column::telling_apart("region", |row| row.region.as_str().into()),
        Column::new("direction", |row| row.direction.into()),
        Column::new("source", |row| Cell::Text(row.source.clone())),
        Column::new("gateway", |row| Cell::maybe(row.gateway.clone())),
    ],
    default: 5,
    name: |row| row.cidr.clone(),
};

impl Args {
    /// The help that the line asks for, if the parser left it to this command.
    pub fn help(&self, parser: &mut clap::Command) -> Option<StyledStr> {
        self.target.help.map(|help| help.page(parser, self.target.target))
    }
}

/// Runs `spctl ips`.
///
/// # Errors
/// Usage: no region, or options that do not fit the target. Not found: a region or instance that
/// is unknown, or has no addresses. Failed: an entry that cannot be read, or means everybody.
/// Unavailable: no answer.
pub fn run(context: &Context, args: Args) -> Result<()> {
    match args.command {
        Some(Command::Regions(args)) => return context.block_on(regions::run(context, args)),
        Some(Command::Project(args)) => return context.block_on(project::run(context, args)),
        Some(Command::Targets(args)) => return targets::run(context, &args),
        None => {}
    }
    args.gateways.check()?;
    if args.gateways.lists() {
        return context.block_on(async {
            let list = read_list(context, &args.list).await?.addresses;
            gateways::write(context, &list, args.list.direction, args.regions.provider)
        });
    }
    args.regions.check()?;
    let asked = context.ui.options();
    // A default format of the profile does not count: scripts rely on one block a line.
    let listed = asked.format.is_some() || asked.jq.is_some() || asked.columns.is_some();
    let writer = args.target.writer(&[])?;
    let parts = args.parts.parts(&args.target)?;
    if (listed || asked.names) && (args.target.target.is_some() || parts.is_some()) {
        return Err(Error::usage("--for and --chunk have a format of their own")
            .hint("omit -o, --jq, --columns and -q, or --for and --chunk"));
    }
    context.ui.check(&LISTING)?;
    context.block_on(async {
        let (wanted, list) = match &args.regions.instance {
            // The credentials first: a client without them would serve the whole command.
            Some(name) => {
                let wanted = instance_regions(context, name).await?;
                (wanted, read_list(context, &args.list).await?)
            }
            None => {
                let list = read_list(context, &args.list).await?;
                (args.regions.named(&list.addresses, args.list.direction)?, list)
            }
        };
        let direction = args.list.direction;
        let set = args.gateways.entries(&list.addresses, direction, &wanted);
        let set = set.and_then(|more| select(&list.addresses, direction, &wanted, more));
        let set = match &args.list.from_file {
            None => set?,
            Some(_) => set.map_err(|error| error.context(&list.source))?,
        };
        if args.regions.instance.is_some() {
            let places = wanted.iter().map(|(provider, region)| format!("{provider} {region}"));
            let places = places.collect::<Vec<_>>().join(", ");
            context.ui.note(format!("the instance's regions: {places}"));
        }
        if let Some(example) = set.example().filter(|_| !context.flags.local) {
            context.ui.warn(format!(
                "{example} is reserved for documentation: these are samples, not Atlas' addresses"
            ));
        }
        match &parts {
            _ if listed => write_rows(context, &set, &list.source)?,
            Some(parts) => parts.write(context, &args.target, &Blocks::from(&set), &[])?,
            None => {
                let text = writer.write(&Blocks::from(&set)).map_err(refused)?;
                context.ui.write(text.as_bytes())?;
            }
        }
        args.gateways.note(context, &list.addresses, direction, &wanted);
        args.target.caution().into_iter().for_each(|text| context.ui.note(text));
        Ok(())
    })
}

impl RegionArgs {
    /// Checks that regions are named, and that `all` is given alone.
    fn check(&self) -> Result<()> {
        match self.instance.as_deref().map(str::trim) {
            None => {}
            Some("") => {
                return Err(Error::usage("--instance is empty")
                    .hint("is a variable of the script not set?"));
            }
            Some(_) if self.provider.is_some() || !self.regions.is_empty() => {
                return Err(Error::usage("--instance cannot be used with --provider and --region")
                    .hint("--instance already selects the regions that it runs in"));
            }
            Some(_) => return Ok(()),
        }
        let Some(provider) = self.provider else {
            if let Some(region) = self.regions.items().next() {
                return Err(Error::usage(format!("--region {region} needs --provider"))
                    .hint("add --provider: providers use the same names for different regions"));
            }
            return Err(Error::usage("no region is given")
                .hint("add --provider and --region, or --instance; spctl ips regions lists them"));
        };
        if self.regions.is_empty() {
            return Err(Error::usage(format!("no {provider} region is given")).hint(format!(
                "spctl ips regions --provider {provider} lists them; --region all selects every one"
            )));
        }
        if self.regions.items().count() > 1 && self.regions.items().any(|region| region == "all") {
            return Err(Error::usage("--region all cannot be combined with other regions"));
        }
        Ok(())
    }

    /// The keys of the regions that the command line names.
    fn named(
        &self,
        list: &AddressList,
        direction: Direction,
    ) -> Result<BTreeSet<(Provider, String)>> {
        let Some(provider) = self.provider else {
            return Ok(BTreeSet::new());
        };
        if self.regions.items().eq(["all"]) {
            let regions = list.regions(direction, provider);
            if regions.is_empty() {
                return Err(refused(Problem::NoneAtAll { provider, direction }));
            }
            return Ok(regions.into_iter().map(|region| (provider, region.to_owned())).collect());
        }
        let keys = self.regions.items().map(|name| {
            let is_known = |key: &String| is_known(provider, key) || list.has(provider, key);
            match key(provider, name).ok().filter(is_known) {
                Some(key) => Ok((provider, key)),
                None => Err(known::unknown_region(provider, name)),
            }
        });
        keys.collect()
    }
}

/// The instance's own region and its failover regions: public connections are used from each.
async fn instance_regions(context: &Context, name: &str) -> Result<BTreeSet<(Provider, String)>> {
    let on = context.project().await?;
    let instance = instances::one(on, name).await?.view;
    let Some(own) = instance.data_process_region else {
        return Err(Error::failed(format!("instance {name} does not say in which region it runs")));
    };
    let unusable = |reason: String| {
        Error::failed(format!("instance {name}: {reason}"))
            .hint("name the regions with --provider and --region")
    };
    [own]
        .into_iter()
        .chain(instance.failover_regions)
        .map(|region| {
            let provider: Provider = region.cloud_provider.parse().map_err(unusable)?;
            let key = key(provider, &region.region).map_err(|e| unusable(e.to_string()))?;
            Ok((provider, key))
        })
        .collect()
}

fn select(
    list: &AddressList,
    direction: Direction,
    wanted: &BTreeSet<(Provider, String)>,
    of_gateways: Vec<Entry>,
) -> Result<AddressSet> {
    let mut entries = of_gateways;
    for (provider, region) in wanted {
        let is_here = |entry: &Entry| entry.provider == *provider && entry.region == *region;
        match list.region(direction, *provider, region) {
            Ok(found) => entries.extend(found),
            // A gateway may be all that there is.
            Err(Problem::NoEntries { .. } | Problem::NoneAtAll { .. })
                if entries.iter().any(is_here) => {}
            Err(problem) => return Err(explained(problem, list, direction, *provider)),
        }
    }
    AddressSet::new(entries)
        .map_err(refused)?
        .ok_or_else(|| Error::failed("the list has no addresses for this"))
}

fn write_rows(context: &Context, set: &AddressSet, source: &str) -> Result<()> {
    let row = |entry: &Entry| Row {
        cidr: entry.net.to_string(),
        provider: entry.provider.key(),
        region: entry.region.clone(),
        direction: entry.direction.key(),
        gateway: entry.gateway.clone(),
        source: source.to_owned(),
    };
    let rows = set.entries().iter().map(row);
    context.ui.list_computed(&LISTING, rows, "no addresses").map(drop)
}

/// A problem that another choice of region would not fix.
fn refused(problem: Problem) -> Error {
    let error = Error::failed(problem.to_string());
    match problem {
        Problem::TooWide { .. } => error.hint("use --for plain, and write a rule for the network"),
        Problem::TooManyRules { limit, per_block, .. } if limit >= per_block => error
            .hint(format!("--chunk {} --out DIR divides them between files", limit / per_block))
            .hint("or name fewer regions or ports"),
        Problem::TooManyRules { .. } => error.hint("name fewer ports"),
        Problem::WrongFamily { .. } => error.hint("write a rule for it in another way"),
        _ => error,
    }
}

/// A problem, with the existing regions if the region was the cause.
fn explained(
    problem: Problem,
    list: &AddressList,
    direction: Direction,
    provider: Provider,
) -> Error {
    match problem {
        Problem::NoEntries { .. } => {
            let regions = list.regions(direction, provider);
            let error = Error::not_found(problem.to_string());
            match regions.is_empty() {
                true => error.hint(format!("no {provider} region has {direction} addresses")),
                false => error.hint(format!("{provider} regions: {}", regions.join(", "))),
            }
        }
        _ => refused(problem),
    }
}
