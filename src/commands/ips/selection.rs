//! Whose addresses are wanted: the arguments that every verb selects them by, and what they come to.

use std::collections::BTreeSet;

use super::gateways::GatewayArgs;
use super::refused;
use super::source::{ListArgs, read_list};
use crate::brokers::Problem;
use crate::brokers::addresses::{AddressList, Direction};
use crate::brokers::regions::{Provider, is_known, key};
use crate::brokers::set::{AddressSet, Entry};
use crate::comma_list::{CommaList, Items};
use crate::commands::{instances, known};
use crate::context::Context;
use crate::error::{Error, Result};

/// Whose addresses, and from which list.
#[derive(Debug, clap::Args)]
pub(super) struct SelectionArgs {
    #[command(flatten)]
    pub(super) regions: RegionArgs,
    #[command(flatten)]
    pub(super) gateways: GatewayArgs,
    #[command(flatten)]
    pub(super) list: ListArgs,
}

/// The regions.
#[derive(Debug, clap::Args)]
pub(super) struct RegionArgs {
    /// The cloud provider: aws, azure or gcp
    #[arg(long)]
    pub(super) provider: Option<Provider>,
    /// Regions, by the provider's, the instance's or Atlas' name; all for every region
    #[arg(long = "region", value_name = "REGION,…", num_args = 1..)]
    pub(super) regions: Vec<CommaList<String>>,
    /// The regions of this instance, including failover regions; needs credentials
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    pub(super) instance: Option<String>,
}

/// What was selected.
#[derive(Debug)]
#[allow(dead_code, reason = "the ports and the whole list are for the verbs that come")]
pub(super) struct Selected {
    /// The addresses, which are not everyone's.
    pub(super) set: AddressSet,
    /// The ports that they connect to, where that is known: sorted, each once.
    pub(super) ports: Vec<u16>,
    /// The whole list that the addresses are from.
    pub(super) list: AddressList,
    /// Where the list was read from: a file, an address, or `sample`.
    pub(super) source: String,
    notes: Vec<String>,
}

impl Selected {
    /// Says what was selected and what was not, where it is not obvious from the arguments.
    pub(super) fn say(&self, context: &Context) {
        if let Some(example) = self.set.example().filter(|_| !context.flags.local) {
            context.ui.warn(format!(
                "{example} is reserved for documentation: these are samples, not Atlas' addresses"
            ));
        }
        self.notes.iter().for_each(|note| context.ui.note(note));
    }
}

impl SelectionArgs {
    /// Checks what can be told without the list; [`select`] does so, too.
    ///
    /// # Errors
    /// Usage: no region, or arguments that contradict each other.
    pub(super) fn check(&self) -> Result<()> {
        self.gateways.check()?;
        if self.gateways.lists() {
            return Err(Error::usage("--gateway list selects no addresses")
                .hint("spctl ips --gateway list shows which gateways there are"));
        }
        self.regions.check()
    }
}

/// Reads the list, and takes from it what the arguments select.
///
/// # Errors
/// Usage: arguments that contradict each other. Not found: a region, an instance or a gateway that
/// is unknown, or has no addresses. Failed: an entry that cannot be read, or means everybody.
/// Unavailable: no answer.
pub(super) async fn select(context: &Context, args: &SelectionArgs) -> Result<Selected> {
    args.check()?;
    let direction = args.list.direction;
    let (wanted, list) = match &args.regions.instance {
        // The credentials first: a client without them would serve the whole command.
        Some(name) => {
            let wanted = instance_regions(context, name).await?;
            (wanted, read_list(context, &args.list).await?)
        }
        None => {
            let list = read_list(context, &args.list).await?;
            (args.regions.named(&list.addresses, direction)?, list)
        }
    };
    let more = args.gateways.entries(&list.addresses, direction, &wanted);
    let set = more.and_then(|more| entries(&list.addresses, direction, &wanted, more));
    let set = match &args.list.from_file {
        None => set?,
        Some(_) => set.map_err(|error| error.context(&list.source))?,
    };
    let mut notes = Vec::new();
    if args.regions.instance.is_some() {
        let places = wanted.iter().map(|(provider, region)| format!("{provider} {region}"));
        let places = places.collect::<Vec<_>>().join(", ");
        notes.push(format!("the instance's regions: {places}"));
    }
    notes.extend(args.gateways.notes(&list.addresses, direction, &wanted));
    Ok(Selected { set, ports: Vec::new(), list: list.addresses, source: list.source, notes })
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

fn entries(
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
