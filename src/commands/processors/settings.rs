//! What `processors create` and `processors update` set besides the pipeline.

use serde_json::{Value, json};

use crate::commands::connections;
use crate::commands::instances::TIERS;
use crate::context::Context;
use crate::error::Result;
use crate::session::ProjectClient;

/// Settings of a processor besides its pipeline.
#[derive(Debug, clap::Args)]
pub(super) struct Settings {
    /// The processor's tier: SP2, SP5, SP10, SP30 or SP50
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true, hide_possible_values = true)]
    pub(super) tier: Option<String>,
    /// The cluster connection of the dead letter queue, for documents that cannot be processed
    #[arg(long, value_name = "CONNECTION", requires_all = ["dlq_db", "dlq_coll"])]
    pub(super) dlq_connection: Option<String>,
    /// The database of the dead letter queue
    #[arg(long, value_name = "DB", requires = "dlq_connection")]
    pub(super) dlq_db: Option<String>,
    /// The collection of the dead letter queue
    #[arg(long, value_name = "COLLECTION", requires = "dlq_connection")]
    pub(super) dlq_coll: Option<String>,
    /// Whether the processor moves to a failover region when its own region fails
    #[arg(long, value_name = "true|false")]
    pub(super) failover: Option<bool>,
}

impl Settings {
    /// Checks that the connection for dead letters is there.
    pub(super) async fn check(
        &self,
        context: &Context,
        on: &ProjectClient,
        instance: &str,
    ) -> Result<()> {
        match &self.dlq_connection {
            Some(name) => connections::fetch::check(context, on, instance, name).await,
            None => Ok(()),
        }
    }

    /// The dead letter queue, as the API takes it.
    pub(super) fn dlq(&self) -> Option<Value> {
        let connection = self.dlq_connection.as_ref()?;
        Some(json!({ "connectionName": connection, "db": self.dlq_db, "coll": self.dlq_coll }))
    }
}

pub(super) fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// `connection:database.collection`
pub(super) fn dlq_text(dlq: &Value) -> String {
    let part = |name: &str| dlq[name].as_str().unwrap_or_default();
    format!("{}:{}.{}", part("connectionName"), part("db"), part("coll"))
}
