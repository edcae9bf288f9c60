//! Firewall rules of Google Cloud, and its managed Kafka.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::aws_prefix_list::family_of;
use super::commands::Line;
use super::value::{array, number, objects, ports, text, texts};
use super::{Document, Format, List, Listed, Reading, Unreadable};
use crate::brokers::coverage::Family;

/// What `gcloud compute firewall-rules list --format json` prints, or a command that makes a rule.
#[derive(Debug)]
pub(super) struct Gcloud;

impl Format for Gcloud {
    fn name(&self) -> &'static str {
        "gcloud"
    }

    fn about(&self) -> &'static str {
        "gcloud compute firewall-rules list or describe --format json, create or update; a list for each rule"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.items().any(is_rule) || !commands(document.text).is_empty()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let rules: Vec<Rule> =
            document.items().filter(|item| is_rule(item)).filter_map(Rule::read).collect();
        let allowed = rules.iter().filter(|rule| rule.allows).map(|rule| {
            // A rule of the same priority that denies is stronger.
            let denies = |other: &&Rule| {
                !other.allows && other.network == rule.network && other.priority <= rule.priority
            };
            let meets = |other: &&Rule| overlap(&other.ports, &rule.ports);
            let denied = rules.iter().filter(denies).filter(meets);
            List {
                ports: rule.ports.clone(),
                entries: rule.entries.clone(),
                denied: denied.flat_map(|other| other.entries.clone()).collect(),
                holder: format!("network {}", rule.network),
                family: rule_family(&rule.entries),
                ..List::new(&rule.name)
            }
        });
        Ok(allowed.chain(commands(document.text)).collect())
    }
}

struct Rule {
    name: String,
    network: String,
    allows: bool,
    priority: u64,
    ports: Vec<RangeInclusive<u16>>,
    entries: Vec<Listed>,
}

fn is_rule(item: &Value) -> bool {
    text(item, "kind") == Some("compute#firewall")
        || (text(item, "direction").is_some()
            && (item.get("allowed").is_some() || item.get("denied").is_some()))
}

impl Rule {
    /// An inbound rule that is in force and about TCP.
    fn read(item: &Value) -> Option<Rule> {
        let is_off = item.get("disabled") == Some(&Value::Bool(true));
        if is_off || text(item, "direction") == Some("EGRESS") {
            return None;
        }
        let allows = item.get("allowed").is_some();
        let layers = array(item, if allows { "allowed" } else { "denied" });
        let is_tcp =
            |layer: &&Value| matches!(text(layer, "IPProtocol"), Some("tcp" | "6" | "all"));
        let layers: Vec<&Value> = layers.iter().filter(is_tcp).collect();
        let every = layers.iter().any(|layer| array(layer, "ports").is_empty());
        let all = || layers.iter().flat_map(|layer| array(layer, "ports")).filter_map(ports);
        let mut entries: Vec<Listed> =
            texts(item, "sourceRanges").into_iter().map(Listed::new).collect();
        for key in ["sourceTags", "sourceServiceAccounts"] {
            entries.extend(texts(item, key).into_iter().map(Listed::other));
        }
        // Without a source, everyone is meant.
        if entries.is_empty() {
            entries.push(Listed::everyone("(no source)"));
        }
        let network = text(item, "network").unwrap_or_default();
        (!layers.is_empty()).then(|| Rule {
            name: text(item, "name").unwrap_or("firewall rule").to_owned(),
            network: network.rsplit('/').next().unwrap_or_default().to_owned(),
            allows,
            priority: item.get("priority").and_then(number).unwrap_or(1_000),
            ports: if every { Vec::new() } else { all().collect() },
            // The description is of the rule, not of who is in it.
            entries,
        })
    }
}

/// A rule has addresses of one family.
fn rule_family(entries: &[Listed]) -> Option<Family> {
    family_of(entries)
}

/// Whether two rules have a port in common; none stands for all.
pub(super) fn overlap(one: &[RangeInclusive<u16>], other: &[RangeInclusive<u16>]) -> bool {
    let meet = |a: &RangeInclusive<u16>, b: &RangeInclusive<u16>| {
        a.start() <= b.end() && b.start() <= a.end()
    };
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| meet(a, b)))
}

fn commands(text: &str) -> Vec<List> {
    let lines = Line::all(text, "gcloud").into_iter();
    let lines = lines.filter(|line| line.is(&["gcloud", "compute", "firewall-rules"]));
    let list = |line: Line| {
        let allowed = [line.lists("--allow"), line.lists("--rules")].concat();
        let tcp = allowed.iter().filter_map(|rule| rule.strip_prefix("tcp:"));
        let ports = tcp.filter_map(|port| ports(&Value::from(port))).collect();
        let sources = line.lists("--source-ranges");
        let entries: Vec<Listed> = sources.into_iter().map(Listed::new).collect();
        let name = line.words.get(4)?;
        (!entries.is_empty()).then(|| List {
            ports,
            family: rule_family(&entries),
            entries,
            ..List::new(name)
        })
    };
    lines.filter_map(list).collect()
}

/// What `gcloud managed-kafka clusters describe --format json` prints, or a command that sets the
/// ranges of a cluster.
#[derive(Debug)]
pub(super) struct ManagedKafka;

impl Format for ManagedKafka {
    fn name(&self) -> &'static str {
        "gcp-managed-kafka"
    }

    fn about(&self) -> &'static str {
        "gcloud managed-kafka clusters describe or list --format json, or clusters update"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        !clusters(document).is_empty()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        Ok(clusters(document))
    }
}

fn clusters(document: &Document<'_>) -> Vec<List> {
    const RANGES: &str = "allowedSourceIpRanges";
    let mut lists = Vec::new();
    for item in document.items().filter(|item| item.get("gcpConfig").is_some()) {
        let name = text(item, "name").unwrap_or("cluster").rsplit('/').next().unwrap_or_default();
        let ranges = objects(item).into_iter().flat_map(|object| texts(object, RANGES));
        lists.push(List { entries: ranges.map(Listed::new).collect(), ..List::new(name) });
    }
    for line in Line::all(document.text, "gcloud") {
        let ranges = line.lists("--allowed-source-ip-ranges");
        if line.is(&["gcloud", "managed-kafka", "clusters"]) && !ranges.is_empty() {
            let name = line.words.get(4).map_or("cluster", String::as_str);
            lists.push(List {
                entries: ranges.into_iter().map(Listed::new).collect(),
                ..List::new(name)
            });
        }
    }
    lists
}
