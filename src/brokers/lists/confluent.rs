//! IP groups of Confluent Cloud.

use super::commands::Line;
use super::value::{text, texts};
use super::{Document, Format, List, Listed, Reading, Unreadable};

/// What `confluent iam ip-group describe -o json` prints, or a command that makes a group.
#[derive(Debug)]
pub(super) struct Confluent;

impl Format for Confluent {
    fn name(&self) -> &'static str {
        "confluent"
    }

    fn about(&self) -> &'static str {
        "confluent iam ip-group describe or list -o json, or confluent iam ip-group create"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        !lists(document).is_empty()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        Ok(lists(document))
    }
}

fn lists(document: &Document<'_>) -> Vec<List> {
    let blocks = |texts: Vec<&str>| texts.into_iter().map(Listed::new).collect();
    let groups = document.items().filter(|item| item.get("cidr_blocks").is_some());
    let groups = groups.map(|group| {
        let id = text(group, "id").map(str::to_owned);
        let name = text(group, "name").or(text(group, "group_name")).or(id.as_deref());
        let mut cidrs = texts(group, "cidr_blocks");
        // The list of groups has them in one text.
        if let [one] = cidrs[..] {
            cidrs = one.split([',', ' ']).filter(|cidr| !cidr.is_empty()).collect();
        }
        let list = List::new(name.unwrap_or("IP group"));
        List { entries: blocks(cidrs), id: id.clone(), ..list }
    });
    let lines = Line::all(document.text, "confluent").into_iter();
    let lines =
        lines.filter(|line| line.is(&["confluent", "iam", "ip-group"])).filter_map(|line| {
            let cidrs = [line.lists("--cidr-blocks"), line.lists("--add-cidr-blocks")].concat();
            let name = line.words.get(4).map_or("IP group", String::as_str);
            (!cidrs.is_empty()).then(|| List { entries: blocks(cidrs), ..List::new(name) })
        });
    groups.chain(lines).collect()
}
