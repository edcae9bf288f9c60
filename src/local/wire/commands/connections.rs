//! What an instance tells its users of its surroundings: connections and sizes.

use bson::{Bson, Document, doc};

use super::call::Call;
use super::filter::filter;
use super::options::Options;
use super::{Answer, Command};
use crate::local::domain::{Part, connections, instances};

/// `listStreamConnections`.
pub(super) async fn list(call: Call<'_>, command: &Command) -> Answer {
    let wanted = Options::of(command, &["filter"]).and_then(|mut given| filter(&mut given));
    let rows = call.read(move |work, instance| {
        let wanted = wanted?;
        let rows = connections::list(work, instance, Part::ALL)?.results;
        let rows = rows.iter().map(row).filter(|row| wanted.holds(row));
        Ok(rows.map(Bson::Document).collect::<Vec<Bson>>())
    });
    Ok(doc! { "connections": rows.await?, "ok": 1.0 })
}

/// A connection as shells show it: its kinds have names of their own there.
fn row(connection: &serde_json::Value) -> Document {
    let text = |name: &str| connection[name].as_str().unwrap_or_default();
    let kind = match text("type") {
        "Cluster" => "atlas".to_owned(),
        "Sample" => "inmemory".to_owned(),
        other => other.to_lowercase(),
    };
    let mut row = doc! { "name": text("name"), "type": kind };
    if !text("clusterName").is_empty() {
        row.insert("cluster", text("clusterName"));
    }
    row
}

/// `listWorkspaceDefaults`: the sizes of processors that name none, and of the largest.
pub(super) async fn defaults(call: Call<'_>, command: &Command) -> Answer {
    let nothing = Options::of(command, &[]);
    let config = call.read(move |work, instance| {
        nothing?;
        Ok(instances::get(work, instance)?["streamConfig"].clone())
    });
    let config = config.await?;
    let size = |name: &str| config[name].as_str();
    let default = size("tier").unwrap_or("SP10");
    let most = size("maxTierSize").unwrap_or("SP50");
    Ok(doc! { "defaultTierSize": default, "maxTierSize": most, "ok": 1.0 })
}
