//! Azure: rules of network security groups, and network rules of Event Hubs.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::aws_prefix_list::family_of;
use super::gcloud::overlap;
use super::value::{array, number, ports, text, texts};
use super::{Document, Format, List, Listed, Reading, Unreadable};

/// A property, which Azure's tools lift out of `properties` and its API does not.
fn property<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).or_else(|| value.get("properties")?.get(key))
}

fn holder_of<'a>(value: &'a Value, key: &str) -> &'a Value {
    match value.get(key) {
        Some(_) => value,
        None => value.get("properties").unwrap_or(value),
    }
}

fn is(value: &Value, key: &str, word: &str) -> bool {
    property(value, key).and_then(Value::as_str).is_some_and(|text| text.eq_ignore_ascii_case(word))
}

/// What `az network nsg show` and `az network nsg rule list` print, or a rule for Azure's API.
#[derive(Debug)]
pub(super) struct AzureNsg;

impl Format for AzureNsg {
    fn name(&self) -> &'static str {
        "azure-nsg"
    }

    fn about(&self) -> &'static str {
        "az network nsg show or list, az network nsg rule list or show; a list for each rule"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.items().any(|item| is_rule(item) || property(item, "securityRules").is_some())
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let mut lists = Vec::new();
        let loose: Vec<&Value> = document.items().filter(|item| is_rule(item)).collect();
        of_rules("", &loose, &mut lists);
        for group in document.items().filter(|item| property(item, "securityRules").is_some()) {
            let rules = array(holder_of(group, "securityRules"), "securityRules");
            let rules: Vec<&Value> = rules.iter().collect();
            of_rules(text(group, "name").unwrap_or("group"), &rules, &mut lists);
        }
        Ok(lists)
    }
}

fn is_rule(item: &Value) -> bool {
    property(item, "access").is_some() && property(item, "direction").is_some()
}

struct Rule {
    name: String,
    allows: bool,
    priority: u64,
    ports: Vec<RangeInclusive<u16>>,
    entries: Vec<Listed>,
}

fn of_rules(group: &str, rules: &[&Value], lists: &mut Vec<List>) {
    let rules: Vec<Rule> = rules.iter().filter_map(|rule| Rule::read(rule)).collect();
    for rule in rules.iter().filter(|rule| rule.allows) {
        let first = |other: &&Rule| !other.allows && other.priority < rule.priority;
        let denied = rules.iter().filter(first).filter(|other| overlap(&other.ports, &rule.ports));
        let name = format!("{group} {}", rule.name);
        lists.push(List {
            ports: rule.ports.clone(),
            entries: rule.entries.clone(),
            denied: denied.flat_map(|other| other.entries.clone()).collect(),
            holder: format!("group {group}"),
            family: family_of(&rule.entries),
            id: Some(rule.name.clone()),
            ..List::new(name.trim_start())
        });
    }
}

impl Rule {
    /// An inbound rule about TCP.
    fn read(rule: &Value) -> Option<Rule> {
        let is_tcp = ["Tcp", "*"].iter().any(|protocol| is(rule, "protocol", protocol));
        if !is(rule, "direction", "Inbound") || !is_tcp {
            return None;
        }
        let all = |one: &str, many: &str| -> Vec<&str> {
            [one, many]
                .iter()
                .flat_map(|key| texts(holder_of(rule, key), key))
                .filter(|t| !t.is_empty())
                .collect()
        };
        // Nobody knows the port that a client connects from.
        let from = all("sourcePortRange", "sourcePortRanges");
        if !from.is_empty() && !from.iter().any(|ports| matches!(*ports, "*" | "0-65535")) {
            return None;
        }
        let to = all("destinationPortRange", "destinationPortRanges");
        let every = to.contains(&"*");
        let to = to.into_iter().filter_map(|text| ports(&Value::from(text)));
        let from =
            all("sourceAddressPrefix", "sourceAddressPrefixes").into_iter().map(
                |text| match text {
                    "*" | "Internet" | "Any" | "0.0.0.0" => Listed::everyone(text),
                    _ => Listed::new(text),
                },
            );
        let groups = array(
            holder_of(rule, "sourceApplicationSecurityGroups"),
            "sourceApplicationSecurityGroups",
        );
        let groups = groups.iter().filter_map(|group| Some(Listed::other(text(group, "id")?)));
        Some(Rule {
            name: text(rule, "name").unwrap_or("rule").to_owned(),
            allows: is(rule, "access", "Allow"),
            priority: property(rule, "priority").and_then(number).unwrap_or(u64::MAX),
            ports: if every { Vec::new() } else { to.collect() },
            // The description is of the rule, not of who is in it.
            entries: from.chain(groups).collect(),
        })
    }
}

/// What `az eventhubs namespace network-rule-set list` prints, or the rules for Azure's API.
#[derive(Debug)]
pub(super) struct AzureEventHubs;

impl Format for AzureEventHubs {
    fn name(&self) -> &'static str {
        "azure-event-hubs"
    }

    fn about(&self) -> &'static str {
        "az eventhubs namespace network-rule-set show or list, or the rules for Azure's API"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        rule_sets(document).next().is_some()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        const OFF: &str = "public network access is disabled";
        const PERIMETER: &str = "a network security perimeter decides instead of these rules";
        let list = |set: &Value| {
            let rules = array(holder_of(set, "ipRules"), "ipRules").iter();
            let rules = rules.filter(|rule| text(rule, "action") != Some("Deny"));
            let dead = match () {
                () if is(set, "publicNetworkAccess", "Disabled") => Some(OFF),
                () if is(set, "publicNetworkAccess", "SecuredByPerimeter") => Some(PERIMETER),
                () => None,
            };
            let mut entries: Vec<Listed> =
                rules.filter_map(|rule| Some(Listed::new(text(rule, "ipMask")?))).collect();
            // Without rules, or where what no rule names is allowed.
            if is(set, "defaultAction", "Allow") {
                entries.push(Listed::everyone("defaultAction Allow"));
            }
            entries.iter_mut().for_each(|entry| entry.dead = dead);
            let id = text(set, "id").unwrap_or_default();
            let named = id.split('/').skip_while(|part| *part != "namespaces").nth(1);
            List { entries, ..List::new(named.unwrap_or("namespace")) }
        };
        Ok(rule_sets(document).map(list).collect())
    }
}

fn rule_sets<'a>(document: &'a Document<'_>) -> impl Iterator<Item = &'a Value> {
    let all = document.items().flat_map(|item| match item.get("value") {
        Some(Value::Array(all)) => all.as_slice(),
        _ => std::slice::from_ref(item),
    });
    all.filter(|item| property(item, "ipRules").is_some_and(Value::is_array))
}
