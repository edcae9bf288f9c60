//! How an instance reaches what a connection connects to, and so whose addresses the other side
//! must let in.

use std::fmt;

/// A way from an instance to the other side of a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Through the internet, from the control plane's outbound addresses of the region.
    Public,
    /// Through a VPC peering, from the network of the project's own account.
    Vpc,
    /// Through a private link.
    PrivateLink,
    /// Through a transit gateway.
    TransitGateway,
    /// To a cluster, inside Atlas.
    WithinAtlas,
    /// Nowhere: the instance makes the data itself.
    Generated,
    /// To a service of a cloud, which decides by who calls.
    CloudService,
    /// By a kind of networking that is not known here.
    UnknownNetworking(String),
    /// To what is not known here.
    UnknownType(String),
}

/// What is on the other side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// Kafka brokers.
    Broker,
    /// A web service: one that is called, or a schema registry.
    Web,
    /// Anything else; nothing that keeps a list of addresses is known of it.
    Other,
}

impl Peer {
    /// What a connection of this type, as the API spells it, connects to.
    pub fn of(kind: &str) -> Peer {
        match kind {
            "Kafka" => Peer::Broker,
            "Https" | "SchemaRegistry" => Peer::Web,
            _ => Peer::Other,
        }
    }
}

impl Way {
    /// The way of a connection of this type and kind of networking, as the API spells them. Where
    /// the API names no networking, it is the public one.
    pub fn of(kind: &str, networking: Option<&str>) -> Way {
        let given = networking.filter(|given| !given.is_empty());
        match (kind, given) {
            ("Cluster", _) => Way::WithinAtlas,
            ("Sample", _) => Way::Generated,
            ("Kafka" | "Https" | "SchemaRegistry", None | Some("PUBLIC")) => Way::Public,
            (
                "S3" | "AWSLambda" | "AWSKinesisDataStreams" | "AzureBlobStorage" | "GCPPubSub",
                None | Some("PUBLIC"),
            ) => Way::CloudService,
            (
                "Kafka"
                | "Https"
                | "SchemaRegistry"
                | "S3"
                | "AWSLambda"
                | "AWSKinesisDataStreams"
                | "AzureBlobStorage"
                | "GCPPubSub",
                Some(given),
            ) => match given {
                "VPC" => Way::Vpc,
                "PRIVATE_LINK" => Way::PrivateLink,
                "TRANSIT_GATEWAY" => Way::TransitGateway,
                other => Way::UnknownNetworking(other.to_owned()),
            },
            (other, _) => Way::UnknownType(other.to_owned()),
        }
    }

    /// Its key in listings.
    pub fn key(&self) -> &'static str {
        match self {
            Way::Public => "public",
            Way::Vpc => "vpc",
            Way::PrivateLink => "private_link",
            Way::TransitGateway => "transit_gateway",
            Way::WithinAtlas => "within_atlas",
            Way::Generated => "generated",
            Way::CloudService => "cloud_service",
            Way::UnknownNetworking(_) | Way::UnknownType(_) => "unknown",
        }
    }

    /// Why no list of addresses has anything to let in; `None` if one has.
    pub fn needs_none(&self) -> Option<String> {
        let why = match self {
            Way::Public | Way::Vpc => return None,
            Way::PrivateLink => {
                "through a private link: the broker sees the link's own addresses, and the \
                 endpoint service decides whom it accepts"
            }
            Way::TransitGateway => {
                "through a transit gateway: its route tables and attachments decide what gets \
                 through"
            }
            Way::WithinAtlas => "within Atlas: clusters let instances of the project in themselves",
            Way::Generated => "a sample, which the instance makes itself: there is no other side",
            Way::CloudService => {
                "a service of a cloud, which decides by the role or account that calls, not by \
                 its address"
            }
            Way::UnknownNetworking(name) => {
                return Some(format!(
                    "networking {name} is not known here, nor what it needs let in"
                ));
            }
            Way::UnknownType(name) => {
                return Some(format!("type {name:?} is not known here, nor what it needs let in"));
            }
        };
        Some(why.to_owned())
    }
}

/// `public`, `VPC`, `private link` and so on.
impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Way::Public => "public",
            Way::Vpc => "VPC",
            Way::PrivateLink => "private link",
            Way::TransitGateway => "transit gateway",
            Way::WithinAtlas => "within Atlas",
            Way::Generated => "none",
            Way::CloudService => "cloud service",
            Way::UnknownNetworking(name) | Way::UnknownType(name) => {
                return write!(f, "unknown ({name})");
            }
        })
    }
}

/// One server of a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Server {
    /// The host, or its address, without brackets.
    pub host: String,
    /// The port; a server of Kafka that names none cannot be connected to.
    pub port: Option<u16>,
}

/// The servers of `bootstrapServers`: `host:port`, separated by commas; an IPv6 address stands in
/// brackets, and a listener's protocol may stand in front.
pub fn servers(bootstrap: &str) -> Vec<Server> {
    let given = bootstrap.split(',').map(str::trim).filter(|server| !server.is_empty());
    given
        .map(|server| authority(server.split_once("://").map_or(server, |(_, rest)| rest)))
        .collect()
}

/// The server that a URL of the web names, with its scheme's port where it names none.
pub fn web_server(url: &str) -> Option<Server> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let mut server = authority(rest);
    let usual = match scheme.to_ascii_lowercase().as_str() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    let names_port = rest.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']'));
    if !names_port {
        server.port = usual;
    }
    (!server.host.is_empty()).then_some(server)
}

fn authority(text: &str) -> Server {
    let port = |text: &str| text.parse().ok().filter(|port| *port > 0);
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match (bracketed, text.rsplit_once(':')) {
        (Some((host, rest)), _) => {
            Server { host: host.to_owned(), port: rest.strip_prefix(':').and_then(port) }
        }
        // The last group of an address without brackets is no port.
        (None, Some((host, last))) if !host.contains(':') => {
            Server { host: host.to_owned(), port: port(last) }
        }
        _ => Server { host: text.to_owned(), port: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_networking_of_kafka_is_a_way_and_none_is_public() {
        let way = |networking| Way::of("Kafka", networking);
        assert_eq!(way(None), Way::Public);
        assert_eq!(way(Some("")), Way::Public);
        assert_eq!(way(Some("PUBLIC")), Way::Public);
        assert_eq!(way(Some("VPC")), Way::Vpc);
        assert_eq!(way(Some("PRIVATE_LINK")), Way::PrivateLink);
        assert_eq!(way(Some("TRANSIT_GATEWAY")), Way::TransitGateway);
        assert_eq!(way(Some("MESH")), Way::UnknownNetworking("MESH".into()));
    }

    #[test]
    fn only_what_comes_from_known_addresses_has_any() {
        let kinds = [
            ("Kafka", Way::Public),
            ("Https", Way::Public),
            ("SchemaRegistry", Way::Public),
            ("Cluster", Way::WithinAtlas),
            ("Sample", Way::Generated),
            ("S3", Way::CloudService),
            ("AWSLambda", Way::CloudService),
            ("AWSKinesisDataStreams", Way::CloudService),
            ("AzureBlobStorage", Way::CloudService),
            ("GCPPubSub", Way::CloudService),
            ("Quantum", Way::UnknownType("Quantum".into())),
            ("", Way::UnknownType(String::new())),
        ];
        for (kind, way) in kinds {
            assert_eq!(Way::of(kind, None), way, "{kind}");
            let known = matches!(way, Way::Public | Way::Vpc);
            assert_eq!(way.needs_none().is_none(), known, "{kind}");
        }
        // What is not known is not taken for public, whatever it says of its networking.
        assert_eq!(Way::of("Quantum", Some("PUBLIC")), Way::UnknownType("Quantum".into()));
        assert_eq!(Way::of("S3", Some("PRIVATE_LINK")), Way::PrivateLink);
    }

    fn shown(servers: Vec<Server>) -> Vec<(String, Option<u16>)> {
        servers.into_iter().map(|server| (server.host, server.port)).collect()
    }

    #[test]
    fn ports_are_those_that_are_written_and_no_others() {
        for (text, expected) in [
            ("a.example:9092", vec![("a.example", Some(9092))]),
            (" a:9092 ,, b:9094,", vec![("a", Some(9092)), ("b", Some(9094))]),
            ("SASL_SSL://a:9096", vec![("a", Some(9096))]),
            ("[2001:db8::5]:9092", vec![("2001:db8::5", Some(9092))]),
            ("[2001:db8::5]", vec![("2001:db8::5", None)]),
            ("2001:db8::9092", vec![("2001:db8::9092", None)]),
            ("a", vec![("a", None)]),
            ("a:", vec![("a", None)]),
            ("a:0", vec![("a", None)]),
            ("a:65536", vec![("a", None)]),
            ("a:kafka", vec![("a", None)]),
            (" , ", vec![]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(host, port)| (host.to_owned(), port)).collect();
            assert_eq!(shown(servers(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_url_names_its_server_and_the_scheme_its_port() {
        for (url, expected) in [
            ("https://a.example/score?x=1", Some(("a.example", Some(443)))),
            ("HTTP://a.example", Some(("a.example", Some(80)))),
            ("https://a.example:8443/", Some(("a.example", Some(8443)))),
            ("https://user:word@a.example/", Some(("a.example", Some(443)))),
            ("https://[2001:db8::5]/", Some(("2001:db8::5", Some(443)))),
            ("https://[2001:db8::5]:8443/", Some(("2001:db8::5", Some(8443)))),
            ("ftp://a.example/", Some(("a.example", None))),
            ("https:///path", None),
            ("a.example", None),
        ] {
            let found = web_server(url).map(|server| (server.host, server.port));
            assert_eq!(found, expected.map(|(host, port)| (host.to_owned(), port)), "{url}");
        }
    }
}
