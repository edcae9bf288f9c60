//! The commands over a store, as if somebody had signed in.

mod rights;
mod starting;

use std::sync::Arc;

use bson::{Bson, Document, doc};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Command, answer};
use crate::local::Clock;
use crate::local::domain::actor::{Actor, Identity};
use crate::local::domain::audit::{self, Window};
use crate::local::domain::instances::{self, InstanceName};
use crate::local::domain::processors::{self, ProcessorName};
use crate::local::domain::users::{self, UserSpec};
use crate::local::domain::{Attributes, Outcome, Part, Work, custom_roles, events};
use crate::local::seed::Create;
use crate::local::store::{self, Store};
use crate::local::wire::plane::Plane;
use crate::local::wire::session::{Instance, Session, SignedIn};

const NOW: &str = "2026-03-01T12:00:00Z";

/// A connection to the instance `orders` of the sample, on which somebody has signed in.
struct Connected {
    plane: Plane,
    session: Session,
    _dir: tempfile::TempDir,
}

impl Connected {
    fn new(user: &str) -> Connected {
        let dir = store::private_directory();
        let now: Timestamp = NOW.parse().unwrap();
        let create = Create::Sample { seed: 1, now: None };
        let path = dir.path().join("local.db");
        let db = store::open(&path, |db| create.fill(db, Clock::Fixed(now))).unwrap();
        let project = store::meta::get(&db, store::meta::DEFAULT_PROJECT).unwrap().unwrap();
        let plane = Plane::new(Arc::new(Store::new(db)), Clock::Fixed(now));
        let instance = Instance { project, name: "orders".to_owned() };
        let peer = "192.0.2.7:40000".parse().unwrap();
        let session = Session::new(instance, peer, 1, None).unwrap();
        Connected { plane, session, _dir: dir }.by(user)
    }

    /// As somebody else.
    fn by(mut self, user: &str) -> Connected {
        self.session.user = Some(SignedIn {
            database: "admin".to_owned(),
            name: user.to_owned(),
            mechanism: "SCRAM-SHA-256",
            row: None,
        });
        self
    }

    async fn run(&mut self, command: Document) -> Document {
        self.run_on("admin", command).await
    }

    async fn run_on(&mut self, database: &str, command: Document) -> Document {
        let name = command.keys().next().unwrap().clone();
        let command = Command { name, database: database.to_owned(), body: command };
        match answer(&self.plane, &mut self.session, &command).await {
            Ok(document) => {
                assert_eq!(document.get("ok"), Some(&Bson::Double(1.0)), "{document}");
                document
            }
            Err(failure) => failure.document(),
        }
    }

    async fn done(&mut self, command: Document) -> Document {
        let told = command.to_string();
        let answer = self.run(command).await;
        assert_eq!(answer.get_f64("ok").ok(), Some(1.0), "{told}: {answer}");
        answer
    }

    /// Code and text of a refusal.
    async fn refused(&mut self, command: Document) -> String {
        let told = command.to_string();
        let answer = self.run(command).await;
        assert_eq!(answer.get_f64("ok").ok(), Some(0.0), "{told}: {answer}");
        let text = answer.get_str("errmsg").unwrap();
        format!("{} {text}", answer.get_i32("code").unwrap())
    }

    /// What the Admin API does meanwhile.
    async fn meanwhile<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Work<'_>, InstanceName<'_>) -> Outcome<T> + Send + 'static,
    ) -> T {
        let own = self.session.instance.clone();
        let process = Actor { identity: Identity::Process, ..Actor::nobody(self.session.peer) };
        let done = self.plane.write(process, move |work| {
            act(work, InstanceName { project: &own.project, name: &own.name })
        });
        done.await.unwrap()
    }

    /// Adds a role of these actions, and a user who holds it and is restricted to an instance.
    async fn add(&self, name: &str, actions: &[&str], instance: Option<&str>) {
        let cluster = json!([{ "cluster": true }]);
        let actions: Vec<Value> = actions
            .iter()
            .map(|action| json!({ "action": action, "resources": cluster }))
            .collect();
        let role = attributes(json!({ "roleName": name, "actions": actions }));
        let scopes: Vec<Value> =
            instance.iter().map(|name| json!({ "name": name, "type": "STREAM" })).collect();
        let user = attributes(json!({
            "username": name, "databaseName": "admin", "password": "correct horse",
            "roles": [{ "roleName": name, "databaseName": "admin" }], "scopes": scopes,
        }));
        self.meanwhile(move |work, own| {
            custom_roles::create(work, own.project, &role)?;
            users::create(work, own.project, UserSpec::of(user)).map(drop)
        })
        .await;
    }

    /// The lines that have been added to the audit log: what, who, outcome, entity.
    async fn written(&self) -> Vec<String> {
        let now: Timestamp = NOW.parse().unwrap();
        self.meanwhile(move |work, own| {
            let mut lines = Vec::new();
            let window = Window::between(now, Some(now), None, None).unwrap();
            audit::Log::of(*work, own)?.each(&window, |line| {
                let line: Value = serde_json::from_str(line)?;
                let text = |pointer: &str| {
                    line.pointer(pointer).and_then(Value::as_str).unwrap_or("-").to_owned()
                };
                let (what, who) = (text("/unmapped/atype"), text("/actor/user/name"));
                let role = text("/actor/user/groups/0/name");
                let (outcome, code) = (&line["status_id"], text("/status_code"));
                let entity = text("/entity/name");
                lines.push(format!("{what} {who} {role} {outcome} {code} {entity}"));
                Ok(())
            })?;
            Ok(lines)
        })
        .await
    }

    /// A processor as the Admin API shows it.
    async fn seen(&self, name: &str) -> Value {
        let name = name.to_owned();
        self.meanwhile(move |work, instance| {
            processors::get(work, ProcessorName { instance, name: &name })
        })
        .await
    }
}

fn attributes(value: Value) -> Attributes {
    value.as_object().unwrap().clone()
}

fn pipeline() -> Bson {
    bson::bson!([
        { "$source": { "connectionName": "sample_stream_solar" } },
        { "$match": { "obs.watts": { "$gt": 200_i64 } } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } },
    ])
}

/// A pipeline that ends in this merge.
fn merging(into: Document, more: Document) -> Bson {
    let mut merge = doc! { "into": into };
    merge.extend(more);
    bson::bson!([
        { "$source": { "connectionName": "sample_stream_solar" } },
        { "$merge": merge },
    ])
}

#[tokio::test]
async fn a_processor_lives_its_life() {
    let mut on = Connected::new("dave");
    let dlq = doc! { "connectionName": "shop", "db": "streams", "coll": "dlq" };
    let options = doc! { "dlq": &dlq, "tier": "SP5", "streamMetaFieldName": "meta" };
    let create =
        doc! { "createStreamProcessor": "solar", "pipeline": pipeline(), "options": options };
    assert_eq!(on.done(create).await, doc! { "ok": 1.0 });

    let one = on.done(doc! { "getStreamProcessor": "solar" }).await;
    let keys: Vec<&str> = one.keys().map(String::as_str).collect();
    assert_eq!(
        keys.join(" "),
        "id name lastModified state tier errorMsg pipeline lastStateChange dlq streamMetaFieldName ok"
    );
    assert_eq!((&one["state"], &one["tier"]), (&"CREATED".into(), &"SP5".into()));
    assert_eq!((&one["pipeline"], &one["dlq"]), (&pipeline(), &dlq.into()));
    let now: Timestamp = NOW.parse().unwrap();
    assert_eq!(one.get_datetime("lastModified").unwrap().timestamp_millis(), now.as_millisecond());

    on.done(doc! { "startStreamProcessor": "solar", "workers": 1, "tier": "SP10" }).await;
    let stats =
        on.done(doc! { "getStreamProcessorStats": "solar", "options": { "scale": 1024 } }).await;
    let instance = on.meanwhile(instances::get).await;
    let ns = format!("{}.{}.solar", instance["_id"].as_str().unwrap(), on.session.instance.project);
    assert_eq!(stats["ns"], ns.into());
    let inner = stats.get_document("stats").unwrap();
    assert_eq!((&inner["scaleFactor"], &inner["ok"]), (&1024_i64.into(), &1.0.into()));
    assert!(inner.get_i64("inputMessageCount").is_ok(), "{inner}");
    assert_eq!(inner["status"], "running".into());
    on.done(doc! { "stopStreamProcessor": "solar" }).await;

    let change = doc! { "modifyStreamProcessor": "solar", "pipeline": merging(
        doc! { "connectionName": "shop", "db": "shop", "coll": "orders" }, doc! {},
    ), "name": "sun", "dlq": {} };
    on.done(change).await;
    let filter = doc! { "name": "sun", "state": "STOPPED" };
    let rows = on.done(doc! { "listStreamProcessors": 1, "filter": filter }).await;
    let row = rows.get_array("streamProcessors").unwrap()[0].as_document().unwrap();
    assert_eq!((row.get("dlq"), row.get_array("pipeline").unwrap().len()), (None, 2));
    on.done(doc! { "dropStreamProcessor": "sun" }).await;
    assert!(on.refused(doc! { "getStreamProcessor": "sun" }).await.starts_with("125 "));

    let written = ["createStreamProcessor", "startStreamProcessor", "stopStreamProcessor"]
        .map(|what| format!("{what} admin.dave admin.atlasAdmin 1 - solar"));
    let dropped = "dropStreamProcessor admin.dave admin.atlasAdmin 1 - sun".to_owned();
    assert_eq!(on.written().await, [&written[..], &[dropped]].concat());
    let events = on.meanwhile(|work, own| {
        events::list(work, own.project, &events::Filter::default(), Part { limit: 5, skip: 0 })
    });
    let told: Vec<String> = events
        .await
        .iter()
        .rev()
        .map(|event| {
            format!("{} {}", event["eventTypeName"], event["dbUserUsername"]).replace('"', "")
        })
        .collect();
    let expected = ["CREATED", "STARTED", "STOPPED", "MODIFIED", "DROPPED"];
    assert_eq!(told, expected.map(|what| format!("STREAM_PROCESSOR_{what} dave")));
}

#[tokio::test]
async fn both_ways_lead_to_the_same_processors() {
    let mut on = Connected::new("dave");
    on.done(doc! { "createStreamProcessor": "from-shell", "pipeline": pipeline() }).await;
    let seen = on.seen("from-shell").await;
    // The API's document has no further fields.
    let keys: Vec<&String> = seen.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["_id", "failoverEnabled", "name", "options", "pipeline", "state", "tier", "stats"]
    );
    assert_eq!(
        seen["pipeline"][1],
        json!({ "$match": { "obs.watts": { "$gt": { "$numberLong": "200" } } } })
    );

    let made = json!({ "name": "from-api", "pipeline": seen["pipeline"], "tier": "SP2" });
    on.meanwhile(move |work, own| processors::create(work, own, &attributes(made))).await;
    let one = on.done(doc! { "getStreamProcessor": "from-api" }).await;
    assert_eq!((&one["pipeline"], &one["tier"]), (&pipeline(), &"SP2".into()));
    on.done(doc! { "startStreamProcessor": "from-api" }).await;
    assert_eq!(on.seen("from-api").await["state"], "STARTED");
}

#[tokio::test]
async fn listings_say_what_shells_show() {
    let mut on = Connected::new("carol");
    let all = on.done(doc! { "listStreamProcessors": 1, "filter": Bson::Null }).await;
    let rows = all.get_array("streamProcessors").unwrap();
    assert!(rows.len() > 1);
    for row in rows {
        let row = row.as_document().unwrap();
        assert!(
            row.get_datetime("lastModified").is_ok() && row.get_datetime("lastStateChange").is_ok(),
            "{row}"
        );
    }
    let none = on.done(doc! { "listStreamProcessors": 1, "filter": { "state": "FAILED" } }).await;
    assert_eq!(none.get_array("streamProcessors").unwrap().len(), 0);
    let all = on.done(doc! { "listStreamConnections": 1, "filter": Bson::Null }).await;
    insta::assert_snapshot!(told(all.get_array("connections").unwrap()), @r#"
    { "name": "order-events", "type": "kafka" }
    { "name": "warehouse", "type": "kafka" }
    { "name": "shop", "type": "atlas", "cluster": "shop-main" }
    { "name": "ledger-read", "type": "atlas", "cluster": "payments-ledger" }
    { "name": "order-mailer", "type": "awslambda" }
    { "name": "sample_stream_solar", "type": "inmemory" }
    "#);
    let one = on.done(doc! { "listStreamConnections": 1, "filter": { "type": "inmemory" } }).await;
    assert_eq!(one.get_array("connections").unwrap().len(), 1);
    let sizes = on.done(doc! { "listWorkspaceDefaults": 1 }).await;
    insta::assert_snapshot!(sizes, @r#"{ "defaultTierSize": "SP30", "maxTierSize": "SP50", "ok": 1 }"#);
    assert!(on.written().await.is_empty());
}

fn told(rows: &[Bson]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

#[tokio::test]
async fn refusals_have_the_codes_and_words_that_clients_know() {
    let mut on = Connected::new("dave");
    on.done(doc! { "createStreamProcessor": "p", "pipeline": pipeline() }).await;
    on.done(doc! { "createStreamProcessor": "runs", "pipeline": pipeline() }).await;
    on.done(doc! { "startStreamProcessor": "runs" }).await;
    let nowhere = merging(doc! { "connectionName": "nowhere", "db": "d", "coll": "c" }, doc! {});
    let queue = doc! { "connectionName": "order-events", "db": "d", "coll": "c" };
    let mut told = String::new();
    for command in [
        doc! { "createStreamProcessor": "p", "pipeline": pipeline() },
        doc! { "createStreamProcessor": "q", "pipeline": nowhere.clone() },
        doc! { "createStreamProcessor": "q" },
        doc! { "createStreamProcessor": "q", "pipeline": 1 },
        doc! { "createStreamProcessor": "q", "pipeline": [] },
        doc! { "createStreamProcessor": "q", "pipeline": [{ "$match": {} }] },
        doc! { "createStreamProcessor": "q", "pipeline": [1] },
        doc! { "createStreamProcessor": "", "pipeline": pipeline() },
        doc! { "createStreamProcessor": 1, "pipeline": pipeline() },
        doc! { "createStreamProcessor": "q", "pipeline": pipeline(), "options": { "tier": "SP1" } },
        doc! { "createStreamProcessor": "q", "pipeline": pipeline(), "options": { "dlq": queue } },
        doc! { "createStreamProcessor": "q", "pipeline": pipeline(), "options": { "nice": true } },
        doc! { "createStreamProcessor": "q", "pipeline": pipeline(), "options": 1 },
        doc! { "createStreamProcessor": "q", "pipeline": pipeline(), "streamMetaFieldName": "$a" },
        doc! { "startStreamProcessor": "nobody" },
        doc! { "startStreamProcessor": "runs" },
        doc! { "startStreamProcessor": "p", "tier": "SP5", "options": { "tier": "SP5" } },
        doc! { "startStreamProcessor": "p", "workers": 0 },
        doc! { "startStreamProcessor": "p", "resumeFromCheckpoint": 1 },
        doc! { "startStreamProcessor": "p", "startAtOperationTime": "now" },
        doc! { "stopStreamProcessor": "p" },
        doc! { "stopStreamProcessor": "runs", "hard": true },
        doc! { "modifyStreamProcessor": "runs", "tier": "SP5" },
        doc! { "modifyStreamProcessor": "p", "name": "runs" },
        doc! { "dropStreamProcessor": "nobody" },
        doc! { "getStreamProcessor": "nobody" },
        doc! { "getStreamProcessorStats": "p" },
        doc! { "getStreamProcessorStats": "runs", "scale": 0 },
        doc! { "listStreamProcessors": 1, "filter": "p" },
        doc! { "listStreamConnections": 1, "sort": 1 },
        doc! { "find": "orders", "filter": {} },
        doc! { "listDatabases": 1, "nameOnly": true },
        doc! { "findandmodify": "orders" },
        doc! { "flyToTheMoon": 1 },
    ] {
        let name = command.keys().next().unwrap().clone();
        told += &format!("{name}: {}\n", on.refused(command).await);
    }
    insta::assert_snapshot!(told, @r#"
    createStreamProcessor: 125 A stream processor named p already exists in orders.
    createStreamProcessor: 125 connection named nowhere does not exist. Check sp.listConnections() for available connections
    createStreamProcessor: 9 Invalid attribute pipeline: it is required.
    createStreamProcessor: 9 "pipeline" of createStreamProcessor must be an array of stages
    createStreamProcessor: 9 Invalid attribute pipeline: it must be a list of stages.
    createStreamProcessor: 9 Invalid attribute pipeline: its first stage, and only that, must be $source.
    createStreamProcessor: 9 Invalid attribute pipeline: stage 1 is not an object with one $-operator.
    createStreamProcessor: 72 Invalid attribute name: letters, digits, '-', '_' and '.', beginning with a letter or digit.
    createStreamProcessor: 9 createStreamProcessor needs the name of a processor
    createStreamProcessor: 72 Invalid attribute tier: it must be one of SP2, SP5, SP10, SP30, SP50.
    createStreamProcessor: 72 Invalid attribute options.dlq: order-events is not a connection to a cluster.
    createStreamProcessor: 72 "nice" is not a valid argument to createStreamProcessor
    createStreamProcessor: 72 "options" is not a valid argument to createStreamProcessor
    createStreamProcessor: 72 Invalid attribute streamMetaFieldName: it must be the name of a field: not empty, without dots, no $ first.
    startStreamProcessor: 125 No stream processor named nobody exists in orders.
    startStreamProcessor: 125 The stream processor runs is already started.
    startStreamProcessor: 72 "tier" of startStreamProcessor is given twice
    startStreamProcessor: 72 "workers" of startStreamProcessor must be a whole number, at least 1
    startStreamProcessor: 72 "resumeFromCheckpoint" of startStreamProcessor must be true or false
    startStreamProcessor: 72 "startAtOperationTime" of startStreamProcessor must be a time
    stopStreamProcessor: 125 The stream processor p is not running.
    stopStreamProcessor: 72 "hard" is not a valid argument to stopStreamProcessor
    modifyStreamProcessor: 125 The stream processor runs is running: stop it before changing it.
    modifyStreamProcessor: 125 A stream processor named runs already exists in orders.
    dropStreamProcessor: 125 No stream processor named nobody exists in orders.
    getStreamProcessor: 125 No stream processor named nobody exists in orders.
    getStreamProcessorStats: 125 The stream processor p is not running.
    getStreamProcessorStats: 72 "scale" of getStreamProcessorStats must be a whole number, at least 1
    listStreamProcessors: 72 "filter" of listStreamProcessors must be a document
    listStreamConnections: 72 "sort" is not a valid argument to listStreamConnections
    find: 13 not authorized on admin to execute command { find: "orders" }
    listDatabases: 13 not authorized on admin to execute command { listDatabases: 1 }
    findandmodify: 13 not authorized on admin to execute command { findandmodify: "orders" }
    flyToTheMoon: 59 no such command: 'flyToTheMoon'
    "#);
    // Nothing of it was done, and nothing of it is for the log.
    assert_eq!(on.written().await.len(), 3);
    let rows = on.done(doc! { "listStreamProcessors": 1, "filter": { "name": "q" } }).await;
    assert!(rows.get_array("streamProcessors").unwrap().is_empty());
}
