//! Thirty days of what administrators changed and read.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::AuditLine;
use super::audit::COLLECTOR;
use super::places::{Ids, ORDERS, PAYMENTS, TELEMETRY};
use super::random::Random;

const HOUR_MS: i64 = 3_600_000;

/// A person with a role in the project, and where they work from.
struct Admin {
    name: &'static str,
    address: &'static str,
}

const OLIVIA: Admin = Admin { name: "olivia@example.com", address: "203.0.113.5" };
const DANA: Admin = Admin { name: "dana@example.com", address: "203.0.113.9" };
const SAM: Admin = Admin { name: "sam@example.com", address: "198.51.100.33" };
const PAT: Admin = Admin { name: "pat@example.com", address: "203.0.113.17" };

/// An event: how many hours ago, who, what, and about what.
type Done = (i64, &'static Admin, &'static str, &'static [(&'static str, &'static str)]);

/// What changed. It ends in the present that the sample shows.
const CHANGES: &[Done] = &[
    (708, &DANA, "MONGODB_ROLE_UPDATED", &[("roleName", "streamDeveloper")]),
    (690, &DANA, "MONGODB_USER_ADDED", &[("dbUserUsername", "henry-trial")]),
    (660, &DANA, "MONGODB_USER_DELETED", &[("dbUserUsername", "henry-trial")]),
    (612, &SAM, "STREAM_TENANT_CONNECTION_CREATED", WAREHOUSE),
    (611, &SAM, "STREAM_TENANT_CONNECTION_VIEWED", WAREHOUSE),
    (540, &OLIVIA, "NETWORK_PERMISSION_ENTRY_ADDED", &[("whitelistEntry", "198.51.100.7/32")]),
    (516, &PAT, "NETWORK_PERMISSION_ENTRY_REMOVED", &[("whitelistEntry", "192.0.2.128/25")]),
    (420, &DANA, "MONGODB_USER_UPDATED", &[("dbUserUsername", "svc-payments")]),
    (396, &SAM, "STREAM_TENANT_UPDATED", &[("instanceName", ORDERS)]),
    (300, &SAM, "STREAM_TENANT_CONNECTION_UPDATED", LEDGER),
    (228, &DANA, "MONGODB_ROLE_ADDED", &[("roleName", "ordersWriter")]),
    (227, &SAM, "STREAM_TENANT_CONNECTION_UPDATED", SHOP),
    (160, &DANA, "MONGODB_USER_UPDATED", &[("dbUserUsername", "frank")]),
    (96, &DANA, "MONGODB_USER_ADDED", &[("dbUserUsername", "erin")]),
    (72, &SAM, "STREAM_TENANT_CONNECTIONS_LISTED", &[("instanceName", TELEMETRY)]),
    (24, &PAT, "NETWORK_PERMISSION_ENTRY_ADDED", &[("whitelistEntry", "192.0.2.77/32")]),
    (3, &DANA, "MONGODB_USER_UPDATED", &[("dbUserUsername", "alice")]),
];
const WAREHOUSE: &[(&str, &str)] = &[("instanceName", ORDERS), ("connectionName", "warehouse")];
const SHOP: &[(&str, &str)] = &[("instanceName", ORDERS), ("connectionName", "shop")];
const LEDGER: &[(&str, &str)] = &[("instanceName", PAYMENTS), ("connectionName", "ledger")];

/// All events of the project, oldest first: the changes above, reads of the registries, and the
/// collector's downloads, which the audit log records too.
pub(super) fn build(
    ids: &Ids,
    people: &[(String, Value)],
    audit: &[AuditLine],
    random: &mut Random,
    now: Timestamp,
) -> Vec<(String, Value)> {
    let mut events: Vec<(i64, Value)> = Vec::new();
    let admins = [&OLIVIA, &PAT, &SAM];
    let start = now.as_millisecond();
    let mut did = |time: i64, who: &Admin, kind: &str, about: &[(&str, &str)], id: String| {
        let mut event = event(ids, time, kind, id, who.address);
        if let Some((_, person)) = people.iter().find(|(_, person)| person["username"] == who.name)
        {
            event["userId"] = person["id"].clone();
        }
        event["username"] = who.name.into();
        for (key, value) in about {
            event[*key] = (*value).into();
        }
        events.push((time, event));
    };
    for (hours, who, kind, about) in CHANGES {
        let time = start - hours * HOUR_MS + random.between(0, HOUR_MS / 2);
        did(time, who, kind, about, random.object_id());
    }
    for day in 1..30 {
        let instance = *random.pick(&[ORDERS, PAYMENTS, TELEMETRY]);
        let who = *random.pick(&admins);
        let time = start - day * 24 * HOUR_MS + random.between(0, 8 * HOUR_MS);
        let about = [("instanceName", instance)];
        did(time, who, "STREAM_TENANT_CONNECTIONS_LISTED", &about, random.object_id());
    }
    let key = random.object_id();
    let (name, address) = COLLECTOR;
    for line in audit.iter().filter(|line| line.line.contains("Audit log accessed")) {
        let id = random.object_id();
        let mut event = event(ids, line.time_ms, "STREAM_TENANT_AUDIT_LOGS", id, address);
        event["apiKeyId"] = key.as_str().into();
        event["publicKey"] = name.into();
        event["instanceName"] = line.instance.as_str().into();
        events.push((line.time_ms, event));
    }
    events.sort_by_key(|(time, _)| *time);
    events.into_iter().map(|(_, event)| (ids.project.clone(), event)).collect()
}

fn event(ids: &Ids, time: i64, kind: &str, id: String, address: &str) -> Value {
    let created = Timestamp::from_millisecond(time).unwrap_or(Timestamp::UNIX_EPOCH);
    json!({
        "created": created.to_string(),
        "eventTypeName": kind,
        "groupId": ids.project,
        "id": id,
        "isGlobalAdmin": false,
        "links": [],
        "orgId": ids.org,
        "remoteAddress": address,
    })
}
