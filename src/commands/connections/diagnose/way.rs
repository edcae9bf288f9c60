//! What stands on the way: peerings, private links, clusters.

use std::net::IpAddr;

use futures_util::TryStreamExt;
use ipnet::IpNet;

use super::finding::Finding;
use crate::atlas::connections::Connection;
use crate::atlas::peerings::Peering;
use crate::atlas::private_links::PrivateLink;
use crate::brokers::regions::key;
use crate::brokers::ways::Way;
use crate::commands::ips::instance::Reach;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::shell::quote;

/// What is wrong with the way of a connection, or of what replaces it after a failover.
///
/// # Errors
/// Those of the API, except that something may not be read, which is a finding.
pub(super) async fn findings(
    on: &ProjectClient,
    connection: &Connection,
    reach: &Reach,
) -> Result<Vec<Finding>> {
    let found = match &reach.way {
        Way::Vpc => peerings(on, reach).await,
        Way::PrivateLink if reach.replaces => Ok(Vec::new()),
        Way::PrivateLink => private_link(on, connection, reach).await,
        Way::WithinAtlas => cluster(on, connection).await,
        Way::UnknownNetworking(_) | Way::UnknownType(_) => {
            let why = reach.way.needs_none().unwrap_or_default();
            Ok(vec![Finding::warning("way", why)])
        }
        Way::Public | Way::TransitGateway | Way::Generated | Way::CloudService => Ok(Vec::new()),
    };
    match found {
        Err(error) if error.kind() == Kind::NotPermitted => Ok(vec![Finding::warning(
            "way",
            format!("what stands on the way is not known: {error}"),
        )]),
        found => found,
    }
}

async fn peerings(on: &ProjectClient, reach: &Reach) -> Result<Vec<Finding>> {
    let rows = on.client.active_peerings(&on.project).map_ok(|row| row.view);
    let active: Vec<Peering> = rows.try_collect().await.map_err(Error::from)?;
    if active.is_empty() {
        let found = Finding::error("peering", "no VPC peering of the project is active")
            .hint("request one from the broker's network, and accept it here");
        let place = reach.places.first().map(|place| {
            format!(
                "spctl peerings account --provider {} --region {}",
                place.provider,
                quote(&place.region)
            )
        });
        return Ok(vec![match place {
            Some(line) => found.next(line),
            None => found,
        }]);
    }
    let blocks: Vec<IpNet> = active
        .iter()
        .filter_map(|peering| peering.requester_cidr.as_deref()?.parse().ok())
        .collect();
    let outside = |server: &&crate::brokers::ways::Server| {
        let address: Option<IpAddr> = server.host.parse().ok();
        address.is_some_and(|address| !blocks.iter().any(|block| block.contains(&address)))
    };
    let outside = reach.servers.iter().filter(|_| !blocks.is_empty()).filter(outside);
    Ok(outside
        .map(|server| {
            let what = format!("{} is in the network of no active peering", server.host);
            Finding::error("peering", what).next("spctl peerings list --active".to_owned())
        })
        .collect())
}

async fn private_link(
    on: &ProjectClient,
    connection: &Connection,
    reach: &Reach,
) -> Result<Vec<Finding>> {
    let networking =
        connection.networking.as_ref().or(connection.public_private_networking.as_ref());
    let id = networking.and_then(|n| n.access.as_ref()?.connection_id.clone()).unwrap_or_default();
    if id.is_empty() {
        let found = Finding::error("private link", "it names no private link")
            .hint("spctl connections update with --private-link names one")
            .next("spctl private-links list".to_owned());
        return Ok(vec![found]);
    }
    let link = match on.client.private_link(&on.project, &id).await.map_err(Error::from) {
        Ok(row) => row.view,
        Err(error) if error.kind() == Kind::NotFound => {
            let found = Finding::error("private link", format!("there is no private link {id}"))
                .next("spctl private-links list".to_owned());
            return Ok(vec![found]);
        }
        Err(error) => return Err(error),
    };
    let next = format!("spctl private-links get {}", quote(&id));
    let mut found: Vec<Finding> = Vec::new();
    let why = link.error_message.as_deref().filter(|why| !why.is_empty());
    match (link.state.as_deref(), why) {
        (None | Some("DONE"), None) => {}
        (None | Some("DONE"), Some(why)) => {
            found.push(Finding::warning("private link", format!("private link {id}: {why}")));
        }
        (Some(state), why) => {
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            found
                .push(Finding::error("private link", format!("private link {id} is {state}{why}")));
        }
    }
    found.extend(elsewhere(&id, &link, reach));
    found.extend(unlike(&id, &link, reach));
    Ok(found.into_iter().map(|finding| finding.next(next.clone())).collect())
}

/// A link of another region than the instance's.
fn elsewhere(id: &str, link: &PrivateLink, reach: &Reach) -> Option<Finding> {
    let region = link.region.as_deref().filter(|region| !region.is_empty())?;
    let here = reach.places.iter().any(|place| {
        place.provider.key().eq_ignore_ascii_case(&link.provider)
            && key(place.provider, region).is_ok_and(|key| key == place.region)
    });
    (!here && !reach.places.is_empty()).then(|| {
        let provider = &link.provider;
        let what = format!("private link {id} is in {provider} {region}, the instance is not");
        Finding::warning("private link", what)
    })
}

/// Servers that are not called what the link resolves.
fn unlike(id: &str, link: &PrivateLink, reach: &Reach) -> Vec<Finding> {
    let Some(domain) = link.dns_domain.as_deref().filter(|domain| !domain.is_empty()) else {
        return Vec::new();
    };
    let lower = domain.trim_matches('.').to_ascii_lowercase();
    let is_within = |host: &str| {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        host == lower || host.ends_with(&format!(".{lower}"))
    };
    let outside = reach.servers.iter().filter(|server| !is_within(&server.host));
    outside
        .map(|server| {
            let what =
                format!("{} is not within {domain}, which private link {id} leads to", server.host);
            Finding::warning("private link", what)
        })
        .collect()
}

async fn cluster(on: &ProjectClient, connection: &Connection) -> Result<Vec<Finding>> {
    let project = connection.cluster_group_id.as_deref().filter(|id| !id.is_empty());
    let project = project.unwrap_or(&on.project);
    let name = connection.cluster_name.as_deref().unwrap_or_default();
    let rows = on.client.clusters(project).map_ok(|row| row.view);
    let clusters: Vec<_> = rows.try_collect().await.map_err(Error::from)?;
    let found = match clusters.iter().find(|cluster| cluster.name == name) {
        None => {
            Finding::error("cluster", format!("there is no cluster {name} in project {project}"))
                .hint("spctl connections update with --cluster names another")
        }
        Some(cluster) => match cluster.state_name.as_deref() {
            Some(state @ ("CREATING" | "DELETING")) => {
                Finding::error("cluster", format!("cluster {name} is {state}"))
            }
            _ => return Ok(Vec::new()),
        },
    };
    Ok(vec![found])
}
