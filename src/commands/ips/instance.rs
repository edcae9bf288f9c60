//! What the other sides of an instance's connections must let in.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;

use crate::atlas::connections::Connection;
use crate::atlas::failover_connections::PrimaryConnection;
use crate::atlas::instances::{Instance, Region};
use crate::brokers::addresses::{Direction, parse_block};
use crate::brokers::regions::{Provider, atlas_name, key};
use crate::brokers::set::{Entry, Origin};
use crate::brokers::ways::{Peer, Server, Way, servers, web_server};
use crate::commands::connections::fetch;
use crate::commands::instances;
use crate::error::{Error, Result};
use crate::session::ProjectClient;
use crate::shell::quote;

/// A region that an instance runs in, or would.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::commands) struct Place {
    /// Whether it runs there only when its own region fails.
    pub(in crate::commands) is_failover: bool,
    /// Whose region it is.
    pub(in crate::commands) provider: Provider,
    /// The region's key in the list of addresses.
    pub(in crate::commands) region: String,
}

impl Place {
    /// The region, as the list of addresses knows it.
    pub(in crate::commands) fn key(&self) -> (Provider, String) {
        (self.provider, self.region.clone())
    }

    /// `region us-east-2 (failover)`
    fn described(&self) -> String {
        let which = if self.is_failover { "failover" } else { "own" };
        format!("region {} ({which})", self.region)
    }
}

/// How one connection reaches its servers.
#[derive(Debug)]
pub(in crate::commands) struct Reach {
    /// The connection's name.
    pub(in crate::commands) name: String,
    /// What is on the other side.
    pub(in crate::commands) peer: Peer,
    /// The way there.
    pub(in crate::commands) way: Way,
    /// The servers, as far as the connection names them.
    pub(in crate::commands) servers: Vec<Server>,
    /// The regions that it is used from.
    pub(in crate::commands) places: Vec<Place>,
    /// Whether it replaces the connection of this name in a failover region.
    pub(in crate::commands) replaces: bool,
}

impl Reach {
    /// How a connection reaches its servers from these regions.
    pub(in crate::commands) fn of(connection: &Connection, places: Vec<Place>) -> Self {
        let networking =
            connection.networking.as_ref().or(connection.public_private_networking.as_ref());
        let networking = networking.and_then(|networking| networking.access.as_ref());
        let urls = connection.url.iter().chain(&connection.schema_registry_urls);
        let brokers = connection.bootstrap_servers.as_deref().map(servers).unwrap_or_default();
        Reach {
            name: connection.name.clone(),
            peer: Peer::of(&connection.kind),
            way: Way::of(&connection.kind, networking.map(|access| access.kind.as_str())),
            servers: brokers.into_iter().chain(urls.filter_map(|url| web_server(url))).collect(),
            places,
            replaces: false,
        }
    }

    /// The ports of its servers.
    pub(in crate::commands) fn ports(&self) -> impl Iterator<Item = u16> {
        self.servers.iter().filter_map(|server| server.port)
    }

    /// `public, port 9196`
    pub(in crate::commands) fn summary(&self) -> String {
        let ports: BTreeSet<u16> = self.ports().collect();
        let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
        let mut summary = match &ports[..] {
            [] => self.way.to_string(),
            [port] => format!("{}, port {port}", self.way),
            ports => format!("{}, ports {}", self.way, ports.join(", ")),
        };
        let portless = self.servers.iter().filter(|server| server.port.is_none());
        summary.extend(portless.map(|server| format!(", {} without a port", server.host)));
        if self.replaces {
            let places = self.places.iter().map(|place| place.region.as_str());
            let places = places.collect::<Vec<_>>().join(", ");
            summary.push_str(&format!(", after a failover to {places}"));
        }
        summary
    }

    /// `connection order-events (public)`
    fn described(&self) -> String {
        let kind = if self.replaces { "failover connection of" } else { "connection" };
        format!("{kind} {} ({})", self.name, self.way)
    }
}

/// What is to be let in, by the place that it is of, with the reasons for each.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Regions whose addresses of the control plane are needed.
    pub(super) control_plane: Reasons,
    /// Regions in which the VPC of the project's account is needed.
    pub(super) vpc: Reasons,
    /// The ports that are connected to.
    pub(super) ports: BTreeSet<u16>,
    /// What to say about it.
    pub(super) notes: Vec<String>,
}

/// Why the addresses of regions are needed.
pub(super) type Reasons = BTreeMap<(Provider, String), Vec<String>>;

/// The regions of an instance.
///
/// # Errors
/// Failed: it is in none, or in one that is not known here.
pub(in crate::commands) fn places(instance: &Instance, failover: bool) -> Result<Vec<Place>> {
    let name = &instance.name;
    let Some(own) = &instance.data_process_region else {
        return Err(Error::failed(format!("instance {name} does not say in which region it runs")));
    };
    let unusable = |reason: String| {
        Error::failed(format!("instance {name}: {reason}"))
            .hint("name the regions with --provider and --region")
    };
    let place = |region: &Region, is_failover| {
        let provider: Provider = region.cloud_provider.parse().map_err(unusable)?;
        let region = key(provider, &region.region).map_err(|e| unusable(e.to_string()))?;
        Ok(Place { is_failover, provider, region })
    };
    let others = instance.failover_regions.iter().filter(|_| failover);
    std::iter::once(place(own, false)).chain(others.map(|region| place(region, true))).collect()
}

/// What is needed for an instance as a whole: the addresses of its regions.
pub(super) fn of_regions(name: &str, places: &[Place]) -> Needs {
    let mut needs = Needs::default();
    for place in places {
        let because = format!("instance {name}, {}", place.described());
        needs.control_plane.entry(place.key()).or_default().push(because);
    }
    needs
}

/// What is needed for the connections of these names, or for all if none is named.
///
/// # Errors
/// Not found: a connection that does not exist. Failed: nothing is needed for any of them. Those
/// of the API.
pub(super) async fn of_connections(
    on: &ProjectClient,
    instance: &str,
    names: &[String],
    places: &[Place],
    say: impl Fn(&str),
) -> Result<Needs> {
    let known = fetch::fetch(on, instance).await?;
    if let Some(name) = names.iter().find(|name| !known.iter().any(|row| row.view.name == **name)) {
        return Err(fetch::not_there(instance, name, fetch::names(&known)));
    }
    let chosen: Vec<&Connection> = (known.iter().map(|row| &row.view))
        .filter(|connection| names.is_empty() || names.contains(&connection.name))
        .collect();
    if chosen.is_empty() {
        let mut needs = of_regions(instance, places);
        needs.notes.push(format!("instance {instance} has no connections: its regions' addresses"));
        return Ok(needs);
    }
    let mut reached = Vec::new();
    for connection in chosen {
        reached.extend(reaches(on, instance, connection, places).await?);
    }
    let needs = collected(&reached, !names.is_empty());
    if needs.control_plane.is_empty() && needs.vpc.is_empty() {
        needs.notes.iter().for_each(|note| say(note));
        let whose = match names {
            [] => format!("the connections of instance {instance}"),
            [name] => format!("connection {name}"),
            names => format!("connections {}", names.join(", ")),
        };
        return Err(Error::failed(format!("there are no addresses to let in for {whose}"))
            .hint("--provider and --region select a region's addresses all the same"));
    }
    Ok(needs)
}

/// How a connection is used: from all regions, and as what replaces it in a failover region.
pub(in crate::commands) async fn reaches(
    on: &ProjectClient,
    instance: &str,
    connection: &Connection,
    places: &[Place],
) -> Result<Vec<Reach>> {
    let own = Reach::of(connection, places.to_vec());
    let mut all = vec![own];
    if connection.kind != "Kafka" || !places.iter().any(|place| place.is_failover) {
        return Ok(all);
    }
    let of = PrimaryConnection { project: &on.project, instance, connection: &connection.name };
    let rows = on.client.failover_connections(of).map_ok(|row| row.view);
    for mut failover in rows.try_collect::<Vec<Connection>>().await.map_err(Error::from)? {
        let region = failover.region.clone().unwrap_or_default();
        let is_there = |place: &&Place| {
            place.is_failover && key(place.provider, &region).is_ok_and(|key| key == place.region)
        };
        let there: Vec<Place> = places.iter().filter(is_there).cloned().collect();
        // The instance never fails over to a region that it has given up since.
        if there.is_empty() {
            continue;
        }
        failover.name.clone_from(&connection.name);
        all.push(Reach { replaces: true, ..Reach::of(&failover, there) });
    }
    Ok(all)
}

/// What these connections need, and what to say of each. Web services that are not named are left
/// to brokers, if there are any: a broker need not let in what calls a web service.
fn collected(reached: &[Reach], named: bool) -> Needs {
    let brokers = reached.iter().any(|reach| reach.peer == Peer::Broker);
    let mut needs = Needs::default();
    let mut applying: BTreeMap<&Way, Vec<&Reach>> = BTreeMap::new();
    let mut explained: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for reach in reached {
        if let Some(why) = reach.way.needs_none() {
            explained.entry(why).or_default().push(&reach.name);
        } else if reach.peer == Peer::Web && brokers && !named {
            let why = format!(
                "a web service, not a broker: --connection {} gives what it must let in",
                quote(&reach.name)
            );
            explained.entry(why).or_default().push(&reach.name);
        } else {
            applying.entry(&reach.way).or_default().push(reach);
        }
    }
    for (way, reached) in &applying {
        let reasons = match way {
            Way::Vpc => &mut needs.vpc,
            _ => &mut needs.control_plane,
        };
        for (reach, place) in reached.iter().flat_map(|r| r.places.iter().map(move |p| (r, p))) {
            let because = format!("{}, {}", reach.described(), place.described());
            reasons.entry(place.key()).or_default().push(because);
        }
    }
    let applying: Vec<&Reach> = applying.into_values().flatten().collect();
    let is_one = applying.iter().all(|reach| reach.name == applying[0].name);
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for reach in applying {
        if reach.peer == Peer::Broker || !brokers {
            needs.ports.extend(reach.ports());
        }
        alike.entry(reach.summary()).or_default().push(&reach.name);
    }
    if !is_one {
        let note = "these are for several connections together: --connection NAME gives those of \
                    one";
        needs.notes.push(note.to_owned());
    }
    for (what, mut names) in alike.into_iter().chain(explained) {
        names.dedup();
        needs.notes.push(format!("{}: {what}", names.join(", ")));
    }
    needs
}

/// The network of the project's own account in a region.
///
/// # Errors
/// Failed: the API names no block of addresses. Those of the API.
pub(in crate::commands) async fn vpc_block(
    on: &ProjectClient,
    provider: Provider,
    region: &str,
) -> Result<Entry> {
    let name = atlas_name(provider, region);
    let details = on.client.account_details(&on.project, provider.key(), &name).await?.view;
    let given = details.cidr_block.unwrap_or_default();
    // The API may give an address within the block, and mean the block.
    let net = parse_block(&given).ok_or_else(|| {
        Error::failed(format!(
            "the account's network in {provider} {region} is {given:?}: no block"
        ))
    })?;
    Ok(Entry {
        net: net.trunc(),
        provider,
        region: region.to_owned(),
        direction: Direction::Outbound,
        origin: Origin::Vpc,
    })
}

/// The instance of a name, and its regions.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub(in crate::commands) async fn read(
    on: &ProjectClient,
    name: &str,
    failover: bool,
) -> Result<Vec<Place>> {
    let mut instance = instances::one(on, name).await?.view;
    instance.name = name.to_owned();
    places(&instance, failover)
}
