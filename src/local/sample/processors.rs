//! The stream processors of the three instances: those that exist at the end of the audit log, and
//! some that are older than the log.

use serde_json::{Value, json};

use super::audit::FinalProcessor;
use super::places::{Ids, ORDERS, PAYMENTS, TELEMETRY};
use super::random::Random;

/// Instance, name, source, cluster connection, tier, state.
const OLD: [(&str, &str, &str, &str, &str, &str); 5] = [
    (ORDERS, "orders-to-shop", "order-events", "shop", "SP30", "STARTED"),
    (PAYMENTS, "payments-to-ledger", "payment-events", "ledger", "SP10", "STARTED"),
    (PAYMENTS, "refunds-trial", "payment-events", "ledger", "SP5", "CREATED"),
    (TELEMETRY, "sensors-to-archive", "sensors", "archive", "SP10", "STARTED"),
    (TELEMETRY, "winter-readings", "sensors", "archive", "SP2", "STOPPED"),
];

/// Every processor, with its project's id and its instance's name.
pub(super) fn build(
    ids: &Ids,
    left: Vec<FinalProcessor>,
    random: &mut Random,
) -> Vec<(String, String, Value)> {
    let mut processors = Vec::new();
    for (instance, name, source, cluster, tier, state) in OLD {
        // The role of this connection allows one collection.
        let (db, coll) = if cluster == "shop" { ("shop", "orders") } else { (instance, "events") };
        let processor = json!({
            "_id": random.object_id(),
            "failoverEnabled": false,
            "name": name,
            "options": {"dlq": {"connectionName": cluster, "db": "streams", "coll": "rejected"}},
            "pipeline": [
                {"$source": {"connectionName": source, "topic": instance}},
                {"$merge": {"into": {"connectionName": cluster, "db": db, "coll": coll}}},
            ],
            "state": state,
            "tier": tier,
        });
        processors.push((ids.project.clone(), instance.to_owned(), processor));
    }
    for one in left {
        let processor = json!({
            "_id": one.uid,
            "failoverEnabled": false,
            "name": one.name,
            "options": {},
            "pipeline": one.pipeline["pipeline"],
            "state": one.state,
            "tier": if one.instance == ORDERS { "SP30" } else { "SP10" },
        });
        processors.push((ids.project.clone(), one.instance.to_owned(), processor));
    }
    processors
}
