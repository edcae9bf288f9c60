//! The IP filter of an Aiven service.

use serde_json::Value;

use super::commands::Line;
use super::value::{array, text};
use super::{Document, Format, List, Listed, Reading, Unreadable};

/// What `avn service get --json` prints, or a command that sets the filter.
#[derive(Debug)]
pub(super) struct Aiven;

impl Format for Aiven {
    fn name(&self) -> &'static str {
        "aiven"
    }

    fn about(&self) -> &'static str {
        "avn service get --json, avn service list --json, or avn service update -c ip_filter=…"
    }

    fn recognises(&self, document: &Document<'_>) -> bool {
        services(document).next().is_some() || !commands(document.text).is_empty()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let services = services(document).map(|service| {
            let name = text(service, "service_name").unwrap_or("service");
            let filter =
                service.get("user_config").map_or(&[][..], |config| array(config, "ip_filter"));
            List { entries: filter.iter().filter_map(entry).collect(), ..List::new(name) }
        });
        Ok(services.chain(commands(document.text)).collect())
    }
}

fn services<'a>(document: &'a Document<'_>) -> impl Iterator<Item = &'a Value> {
    let services = document.items().flat_map(|item| match item.get("services") {
        Some(Value::Array(all)) => all.as_slice(),
        _ => std::slice::from_ref(item.get("service").unwrap_or(item)),
    });
    services.filter(|service| service.get("user_config").is_some_and(Value::is_object))
}

/// An address, or one with its description.
fn entry(value: &Value) -> Option<Listed> {
    match value {
        Value::String(network) => Some(Listed::new(network)),
        _ => Some(Listed::new(text(value, "network")?).label(text(value, "description"))),
    }
}

fn commands(text: &str) -> Vec<List> {
    let updates =
        Line::all(text, "avn").into_iter().filter(|line| line.is(&["avn", "service", "update"]));
    let list = |line: Line| {
        let filter = line.values("-c").into_iter().find_map(|c| c.strip_prefix("ip_filter="))?;
        let filter: Vec<Value> = serde_json::from_str(filter).ok()?;
        let name = line.words.get(3).map_or("service", String::as_str);
        Some(List { entries: filter.iter().filter_map(entry).collect(), ..List::new(name) })
    };
    updates.filter_map(list).collect()
}
