//! Resources in a state or a plan of Terraform.

use serde_json::{Map, Value, json};

use super::aws_prefix_list::family_of;
use super::aws_security_group::count;
use super::value::{array, shown, text, texts};
use super::{Document, Format, List, Listed, Reading, Unreadable};
use super::{azure, gcloud};

/// What `terraform show -json` prints of a state or a plan, or a state file.
#[derive(Debug)]
pub(super) struct Terraform;

impl Format for Terraform {
    fn name(&self) -> &'static str {
        "terraform"
    }

    fn about(&self) -> &'static str {
        "terraform show -json of a state or a plan, or terraform.tfstate; a list for each rule"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.has("terraform_version")
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let (mut lists, mut rules) = (Vec::new(), Rules::default());
        for item in document.items() {
            resources(item).iter().for_each(|resource| resource.lists(&mut lists, &mut rules));
        }
        other(&gcloud::Gcloud, rules.firewalls, &mut lists);
        other(&azure::AzureNsg, rules.groups, &mut lists);
        Ok(lists)
    }
}

/// Rules of which one may take back what another one allows: they are read together, each as the
/// provider's own tool prints it.
#[derive(Default)]
struct Rules {
    firewalls: Vec<Value>,
    groups: Vec<Value>,
}

impl Rules {
    /// Adds rules to the security group of this name. A group's state repeats the rules that are
    /// resources of their own.
    fn group(&mut self, name: &str, rules: &[Value]) {
        let is_it = |group: &Value| text(group, "name") == Some(name);
        let at = self.groups.iter().position(is_it).unwrap_or_else(|| {
            self.groups.push(json!({"name": name, "securityRules": []}));
            self.groups.len() - 1
        });
        if let Some(own) = self.groups[at]["securityRules"].as_array_mut() {
            for rule in rules {
                let named = text(rule, "name").is_some();
                if !named || own.iter().all(|other| text(other, "name") != text(rule, "name")) {
                    own.push(rule.clone());
                }
            }
        }
    }
}

/// A resource, or one of several of its name.
struct Resource<'a> {
    /// `module.kafka.aws_security_group.broker`: all that come from one block have one.
    address: String,
    kind: &'a str,
    values: &'a Value,
}

fn resources(item: &Value) -> Vec<Resource<'_>> {
    let mut found = Vec::new();
    let values = item.get("planned_values").or_else(|| item.get("values"));
    let mut modules: Vec<&Value> =
        values.and_then(|values| values.get("root_module")).into_iter().collect();
    while let Some(module) = modules.pop() {
        modules.extend(array(module, "child_modules"));
        for resource in array(module, "resources") {
            let address = text(resource, "address").unwrap_or_default();
            // An instance's key may hold anything.
            let address = address.split(['[']).next().unwrap_or_default().to_owned();
            let kind = text(resource, "type").unwrap_or_default();
            let values = resource.get("values").unwrap_or(&Value::Null);
            found.push(Resource { address, kind, values });
        }
    }
    // A state file.
    for resource in array(item, "resources") {
        let kind = text(resource, "type").unwrap_or_default();
        let name = text(resource, "name").unwrap_or_default();
        let module = text(resource, "module").map(|module| format!("{module}."));
        let address = format!("{}{kind}.{name}", module.unwrap_or_default());
        for instance in array(resource, "instances") {
            let values = instance.get("attributes").unwrap_or(&Value::Null);
            found.push(Resource { address: address.clone(), kind, values });
        }
    }
    found
}

impl Resource<'_> {
    fn lists(&self, lists: &mut Vec<List>, rules: &mut Rules) {
        let Resource { address, kind, values } = self;
        if !values.is_object() {
            return;
        }
        match *kind {
            "aws_security_group" => {
                let count = lists.len();
                for rule in array(values, "ingress") {
                    self.group(text(values, "id"), rule, lists);
                }
                if lists.len() == count {
                    let id = text(values, "id").map(str::to_owned);
                    lists.push(List { id, holder: address.clone(), ..List::new(address) });
                }
            }
            "aws_security_group_rule" if text(values, "type") != Some("ingress") => {}
            "aws_security_group_rule" | "aws_vpc_security_group_ingress_rule" => {
                self.group(text(values, "security_group_id"), values, lists);
            }
            "aws_ec2_managed_prefix_list" => {
                let entry =
                    |e: &Value| Some(Listed::new(text(e, "cidr")?).label(text(e, "description")));
                let entries: Vec<Listed> =
                    array(values, "entry").iter().filter_map(entry).collect();
                lists.push(List {
                    id: text(values, "id").map(str::to_owned),
                    version: count(values, "version"),
                    family: family_of(&entries),
                    entries,
                    ..List::new(address)
                });
            }
            "aws_ec2_managed_prefix_list_entry" => {
                let id = text(values, "prefix_list_id");
                let cidr = text(values, "cidr").map(Listed::new);
                let entries = cidr.map(|entry| entry.label(text(values, "description")));
                add(
                    lists,
                    List { id: id.map(str::to_owned), ..List::new(id.unwrap_or(address)) },
                    entries,
                );
            }
            "google_compute_firewall" => {
                let rule = |key: &str| -> Vec<Value> {
                    let layer = |layer: &Value| {
                        json!({
                            "IPProtocol": text(layer, "protocol").map(str::to_lowercase),
                            "ports": array(layer, "ports"),
                        })
                    };
                    array(values, key).iter().map(layer).collect()
                };
                let mut firewall = camel(values);
                for (key, from) in [("allowed", "allow"), ("denied", "deny")] {
                    let layers = rule(from);
                    if !layers.is_empty() {
                        firewall[key] = layers.into();
                    }
                }
                firewall["kind"] = "compute#firewall".into();
                rules.firewalls.push(firewall);
            }
            "azurerm_network_security_rule" => {
                let group = text(values, "network_security_group_name").unwrap_or_default();
                rules.group(group, &[camel(values)]);
            }
            "azurerm_network_security_group" => {
                let group = camel(values);
                rules.group(text(values, "name").unwrap_or("group"), array(&group, "securityRule"));
            }
            "azurerm_eventhub_namespace" => {
                for rules in array(values, "network_rulesets") {
                    let mut rules = camel(rules);
                    rules["ipRules"] = rules["ipRule"].take();
                    let off = rules["publicNetworkAccessEnabled"] == Value::Bool(false);
                    rules["publicNetworkAccess"] = if off { "Disabled" } else { "Enabled" }.into();
                    rules["id"] = format!("namespaces/{address}").into();
                    other(&azure::AzureEventHubs, vec![rules], lists);
                }
            }
            "confluent_ip_group" => {
                let entries = texts(values, "cidr_blocks").into_iter().map(Listed::new).collect();
                let id = text(values, "id").map(str::to_owned);
                lists.push(List { id, entries, ..List::new(address) });
            }
            _ => {}
        }
    }

    /// Adds an inbound rule to the list of its group and ports.
    fn group(&self, group: Option<&str>, rule: &Value, lists: &mut Vec<List>) {
        let protocol = text(rule, "ip_protocol").or(text(rule, "protocol")).unwrap_or("-1");
        let port = |key: &str| rule.get(key)?.as_u64()?.try_into().ok();
        let ports =
            match (protocol.to_ascii_lowercase().as_str(), port("from_port"), port("to_port")) {
                ("tcp" | "6", Some(first), Some(last)) if (first, last) != (0, u16::MAX) => {
                    vec![first..=last]
                }
                ("tcp" | "6" | "-1" | "all", ..) => Vec::new(),
                _ => return,
            };
        let keys = ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"];
        let named = [
            "prefix_list_ids",
            "prefix_list_id",
            "security_groups",
            "source_security_group_id",
            "referenced_security_group_id",
        ];
        let own = keys.iter().flat_map(|key| texts(rule, key)).map(Listed::new);
        let entries = own.chain(named.iter().flat_map(|key| texts(rule, key)).map(Listed::other));
        let entries: Vec<Listed> = entries.collect();
        // What is said of several at once is said of none of them.
        let label = text(rule, "description").filter(|_| entries.len() == 1);
        let holder = group.unwrap_or(&self.address).to_owned();
        let list = List {
            id: group.map(str::to_owned),
            ports: ports.clone(),
            ..List::new(format!("{holder} {}", shown(&ports)))
        };
        add(lists, List { holder, ..list }, entries.into_iter().map(|entry| entry.label(label)));
    }
}

/// Adds entries to the list of this name, or makes it.
fn add(lists: &mut Vec<List>, list: List, entries: impl IntoIterator<Item = Listed>) {
    let at = lists.iter().position(|other| other.name == list.name).unwrap_or_else(|| {
        lists.push(list);
        lists.len() - 1
    });
    lists[at].entries.extend(entries);
}

/// Reads values as the provider's own tool prints them.
fn other(format: &dyn Format, values: Vec<Value>, lists: &mut Vec<List>) {
    let document = Document { text: "", values };
    lists.extend(format.read(&document, Reading::default()).unwrap_or_default());
}

/// The keys as the provider's API spells them: `source_ranges` is `sourceRanges`.
fn camel(value: &Value) -> Value {
    let key = |key: &str| {
        let mut words = key.split('_');
        let mut name = words.next().unwrap_or_default().to_owned();
        for word in words {
            let mut letters = word.chars();
            name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        }
        name
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                fields.map(|(name, value)| (key(name), camel(value))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => items.iter().map(camel).collect(),
        other => other.clone(),
    }
}
