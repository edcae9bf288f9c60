//! Access-control entries of a Kafka broker: as it lists them, and as commands that add them.

use std::net::IpAddr;

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
        let entries = entries(document.text);
        let mut lists: Vec<(&Acl, List)> = Vec::new();
        for acl in entries.iter().filter(|acl| acl.allows) {
            let entry = listed(&acl.host, reading);
            match lists.iter_mut().find(|(first, _)| first.is_beside(acl)) {
                Some((_, list)) => list.entries.push(entry),
                None => {
                    let options = acl.options();
                    let entries = vec![entry];
                    lists.push((acl, List { entries, options, ..List::new(acl.name()) }));
                }
            }
        }
        for (acl, list) in &mut lists {
            let denies = entries.iter().filter(|other| !other.allows && other.concerns(acl));
            list.denied = denies.map(|other| listed(&other.host, reading)).collect();
        }
        Ok(lists.into_iter().map(|(_, list)| list).collect())
    }
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
#[derive(Debug, Clone, PartialEq, Eq)]
struct Acl {
    principal: String,
    host: String,
    operation: String,
    allows: bool,
    /// `topic`, `group`, …
    kind: String,
    resource: String,
    /// Whether the resource is the beginning of names.
    is_prefix: bool,
}

impl Acl {
    /// Whether only the host differs.
    fn is_beside(&self, other: &Acl) -> bool {
        Acl { host: String::new(), ..self.clone() } == Acl { host: String::new(), ..other.clone() }
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

    /// Whether it is about all that another one is about.
    fn concerns(&self, other: &Acl) -> bool {
        let any = |own: &str, word, theirs: &str| own == word || own == theirs;
        let holds = match self.is_prefix {
            true => other.resource.starts_with(&self.resource),
            false => {
                any(&self.resource, "*", &other.resource)
                    && (self.resource == "*" || !other.is_prefix)
            }
        };
        self.kind == other.kind
            && any(&self.principal, "User:*", &other.principal)
            && any(&self.operation, "All", &other.operation)
            && holds
    }
}

fn entries(text: &str) -> Vec<Acl> {
    let mut found = listing(text);
    if found.is_empty() {
        // A line that ends in a backslash goes on in the next.
        let text = text.replace("\r\n", "\n").replace("\\\n", " ");
        found = text.lines().filter_map(command).flatten().collect();
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|acl| seen.insert((acl.name(), acl.host.clone(), acl.allows)));
    found
}

/// What the broker lists: a line for each resource, and below it one for each entry.
fn listing(text: &str) -> Vec<Acl> {
    let mut found = Vec::new();
    let mut resource = None;
    for line in text.lines().map(str::trim) {
        if let Some((_, pattern)) = line.split_once("ACLs for resource `ResourcePattern(") {
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
fn words(name: &str, capital: bool) -> String {
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

/// The options of a command line, each with its values.
struct Words(Vec<(String, String)>);

impl Words {
    fn read(words: impl Iterator<Item = String>) -> Self {
        let mut words = words.peekable();
        let mut options = Vec::new();
        while let Some(word) = words.next() {
            options.push(match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), value.to_owned()),
                None => (word, words.next_if(|next| !next.starts_with("--")).unwrap_or_default()),
            });
        }
        Words(options)
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(given, _)| given == name)
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let values = self.0.iter().filter(|(given, _)| given == name);
        values.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).collect()
    }

    /// The values of an option that takes several in one, with commas between.
    fn lists(&self, name: &str) -> Vec<&str> {
        let lists = self.all(name).into_iter();
        lists.flat_map(|list| list.split(',')).map(str::trim).collect()
    }

    /// What is allowed on resources of a kind.
    fn operations(&self, kind: &str) -> Vec<String> {
        let shorthand: &[&str] = match kind {
            "topic" if self.has("--producer") => &["Write", "Describe", "Create"],
            "topic" if self.has("--consumer") => &["Read", "Describe"],
            "group" if self.has("--consumer") => &["Read"],
            _ => &[],
        };
        let given = self.lists("--operation");
        let all = if given.is_empty() && shorthand.is_empty() { &["All"] } else { shorthand };
        all.iter().copied().chain(given).map(capitalised).collect()
    }
}

/// The entries that a command adds: for each principal, host, operation and resource.
fn command(line: &str) -> Option<Vec<Acl>> {
    let mut words = shell_words::split(line).ok()?.into_iter();
    let program = words.next()?;
    let is_acls = matches!(program.rsplit('/').next(), Some("kafka-acls.sh" | "kafka-acls"));
    let options = Words::read(words);
    if !is_acls || !options.has("--add") {
        return None;
    }
    let pattern = options.all("--resource-pattern-type");
    let is_prefix = pattern.iter().any(|pattern| pattern.eq_ignore_ascii_case("prefixed"));
    let mut found = Vec::new();
    for (allows, principals, hosts) in [
        (true, options.all("--allow-principal"), options.lists("--allow-host")),
        (false, options.all("--deny-principal"), options.lists("--deny-host")),
    ] {
        // Without a host, everyone is meant.
        let hosts = if hosts.is_empty() { vec!["*"] } else { hosts };
        for (kind, option) in [("topic", "--topic"), ("group", "--group")] {
            for (name, operation) in pairs(&options.lists(option), &options.operations(kind)) {
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
    Some(found)
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
    fn names_may_hold_what_separates_them() {
        let text = "Current ACLs for resource `ResourcePattern(resourceType=TRANSACTIONAL_ID, name=a, patternType=PREFIXED)`, patternType=LITERAL)`:\r
\t(principal=User:x, host=y, host=192.0.2.1, operation=WRITE, permissionType=ALLOW)\r
";
        let [list] = &lists(text, false)[..] else { panic!("one") };
        assert_eq!(list.name, "User:x, host=y Write transactional-id a, patternType=PREFIXED)`");
        assert_eq!(list.entries[0].text, "192.0.2.1");
    }
}
