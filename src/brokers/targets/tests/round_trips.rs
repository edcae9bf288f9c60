//! What is written, read back: whatever the addresses are, and whatever was there before.

use std::collections::BTreeSet;

use ipnet::IpNet;
use proptest::prelude::*;

use super::super::options::{ID, NAME, PORT};
use super::super::*;
use super::options;
use crate::brokers::blocks::Block;
use crate::brokers::compare::compare;
use crate::brokers::coverage::{Coverage, Reading as Addresses};
use crate::brokers::delta::{Atlas, Delta, Foreign};
use crate::brokers::lists::{self, List, Listed, Reading};
use crate::brokers::set::tests::set;

/// The targets whose files no format reads: Terraform does, and its states and plans are read.
const UNREAD: &[&str] =
    &["terraform-aws", "terraform-aws-prefix-list", "terraform-google", "terraform-azure"];

/// Whether a target writes all of these blocks: some take IPv4 alone, or one kind at a time.
fn takes(target: &dyn Target, nets: &[String]) -> bool {
    let takes_one = target.arguments().any(|argument| argument.flag == "family");
    if takes_one && nets.iter().any(|net| net.contains(':')) {
        return false;
    }
    let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
    writer(target).write(&Blocks::from(&set(&nets))).is_ok()
}

/// All that the target takes at once, and blocks of either kind.
fn own(target: &dyn Target) -> Vec<(&'static Argument, String)> {
    super::own(target).into_iter().filter(|(argument, _)| argument.flag != "family").collect()
}

/// An id of what exists, as the target's platform gives it.
fn id(target: &dyn Target) -> &'static str {
    if target.name() == "confluent" { "ipg-12345" } else { "pl-0123" }
}

fn writer(target: &dyn Target) -> Box<dyn Writer> {
    target.read(&options(&own(target))).unwrap()
}

fn nets(texts: &[String]) -> Vec<IpNet> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// The lists of what was written; they say that blocks may be named if the options did.
fn read(target: &dyn Target, text: &str) -> Vec<List> {
    let cidr = own(target).iter().any(|(argument, _)| argument.flag == "cidr");
    let found = lists::read(text.as_bytes(), None, Reading { cidr });
    found.unwrap_or_else(|error| panic!("{}: {error}: {text}", target.name())).lists
}

fn assert_in_sync(target: &dyn Target, wanted: &[String], text: &str) {
    let lists = read(target, text);
    // Blocks of one kind may stand in a list of their own.
    for family in [true, false] {
        let wanted: Vec<IpNet> =
            nets(wanted).into_iter().filter(|net| net.addr().is_ipv4() == family).collect();
        let holds = |list: &&List| {
            list.entries.iter().any(|e| {
                e.nets
                    .iter()
                    .any(|n| wanted.iter().any(|w| w.addr().is_ipv4() == n.addr().is_ipv4()))
            })
        };
        let own: Vec<&List> = lists.iter().filter(holds).collect();
        assert!(wanted.is_empty() || !own.is_empty(), "{}: {text}", target.name());
        for list in own {
            let list = List {
                entries: (list.entries.iter())
                    .filter(|entry| entry.nets.iter().all(|net| net.addr().is_ipv4() == family))
                    .cloned()
                    .collect(),
                ..list.clone()
            };
            let found = compare(&wanted, &list);
            assert!(found.is_in_sync(), "{}: {found:?}: {text}", target.name());
        }
    }
}

/// The entries of a list after the commands or lines of a delta, each of which says whether it adds.
fn applied(old: &[Listed], text: &str) -> Vec<Listed> {
    let mut entries = old.to_vec();
    let mut has_removed = false;
    for line in text.lines() {
        let words = shell_words::split(line).unwrap();
        let after =
            |flag: &str| words.iter().position(|word| word == flag).map(|at| &words[at + 1]);
        let blocks = |flag: &str, adds: bool| -> Vec<(bool, String)> {
            let listed = after(flag).into_iter().flat_map(|list| list.split(','));
            listed.map(|text| (adds, text.to_owned())).collect()
        };
        let group = [blocks("--add-cidr-blocks", true), blocks("--remove-cidr-blocks", false)];
        let steps: Vec<(bool, String)> = match after("--cli-input-json") {
            _ if group.iter().any(|steps| !steps.is_empty()) => group.concat(),
            Some(json) => inputs(&words[2], &serde_json::from_str(json).unwrap()),
            None => match after("--allow-host") {
                // The same is said of the topics and of the groups.
                Some(_) if words.contains(&"--group".to_owned()) => Vec::new(),
                Some(host) => vec![(words.contains(&"--add".to_owned()), host.clone())],
                // A command that waits for the one before.
                None if words.len() > 2 => Vec::new(),
                None => vec![(words[0] == "+", words[1].clone())],
            },
        };
        for (adds, text) in steps {
            assert!(!adds || !has_removed, "{text} is added after something was removed");
            has_removed |= !adds;
            let entry = Listed::new(text);
            let is_there = |other: &Listed| other.text == entry.text || other.nets == entry.nets;
            if adds {
                assert!(!entries.iter().any(|other| other.nets == entry.nets), "{entry:?} twice");
                entries.push(entry);
            } else {
                assert!(entries.iter().any(is_there), "{entry:?} is not there");
                entries.retain(|other| !is_there(other));
            }
        }
    }
    entries
}

/// The blocks of an input of the AWS command line, and whether they are added.
fn inputs(operation: &str, input: &serde_json::Value) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut rest = vec![(operation.starts_with("authorize"), input)];
    while let Some((adds, value)) = rest.pop() {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value.as_str()) {
                        ("Cidr" | "CidrIp" | "CidrIpv6", Some(text)) => {
                            found.push((adds, text.to_owned()));
                        }
                        _ => rest.push((adds || key == "AddEntries", value)),
                    }
                }
            }
            serde_json::Value::Array(items) => rest.extend(items.iter().map(|item| (adds, item))),
            _ => {}
        }
    }
    found
}

fn covered(entries: &[Listed]) -> Coverage {
    let nets = entries.iter().flat_map(|entry| entry.nets.iter().copied());
    Coverage::new(nets, Addresses::Literal)
}

prop_compose! {
    /// Blocks that lie close together, of both kinds, none of which is most of the internet.
    fn wanted()(given in prop::collection::btree_set((0_u8..64, 28_u8..=32, 0_u8..4), 1..6)) -> Vec<String> {
        let net = |(n, length, kind): (u8, u8, u8)| {
            let text = match kind {
                0 => format!("2001:db8::{n:x}/{}", length + 96),
                _ => format!("192.0.2.{n}/{length}"),
            };
            text.parse::<IpNet>().unwrap().trunc().to_string()
        };
        given.into_iter().map(net).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_written_is_in_sync_when_it_is_read(wanted in wanted()) {
        for target in TARGETS.iter().filter(|target| !UNREAD.contains(&target.name())) {
            let v4: Vec<String> = wanted.iter().filter(|net| !net.contains(':')).cloned().collect();
            let given = if takes(*target, &wanted) { &wanted } else { &v4 };
            if given.is_empty() {
                continue;
            }
            let texts: Vec<&str> = given.iter().map(String::as_str).collect();
            let blocks = Blocks::from(&set(&texts));
            let text = writer(*target).write(&blocks).unwrap();
            assert_in_sync(*target, given, &text);
            // In whatever order the addresses came.
            let shuffled: Vec<Block> = blocks.iter().rev().cloned().collect();
            let again = writer(*target).write(&Blocks::new(shuffled).unwrap().unwrap()).unwrap();
            prop_assert_eq!(&again, &text);
        }
    }
    #[test]
    fn a_delta_applied_to_the_old_list_gives_the_new_one(
        wanted in wanted(),
        old in wanted(),
        keep in any::<bool>(),
    ) {
        for target in TARGETS {
            let v4 = |nets: &[String]| nets.iter().filter(|net| !net.contains(':')).cloned().collect();
            let both: Vec<String> = wanted.iter().chain(&old).cloned().collect();
            let (wanted, old) = match takes(*target, &both) {
                true => (wanted.clone(), old.clone()),
                false => (v4(&wanted), v4(&old)),
            };
            if wanted.is_empty() {
                continue;
            }
            let texts: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let set = set(&texts);
            let given: Vec<_> = own(*target);
            // What exists is changed by its id; what is replaced may be made anew.
            let by_id = target.applied_delta().is_some() && target.arguments().any(|a| *a == ID);
            let is_new = |argument: &Argument| *argument == NAME && by_id;
            let given: Vec<_> = given.into_iter().filter(|(argument, _)| !is_new(argument)).collect();
            let given = options(&given);
            let id = given.one(&ID).unwrap_or(id(*target)).to_owned();
            let port = given.all(&PORT).first().map_or(9092, |port| port.parse().unwrap());
            let list = List {
                id: Some(id),
                version: Some(1),
                ports: vec![port..=port],
                entries: old.iter().map(Listed::new).collect(),
                ..List::new("list")
            };
            let lists = [list];
            let [meant] = &meant(*target, &given, &lists, true).unwrap()[..] else { panic!("one") };
            let foreign = if keep { Foreign::Keep } else { Foreign::Remove };
            let delta = Delta::new(&set, &Atlas::new(&set, []), &meant.list, foreign).unwrap();
            if delta.is_empty() {
                continue;
            }
            let text = target.read(&meant.options).unwrap().delta(&delta).unwrap();
            let merged: Vec<String> = delta.merged.iter().map(|block| block.net.to_string()).collect();
            match target.applied_delta() {
                Some(_) => {
                    let new = applied(&meant.list.entries, &text);
                    let merged: Vec<Listed> = merged.iter().map(Listed::new).collect();
                    prop_assert_eq!(covered(&new), covered(&merged), "{}: {}", target.name(), text);
                }
                None if UNREAD.contains(&target.name()) => {}
                None => assert_in_sync(*target, &merged, &text),
            }
        }
    }
}
