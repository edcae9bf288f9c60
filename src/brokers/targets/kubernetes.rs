//! A network policy of Kubernetes, for brokers that run in pods.

use serde_json::{Map, Value, json};

use super::manifest::{self, Metadata, NAMESPACE};
use super::options::{NAME, PORT};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;

const SELECTOR: Argument = Argument::new(
    "selector",
    "KEY=VALUE",
    Values::Texts,
    "A label that the broker's pods have, and no others",
);

/// A `NetworkPolicy`.
#[derive(Debug)]
pub(super) struct Kubernetes;

impl Target for Kubernetes {
    fn name(&self) -> &'static str {
        "kubernetes"
    }

    fn about(&self) -> &'static str {
        "A NetworkPolicy of Kubernetes for the broker's pods"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &SELECTOR, &PORT]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&NAMESPACE]
    }

    fn advice(&self) -> &'static str {
        "it takes --name NAME --selector KEY=VALUE --port PORT, as in --name atlas --selector app=kafka --port 9094"
    }

    fn applied(&self) -> &'static str {
        "kubectl apply --server-side -f FILE"
    }

    fn extension(&self) -> &'static str {
        "yaml"
    }

    fn bites(&self) -> &'static str {
        "The first policy that selects a pod shuts out everyone whom no policy lets in: let the \
         broker's peers and other clients in by policies of their own. The port is the pod's, not \
         the service's. Without externalTrafficPolicy: Local on the service, the pod sees the \
         address of a node. The network plugin must enforce policies; not every one does."
    }

    fn example(&self) -> &'static str {
        "--name atlas --namespace kafka --selector app=kafka --port 9094"
    }

    fn caution(&self, _: &Options) -> Option<&'static str> {
        Some("pods that no other policy selects are shut to everyone else")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Policy::read(options)?))
    }
}

/// What the policy says besides the addresses.
#[derive(Debug)]
struct Policy {
    metadata: Metadata,
    /// The labels of the pods; none would select every pod of the namespace.
    labels: Map<String, Value>,
    ports: Vec<u16>,
}

impl Policy {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let mut labels = Map::new();
        for text in options.all(&SELECTOR) {
            let Some((key, value)) = manifest::label(text) else {
                let problem =
                    format!("--selector {text:?} is not KEY=VALUE, a label of Kubernetes");
                return Err(Misuse::new(problem, "as in app=kafka or strimzi.io/cluster=orders"));
            };
            if labels.insert(key.to_owned(), value.into()).is_some_and(|other| other != value) {
                let problem = format!("--selector gives two values of {key}, and a pod has one");
                return Err(Misuse::new(problem, "write a policy for each"));
            }
        }
        Ok(Policy { metadata: Metadata::read(options)?, labels, ports: options.ports(&PORT)? })
    }
}

impl Writer for Policy {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let ports = self.ports.iter().map(|port| json!({ "protocol": "TCP", "port": port }));
        let spec = json!({
            "podSelector": { "matchLabels": self.labels },
            "policyTypes": ["Ingress"],
            "ingress": [{ "from": peers(blocks), "ports": ports.collect::<Value>() }],
        });
        self.metadata.manifest("networking.k8s.io/v1", "NetworkPolicy", &spec)
    }
}

/// Blocks as policies name them. None would be everybody.
pub(super) fn peers(blocks: &Blocks) -> Value {
    blocks.iter().map(|block| json!({ "ipBlock": { "cidr": block.net.to_string() } })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::targets::manifest::tests::object;

    #[test]
    fn every_block_is_let_in_to_the_ports_of_the_pods() {
        let given: [(_, &[&str]); 4] = [
            (&NAME, &["atlas"]),
            (&NAMESPACE, &["kafka"]),
            (&SELECTOR, &["app=kafka", "tier="]),
            (&PORT, &["9094"]),
        ];
        let policy = object(&Kubernetes, &given, &["203.0.113.0/31", "2001:db8::5/128"]);
        let expected = json!({
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": { "name": "atlas", "namespace": "kafka" },
            "spec": {
                "podSelector": { "matchLabels": { "app": "kafka", "tier": "" } },
                "policyTypes": ["Ingress"],
                "ingress": [{
                    "from": [
                        { "ipBlock": { "cidr": "203.0.113.0/31" } },
                        { "ipBlock": { "cidr": "2001:db8::5/128" } },
                    ],
                    "ports": [{ "protocol": "TCP", "port": 9094 }],
                }],
            },
        });
        assert_eq!(policy, expected);
    }

    #[test]
    fn a_label_has_one_value() {
        let read = |labels: &[&str]| {
            let mut options = Options::default();
            options.insert(&NAME, vec!["a".into()]);
            options.insert(&PORT, vec!["9094".into()]);
            options.insert(&SELECTOR, labels.iter().map(|label| (*label).to_owned()).collect());
            Policy::read(&options)
        };
        assert!(read(&["a=b", "a=b"]).is_ok());
        for labels in [&["a=b", "a=c"][..], &["a"], &["a=b c"]] {
            assert!(read(labels).unwrap_err().problem.contains("--selector"), "{labels:?}");
        }
    }
}
