//! Sets and rules of nftables.

use std::ops::RangeInclusive;

use ipnet::IpNet;
use serde_json::Value;

use super::entry::range;
use super::gcloud::overlap;
use super::value::{array, has, ports, shown, text};
use super::{Document, Format, List, Listed, Reading, Unreadable};
use crate::brokers::coverage::Family;

/// What `nft -j list set` and `nft -j list ruleset` print, and the sets of what they print without
/// `-j`.
#[derive(Debug)]
pub(super) struct Nftables;

impl Format for Nftables {
    fn name(&self) -> &'static str {
        "nftables"
    }

    fn about(&self) -> &'static str {
        "nft -j list ruleset or list set: a list for a chain's rules of the same ports, and for each other set"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.has("nftables")
            || (document.values.is_empty() && !written(document.text).is_empty())
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let objects: Vec<&Value> =
            document.items().flat_map(|item| array(item, "nftables")).collect();
        let mut lists = Ruleset::new(&objects).lists();
        lists.extend(written(document.text));
        Ok(lists)
    }
}

/// A set, and what it is called where rules use it.
struct Set<'a> {
    table: String,
    name: &'a str,
    family: Option<Family>,
    entries: Vec<Listed>,
    is_used: bool,
}

/// What a rule does with whom, in its chain.
struct Rule {
    chain: String,
    ports: Vec<RangeInclusive<u16>>,
    lets_in: bool,
    entries: Vec<Listed>,
}

struct Ruleset<'a> {
    sets: Vec<Set<'a>>,
    rules: Vec<Rule>,
}

impl<'a> Ruleset<'a> {
    fn new(objects: &[&'a Value]) -> Self {
        let mut sets: Vec<Set> =
            objects.iter().filter_map(|object| Set::read(object.get("set")?)).collect();
        let leaving: Vec<String> =
            objects.iter().filter_map(|object| leaving(object.get("chain")?)).collect();
        let rules = objects.iter().filter_map(|object| Rule::read(object.get("rule")?, &mut sets));
        let rules = rules.filter(|rule| !leaving.contains(&rule.chain)).collect();
        Ruleset { sets, rules }
    }

    fn lists(self) -> Vec<List> {
        let mut lists: Vec<List> = Vec::new();
        for (at, rule) in self.rules.iter().enumerate().filter(|(_, rule)| rule.lets_in) {
            let name = format!("{} {}", rule.chain, shown(&rule.ports));
            // Of two rules, the first that matches decides.
            let before = self.rules[..at].iter().filter(|before| {
                !before.lets_in && before.chain == rule.chain && overlap(&before.ports, &rule.ports)
            });
            let denied: Vec<Listed> = before.flat_map(|before| before.entries.clone()).collect();
            match lists.iter_mut().find(|list| list.name == name && list.denied == denied) {
                Some(list) => list.entries.extend(rule.entries.iter().cloned()),
                None => lists.push(List {
                    ports: rule.ports.clone(),
                    entries: rule.entries.clone(),
                    denied,
                    holder: rule.chain.clone(),
                    ..List::new(name)
                }),
            }
        }
        let others = self.sets.into_iter().filter(|set| !set.is_used && set.family.is_some());
        lists.extend(others.map(|set| List {
            family: set.family,
            entries: set.entries,
            ..List::new(format!("{} {}", set.table, set.name))
        }));
        lists
    }
}

/// A chain that sees what leaves the machine, and so lets nobody in.
fn leaving(chain: &Value) -> Option<String> {
    let is_leaving = matches!(text(chain, "hook"), Some("output" | "postrouting" | "egress"));
    is_leaving.then(|| Some(format!("{} {}", table_of(chain)?, text(chain, "name")?)))?
}

fn table_of(value: &Value) -> Option<String> {
    Some(format!("{} {}", text(value, "family")?, text(value, "table")?))
}

impl<'a> Set<'a> {
    fn read(set: &'a Value) -> Option<Self> {
        let entries = array(set, "elem").iter().map(element).collect();
        let family = text(set, "type").and_then(family);
        let name = text(set, "name")?;
        Some(Set { table: table_of(set)?, name, family, entries, is_used: false })
    }
}

fn family(kind: &str) -> Option<Family> {
    match kind {
        "ipv4_addr" => Some(Family::V4),
        "ipv6_addr" => Some(Family::V6),
        _ => None,
    }
}

/// An element: an address, a block, a range, or one of those with a comment.
fn element(value: &Value) -> Listed {
    if let Some(elem) = value.get("elem") {
        let inner = elem.get("val").map(element).unwrap_or_default();
        return inner.label(text(elem, "comment"));
    }
    if let Some(prefix) = value.get("prefix") {
        let length = prefix.get("len").and_then(Value::as_u64).unwrap_or(u64::MAX);
        return Listed::new(format!("{}/{length}", text(prefix, "addr").unwrap_or_default()));
    }
    let ends = array(value, "range");
    if let [Value::String(first), Value::String(last)] = ends {
        let nets = || -> Option<Vec<IpNet>> { range(first.parse().ok()?, last.parse().ok()?) };
        let text = format!("{first}-{last}");
        return Listed { nets: nets().unwrap_or_default(), text, ..Listed::default() };
    }
    match value {
        Value::String(address) => Listed::new(address),
        other => Listed::other(other.to_string()),
    }
}

impl Rule {
    /// A rule about TCP that lets in or shuts out by source address, or everyone.
    fn read(rule: &Value, sets: &mut [Set<'_>]) -> Option<Rule> {
        let table = table_of(rule)?;
        let chain = format!("{table} {}", text(rule, "chain")?);
        let (mut ports, mut entries, mut excepted, mut verdict) = (Vec::new(), None, None, None);
        let mut is_narrowed = false;
        for expression in array(rule, "expr") {
            if let Some(found) = expression.get("match") {
                let (left, right) = (found.get("left")?, found.get("right")?);
                let is_not = text(found, "op") == Some("!=");
                match field_of(left) {
                    Some(("ip" | "ip6", "saddr")) => {
                        let sources = sources(right, &table, sets);
                        *(if is_not { &mut excepted } else { &mut entries }) = Some(sources);
                    }
                    Some(("tcp" | "th", "dport")) if is_not => ports = others(&numbers(right)),
                    Some(("tcp" | "th", "dport")) => ports = numbers(right),
                    Some(("udp" | "sctp" | "icmp" | "icmpv6", _)) => return None,
                    _ if is_protocol(left) => match right.to_string().contains("tcp") {
                        true => {}
                        false => return None,
                    },
                    _ => is_narrowed = true,
                }
            }
            // It is about some packets of a connection, or of some connections.
            is_narrowed |= ["limit", "quota", "ct count"].iter().any(|key| has(expression, key));
            for word in ["accept", "drop", "reject"] {
                if expression.get(word).is_some() {
                    verdict = Some(word == "accept");
                }
            }
        }
        let (lets_in, entries) = match (verdict?, entries, excepted) {
            // Whoever is not among them is shut out: the rest goes on, and is let in at the end.
            (false, None, Some(excepted)) => (true, excepted),
            (lets_in, Some(entries), None) => (lets_in, entries),
            (lets_in, None, None) if !is_narrowed => {
                (lets_in, vec![Listed::everyone("(no source)")])
            }
            _ => return None,
        };
        Some(Rule { chain, ports, lets_in, entries })
    }
}

fn field_of(left: &Value) -> Option<(&str, &str)> {
    let payload = left.get("payload")?;
    Some((text(payload, "protocol")?, text(payload, "field")?))
}

/// Whether the family or the protocol of a packet is compared.
fn is_protocol(left: &Value) -> bool {
    let key = left.get("meta").and_then(|meta| text(meta, "key"));
    matches!(key, Some("l4proto")) || matches!(field_of(left), Some(("ip", "protocol")))
}

fn sources(right: &Value, table: &str, sets: &mut [Set<'_>]) -> Vec<Listed> {
    let name = right.as_str().and_then(|text| text.strip_prefix('@'));
    if let Some(name) = name {
        let set = sets.iter_mut().find(|set| set.table == table && set.name == name);
        return set.map_or_else(Vec::new, |set| {
            set.is_used = true;
            set.entries.clone()
        });
    }
    match right.get("set") {
        Some(Value::Array(all)) => all.iter().map(element).collect(),
        _ => vec![element(right)],
    }
}

fn numbers(right: &Value) -> Vec<RangeInclusive<u16>> {
    let one = |value: &Value| match array(value, "range") {
        [first, last] => Some(*ports(first)?.start()..=*ports(last)?.end()),
        _ => ports(value),
    };
    match right.get("set") {
        Some(Value::Array(all)) => all.iter().filter_map(one).collect(),
        _ => one(right).into_iter().collect(),
    }
}

/// Every port but these.
fn others(ports: &[RangeInclusive<u16>]) -> Vec<RangeInclusive<u16>> {
    let mut ports = ports.to_vec();
    ports.sort_by_key(|ports| *ports.start());
    let mut others = Vec::new();
    let mut next = Some(0);
    for range in ports {
        if let Some(first) = next.filter(|next| next < range.start()) {
            others.push(first..=range.start() - 1);
        }
        next = next.filter(|next| next > range.end()).or_else(|| range.end().checked_add(1));
        if *range.end() == u16::MAX {
            next = None;
        }
    }
    others.extend(next.map(|first| first..=u16::MAX));
    others
}

/// The sets of a ruleset in nftables' own language, which is how files keep it.
fn written(text: &str) -> Vec<List> {
    let mut lists = Vec::new();
    if !text.contains("set ") {
        return lists;
    }
    let mut table = "";
    let without_comments = text.lines().map(|line| match line.trim_start().starts_with('#') {
        true => "",
        false => line,
    });
    let text = without_comments.collect::<Vec<_>>().join("\n");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        let head = rest[..at].rsplit(['\n', ';', '}']).next().unwrap_or_default().trim();
        rest = &rest[at + 1..];
        if let Some(name) = head.strip_prefix("table ") {
            table = name.trim();
        }
        let Some(name) = head.strip_prefix("set ") else { continue };
        let body = braced(rest);
        let kind = body.split(['\n', ';']).find_map(|line| line.trim().strip_prefix("type "));
        let elements = body.find("elements").and_then(|at| {
            let after = body[at..].split_once('{')?.1;
            Some(braced(after))
        });
        if let Some(family) = kind.and_then(|kind| family(kind.trim())) {
            lists.push(List {
                family: Some(family),
                entries: elements.unwrap_or_default().split(',').filter_map(spelt).collect(),
                ..List::new(format!("{table} {}", name.trim()).trim_start())
            });
        }
        rest = &rest[body.len()..];
    }
    lists
}

/// What stands before the brace that ends what was begun.
fn braced(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => return &text[..at],
            '}' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// `198.51.100.7 comment "ours"`.
fn spelt(element: &str) -> Option<Listed> {
    let element = element.trim();
    let address = element.split_whitespace().next()?;
    let comment = element.split_once("comment").and_then(|(_, text)| text.split('"').nth(1));
    Some(Listed::new(address).label(comment))
}
