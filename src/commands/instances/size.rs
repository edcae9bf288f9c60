//! How large the processors of an instance are.

use serde_json::{Value, json};

/// The sizes of instances and processors, the smallest first.
pub const TIERS: [&str; 5] = ["SP2", "SP5", "SP10", "SP30", "SP50"];

/// How large the instance's processors are.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Size {
    /// The default tier of processors
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true)]
    pub tier: Option<String>,
    /// The largest tier that a processor may request
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true)]
    pub max_tier: Option<String>,
}

impl Size {
    /// The fields of the API that are given.
    pub(super) fn fields(&self) -> serde_json::Map<String, Value> {
        let named = [("tier", &self.tier), ("maxTierSize", &self.max_tier)];
        let given = named.into_iter().filter_map(|(key, tier)| Some((key, tier.as_ref()?)));
        given.map(|(key, tier)| (key.to_owned(), json!(tier.to_uppercase()))).collect()
    }
}
