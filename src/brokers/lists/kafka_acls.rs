//! Access-control entries of a Kafka broker: as it lists them, and as commands that add them.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::commands::Line;
use super::{Document, Format, List, Listed, Reading, Unreadable};
use crate::brokers::targets::java;

/// What `kafka-acls.sh --list` prints; or commands of `kafka-acls.sh --add`.
#[derive(Debug)]
pub(super) struct KafkaAcls;

/// Why an entry never matches.
const BLOCK: &str = "brokers up to Kafka 4.3 compare text, and no client's address has a /";
const SHORT: &str = "brokers compare text, and write this address in full, as 0:0:0:0:0:0:0:1";
const NAME: &str = "brokers compare with a client's address, never with a name";

impl Format for KafkaAcls {
    fn name(&self) -> &'static str {
        "kafka-acls"
    }

    fn about(&self) -> &'static str {
        "kafka-acls.sh --list, or commands that add entries; a list for each principal, operation and resource"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.values.is_empty() && !entries(document.text).is_empty()
    }

    fn read(&self, document: &Document<'_>, reading: Reading) -> Result<Vec<List>, Unreadable> {
        Ok(lists_of(entries(document.text), reading))
    }
}

/// A list for each principal, operation and resource.
pub(super) fn lists_of(mut acls: Vec<Acl>, reading: Reading) -> Vec<List> {
    let mut seen = HashSet::new();
    acls.retain(|acl| seen.insert(acl.clone()));
    let mut lists: Vec<(&Acl, List)> = Vec::new();
    let mut places: HashMap<Acl, usize> = HashMap::new();
    for acl in acls.iter().filter(|acl| acl.allows) {
        let at = *places.entry(acl.of_any_host()).or_insert(lists.len());
        if at == lists.len() {
            lists.push((acl, List { options: acl.options(), ..List::new(acl.name()) }));
        }
        lists[at].1.entries.push(listed(&acl.host, reading));
    }
    for (acl, list) in &mut lists {
        let denies = acls.iter().filter(|other| !other.allows && other.denies(acl));
        list.denied = denies.map(|other| listed(&other.host, reading)).collect();
    }
    let beside = |of: &Acl| -> Vec<Listed> {
        let others = lists.iter().filter(|(acl, _)| acl.of_any_host() != of.of_any_host());
        let others = others.filter(|(acl, _)| acl.grants(of));
        others.flat_map(|(_, list)| list.entries.iter().cloned()).collect()
    };
    let beside: Vec<_> = lists.iter().map(|(acl, _)| beside(acl)).collect();
    lists.iter_mut().zip(beside).for_each(|((_, list), beside)| list.beside = beside);
    lists.into_iter().map(|(_, list)| list).collect()
}

fn listed(host: &str, reading: Reading) -> Listed {
    if host == "*" {
        return Listed::everyone(host);
    }
    let entry = Listed::new(host);
    let dead = match host.parse::<IpAddr>() {
        Ok(address) => (java(address) != host).then_some(SHORT),
        Err(_) if entry.nets.is_empty() => Some(NAME),
        Err(_) => (!reading.cidr || !host.contains('/')).then_some(BLOCK),
    };
    Listed { dead, ..entry }
}

/// One entry, its words as the broker writes them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Acl {
    pub(super) principal: String,
    pub(super) host: String,
    pub(super) operation: String,
    pub(super) allows: bool,
    /// `topic`, `group`, …
    pub(super) kind: String,
    pub(super) resource: String,
    /// Whether the resource is the beginning of names.
    pub(super) is_prefix: bool,
}

impl Acl {
    /// The same without its host.
    fn of_any_host(&self) -> Acl {
        Acl { host: String::new(), ..self.clone() }
    }

    fn name(&self) -> String {
        let Acl { principal, operation, kind, resource, is_prefix, .. } = self;
        let prefix = if *is_prefix { "prefix " } else { "" };
        format!("{principal} {operation} {kind} {prefix}{resource}")
    }

    /// The options that it is added with, where those can say it.
    fn options(&self) -> Vec<(&'static str, String)> {
        let resource = match (self.kind.as_str(), self.is_prefix) {
            ("topic", false) => "topic",
            ("group", false) => "group",
            _ => "resource",
        };
        let mut options =
            vec![("principal", self.principal.clone()), (resource, self.resource.clone())];
        // Groups are read and nothing else.
        if resource != "group" || self.operation != "Read" {
            options.push(("operation", self.operation.clone()));
        }
        options
    }

    /// Whether it denies what another one allows. Clients ask what a topic, a group or a transaction
    /// is before they use it: without that they can do nothing else.
    fn denies(&self, other: &Acl) -> bool {
        let asks = self.operation == "Describe"
            && matches!(other.operation.as_str(), "All" | "Read" | "Write");
        (asks || self.is_about(other)) && self.holds(other)
    }

    /// Whether it allows what another one allows, and perhaps more.
    fn grants(&self, other: &Acl) -> bool {
        let implied: &[&str] = match other.operation.as_str() {
            "Describe" => &["Read", "Write", "Delete", "Alter"],
            "DescribeConfigs" => &["AlterConfigs"],
            _ => &[],
        };
        (self.is_about(other) || implied.contains(&self.operation.as_str())) && self.holds(other)
    }

    fn is_about(&self, other: &Acl) -> bool {
        self.operation == "All" || self.operation == other.operation
    }

    /// Whether it is about whom and what another one is about, whatever the operation.
    fn holds(&self, other: &Acl) -> bool {
        let any = |own: &str, word, theirs: &str| own == word || own == theirs;
        let holds = match self.is_prefix {
            true => other.resource.starts_with(&self.resource),
            false => {
                any(&self.resource, "*", &other.resource)
                    && (self.resource == "*" || !other.is_prefix)
            }
        };
        self.kind == other.kind && any(&self.principal, "User:*", &other.principal) && holds
    }
}

fn entries(text: &str) -> Vec<Acl> {
    let listed = listing(text);
    match listed.is_empty() {
        true => Line::all(text, "kafka-acls").iter().flat_map(command).collect(),
        false => listed,
    }
}

/// What stands before a resource.
const RESOURCE: &str = "ACLs for resource `ResourcePattern(";

/// What the broker lists: a line for each resource, and below it one for each entry.
fn listing(text: &str) -> Vec<Acl> {
    let mut found = Vec::new();
    if !text.contains(RESOURCE) {
        return found;
    }
    let mut resource = None;
    for line in text.lines().map(str::trim) {
        if let Some((_, pattern)) = line.split_once(RESOURCE) {
            // Commands that add entries print those, and then the whole.
            let is_current = line.starts_with("Current");
            resource = pattern_of(pattern).filter(|_| is_current);
        } else if let Some((kind, name, is_prefix)) = &resource {
            found.extend(entry_of(line).map(|acl| Acl {
                kind: kind.clone(),
                resource: name.clone(),
                is_prefix: *is_prefix,
                ..acl
            }));
        }
    }
    found
}

/// `resourceType=TOPIC, name=orders, patternType=LITERAL)`: a name may hold anything.
fn pattern_of(text: &str) -> Option<(String, String, bool)> {
    let (kind, rest) = text.strip_prefix("resourceType=")?.split_once(", name=")?;
    let (name, pattern) = rest.rsplit_once(", patternType=")?;
    Some((words(kind, false), name.to_owned(), pattern.starts_with("PREFIXED")))
}

/// `(principal=User:atlas, host=*, operation=READ, permissionType=ALLOW)`: a principal may hold
/// commas.
fn entry_of(line: &str) -> Option<Acl> {
    let line = line.strip_prefix("(principal=")?;
    let (rest, permission) = line.rsplit_once(", permissionType=")?;
    let (rest, operation) = rest.rsplit_once(", operation=")?;
    let (principal, host) = rest.rsplit_once(", host=")?;
    Some(Acl {
        principal: principal.to_owned(),
        host: host.to_owned(),
        operation: words(operation, true),
        allows: permission.starts_with("ALLOW"),
        kind: String::new(),
        resource: String::new(),
        is_prefix: false,
    })
}

/// `DESCRIBE_CONFIGS` as the command line has it: `DescribeConfigs`, or `describe-configs`.
pub(super) fn words(name: &str, capital: bool) -> String {
    let word = |word: &str| {
        let lower = word.to_lowercase();
        if capital { capitalised(&lower) } else { lower }
    };
    let all: Vec<String> = name.split('_').map(word).collect();
    all.join(if capital { "" } else { "-" })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The entries that a command adds: for each principal, host, operation and resource.
fn command(line: &Line) -> Vec<Acl> {
    let is_acls = line.is(&["kafka-acls.sh"]) || line.is(&["kafka-acls"]);
    if !is_acls || !line.has("--add") {
        return Vec::new();
    }
    let pattern = line.values("--resource-pattern-type");
    let is_prefix = pattern.iter().any(|pattern| pattern.eq_ignore_ascii_case("prefixed"));
    let mut found = Vec::new();
    for (allows, principals, hosts) in [
        (true, line.values("--allow-principal"), line.lists("--allow-host")),
        (false, line.values("--deny-principal"), line.lists("--deny-host")),
    ] {
        // Without a host, everyone is meant.
        let hosts = if hosts.is_empty() { vec!["*"] } else { hosts };
        for (kind, option) in [("topic", "--topic"), ("group", "--group")] {
            for (name, operation) in pairs(&line.lists(option), &operations(line, kind)) {
                for (principal, host) in pairs(&principals, &hosts) {
                    found.push(Acl {
                        principal: (*principal).to_owned(),
                        host: (*host).to_owned(),
                        operation: operation.clone(),
                        allows,
                        kind: kind.to_owned(),
                        resource: (*name).to_owned(),
                        is_prefix,
                    });
                }
            }
        }
    }
    found
}

/// What a command allows on resources of a kind.
fn operations(line: &Line, kind: &str) -> Vec<String> {
    let shorthand: &[&str] = match kind {
        "topic" if line.has("--producer") => &["Write", "Describe", "Create"],
        "topic" if line.has("--consumer") => &["Read", "Describe"],
        "group" if line.has("--consumer") => &["Read"],
        _ => &[],
    };
    let given = line.lists("--operation");
    let all = if given.is_empty() && shorthand.is_empty() { &["All"] } else { shorthand };
    all.iter().copied().chain(given).map(capitalised).collect()
}

fn pairs<'a, A, B>(first: &'a [A], second: &'a [B]) -> impl Iterator<Item = (&'a A, &'a B)> {
    first.iter().flat_map(move |one| second.iter().map(move |other| (one, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "\
Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=203.0.113.0/31, operation=READ, permissionType=ALLOW)
\t(principal=User:CN=a,OU=b, host=*, operation=DESCRIBE_CONFIGS, permissionType=ALLOW)
\t(principal=User:*, host=198.51.100.7, operation=ALL, permissionType=DENY) 

Current ACLs for resource `ResourcePattern(resourceType=GROUP, name=asp-, patternType=PREFIXED)`: 
 \t(principal=User:atlas, host=::1, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=0:0:0:0:0:0:0:1, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=broker.example, operation=READ, permissionType=ALLOW)
";

    fn lists(text: &str, cidr: bool) -> Vec<List> {
        let document = Document::parse(text.as_bytes()).unwrap();
        assert!(KafkaAcls.recognises(&document));
        KafkaAcls.read(&document, Reading { cidr }).unwrap()
    }

    #[test]
    fn each_principal_operation_and_resource_is_a_list() {
        let lists = lists(LISTING, false);
        let names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "User:atlas Read topic orders",
                "User:CN=a,OU=b DescribeConfigs topic orders",
                "User:atlas Read group prefix asp-",
            ]
        );
        assert!(lists[1].entries[0].is_everyone());
        for list in &lists[..2] {
            assert_eq!(list.denied[0].text, "198.51.100.7");
        }
        assert!(lists[2].denied.is_empty());
    }

    #[test]
    fn what_never_matches_is_dead() {
        let dead = |cidr: bool| -> Vec<Option<&str>> {
            lists(LISTING, cidr)
                .iter()
                .flat_map(|list| &list.entries)
                .map(|entry| entry.dead)
                .collect()
        };
        let ipv6 = [Some(SHORT), None, Some(NAME)];
        assert_eq!(dead(false), [&[None, Some(BLOCK), None][..], &ipv6].concat());
        assert_eq!(dead(true), [&[None, None, None][..], &ipv6].concat());
    }

    #[test]
    fn commands_add_what_they_name_and_nothing_that_they_remove() {
        let text = "\
#!/bin/sh
kafka-acls.sh --bootstrap-server b:9092 --add --allow-principal 'User:CN=a b' \\
  --allow-host 198.51.100.7 --allow-host=203.0.113.1 --operation Read --operation Describe --topic orders
/opt/kafka/bin/kafka-acls.sh --add --allow-principal User:x --consumer --topic t --group g
kafka-acls.sh --remove --force --allow-principal User:x --allow-host 192.0.2.1 --topic t
";
        let shown: Vec<String> = lists(text, false)
            .iter()
            .map(|list| {
                let hosts: Vec<&str> = list.entries.iter().map(|e| e.text.as_str()).collect();
                format!("{}: {}", list.name, hosts.join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "User:CN=a b Read topic orders: 198.51.100.7 203.0.113.1",
                "User:CN=a b Describe topic orders: 198.51.100.7 203.0.113.1",
                "User:x Read topic t: *",
                "User:x Describe topic t: *",
                "User:x Read group g: *",
            ]
        );
    }

    #[test]
    fn wider_entries_let_in_and_who_may_not_ask_may_do_nothing() {
        let entry = |who: &str, host: &str, does: &str, on: &str, how: &str| {
            let (kind, pattern) =
                if on == "as" { ("TOPIC", "PREFIXED") } else { ("TOPIC", "LITERAL") };
            format!(
                "Current ACLs for resource `ResourcePattern(resourceType={kind}, name={on}, patternType={pattern})`:\n\
                 \t(principal=User:{who}, host={host}, operation={does}, permissionType={how})\n"
            )
        };
        let own = entry("x", "192.0.2.1", "READ", "asp", "ALLOW");
        let of = |other: String| {
            let lists = lists(&format!("{own}{other}"), false);
            let list = lists.into_iter().find(|list| list.name == "User:x Read topic asp").unwrap();
            (list.beside.len(), list.denied.len())
        };
        for (who, does, on) in
            [("*", "READ", "asp"), ("x", "ALL", "asp"), ("x", "READ", "*"), ("x", "READ", "as")]
        {
            assert_eq!(of(entry(who, "192.0.2.2", does, on, "ALLOW")), (1, 0), "{who} {does} {on}");
        }
        for (who, does, on) in [("y", "READ", "asp"), ("x", "DESCRIBE", "asp"), ("x", "READ", "b")]
        {
            assert_eq!(of(entry(who, "192.0.2.2", does, on, "ALLOW")), (0, 0), "{who} {does} {on}");
        }
        for (who, does, on) in [("*", "DESCRIBE", "as"), ("x", "ALL", "*"), ("x", "READ", "asp")] {
            assert_eq!(of(entry(who, "192.0.2.1", does, on, "DENY")), (0, 1), "{who} {does} {on}");
        }
        for (who, does, on) in [("y", "DESCRIBE", "as"), ("x", "WRITE", "*")] {
            assert_eq!(of(entry(who, "192.0.2.1", does, on, "DENY")), (0, 0), "{who} {does} {on}");
        }
    }

    #[test]
    fn names_may_hold_what_separates_them() {
        let text = "Current ACLs for resource `ResourcePattern(resourceType=TRANSACTIONAL_ID, name=a, patternType=PREFIXED)`, patternType=LITERAL)`:\r
\t(principal=User:x, host=y, host=192.0.2.1, operation=WRITE, permissionType=ALLOW)\r
";
        let [list] = &lists(text, false)[..] else { panic!("one") };
        assert_eq!(list.name, "User:x, host=y Write transactional-id a, patternType=PREFIXED)`");
        assert_eq!(list.entries[0].text, "192.0.2.1");
    }
}
