//! The stream processors of the three instances: those that exist at the end of the audit log, and
//! some that are older than the log.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::audit::FinalProcessor;
use super::places::{Ids, ORDERS, PAYMENTS, TELEMETRY};
use super::random::Random;
use super::{AuditLine, time};
use crate::local::domain::audit::event::AuditKind;

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
    log: &[AuditLine],
    random: &mut Random,
    now: Timestamp,
) -> Vec<(String, String, Value)> {
    let mut processors = Vec::new();
    // Older than the log.
    let before = time(now, -24 * 100);
    for (instance, name, source, cluster, tier, state) in OLD {
        // The role of this connection allows one collection.
        let (db, coll) = if cluster == "shop" { ("shop", "orders") } else { (instance, "events") };
        let processor = json!({
            "_id": random.object_id(),
            "failoverEnabled": false,
            "lastModified": before,
            "lastStateChange": before,
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
        let changes: Vec<(String, String)> =
            log.iter().filter_map(|line| change(line, &one)).collect();
        let last = |is: &dyn Fn(&str) -> bool| {
            let mut changes = changes.iter().rev();
            changes.find(|(kind, _)| is(kind)).map_or(before.as_str(), |(_, time)| time.as_str())
        };
        let created = |kind: &str| kind == AuditKind::Create.name();
        let turned = |kind: &str| kind != AuditKind::Sample.name();
        let processor = json!({
            "_id": one.uid,
            "failoverEnabled": false,
            "lastModified": last(&created),
            "lastStateChange": last(&turned),
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

/// What a line of the log says was done to a processor, and when.
fn change(line: &AuditLine, one: &FinalProcessor) -> Option<(String, String)> {
    if (line.instance.as_str(), line.processor.as_deref()) != (one.instance, Some(one.name)) {
        return None;
    }
    let event: Value = serde_json::from_str(&line.line).ok()?;
    let time = Timestamp::from_millisecond(line.time_ms).ok()?;
    let kind = event["unmapped"]["atype"].as_str().filter(|_| event["status_id"] == 1)?;
    Some((kind.to_owned(), time.to_string()))
}
