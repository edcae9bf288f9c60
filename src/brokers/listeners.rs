//! What a broker's host and port tell by convention: whether its listener speaks TLS, how clients
//! prove who they are there, and from where it can be reached.

use std::net::IpAddr;

use super::ways::{Server, Way};

/// How a connection speaks to its brokers, in the API's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Speech<'a> {
    /// `SASL_SSL`, `SASL_PLAINTEXT`, `SSL` or `PLAINTEXT`.
    pub protocol: Option<&'a str>,
    /// `PLAIN`, `SCRAM-256`, `SCRAM-512`, `OAUTHBEARER` or `AWS_MSK_IAM`.
    pub mechanism: Option<&'a str>,
}

/// Something about a server that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Whether it cannot work; else it only breaks a convention.
    pub is_certain: bool,
    /// What does not fit.
    pub problem: String,
    /// What would.
    pub remedy: String,
}

/// What is behind a port.
struct Listener {
    /// Whose numbering it is.
    of: &'static str,
    /// Whether the service has it so for everyone, rather than by convention.
    is_fixed: bool,
    is_tls: bool,
    /// How clients prove who they are; empty if that is open.
    mechanisms: &'static [&'static str],
    /// Whether it is for clients on the internet, where that is told.
    is_public: Option<bool>,
}

const SCRAM: &[&str] = &["SCRAM-256", "SCRAM-512"];
const IAM: &[&str] = &["AWS_MSK_IAM", "OAUTHBEARER"];
const TOKEN_OR_PLAIN: &[&str] = &["PLAIN", "OAUTHBEARER"];

/// Services whose brokers are known by their hosts' domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Msk,
    Confluent,
    EventHubs,
    GoogleKafka,
}

fn service(host: &str) -> Option<Service> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let within = |part: &str, end: &str| host.contains(part) && host.ends_with(end);
    match () {
        () if within(".kafka.", ".amazonaws.com") => Some(Service::Msk),
        () if within(".kafka-serverless.", ".amazonaws.com") => Some(Service::Msk),
        () if host.ends_with(".confluent.cloud") => Some(Service::Confluent),
        () if host.ends_with(".servicebus.windows.net") => Some(Service::EventHubs),
        () if within(".managedkafka.", ".cloud.goog") => Some(Service::GoogleKafka),
        () => None,
    }
}

/// The listener of a port, as the service has it or else by convention.
fn listener(service: Option<Service>, port: u16) -> Option<Listener> {
    let fixed =
        |of, mechanisms| Listener { of, is_fixed: true, is_tls: true, mechanisms, is_public: None };
    let msk = |is_tls, mechanisms, is_public| Listener {
        of: "MSK",
        is_fixed: service == Some(Service::Msk),
        is_tls,
        mechanisms,
        is_public: Some(is_public),
    };
    let usual = |is_tls| Listener {
        of: "Kafka",
        is_fixed: false,
        is_tls,
        mechanisms: &[],
        is_public: None,
    };
    Some(match (service, port) {
        (Some(Service::Confluent), 9092) => fixed("Confluent Cloud", TOKEN_OR_PLAIN),
        (Some(Service::EventHubs), 9093) => fixed("Event Hubs", TOKEN_OR_PLAIN),
        (Some(Service::GoogleKafka), 9092) => {
            fixed("Managed Service for Apache Kafka", TOKEN_OR_PLAIN)
        }
        (Some(Service::Msk), 9092) => msk(false, &[], false),
        (Some(Service::Msk), 9094) => msk(true, &[], false),
        (None | Some(Service::Msk), 9096) => msk(true, SCRAM, false),
        (None | Some(Service::Msk), 9098) => msk(true, IAM, false),
        (None | Some(Service::Msk), 9194) => msk(true, &[], true),
        (None | Some(Service::Msk), 9196) => msk(true, SCRAM, true),
        (None | Some(Service::Msk), 9198) => msk(true, IAM, true),
        (None, 9092) => usual(false),
        (None, 9093 | 9094) => usual(true),
        _ => return None,
    })
}

/// What does not fit about a server of Kafka that is reached this way.
pub fn misfits(server: &Server, speech: Speech<'_>, way: &Way) -> Vec<Misfit> {
    let mut found = Vec::new();
    found.extend(host_misfit(&server.host, way));
    let Some(port) = server.port else {
        found.push(Misfit {
            is_certain: true,
            problem: format!("{} names no port, and Kafka has none by default", server.host),
            remedy: "write host:port, as the broker advertises it".to_owned(),
        });
        return found;
    };
    if let Some(listener) = listener(service(&server.host), port) {
        found.extend(listener_misfits(port, &listener, speech, way));
    }
    found
}

fn listener_misfits(port: u16, listener: &Listener, speech: Speech<'_>, way: &Way) -> Vec<Misfit> {
    let mut found = Vec::new();
    let &Listener { of, is_fixed, is_tls, mechanisms, is_public } = listener;
    let whose = match is_fixed {
        true => format!("port {port} of {of}"),
        false if of == "Kafka" => format!("port {port} by convention"),
        false => format!("port {port}, if it is {of}'s,"),
    };
    let protocol = speech.protocol.unwrap_or_default();
    let speaks_tls = match protocol {
        "SASL_SSL" | "SSL" => Some(true),
        "SASL_PLAINTEXT" | "PLAINTEXT" => Some(false),
        _ => None,
    };
    match (is_tls, speaks_tls) {
        (true, Some(false)) => found.push(Misfit {
            is_certain: is_fixed,
            problem: format!("{whose} speaks TLS, and the connection {protocol}"),
            remedy: "use --protocol SASL_SSL or SSL, or the port of the plaintext listener"
                .to_owned(),
        }),
        (false, Some(true)) => found.push(Misfit {
            is_certain: is_fixed,
            problem: format!("{whose} speaks plaintext, and the connection {protocol}"),
            remedy: "use the port of the TLS listener, such as 9093 or 9094; a broker that \
                     answers plaintext ends the handshake without a word"
                .to_owned(),
        }),
        _ => {}
    }
    let mechanism = speech.mechanism.filter(|_| protocol.starts_with("SASL"));
    match mechanism {
        Some(mechanism) if !mechanisms.is_empty() && !mechanisms.contains(&mechanism) => {
            found.push(Misfit {
                is_certain: is_fixed,
                problem: format!("{whose} takes {}, and not {mechanism}", mechanisms.join(" or ")),
                remedy: match mechanism {
                    "AWS_MSK_IAM" => "IAM is taken on 9098, and from the internet on 9198",
                    "SCRAM-256" | "SCRAM-512" => {
                        "SCRAM is taken on 9096, and from the internet on 9196"
                    }
                    _ => "use a mechanism that the listener takes",
                }
                .to_owned(),
            });
        }
        Some(mechanism) if of == "MSK" && is_fixed && mechanisms.is_empty() => {
            found.push(Misfit {
                is_certain: true,
                problem: format!("{whose} takes no SASL, and the connection uses {mechanism}"),
                remedy: "SCRAM is taken on 9096 and 9196, IAM on 9098 and 9198".to_owned(),
            });
        }
        _ => {}
    }
    match (is_public, way) {
        (Some(false), Way::Public) => found.push(Misfit {
            is_certain: is_fixed,
            problem: format!(
                "{whose} is reached from inside its VPC, and the connection is public"
            ),
            remedy: "MSK's ports for the internet are 9194 (TLS), 9196 (SCRAM) and 9198 (IAM)"
                .to_owned(),
        }),
        (Some(true), Way::Vpc) => found.push(Misfit {
            is_certain: false,
            problem: format!("{whose} is for the internet, and the connection goes through a VPC"),
            remedy: "MSK's ports inside its VPC are 9094 (TLS), 9096 (SCRAM) and 9098 (IAM)"
                .to_owned(),
        }),
        _ => {}
    }
    found
}

/// A host that cannot be reached this way.
fn host_misfit(host: &str, way: &Way) -> Option<Misfit> {
    let lower = host.trim_end_matches('.').to_ascii_lowercase();
    let misfit = |is_certain, problem: String, remedy: &str| {
        Some(Misfit { is_certain, problem, remedy: remedy.to_owned() })
    };
    let loopback = lower.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if loopback || lower == "localhost" || lower.ends_with(".localhost") {
        let problem = format!("{host} is whoever connects, not the broker");
        return misfit(true, problem, "name the broker's own host");
    }
    if *way != Way::Public {
        return None;
    }
    if let Ok(address) = lower.parse::<IpAddr>() {
        return match is_private(address) {
            true => {
                let problem = format!("{host} is a private address, and the connection is public");
                misfit(true, problem, "name the broker's public address, or use VPC networking")
            }
            false => None,
        };
    }
    const INSIDE: [&str; 5] = [".local", ".internal", ".lan", ".svc", ".intranet"];
    if !lower.contains('.') || INSIDE.iter().any(|end| lower.ends_with(end)) {
        let problem =
            format!("{host} is a name of a private network, and the connection is public");
        return misfit(false, problem, "name the broker as the internet's name servers know it");
    }
    None
}

/// Addresses that no one on the internet has.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            v4.is_private() || v4.is_link_local() || (first == 100 && second & 0xc0 == 64)
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::ways::servers;

    /// What does not fit, and whether that is certain.
    fn found(server: &str, protocol: &str, mechanism: &str, way: &Way) -> Vec<(bool, String)> {
        let server = servers(server).remove(0);
        let mechanism = Some(mechanism).filter(|mechanism| !mechanism.is_empty());
        let speech = Speech { protocol: Some(protocol), mechanism };
        let misfits = misfits(&server, speech, way).into_iter();
        misfits.map(|misfit| (misfit.is_certain, misfit.problem)).collect()
    }

    const MSK: &str = "b-1.shop.abc123.c2.kafka.us-east-1.amazonaws.com";

    #[test]
    fn what_fits_is_left_alone() {
        for (server, protocol, mechanism, way) in [
            ("b.example:9092", "SASL_PLAINTEXT", "PLAIN", Way::Public),
            ("b.example:9093", "SASL_SSL", "SCRAM-512", Way::Public),
            ("b.example:9094", "SSL", "", Way::Public),
            ("b.example:9196", "SASL_SSL", "SCRAM-512", Way::Public),
            ("b.example:9096", "SASL_SSL", "SCRAM-512", Way::Vpc),
            ("b.example:31092", "SASL_PLAINTEXT", "PLAIN", Way::Public),
            ("10.0.0.5:9093", "SASL_SSL", "PLAIN", Way::Vpc),
            ("kafka:9093", "SASL_SSL", "PLAIN", Way::PrivateLink),
            ("pkc-1.us-east-1.aws.confluent.cloud:9092", "SASL_SSL", "PLAIN", Way::Public),
            ("n.servicebus.windows.net:9093", "SASL_SSL", "PLAIN", Way::Public),
            (&format!("{MSK}:9198"), "SASL_SSL", "AWS_MSK_IAM", Way::Public),
            (&format!("{MSK}:9094"), "SSL", "", Way::Vpc),
            (&format!("{MSK}:9092"), "PLAINTEXT", "", Way::Vpc),
            (&format!("{MSK}:14001"), "SASL_SSL", "AWS_MSK_IAM", Way::PrivateLink),
        ] {
            assert_eq!(found(server, protocol, mechanism, &way), [], "{server}");
        }
    }

    #[test]
    fn tls_and_plaintext_are_told_by_the_port() {
        let plain = found("b.example:9093", "SASL_PLAINTEXT", "PLAIN", &Way::Public);
        assert!(matches!(&plain[..], [(false, why)] if why.contains("speaks TLS")), "{plain:?}");
        let tls = found("b.example:9092", "SASL_SSL", "PLAIN", &Way::Public);
        assert!(matches!(&tls[..], [(false, why)] if why.contains("plaintext")), "{tls:?}");
        for server in ["p.confluent.cloud:9092", "n.servicebus.windows.net:9093"] {
            let fixed = found(server, "SASL_PLAINTEXT", "PLAIN", &Way::Public);
            assert!(matches!(&fixed[..], [(true, why)] if why.contains("TLS")), "{fixed:?}");
        }
    }

    #[test]
    fn msk_tells_mechanisms_and_the_internet_by_the_port() {
        let msk =
            |port, mechanism, way| found(&format!("{MSK}:{port}"), "SASL_SSL", mechanism, way);
        for (port, mechanism, way, told) in [
            (9196, "AWS_MSK_IAM", &Way::Public, "takes SCRAM-256 or SCRAM-512"),
            (9198, "SCRAM-512", &Way::Public, "takes AWS_MSK_IAM"),
            (9194, "SCRAM-512", &Way::Public, "takes no SASL"),
            (9096, "SCRAM-512", &Way::Public, "from inside its VPC"),
        ] {
            let found = msk(port, mechanism, way);
            assert!(matches!(&found[..], [(true, why)] if why.contains(told)), "{found:?}");
        }
        let inside = msk(9196, "SCRAM-512", &Way::Vpc);
        assert!(matches!(&inside[..], [(false, why)] if why.contains("internet")), "{inside:?}");
        // Another's broker may have any port.
        let other = found("b.example:9096", "SASL_SSL", "SCRAM-512", &Way::Public);
        assert!(matches!(&other[..], [(false, _)]), "{other:?}");
    }

    #[test]
    fn hosts_that_the_internet_does_not_know_are_told() {
        for (host, certain) in [
            ("10.1.2.3", true),
            ("172.31.0.1", true),
            ("100.64.0.1", true),
            ("169.254.1.1", true),
            ("[fd00::1]", true),
            ("localhost", true),
            ("127.0.0.1", true),
            ("[::1]", true),
            ("kafka", false),
            ("kafka.svc", false),
            ("kafka.default.svc.cluster.local", false),
            ("broker.internal.", false),
        ] {
            let found = found(&format!("{host}:9093"), "SASL_SSL", "PLAIN", &Way::Public);
            assert!(matches!(&found[..], [(is, _)] if *is == certain), "{host}: {found:?}");
        }
        for host in ["203.0.113.9", "[2600::1]", "100.128.0.1", "172.32.0.1", "local.example"] {
            let found = found(&format!("{host}:9093"), "SASL_SSL", "PLAIN", &Way::Public);
            assert_eq!(found, [], "{host}");
        }
        let vpc = found("localhost:9093", "SASL_SSL", "PLAIN", &Way::Vpc);
        assert!(matches!(&vpc[..], [(true, _)]), "{vpc:?}");
    }

    #[test]
    fn a_port_is_needed() {
        let found = found("b.example", "SASL_SSL", "PLAIN", &Way::Public);
        assert!(matches!(&found[..], [(true, why)] if why.contains("no port")), "{found:?}");
    }
}
