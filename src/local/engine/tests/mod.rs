//! Documents, stages and counts, one by one.

mod properties;

use bson::{Bson, Document, doc};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::order::compare;
use super::{PACE, Run, Sender, Source, Tally};

const BEGIN: &str = "2026-03-01T12:00:00Z";

fn begin() -> Timestamp {
    BEGIN.parse().unwrap()
}

fn sender() -> Sender {
    Sender { instance: "orders".into(), processor: "watts".into() }
}

fn run_of(stages: &Value) -> Run {
    Run::new(stages, Source::new("seed", begin()), sender())
}

/// What reaches the end of the first documents.
fn outputs(run: &Run, n: u64) -> Vec<Document> {
    let mut told = Vec::new();
    (0..n).filter_map(|n| run.came(n, &mut told).output).collect()
}

fn size(document: &Document) -> u64 {
    document.to_vec().unwrap().len() as u64
}

#[test]
fn documents_look_like_the_sample_s_and_come_at_a_steady_pace() {
    let source = Source::new("seed", begin());
    let document = source.document(0);
    let keys: Vec<_> = document.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "device_id",
            "group_id",
            "timestamp",
            "max_watts",
            "event_type",
            "obs",
            "_ts",
            "_stream_meta"
        ]
    );
    assert_eq!(document.get_str("timestamp").unwrap(), "2026-03-01T12:00:00.250+00:00");
    assert_eq!(document.get_datetime("_ts").unwrap().timestamp_millis(), 1_772_366_400_250);
    assert_eq!(source.arrived(begin()), 0);
    assert_eq!(source.arrived(begin() + PACE * 7), 7);
    assert_eq!(source.arrived(begin() - PACE * 7), 0, "a clock that was put back");
    assert_ne!(document, Source::new("other", begin()).document(0));
    // Whatever is looked for comes soon.
    let documents = outputs(&run_of(&json!([])), 66);
    for n in 0..11 {
        assert!(documents.iter().any(|d| d.get_i32("group_id").unwrap() == n), "group {n}");
        let device = format!("device_{n}");
        assert!(documents.iter().any(|d| d.get_str("device_id").unwrap() == device), "{device}");
    }
    for document in documents {
        let watts = document.get_document("obs").unwrap().get_i32("watts").unwrap();
        assert!((0..=document.get_i32("max_watts").unwrap()).contains(&watts));
    }
}

#[test]
fn a_match_lets_through_what_mongodb_s_would() {
    let a = doc! {
        "n": 5, "t": "x", "none": Bson::Null, "nan": f64::NAN, "list": [1, 2, { "b": 3 }],
        "in": { "a": 1, "b": 2 }, "time": bson::DateTime::from_millis(5),
    };
    let holds = |condition: Value| {
        let Ok(Bson::Document(condition)) = Bson::try_from(condition) else { panic!() };
        super::predicate::Predicate::read(&condition).map(|p| p.holds(&a))
    };
    let regex = |pattern: &str, options: &str| json!({ "$regularExpression": { "pattern": pattern, "options": options } });
    let yes = [
        json!({}),
        json!({ "n": 5 }),
        json!({ "n": 5.0, "t": { "$in": ["y", "x"] } }),
        json!({ "n": { "$gt": 4, "$lte": { "$numberLong": "5" } } }),
        json!({ "n": { "$lt": { "$numberDecimal": "5.1" } } }),
        json!({ "n": { "$not": { "$gt": 5 } } }),
        json!({ "n": { "$nin": [1, 2] }, "t": { "$ne": "y" } }),
        json!({ "missing": null, "none": null }),
        json!({ "missing": { "$exists": false }, "none": { "$exists": true } }),
        json!({ "missing": { "$ne": 1 }, "missing.too": { "$lte": null } }),
        json!({ "list": 2, "list.b": 3, "list.0": 1 }),
        json!({ "list": [1, 2, { "b": 3 }] }),
        json!({ "in": { "a": 1, "b": 2 }, "in.b": { "$gte": 2 } }),
        json!({ "$or": [{ "n": 1 }, { "$and": [{ "n": 5 }, { "t": "x" }] }] }),
        json!({ "$nor": [{ "n": 1 }, { "t": 5 }] }),
        json!({ "nan": { "$numberDouble": "NaN" } }),
        json!({ "nan": { "$gte": { "$numberDouble": "NaN" } } }),
        json!({ "time": { "$gt": { "$date": { "$numberLong": "4" } } } }),
        json!({ "t": { "$gt": { "$minKey": 1 } } }),
        json!({ "t": { "$regex": "^x" } }),
        json!({ "t": { "$regex": "^X$", "$options": "i" } }),
        json!({ "t": { "$options": "six", "$regex": " X # a text" } }),
        json!({ "t": { "$not": { "$regex": "y" } }, "n": { "$not": { "$regex": "5" } } }),
        json!({ "t": regex("X", "i") }),
        json!({ "t": { "$in": [regex("y", ""), regex("x", "")] }, "n": { "$in": [regex("x", ""), 5] } }),
        json!({ "t": { "$nin": [regex("y", "")] }, "missing": { "$nin": [regex("y", "")] } }),
        json!({ "t": { "$not": regex("y", "") } }),
    ];
    for condition in yes {
        assert_eq!(holds(condition.clone()), Ok(true), "{condition}");
    }
    let no = [
        json!({ "n": "5" }),
        json!({ "n": { "$gt": "4" } }),
        json!({ "n": { "$gt": null } }),
        json!({ "nan": { "$lt": 5 } }),
        json!({ "nan": { "$gt": 5 } }),
        json!({ "in": { "b": 2, "a": 1 } }),
        json!({ "missing": { "$gt": 1 } }),
        json!({ "missing": { "$lt": null } }),
        json!({ "list.c": { "$exists": true } }),
        json!({ "n": { "$in": [] } }),
        json!({ "none": { "$ne": null } }),
        json!({ "t": { "$regex": "^X" } }),
        json!({ "n": { "$regex": "5" } }),
        json!({ "t": { "$nin": [regex("x", "")] } }),
        json!({ "missing": regex("", "") }),
        json!({ "t": { "$eq": regex("x", "") } }),
    ];
    for condition in no {
        assert_eq!(holds(condition.clone()), Ok(false), "{condition}");
    }
    let unknown = [
        json!({ "$expr": { "$gt": ["$n", 1] } }),
        json!({ "t": { "$regex": "(" } }),
        json!({ "t": { "$regex": 5 } }),
        json!({ "t": { "$regex": "x", "$options": "q" } }),
        json!({ "t": { "$regex": "x".repeat(32_765) } }),
        json!({ "t": { "$options": "i" } }),
        json!({ "t": { "$gt": regex("x", "") } }),
        json!({ "t": { "$in": [{ "$gt": 1 }] } }),
        json!({ "n": { "$mod": [2, 1] } }),
        json!({ "n": { "$gt": 1, "x": 1 } }),
        json!({ "$and": [] }),
        json!({ "$or": 5 }),
        json!({ "n": { "$in": 5 } }),
        json!({ "n": { "$not": 5 } }),
    ];
    for condition in unknown {
        assert!(holds(condition.clone()).is_err(), "{condition}");
    }
}

#[test]
fn shapes_are_mongodb_s() {
    let before = doc! { "a": 1, "b": { "c": 2, "d": 3 }, "l": [{ "x": 1, "y": 2 }, 5], "z": 0 };
    let shaped = |stage: Value| {
        let (operator, arguments) = stage.as_object().unwrap().iter().next().unwrap();
        let arguments = Bson::try_from(arguments.clone()).unwrap();
        super::shape::Shape::read(operator, &arguments).map(|shape| shape.apply(before.clone()))
    };
    let cases = [
        (json!({ "$project": { "z": 1, "b.c": true } }), doc! { "b": { "c": 2 }, "z": 0 }),
        (json!({ "$project": { "b": { "d": 1 }, "n": "$a" } }), doc! { "b": { "d": 3 }, "n": 1 }),
        (json!({ "$project": { "_id": 0, "l.x": 1 } }), doc! { "l": [{ "x": 1 }] }),
        (
            json!({ "$project": { "b": 0, "l.x": false } }),
            doc! { "a": 1, "l": [{ "y": 2 }, 5], "z": 0 },
        ),
        (
            json!({ "$project": { "t": "text", "one": { "$literal": 1 } } }),
            doc! {
                "t": "text", "one": 1,
            },
        ),
        (
            json!({ "$project": { "new": { "at": "$b.c" }, "none": "$no" } }),
            doc! {
                "new": { "at": 2 },
            },
        ),
        (json!({ "$unset": ["a", "b.c", "l", "no.thing"] }), doc! { "b": { "d": 3 }, "z": 0 }),
        (json!({ "$unset": "l" }), doc! { "a": 1, "b": { "c": 2, "d": 3 }, "z": 0 }),
        (
            json!({ "$set": { "b.e": "$a", "l": "$l.x", "z": "$no" } }),
            doc! { "a": 1, "b": { "c": 2, "d": 3, "e": 1 }, "l": [1] },
        ),
        (
            json!({ "$addFields": { "a.n": 1, "b": { "c": ["$z", "$no"] }, "l": 5, "z": true } }),
            doc! { "a": { "n": 1 }, "b": { "c": [0, Bson::Null], "d": 3 }, "l": 5, "z": true },
        ),
        (
            json!({ "$addFields": { "a": "$z", "z": "$a", "l.k": 1, "b": null } }),
            doc! { "a": 0, "b": Bson::Null, "l": [{ "x": 1, "y": 2, "k": 1 }, { "k": 1 }], "z": 1 },
        ),
    ];
    for (stage, after) in cases {
        assert_eq!(shaped(stage.clone()), Ok(after), "{stage}");
    }
    let unknown = [
        json!({ "$project": { "a": 1, "b": 0 } }),
        json!({ "$project": {} }),
        json!({ "$project": { "a": { "$add": [1, 2] } } }),
        json!({ "$set": { "a": "$$ROOT" } }),
        json!({ "$set": { "a": 1, "a.b": 2 } }),
        json!({ "$set": { "a..b": 2 } }),
        json!({ "$set": 5 }),
        json!({ "$unset": [5] }),
        json!({ "$unset": [] }),
    ];
    for stage in unknown {
        assert!(shaped(stage.clone()).is_err(), "{stage}");
    }
}

#[test]
fn what_is_not_run_says_so_once_and_lets_documents_pass() {
    let stages = json!([
        { "$source": { "connectionName": "sample_stream_solar" } },
        { "$match": { "group_id": 3 } },
        { "$tumblingWindow": { "interval": { "size": 1, "unit": "second" }, "pipeline": [] } },
        { "$match": { "device_id": { "$regex": "1$" } } },
        { "$emit": { "connectionName": "__testLog" } },
    ]);
    let run = run_of(&stages);
    let (mut told, mut letters, mut passed) = (Vec::new(), Vec::new(), 0);
    for n in 0..66 {
        let came = run.came(n, &mut told);
        letters.extend(came.letters);
        passed += u64::from(came.output.is_some());
    }
    assert_eq!((letters.len(), passed), (2, 6));
    let letter = letters[0].get_document("_dlqMessage").unwrap();
    let keys: Vec<_> = letter.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "_stream_meta",
            "errInfo",
            "operatorName",
            "doc",
            "processorName",
            "instanceName",
            "dlqTime"
        ]
    );
    assert_eq!(letter.get_str("operatorName").unwrap(), "$tumblingWindow");
    assert_eq!(letter.get_document("doc").unwrap().get_i32("group_id").unwrap(), 3);
    let reason = letters[1].get_document("_dlqMessage").unwrap();
    let reason = reason.get_document("errInfo").unwrap().get_str("reason").unwrap();
    assert!(reason.contains("does not run $match with $regex"), "{reason}");
    assert_eq!(run.totals(66).letters.count, 2);
    assert!(sender().no_documents(0).get_document("_dlqMessage").is_ok());
}

#[test]
fn limits_end_a_stream() {
    let stages = json!([{ "$match": { "group_id": 3 } }, { "$limit": 4 }, { "$limit": 2.0 }]);
    let run = run_of(&stages);
    assert_eq!(outputs(&run, 1000).len(), 2);
    assert_eq!(run.totals(u64::MAX / 2).output.count, 2);
    let end = (0..).find(|n| run.is_over(*n)).unwrap();
    assert_eq!(outputs(&run, end).len(), 2);
    assert_eq!(outputs(&run, end - 1).len(), 1);
    let far = run_of(&json!([{ "$match": { "group_id": 3 } }, { "$limit": 1_000_000 }]));
    assert_eq!(far.totals(1 << 40).output.count, 1_000_000);
}

#[test]
fn months_are_counted_without_making_their_documents() {
    let year = 365 * 24 * 3600 * 4;
    let totals = run_of(&json!([{ "$match": { "group_id": { "$lt": 2 } } }])).totals(year);
    assert_eq!(totals.input.count, year);
    // 12 of 66, within a period.
    assert_eq!(
        totals.output.count.abs_diff(year / 66 * 12).min(12),
        totals.output.count - year / 66 * 12
    );
    let noon = json!({ "$date": "2026-09-01T00:00:00Z" });
    let until = run_of(&json!([{ "$match": { "_ts": { "$lt": noon } } }])).totals(year);
    assert_eq!(until.output.count, 184 * 24 * 3600 * 4 - 12 * 3600 * 4 - 1);
}

#[test]
fn no_pipeline_makes_documents_grow_without_end() {
    let double = |name: &str, of: &str| json!({ "$set": { name: { "x": of, "y": of } } });
    let mut stages: Vec<Value> = Vec::new();
    for _ in 0..1000 {
        stages.extend([double("a", "$b"), double("b", "$a")]);
    }
    let run = run_of(&json!(stages));
    let documents = outputs(&run, 70);
    assert_eq!(documents.len(), 70);
    assert!(documents.iter().all(|document| size(document) < 64 << 10));
    let long = "a.".repeat(5000) + "b";
    let many: Vec<i32> = (0..100_000).collect();
    let dates: Vec<Value> =
        (0..100).map(|n| json!({ "$date": { "$numberLong": n.to_string() } })).collect();
    let stages = json!([
        { "$set": { &long: 1 } },
        { "$match": { "x": { "$in": many } } },
        { "$match": { "x": { "$in": dates } } },
        { "$set": { "x": "y".repeat(100_000) } },
    ]);
    let run = run_of(&stages);
    assert_eq!(outputs(&run, 5).len(), 5);
    assert_eq!(run.totals(5).letters.count, 4);
}

#[test]
fn types_come_in_mongodb_s_order() {
    let sorted = [
        Bson::MinKey,
        Bson::Null,
        Bson::Int32(5),
        Bson::String("5".into()),
        Bson::Document(doc! { "a": 1 }),
        Bson::Document(doc! { "b": 0 }),
        Bson::Document(doc! { "a": "" }),
        Bson::Array(vec![Bson::Int32(1)]),
        Bson::ObjectId(bson::oid::ObjectId::from_bytes([0; 12])),
        Bson::Boolean(false),
        Bson::Boolean(true),
        Bson::DateTime(bson::DateTime::from_millis(0)),
        Bson::Timestamp(bson::Timestamp { time: 0, increment: 1 }),
        Bson::MaxKey,
    ];
    assert!(sorted.is_sorted_by(|a, b| compare(a, b).is_lt()));
    assert_eq!(Tally::default().and(3, 5), Tally { count: 3, size: 15 });
}
