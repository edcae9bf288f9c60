//! Addresses in JSON: what `ips` itself prints, the API's document, and variables of Terraform.

use serde_json::Value;

use super::value::{array, text};
use super::{Document, Format, List, Listed, Reading, Unreadable};

/// Rows, arrays of addresses, or objects of such arrays.
#[derive(Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "spctl ips -o json, ndjson or yaml; the API's own list; an array of addresses; *.tfvars.json"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        let lists = lists(document);
        let mut entries = lists.iter().flat_map(|list| &list.entries).peekable();
        entries.peek().is_some() && entries.all(|entry| !entry.nets.is_empty())
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        Ok(lists(document))
    }
}

fn lists(document: &Document<'_>) -> Vec<List> {
    let mut rows = List::new("list");
    let mut lists = Vec::new();
    for item in document.items() {
        match item {
            Value::String(one) => rows.entries.push(Listed::new(one)),
            Value::Object(_) if text(item, "cidr").is_some() => rows.entries.extend(row(item)),
            Value::Object(fields) if is_published(item) => {
                let content = fields.get("content").unwrap_or(item);
                published(content.get("controlPlane").unwrap_or(content), &mut lists);
            }
            Value::Object(fields) => lists.extend(fields.iter().filter_map(variable)),
            _ => {}
        }
    }
    let is_rows =
        !rows.entries.is_empty() || document.values.iter().any(|v| *v == Value::Array(vec![]));
    lists.extend(is_rows.then_some(rows));
    lists
}

/// A row of `ips`.
fn row(row: &Value) -> Option<Listed> {
    let place = ["provider", "region", "gateway"].iter().filter_map(|key| text(row, key));
    let place = place.collect::<Vec<_>>().join(" ");
    Some(Listed::new(text(row, "cidr")?).label(Some(place)))
}

/// A variable of Terraform whose value is a list of texts.
fn variable((name, value): (&String, &Value)) -> Option<List> {
    let texts = value.as_array()?.iter().map(|item| item.as_str().map(Listed::new));
    let entries: Vec<Listed> = texts.collect::<Option<_>>()?;
    Some(List { entries, ..List::new(name) })
}

/// Whether it is the list of control-plane addresses.
fn is_published(item: &Value) -> bool {
    ["outbound", "inbound"].iter().any(|key| item.get(key).is_some_and(Value::is_object))
        || ["content", "controlPlane"].iter().any(|key| item.get(key).is_some_and(is_published))
}

/// A list for each direction.
fn published(document: &Value, lists: &mut Vec<List>) {
    for direction in ["outbound", "inbound"] {
        let mut list = List::new(direction);
        let providers = document.get(direction).and_then(Value::as_object);
        for (provider, regions) in providers.into_iter().flatten() {
            for (region, _) in regions.as_object().into_iter().flatten() {
                let texts = array(regions, region).iter().filter_map(Value::as_str);
                let label = Some(format!("{provider} {region}"));
                list.entries.extend(texts.map(|text| Listed::new(text).label(label.clone())));
            }
        }
        lists.extend((!list.entries.is_empty()).then_some(list));
    }
}
