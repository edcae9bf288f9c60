//! AWS managed prefix lists.

use serde_json::Value;

use super::aws_security_group::count;
use super::value::{array, text};
use super::{Document, Format, List, Listed, Reading, Unreadable};
use crate::brokers::coverage::Family;

/// What `aws ec2 get-managed-prefix-list-entries` prints, alone or behind what
/// `describe-managed-prefix-lists` prints, which tells the version; or the input that makes a list.
#[derive(Debug)]
pub(super) struct AwsPrefixList;

impl Format for AwsPrefixList {
    fn name(&self) -> &'static str {
        "aws-prefix-list"
    }

    fn about(&self) -> &'static str {
        "aws ec2 get-managed-prefix-list-entries, behind describe-managed-prefix-lists for the id and version"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        document.items().any(|item| entries(item).is_some_and(|all| all.iter().all(is_entry)))
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let mut described = document.items().flat_map(|item| array(item, "PrefixLists"));
        let mut lists = Vec::new();
        for item in document.items() {
            let Some(all) = entries(item) else { continue };
            // What the commands print has the entries of one list, in the order of the lists.
            let about = described.next().unwrap_or(item);
            let entry =
                |entry| Some(Listed::new(text(entry, "Cidr")?).label(text(entry, "Description")));
            let entries: Vec<Listed> = all.iter().filter_map(entry).collect();
            let id = text(about, "PrefixListId").map(str::to_owned);
            let name = id.as_deref().or(text(about, "PrefixListName")).unwrap_or("prefix list");
            let family = match text(about, "AddressFamily") {
                Some("IPv4") => Some(Family::V4),
                Some("IPv6") => Some(Family::V6),
                _ => family_of(&entries),
            };
            let version = count(about, "Version").or(count(about, "CurrentVersion"));
            lists.push(List { version, family, entries, id: id.clone(), ..List::new(name) });
        }
        Ok(lists)
    }
}

/// The entries of an answer, of the input that makes a list, or of the one that adds to it.
fn entries(item: &Value) -> Option<&Vec<Value>> {
    let all = item.get("Entries").or_else(|| item.get("AddEntries"))?;
    all.as_array()
}

fn is_entry(value: &Value) -> bool {
    text(value, "Cidr").is_some()
}

/// The one family that all entries are of.
pub(super) fn family_of(entries: &[Listed]) -> Option<Family> {
    let mut nets = entries.iter().flat_map(|entry| &entry.nets);
    let is_v4 = nets.next()?.addr().is_ipv4();
    let family = if is_v4 { Family::V4 } else { Family::V6 };
    nets.all(|net| net.addr().is_ipv4() == is_v4).then_some(family)
}
