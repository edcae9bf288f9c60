//! The organisation, its projects, and what their scopes can name.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::random::Random;
use super::time;
use crate::local::domain::instances::HOST_DOMAIN;

pub(super) const ORDERS: &str = "orders";
pub(super) const PAYMENTS: &str = "payments";
pub(super) const TELEMETRY: &str = "telemetry";

/// Ids that several documents refer to.
pub(super) struct Ids {
    pub(super) org: String,
    pub(super) project: String,
    pub(super) staging: String,
}

impl Ids {
    pub(super) fn new(random: &mut Random) -> Self {
        Ids { org: random.object_id(), project: random.object_id(), staging: random.object_id() }
    }
}

/// What an instance's log says about the instance.
pub(super) struct Instance {
    pub(super) name: &'static str,
    pub(super) id: String,
    pub(super) host: String,
}

/// The three instances.
pub(super) fn homes(random: &mut Random) -> [Instance; 3] {
    [(ORDERS, "virginia-usa"), (PAYMENTS, "westeurope"), (TELEMETRY, "us-central1")].map(
        |(name, region)| {
            let id = random.object_id();
            let suffix = random.below(0x10_0000);
            let host = format!("atlas-stream-{id}-{suffix:05x}.{region}.{HOST_DOMAIN}");
            Instance { name, id, host }
        },
    )
}

pub(super) fn org(ids: &Ids) -> Value {
    json!({"id": ids.org, "isDeleted": false, "name": "ExampleShop"})
}

pub(super) fn projects(ids: &Ids, now: Timestamp) -> Vec<Value> {
    let project = |id: &str, name: &str, clusters: u32, days: i64| {
        json!({
            "clusterCount": clusters,
            "created": time(now, -24 * days),
            "id": id,
            "name": name,
            "orgId": ids.org,
        })
    };
    vec![project(&ids.project, "shop", 3, 400), project(&ids.staging, "shop-staging", 1, 120)]
}

pub(super) fn clusters(ids: &Ids, random: &mut Random, now: Timestamp) -> Vec<(String, Value)> {
    [
        (&ids.project, "shop-main", "REPLICASET", 390),
        (&ids.project, "payments-ledger", "REPLICASET", 300),
        (&ids.project, "sensor-archive", "SHARDED", 200),
        (&ids.staging, "staging-main", "REPLICASET", 110),
    ]
    .into_iter()
    .map(|(project, name, kind, days)| {
        let cluster = json!({
            "clusterType": kind,
            "createDate": time(now, -24 * days),
            "groupId": project,
            "id": random.object_id(),
            "mongoDBVersion": "8.0.13",
            "name": name,
            "paused": false,
            "stateName": "IDLE",
        });
        (project.clone(), cluster)
    })
    .collect()
}

pub(super) fn data_federation(ids: &Ids) -> Vec<(String, Value)> {
    let lake = json!({
        "groupId": ids.project,
        "hostnames": ["lakehouse.federation.example.net"],
        "name": "lakehouse",
        "state": "ACTIVE",
    });
    vec![(ids.project.clone(), lake)]
}

pub(super) fn instances(ids: &Ids, homes: &[Instance; 3]) -> Vec<(String, Value)> {
    let region =
        |provider: &str, region: &str| json!({"cloudProvider": provider, "region": region});
    let places = [
        (region("AWS", "VIRGINIA_USA"), vec![region("AWS", "OHIO_USA")], "SP30"),
        (region("AZURE", "westeurope"), vec![], "SP10"),
        (region("GCP", "US_CENTRAL1"), vec![], "SP10"),
    ];
    homes
        .iter()
        .zip(places)
        .map(|(home, (region, failover, tier))| {
            let instance = json!({
                "_id": home.id,
                "dataProcessRegion": region,
                "failoverRegions": failover,
                "groupId": ids.project,
                "hostnames": [home.host],
                "name": home.name,
                "streamConfig": {"tier": tier},
            });
            (ids.project.clone(), instance)
        })
        .collect()
}
