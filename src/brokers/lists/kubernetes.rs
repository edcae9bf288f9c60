//! Network policies and services of Kubernetes, and listeners and users of Strimzi.

use std::ops::RangeInclusive;

use ipnet::IpNet;
use serde_json::Value;

use super::kafka_acls::{Acl, lists_of, words};
use super::value::{array, has, number, ports, shown, text, texts};
use super::{Document, Format, List, Listed, Reading, Unreadable};
use crate::brokers::coverage::{Coverage, Reading as AddressReading};

/// What `kubectl get -o yaml` or `-o json` prints, and manifests.
#[derive(Debug)]
pub(super) struct Kubernetes;

impl Format for Kubernetes {
    fn name(&self) -> &'static str {
        "kubernetes"
    }

    fn about(&self) -> &'static str {
        "NetworkPolicy, Service of a load balancer, Strimzi's Kafka and KafkaUser, in YAML or JSON"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        objects(document).iter().any(|object| kind(object).is_some())
    }

    fn read(&self, document: &Document<'_>, reading: Reading) -> Result<Vec<List>, Unreadable> {
        let lists = |object: &&Value| match kind(object) {
            Some("NetworkPolicy") => policy(object),
            Some("Service") => service(object),
            Some("Kafka") => kafka(object),
            Some("KafkaUser") => user(object, reading),
            _ => Vec::new(),
        };
        Ok(objects(document).iter().flat_map(lists).collect())
    }
}

/// The objects, those of lists included.
fn objects<'a>(document: &'a Document<'_>) -> Vec<&'a Value> {
    let all = document.items().flat_map(|item| match item.get("items") {
        Some(Value::Array(items)) => items.as_slice(),
        _ => std::slice::from_ref(item),
    });
    all.collect()
}

/// The kind of an object that says who is let in.
fn kind(object: &Value) -> Option<&str> {
    let (version, kind) = (text(object, "apiVersion")?, text(object, "kind")?);
    match (version.split('/').next()?, kind) {
        ("networking.k8s.io" | "extensions", "NetworkPolicy") | ("v1", "Service") => Some(kind),
        ("kafka.strimzi.io", "Kafka" | "KafkaUser") => Some(kind),
        _ => None,
    }
}

fn named(object: &Value) -> String {
    let metadata = object.get("metadata").unwrap_or(&Value::Null);
    let name = text(metadata, "name").unwrap_or_default();
    match text(metadata, "namespace") {
        Some(namespace) => format!("{namespace}/{name}"),
        None => name.to_owned(),
    }
}

/// The options of targets that say which object it is.
fn identity(object: &Value) -> Vec<(&'static str, String)> {
    let metadata = object.get("metadata").unwrap_or(&Value::Null);
    let options = ["name", "namespace"].into_iter();
    options.filter_map(|key| Some((key, text(metadata, key)?.to_owned()))).collect()
}

/// A list for each inbound rule.
fn policy(object: &Value) -> Vec<List> {
    let spec = object.get("spec").unwrap_or(&Value::Null);
    let kinds = texts(spec, "policyTypes");
    if !kinds.is_empty() && !kinds.contains(&"Ingress") {
        return Vec::new();
    }
    let name = format!("NetworkPolicy {}", named(object));
    let rules = array(spec, "ingress");
    // A policy without rules lets nobody in.
    if rules.is_empty() {
        let options = identity(object);
        return vec![List { holder: name.clone(), options, ..List::new(name) }];
    }
    let list = |rule: &Value| {
        let ports = tcp_ports(rule)?;
        Some(List {
            entries: peers(rule, "from"),
            holder: name.clone(),
            options: identity(object),
            ..List { ports: ports.clone(), ..List::new(format!("{name} {}", shown(&ports))) }
        })
    };
    rules.iter().filter_map(list).collect()
}

/// The ports of TCP that a rule is for; `None` where it is for other protocols only.
fn tcp_ports(rule: &Value) -> Option<Vec<RangeInclusive<u16>>> {
    let all = array(rule, "ports");
    let is_tcp = |port: &&Value| matches!(text(port, "protocol"), None | Some("TCP"));
    let tcp: Vec<&Value> = all.iter().filter(is_tcp).collect();
    if tcp.is_empty() && !all.is_empty() {
        return None;
    }
    let one = |port: &&Value| {
        let first = *ports(port.get("port")?)?.start();
        let last = port.get("endPort").and_then(number).and_then(|last| last.try_into().ok());
        Some(first..=last.unwrap_or(first))
    };
    // A port that has a name may be any.
    Some(tcp.iter().map(one).collect::<Option<_>>().unwrap_or_default())
}

/// Who is let in; nobody named means everybody.
fn peers(value: &Value, key: &str) -> Vec<Listed> {
    match array(value, key) {
        [] => vec![Listed::everyone(format!("(empty {key})"))],
        all => all.iter().map(peer).collect(),
    }
}

fn peer(peer: &Value) -> Listed {
    let Some(block) = peer.get("ipBlock") else { return Listed::other(peer.to_string()) };
    let whole = Listed::new(text(block, "cidr").unwrap_or_default());
    let except = texts(block, "except");
    if except.is_empty() {
        return whole;
    }
    let cut: Vec<IpNet> = except.iter().flat_map(|text| Listed::new(*text).nets).collect();
    let coverage = |nets: Vec<IpNet>| Coverage::new(nets, AddressReading::Literal);
    let nets = coverage(whole.nets).without(&coverage(cut)).blocks();
    Listed { text: format!("{} except {}", whole.text, except.join(", ")), nets, ..whole }
}

/// The source ranges of a load balancer.
fn service(object: &Value) -> Vec<List> {
    let spec = object.get("spec").unwrap_or(&Value::Null);
    if text(spec, "type") != Some("LoadBalancer") {
        return Vec::new();
    }
    let ports = array(spec, "ports").iter().filter_map(|port| ports(port.get("port")?)).collect();
    let name = format!("Service {}", named(object));
    vec![List { ports, entries: source_ranges(spec), ..List::new(name) }]
}

const RANGES: &str = "loadBalancerSourceRanges";

fn source_ranges(value: &Value) -> Vec<Listed> {
    match &texts(value, RANGES)[..] {
        [] => vec![Listed::everyone(format!("(no {RANGES})"))],
        all => all.iter().map(|text| Listed::new(*text)).collect(),
    }
}

/// The peers and the source ranges of each listener that is open to the outside or restricted:
/// whoever is to get in must pass both.
fn kafka(object: &Value) -> Vec<List> {
    const PEERS: &str = "networkPolicyPeers";
    let name = named(object);
    let spec = object.get("spec").and_then(|spec| spec.get("kafka")).unwrap_or(&Value::Null);
    let mut lists = Vec::new();
    for listener in array(spec, "listeners") {
        let configuration = listener.get("configuration").unwrap_or(&Value::Null);
        let (has_peers, has_ranges) = (has(listener, PEERS), has(configuration, RANGES));
        let is_inside = matches!(text(listener, "type"), Some("internal" | "cluster-ip"));
        let ports: Vec<_> = listener.get("port").and_then(ports).into_iter().collect();
        let mut add = |what: &str, entries| {
            let named = text(listener, "name").unwrap_or("listener");
            let options = [identity(object), vec![("listener", named.to_owned())]].concat();
            let list = List::new(format!("{name} {named} {what}"));
            lists.push(List { ports: ports.clone(), entries, options, ..list });
        };
        if has_peers || !(is_inside || has_ranges) {
            add(PEERS, peers(listener, PEERS));
        }
        if has_ranges {
            add(RANGES, source_ranges(configuration));
        }
    }
    lists
}

/// The access-control entries of a user.
fn user(object: &Value, reading: Reading) -> Vec<List> {
    let authorization = object.get("spec").and_then(|spec| spec.get("authorization"));
    let name = object.get("metadata").and_then(|metadata| text(metadata, "name"));
    let mut acls = Vec::new();
    for rule in authorization.map_or(&[][..], |a| array(a, "acls")) {
        let resource = rule.get("resource").unwrap_or(&Value::Null);
        let operations = [texts(rule, "operations"), texts(rule, "operation")].concat();
        let operations = if operations.is_empty() { vec!["All"] } else { operations };
        acls.extend(operations.into_iter().map(|operation| Acl {
            principal: format!("User:{}", name.unwrap_or_default()),
            // Without a host, everyone is meant.
            host: text(rule, "host").unwrap_or("*").to_owned(),
            operation: operation.to_owned(),
            allows: text(rule, "type") != Some("deny"),
            kind: words(text(resource, "type").unwrap_or("cluster"), false),
            resource: text(resource, "name").unwrap_or("kafka-cluster").to_owned(),
            is_prefix: text(resource, "patternType") == Some("prefix"),
        }));
    }
    let mut lists = lists_of(acls, reading);
    lists.iter_mut().for_each(|list| list.options = identity(object));
    lists
}
