//! Whose addresses are wanted: the arguments that every verb selects them by, and what they come to.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::gateways::GatewayArgs;
use super::instance::{self, Needs, Place, Reasons};
use super::refused;
use super::source::{FetchedList, ListArgs, read_list, source};
use crate::brokers::Problem;
use crate::brokers::addresses::{AddressList, Direction};
use crate::brokers::regions::{Provider, is_known, key};
use crate::brokers::set::{AddressSet, Entry, Origin};
use crate::comma_list::{CommaList, Items};
use crate::commands::known;
use crate::context::Context;
use crate::error::{Error, Result};

/// Regions, as the list of addresses knows them.
pub(super) type Regions = BTreeSet<(Provider, String)>;

/// Whose addresses, and from which list.
#[derive(Debug, Default, clap::Args)]
pub(in crate::commands) struct SelectionArgs {
    #[command(flatten)]
    pub(super) regions: RegionArgs,
    #[command(flatten)]
    pub(super) gateways: GatewayArgs,
    #[command(flatten)]
    pub(super) list: ListArgs,
}

/// The regions.
#[derive(Debug, Default, clap::Args)]
pub(super) struct RegionArgs {
    /// The cloud provider: aws, azure or gcp
    #[arg(long)]
    pub(super) provider: Option<Provider>,
    /// Regions, by the provider's, the instance's or Atlas' name; all for every region
    #[arg(long = "region", value_name = "REGION,…", num_args = 1..)]
    pub(super) regions: Vec<CommaList<String>>,
    /// What the connections of this instance need, in its region and its failover regions; needs
    /// credentials
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    pub(super) instance: Option<String>,
    /// Only what these connections of the instance need
    #[arg(long = "connection", value_name = "NAME,…", num_args = 1..)]
    connections: Vec<CommaList<String>>,
    /// Leave out the instance's failover regions
    #[arg(long)]
    no_failover: bool,
}

/// What was selected.
#[derive(Debug)]
pub(in crate::commands) struct Selected {
    /// The addresses, which are not everyone's.
    pub(in crate::commands) set: AddressSet,
    /// The ports that they connect to, where that is known: sorted, each once.
    pub(in crate::commands) ports: Vec<u16>,
    /// Where the list was read from: a file, an address, or `sample`.
    source: String,
    /// All that is published, as far as it can be read.
    pub(super) published: Vec<IpNet>,
    /// Where the account's own networks were read from.
    vpc_source: String,
    control_plane: Reasons,
    vpc: Reasons,
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

    /// Why an entry was selected.
    pub(in crate::commands) fn because(&self, entry: &Entry) -> Vec<String> {
        let reasons = match &entry.origin {
            Origin::ControlPlane => &self.control_plane,
            Origin::Vpc => &self.vpc,
            Origin::Gateway(name) => return vec![format!("gateway {name} (named)")],
        };
        reasons.get(&(entry.provider, entry.region.clone())).cloned().unwrap_or_default()
    }

    /// Where an entry was read.
    pub(super) fn source(&self, entry: &Entry) -> &str {
        if entry.origin == Origin::Vpc { &self.vpc_source } else { &self.source }
    }
}

impl SelectionArgs {
    /// What one connection of an instance needs, as Atlas publishes it.
    pub(in crate::commands) fn of_connection(instance: &str, connection: &str) -> Self {
        let regions = RegionArgs {
            instance: Some(instance.to_owned()),
            connections: vec![CommaList::from(connection.to_owned())],
            ..RegionArgs::default()
        };
        SelectionArgs { regions, ..SelectionArgs::default() }
    }

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
        self.list.source.check()?;
        self.regions.check()?;
        match self.list.direction {
            Direction::Inbound if !self.regions.connections.is_empty() => {
                Err(Error::usage("--connection cannot be used with --direction inbound")
                    .hint("a connection goes out from Atlas: its broker needs the outbound list"))
            }
            _ => Ok(()),
        }
    }

    /// What is selected, in the same words however it was typed. A watch knows its own selection by
    /// them.
    pub(super) fn described(&self) -> String {
        let RegionArgs { provider, regions, instance, connections, no_failover } = &self.regions;
        let key = |name: &String| {
            let key = provider.and_then(|provider| key(provider, name).ok());
            key.unwrap_or_else(|| name.clone())
        };
        let mut words: Vec<String> = vec![self.list.direction.to_string()];
        let mut say = |what: &str, names: BTreeSet<String>| {
            let names = Vec::from_iter(names).join(",");
            words.extend((!names.is_empty()).then(|| format!("{what} {names}")));
        };
        say("provider", provider.iter().map(ToString::to_string).collect());
        say("region", regions.items().map(key).collect());
        say("instance", instance.iter().cloned().collect());
        say("connection", connections.items().cloned().collect());
        say("gateway", self.gateways.named().map(str::to_owned).collect());
        words.extend(no_failover.then(|| "no failover".to_owned()));
        words.join(", ")
    }

    /// Whether the selection may tell which ports are connected to.
    pub(super) fn tells_ports(&self) -> bool {
        self.regions.instance.is_some() && self.list.direction == Direction::Outbound
    }
}

/// Reads the list, and takes from it what the arguments select.
///
/// # Errors
/// Usage: arguments that contradict each other. Not found: a region, an instance, a connection or a
/// gateway that is unknown, or has no addresses. Failed: an entry that cannot be read, or means
/// everybody; an instance whose connections need no addresses. Unavailable: no answer.
pub(in crate::commands) async fn select(
    context: &Context,
    args: &SelectionArgs,
) -> Result<Selected> {
    args.check()?;
    let direction = args.list.direction;
    let (places, needs, list) = needed(context, args).await?;
    let (networks, vpc_source) = networks(context, &args.list, &needs, &list.source).await?;
    let FetchedList { addresses: list, source } = list;
    let regions = needs.control_plane.keys().cloned().chain(places.iter().map(Place::key));
    let regions: Regions = regions.collect();
    let set = || {
        let mut all = args.gateways.entries(&list, direction, &regions)?;
        all.extend(entries(&list, direction, &needs, &places, &all)?);
        all.extend(networks);
        let set = AddressSet::new(all).map_err(refused)?;
        set.ok_or_else(|| Error::failed("the list has no addresses for this"))
    };
    let set = match &args.list.source.from_file {
        None => set()?,
        Some(_) => set().map_err(|error| error.context(&source))?,
    };
    let mut notes = Vec::new();
    if !places.is_empty() {
        let places = regions.iter().map(|(provider, region)| format!("{provider} {region}"));
        let places = places.collect::<Vec<_>>().join(", ");
        notes.push(format!("the instance's regions: {places}"));
    }
    let Needs { control_plane, vpc, ports, notes: of_connections } = needs;
    notes.extend(of_connections);
    notes.extend(args.gateways.notes(&list, direction, &regions));
    let ports = ports.into_iter().collect();
    let published = list.readable().collect();
    Ok(Selected { set, ports, published, source, vpc_source, control_plane, vpc, notes })
}

/// The instance's regions, if one is named; what is needed; and the list that has it.
async fn needed(
    context: &Context,
    args: &SelectionArgs,
) -> Result<(Vec<Place>, Needs, FetchedList)> {
    let (regions, direction) = (&args.regions, args.list.direction);
    // The credentials first: a client without them would serve the whole command.
    let Some(name) = &regions.instance else {
        let list = read_list(context, &args.list.source).await?;
        let named = regions.named(&list.addresses, direction)?.into_iter();
        let because = |region: &str| vec![format!("region {region} (named)")];
        let control_plane = named.map(|at| (at.clone(), because(&at.1))).collect();
        return Ok((Vec::new(), Needs { control_plane, ..Needs::default() }, list));
    };
    let on = context.project().await?;
    let places = instance::read(on, name, !regions.no_failover).await?;
    let needs = match direction {
        // Where the control plane is reached does not depend on whom it connects to.
        Direction::Inbound => instance::of_regions(name, &places),
        Direction::Outbound => {
            let names: Vec<String> = regions.connections.items().cloned().collect();
            let say = |note: &str| context.ui.note(note);
            instance::of_connections(on, name, &names, &places, say).await?
        }
    };
    Ok((places, needs, read_list(context, &args.list.source).await?))
}

/// The networks of the project's account that are needed, and where they are read.
async fn networks(
    context: &Context,
    list: &ListArgs,
    needs: &Needs,
    list_source: &str,
) -> Result<(Vec<Entry>, String)> {
    if needs.vpc.is_empty() {
        return Ok((Vec::new(), String::new()));
    }
    let from = match list.source.from_file {
        None => list_source.to_owned(),
        Some(_) => source(context)?,
    };
    let on = context.project().await?;
    let mut networks = Vec::new();
    for (provider, region) in needs.vpc.keys() {
        networks.push(instance::vpc_block(on, *provider, region).await?);
    }
    Ok((networks, from))
}

impl RegionArgs {
    /// Checks that regions are named, and that `all` is given alone.
    fn check(&self) -> Result<()> {
        match self.instance.as_deref().map(str::trim) {
            None if !self.connections.is_empty() || self.no_failover => {
                let option = if self.no_failover { "--no-failover" } else { "--connection" };
                return Err(Error::usage(format!("{option} needs --instance"))
                    .hint("--instance names the instance that they are of"));
            }
            Some("") => {
                return Err(Error::usage("--instance is empty")
                    .hint("is a variable of the script not set?"));
            }
            None => {}
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
    fn named(&self, list: &AddressList, direction: Direction) -> Result<Regions> {
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

/// The control plane's entries of the regions where they are needed. A gateway may be all that a
/// region has.
fn entries(
    list: &AddressList,
    direction: Direction,
    needs: &Needs,
    places: &[Place],
    of_gateways: &[Entry],
) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for at in needs.control_plane.keys() {
        let (provider, region) = at;
        let is_here = |entry: &Entry| entry.provider == *provider && entry.region == *region;
        match list.region(direction, *provider, region) {
            Ok(found) => entries.extend(found),
            Err(Problem::NoEntries { .. } | Problem::NoneAtAll { .. })
                if of_gateways.iter().any(is_here) => {}
            Err(problem) => {
                let error = explained(problem, list, direction, *provider);
                let is_failover = |place: &Place| place.is_failover && place.key() == *at;
                return Err(match places.iter().any(is_failover) {
                    true => error.hint("--no-failover leaves out the instance's failover regions"),
                    false => error,
                });
            }
        }
    }
    Ok(entries)
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
