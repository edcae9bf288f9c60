//! Access-control entries of a `KafkaUser` resource, which Strimzi gives its brokers.

use serde_json::{Value, json};

use super::acl::Access;
use super::manifest::{Metadata, NAMESPACE};
use super::options::{CIDR, GROUP, NAME, OPERATION, TOPIC};
use super::strimzi::{API_VERSION, version};
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::lists::List;

/// A `KafkaUser` with its access-control entries.
#[derive(Debug)]
pub(super) struct StrimziUser;

impl Target for StrimziUser {
    fn name(&self) -> &'static str {
        "strimzi-user"
    }

    fn about(&self) -> &'static str {
        "Access-control entries of a Strimzi KafkaUser, for the user that Atlas signs in as"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&TOPIC, &GROUP, &OPERATION, &CIDR, &NAMESPACE, &API_VERSION]
    }

    fn advice(&self) -> &'static str {
        "it takes --name USER --topic TOPIC, and --group GROUP for a source"
    }

    fn applied(&self) -> &'static str {
        "kubectl patch kafkauser NAME --type merge --patch-file FILE"
    }

    fn extension(&self) -> &'static str {
        "yaml"
    }

    fn bites(&self) -> &'static str {
        "At least one --topic or --group is needed; a source needs both, because it joins a \
         consumer group. The patch replaces every entry of the user, so that none without a host, \
         which is for any host, stays beside these. Up to Kafka 4.3 an entry names one address: a \
         block becomes one entry per address, and more than 1024 are refused; with --cidr a block \
         is one entry. The Kafka resource needs authorization of type simple. Behind a load \
         balancer the broker sees the balancer's address, unless externalTrafficPolicy is Local."
    }

    fn example(&self) -> &'static str {
        "--name atlas --topic orders --group asp"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("a user has one list of entries, which each file would replace")
    }

    fn caution(&self, options: &Options) -> Option<&'static str> {
        Some(Access::caution(options).unwrap_or("the patch replaces every entry that the user has"))
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(User {
            access: Access::read(self, options)?,
            metadata: Metadata::read(options)?,
            version: version(options),
        }))
    }
}

/// What the user may do, wherever it connects from.
#[derive(Debug)]
struct User {
    metadata: Metadata,
    version: String,
    access: Access,
}

impl Writer for User {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let mut acls = Vec::new();
        for host in self.access.hosts(blocks)? {
            for grant in self.access.grants() {
                let entry = |name| {
                    json!({
                        "resource": { "type": grant.kind, "name": name, "patternType": "literal" },
                        "operations": grant.operations,
                        // An entry without one is for any host.
                        "host": host,
                    })
                };
                acls.extend(grant.names.iter().map(entry));
            }
        }
        let spec = json!({ "authorization": { "type": "simple", "acls": Value::from(acls) } });
        self.metadata.manifest(&self.version, "KafkaUser", &spec)
    }

    fn covers(&self, list: &List) -> bool {
        let user = format!("User:{}", self.metadata.name());
        self.access.grants().any(|grant| {
            let kind = grant.kind;
            let listed = |operation: &&str, name: &String| {
                list.name == format!("{user} {operation} {kind} {name}")
            };
            grant.operations.iter().any(|op| grant.names.iter().any(|name| listed(op, name)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::targets::manifest::tests::object;

    #[test]
    fn every_host_has_an_entry_for_every_resource() {
        let given: [(_, &[&str]); 4] = [
            (&NAME, &["atlas"]),
            (&TOPIC, &["orders"]),
            (&GROUP, &["asp"]),
            (&OPERATION, &["Read", "Write"]),
        ];
        let user = object(&StrimziUser, &given, &["203.0.113.0/31"]);
        let topic = json!({ "type": "topic", "name": "orders", "patternType": "literal" });
        let group = json!({ "type": "group", "name": "asp", "patternType": "literal" });
        let acls = ["203.0.113.0", "203.0.113.1"].map(|host| {
            [
                json!({ "resource": topic, "operations": ["Read", "Write"], "host": host }),
                json!({ "resource": group, "operations": ["Read"], "host": host }),
            ]
        });
        let expected = json!({
            "apiVersion": "kafka.strimzi.io/v1",
            "kind": "KafkaUser",
            "metadata": { "name": "atlas" },
            "spec": { "authorization": { "type": "simple", "acls": acls.concat() } },
        });
        assert_eq!(user, expected);
    }

    #[test]
    fn hosts_are_written_as_the_broker_compares_them() {
        let given: [(_, &[&str]); 2] = [(&NAME, &["atlas"]), (&TOPIC, &["*"])];
        let hosts = |user: &Value| {
            let acls = user["spec"]["authorization"]["acls"].as_array().unwrap();
            Vec::from_iter(acls.iter().map(|acl| acl["host"].as_str().unwrap().to_owned()))
        };
        let user = object(&StrimziUser, &given, &["2001:db8::4/127"]);
        assert_eq!(hosts(&user), ["2001:db8:0:0:0:0:0:4", "2001:db8:0:0:0:0:0:5"]);
        let cidr = [&given[..], &[(&CIDR, &[][..])]].concat();
        let user = object(&StrimziUser, &cidr, &["2001:db8::4/127", "192.0.2.1/32"]);
        assert_eq!(hosts(&user), ["192.0.2.1", "2001:db8::4/127"]);
    }
}
