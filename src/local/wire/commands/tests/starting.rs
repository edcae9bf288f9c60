//! What becomes of processors that are started.

use bson::{Document, doc};
use serde_json::json;

use super::{Connected, attributes, merging, pipeline};
use crate::local::domain::instances::{self, InstanceName};
use crate::local::domain::processors::{self, ProcessorName};
use crate::local::domain::{Part, connections};

#[tokio::test]
async fn a_role_that_lacks_something_fails_what_is_started() {
    let mut on = Connected::new("dave");
    let into = |db: &str, coll: &str| doc! { "connectionName": "shop", "db": db, "coll": coll };
    let source = |more: Document| {
        let mut source = doc! { "connectionName": "shop" };
        source.extend(more);
        bson::bson!([{ "$source": source }, { "$emit": { "connectionName": "order-events", "topic": "t" } }])
    };
    let lookup = |from: Document| {
        bson::bson!([
            { "$source": { "connectionName": "sample_stream_solar" } },
            { "$tumblingWindow": { "interval": { "size": 1, "unit": "second" }, "pipeline": [
                { "$lookup": { "from": from, "as": "found", "localField": "a", "foreignField": "b" } },
            ] } },
            { "$emit": { "connectionName": "order-events", "topic": "t" } },
        ])
    };
    // The role may find, insert and update in shop.orders.
    let cases = [
        ("in its place", pipeline()),
        ("another collection", merging(into("shop", "invoices"), doc! {})),
        ("another mode", merging(into("shop", "orders"), doc! { "whenMatched": "delete" })),
        ("fails when matched", merging(into("shop", "orders"), doc! { "whenMatched": "fail" })),
        ("any collection", merging(into("shop", "$kind"), doc! {})),
        ("any of another database", merging(into("ledger", "$kind"), doc! {})),
        ("watches", source(doc! { "db": "shop", "coll": "orders" })),
        ("watches all", source(doc! {})),
        ("looks up", lookup(into("shop", "orders"))),
        ("looks up elsewhere", lookup(into("shop", "customers"))),
        (
            "reads with a reader's role",
            lookup(doc! { "connectionName": "ledger-read", "db": "a", "coll": "b" }),
        ),
        (
            "writes with a reader's role",
            merging(doc! { "connectionName": "ledger-read", "db": "a", "coll": "b" }, doc! {}),
        ),
    ];
    let mut told = String::new();
    for (what, pipeline) in cases {
        on.done(doc! { "createStreamProcessor": "p", "pipeline": pipeline }).await;
        on.done(doc! { "startStreamProcessor": "p" }).await;
        let one = on.done(doc! { "getStreamProcessor": "p" }).await;
        let (state, error) = (one.get_str("state").unwrap(), one.get_str("errorMsg").unwrap());
        let seen = on.seen("p").await;
        assert_eq!(
            (&seen["state"], seen["stats"]["errorMsg"].as_str().unwrap_or_default()),
            (&json!(state), error)
        );
        told += format!("{what}: {state} {error}").trim_end();
        told.push('\n');
        on.done(doc! { "dropStreamProcessor": "p" }).await;
    }
    insta::assert_snapshot!(told, @r#"
    in its place: STARTED
    another collection: FAILED $merge through connection shop: role ordersWriter, as which it executes, lacks the privilege INSERT on shop.invoices
    another mode: FAILED $merge through connection shop: role ordersWriter, as which it executes, lacks the privilege REMOVE on shop.orders
    fails when matched: STARTED
    any collection: STARTED
    any of another database: FAILED $merge through connection shop: role ordersWriter, as which it executes, lacks the privilege INSERT on any collection of ledger
    watches: FAILED $source through connection shop: role ordersWriter, as which it executes, lacks the privilege CHANGE_STREAM on shop.orders
    watches all: FAILED $source through connection shop: role ordersWriter, as which it executes, lacks the privilege CHANGE_STREAM on every database
    looks up: STARTED
    looks up elsewhere: FAILED $lookup through connection shop: role ordersWriter, as which it executes, lacks the privilege FIND on shop.customers
    reads with a reader's role: STARTED
    writes with a reader's role: FAILED $merge through connection ledger-read: role readAnyDatabase, as which it executes, lacks the privilege INSERT on a.b
    "#);
}

#[tokio::test]
async fn what_failed_starts_once_its_role_suffices() {
    let mut on = Connected::new("dave");
    let elsewhere = merging(doc! { "connectionName": "shop", "db": "shop", "coll": "b" }, doc! {});
    on.done(doc! { "createStreamProcessor": "p", "pipeline": elsewhere }).await;
    on.done(doc! { "startStreamProcessor": "p" }).await;
    assert_eq!(on.seen("p").await["state"], "FAILED");
    assert!(on.refused(doc! { "getStreamProcessorStats": "p" }).await.contains("not running"));
    assert!(on.refused(doc! { "stopStreamProcessor": "p" }).await.contains("not running"));
    // The whole instance goes by the same rule.
    on.meanwhile(|work, own| {
        let all = attributes(json!({ "processorStatus": { "status": "STARTED" } }));
        instances::update(work, own, &all)
    })
    .await;
    assert_eq!(on.seen("p").await["state"], "FAILED");
    on.meanwhile(|work, own| {
        let role = json!({ "role": "readWriteAnyDatabase", "type": "BUILT_IN" });
        let connection = connections::ConnectionName { instance: own, name: "shop" };
        let change = attributes(json!({ "type": "Cluster", "dbRoleToExecute": role }));
        connections::update(work, connection, &change)
    })
    .await;
    on.done(doc! { "startStreamProcessor": "p" }).await;
    let seen = on.seen("p").await;
    assert_eq!((&seen["state"], seen["stats"].get("errorMsg")), (&json!("STARTED"), None));
}

#[tokio::test]
async fn a_connection_that_is_gone_stops_a_start() {
    let mut on = Connected::new("dave");
    let stages = bson::bson!([
        { "$source": { "connectionName": "warehouse", "topic": "t" } },
        { "$emit": { "connectionName": "order-events", "topic": "t" } },
    ]);
    on.done(doc! { "createStreamProcessor": "p", "pipeline": stages }).await;
    on.meanwhile(|work, own| {
        connections::delete(work, connections::ConnectionName { instance: own, name: "warehouse" })
    })
    .await;
    let text = on.refused(doc! { "startStreamProcessor": "p" }).await;
    assert!(text.starts_with("125 connection named warehouse does not exist."), "{text}");
    on.meanwhile(|work, own| {
        let all = attributes(json!({ "processorStatus": { "status": "STARTED" } }));
        instances::update(work, own, &all)
    })
    .await;
    let seen = on.seen("p").await;
    assert_eq!(seen["state"], "FAILED");
    assert!(seen["stats"]["errorMsg"].as_str().unwrap().contains("warehouse"), "{seen}");
}

#[tokio::test]
async fn every_processor_of_the_sample_can_start() {
    let on = Connected::new("dave");
    let count = on.meanwhile(|work, own| {
        let mut count = 0;
        for instance in instances::list(work, own.project, Part::ALL)?.results {
            let instance = InstanceName { name: instance["name"].as_str().unwrap(), ..own };
            for one in processors::list(work, instance, Part::ALL)?.results {
                let name = ProcessorName { instance, name: one["name"].as_str().unwrap() };
                if one["state"] != "STARTED" {
                    processors::start(work, name)?;
                }
                processors::stop(work, name)?;
                processors::start(work, name)?;
                assert_eq!(processors::get(work, name)?["state"], "STARTED", "{one}");
                count += 1;
            }
        }
        Ok(count)
    });
    assert!(count.await >= 8);
}
