//! A listener of a `Kafka` resource, which Strimzi runs brokers from.

use serde_json::{Value, json};

use super::kubernetes::peers;
use super::manifest::{Metadata, NAMESPACE};
use super::options::{LISTENER, NAME, PORT};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;

/// Which version of Strimzi's resources.
pub(super) const API_VERSION: Argument = Argument::new(
    "api-version",
    "VERSION",
    Values::Word(&["v1", "v1beta2"]),
    "The version of the resource: v1beta2 for Strimzi before 0.49 [default: v1]",
);

const PLAINTEXT: Argument = Argument::new("plaintext", "", Values::None, "The listener has no TLS");

/// Ports that Strimzi keeps for metrics and JMX.
const TAKEN: [u16; 2] = [9404, 9999];

/// A `Kafka` with one listener.
#[derive(Debug)]
pub(super) struct Strimzi;

impl Target for Strimzi {
    fn name(&self) -> &'static str {
        "strimzi"
    }

    fn about(&self) -> &'static str {
        "A listener of a Strimzi Kafka resource that a load balancer is in front of"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &LISTENER, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&PLAINTEXT, &NAMESPACE, &API_VERSION]
    }

    fn advice(&self) -> &'static str {
        "it takes --name KAFKA --listener LISTENER --port PORT, as in --name orders --listener external --port 9094"
    }

    fn applied(&self) -> &'static str {
        r#"kubectl get kafka NAME -o yaml | yq '(.spec.kafka.listeners[] | select(.name == "LISTENER")) *= (load("FILE").spec.kafka.listeners[0] | pick(["networkPolicyPeers", "configuration"]))' | kubectl replace -f -"#
    }

    fn extension(&self) -> &'static str {
        "yaml"
    }

    fn bites(&self) -> &'static str {
        "To Kubernetes the listeners are one list: applied as it is, the document takes the Kafka's \
         other listeners away, so merge it. It replaces the listener's peers and source ranges: \
         whoever else connects to it is shut out. externalTrafficPolicy: Local keeps the client's \
         address, by which the policy lets in. Clouds that do not support source ranges ignore \
         them, and then the policy alone counts; the network plugin must enforce it."
    }

    fn example(&self) -> &'static str {
        "--name orders --listener external --port 9094"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("a listener has one list, which each file would replace")
    }

    fn caution(&self, _: &Options) -> Option<&'static str> {
        Some(
            "merge it into the Kafka resource: applied as it is, it takes the other listeners away",
        )
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Listener::read(options)?))
    }
}

/// The resource of Strimzi's that has this version.
pub(super) fn version(options: &Options) -> String {
    format!("kafka.strimzi.io/{}", options.one(&API_VERSION).unwrap_or("v1"))
}

/// What the listener says besides the addresses.
#[derive(Debug)]
struct Listener {
    metadata: Metadata,
    version: String,
    name: String,
    port: u16,
    tls: bool,
}

impl Listener {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let name = options.one(&LISTENER).unwrap_or_default();
        let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !(1..=11).contains(&name.len()) || !name.bytes().all(legal) {
            let problem = format!("--listener {name:?} is not the name of a listener");
            return Err(Misuse::new(problem, "Strimzi takes 1 to 11 small letters and digits"));
        }
        let port = match options.ports(&PORT)?[..] {
            [port] if port >= 9092 && !TAKEN.contains(&port) => port,
            [port] => {
                let problem = format!("--port {port} is not the port of a listener");
                let remedy = "Strimzi takes ports from 9092 on, but for 9404 and 9999; clients may \
                              connect to another one, which the load balancer passes on";
                return Err(Misuse::new(problem, remedy));
            }
            _ => {
                let remedy =
                    "name the one of this listener, and write another one for each of the others";
                return Err(Misuse::new("--port: a listener has one port", remedy));
            }
        };
        Ok(Listener {
            metadata: Metadata::read(options)?,
            version: version(options),
            name: name.to_owned(),
            port,
            tls: !options.has(&PLAINTEXT),
        })
    }
}

impl Writer for Listener {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let ranges: Value = blocks.iter().map(|block| block.net.to_string()).collect();
        let listener = json!({
            "name": self.name,
            "port": self.port,
            "type": "loadbalancer",
            "tls": self.tls,
            "networkPolicyPeers": peers(blocks),
            "configuration": {
                "externalTrafficPolicy": "Local",
                "loadBalancerSourceRanges": ranges,
            },
        });
        let spec = json!({ "kafka": { "listeners": [listener] } });
        self.metadata.manifest(&self.version, "Kafka", &spec)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::targets::manifest::tests::object;

    const GIVEN: [(&Argument, &[&str]); 3] =
        [(&NAME, &["orders"]), (&LISTENER, &["external"]), (&PORT, &["9094"])];

    #[test]
    fn the_policy_and_the_load_balancer_let_in_the_same() {
        let kafka = object(&Strimzi, &GIVEN, &["198.51.100.7/32", "203.0.113.0/31"]);
        let expected = json!({
            "apiVersion": "kafka.strimzi.io/v1",
            "kind": "Kafka",
            "metadata": { "name": "orders" },
            "spec": { "kafka": { "listeners": [{
                "name": "external",
                "port": 9094,
                "type": "loadbalancer",
                "tls": true,
                "networkPolicyPeers": [
                    { "ipBlock": { "cidr": "198.51.100.7/32" } },
                    { "ipBlock": { "cidr": "203.0.113.0/31" } },
                ],
                "configuration": {
                    "externalTrafficPolicy": "Local",
                    "loadBalancerSourceRanges": ["198.51.100.7/32", "203.0.113.0/31"],
                },
            }] } },
        });
        assert_eq!(kafka, expected);
        let more: [(_, &[&str]); 2] = [(&API_VERSION, &["v1beta2"]), (&PLAINTEXT, &[])];
        let old = object(&Strimzi, &[&GIVEN[..], &more].concat(), &["198.51.100.7/32"]);
        assert_eq!(old["apiVersion"], "kafka.strimzi.io/v1beta2");
        assert_eq!(old["spec"]["kafka"]["listeners"][0]["tls"], false);
    }

    #[test]
    fn listeners_follow_the_rules_of_strimzi() {
        let read = |listener: &str, ports: &[&str]| {
            let mut options = Options::default();
            options.insert(&NAME, vec!["orders".into()]);
            options.insert(&LISTENER, vec![listener.into()]);
            options.insert(&PORT, ports.iter().map(|port| (*port).to_owned()).collect());
            Listener::read(&options)
        };
        assert!(read("a1", &["9092"]).is_ok() && read("elevenchars", &["9094", "9094"]).is_ok());
        for listener in ["twelve-chars", "twelvecharss", "External", "a-b", "a_b"] {
            assert!(read(listener, &["9094"]).unwrap_err().problem.contains("--listener"));
        }
        for ports in [&["9091"][..], &["443"], &["9404"], &["9999"], &["9094", "9095"]] {
            assert!(read("a", ports).unwrap_err().problem.contains("--port"), "{ports:?}");
        }
    }
}
