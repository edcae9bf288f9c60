//! What an instance answers: filters of lists, as in a query; processors that are large; and what is
//! refused, in which words.

use bson::{Bson, Document, doc};

use crate::support::Lab;
use crate::wire::{Wire, ok, refusal};

const PASSWORD: &str = "correct horse";
/// What a processor may have, as JSON.
const LARGEST: usize = 1 << 20;

fn operator(lab: &Lab) -> Wire {
    let create =
        ["users", "create", "op", "--role", "streamDeveloper", "--password-stdin", "--yes"];
    lab.spctl(create).stdin(&format!("{PASSWORD}\n")).finish().exits(0);
    Wire::signed_in(lab.endpoint("orders"), "op", PASSWORD)
}

fn pipeline(filler: usize) -> [Document; 3] {
    [
        doc! { "$source": { "connectionName": "sample_stream_solar" } },
        doc! { "$match": { "a": "x".repeat(filler) } },
        doc! { "$emit": { "connectionName": "__testLog", "topic": "t" } },
    ]
}

/// The names in a listing with this filter.
fn listed(wire: &mut Wire, command: &str, filter: Document) -> Vec<String> {
    let answer = wire.run(doc! { command: 1, "filter": filter.clone() });
    assert_eq!(ok(&answer), 1.0, "{filter}: {answer}");
    let rows = answer.get_array("streamProcessors").or_else(|_| answer.get_array("connections"));
    let rows = rows.expect("a list").iter().filter_map(Bson::as_document);
    rows.map(|row| row.get_str("name").expect("a name").to_owned()).collect()
}

#[test]
fn filters_are_those_of_a_query() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let (list, all) = ("listStreamProcessors", doc! {});
    for name in ["q1", "q2", "Q3"] {
        let create = doc! { "createStreamProcessor": name, "pipeline": pipeline(1).to_vec() };
        assert_eq!(ok(&wire.run(create)), 1.0);
    }
    assert_eq!(ok(&wire.run(doc! { "startStreamProcessor": "q2" })), 1.0);
    let own = doc! { "name": { "$regex": "^q", "$options": "i" } };
    let regex = |pattern: &str| {
        let pattern = pattern.try_into().expect("no zero byte");
        bson::Regex { pattern, options: "i".try_into().expect("an option") }
    };
    let cases = [
        (doc! { "state": { "$eq": "STARTED" } }, vec!["q2"]),
        (doc! { "state": "CREATED" }, vec!["q1", "Q3"]),
        (doc! { "state": { "$ne": "STARTED" } }, vec!["q1", "Q3"]),
        (doc! { "state": { "$in": ["STARTED", "FAILED"] } }, vec!["q2"]),
        (doc! { "name": { "$nin": ["q1", regex("^q3")] } }, vec!["q2"]),
        (doc! { "name": { "$regex": "^q" } }, vec!["q1", "q2"]),
        (doc! { "name": regex("^Q[13]") }, vec!["q1", "Q3"]),
        (doc! { "name": { "$gt": "Q3", "$lte": "q1" } }, vec!["q1"]),
        (doc! { "name": { "$gte": "Q3", "$lt": "q1" } }, vec!["Q3"]),
        (doc! { "name": { "$not": { "$regex": "1" } } }, vec!["q2", "Q3"]),
        (
            doc! { "tier": { "$exists": true }, "nothing": { "$exists": false } },
            vec!["q1", "q2", "Q3"],
        ),
        (doc! { "$or": [{ "name": "q1" }, { "name": "Q3" }] }, vec!["q1", "Q3"]),
        (doc! { "$and": [{ "name": "q1" }, { "state": "CREATED" }] }, vec!["q1"]),
        (doc! { "$nor": [{ "name": "q1" }] }, vec!["q2", "Q3"]),
        (
            doc! { "pipeline.0.$source.connectionName": "sample_stream_solar" },
            vec!["q1", "q2", "Q3"],
        ),
        (doc! { "lastModified": { "$gt": bson::DateTime::MIN } }, vec!["q1", "q2", "Q3"]),
        (doc! { "nothing": 1 }, vec![]),
    ];
    for (filter, expected) in cases {
        let found = listed(&mut wire, list, doc! { "$and": [own.clone(), filter.clone()] });
        assert_eq!(found, expected, "{filter}");
    }
    assert!(listed(&mut wire, list, all).len() > 3, "the sample has some, too");
    let connections =
        listed(&mut wire, "listStreamConnections", doc! { "type": { "$in": ["kafka"] } });
    assert!(
        !connections.is_empty() && !connections.contains(&"shop".to_owned()),
        "{connections:?}"
    );
    for (filter, operator) in [
        (doc! { "$where": "1" }, "$where"),
        (doc! { "name": { "$size": 1 } }, "$size"),
        (doc! { "name": { "$foo": 1 } }, "$foo"),
        (doc! { "$or": [{ "name": { "$not": { "$bar": 1 } } }] }, "$bar"),
    ] {
        for command in [list, "listStreamConnections"] {
            let answer = wire.run(doc! { command: 1, "filter": filter.clone() });
            assert_eq!(refusal(&answer), (2, format!("unknown operator: {operator}").as_str()));
        }
    }
    for filter in
        [doc! { "$and": [] }, doc! { "name": { "$regex": "(" } }, doc! { "name": { "$in": 5 } }]
    {
        let answer = wire.run(doc! { list: 1, "filter": filter.clone() });
        assert_eq!(refusal(&answer).0, 2, "{filter}: {answer}");
    }
}

#[test]
fn a_match_that_is_none_is_refused() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let [source, _, sink] = pipeline(0);
    for (condition, told) in [
        (Bson::from(5), "condition"),
        (doc! { "a": { "$foo": 1 } }.into(), "unknown operator: $foo"),
        (doc! { "$foo": 1 }.into(), "unknown operator: $foo"),
        (doc! { "a": { "$regex": "(" } }.into(), "regular expression"),
        (doc! { "$or": 1 }.into(), "$or"),
    ] {
        let stages = vec![source.clone(), doc! { "$match": condition }, sink.clone()];
        for command in [
            doc! { "createStreamProcessor": "p", "pipeline": stages.clone() },
            doc! { "processStreamProcessor": stages.clone() },
        ] {
            let answer = wire.run(command);
            let (code, text) = refusal(&answer);
            assert!(code == 9 && text.contains(told), "{answer}");
        }
    }
    // What is known to MongoDB and not run here.
    let stages = vec![source, doc! { "$match": { "a": { "$size": 1 } } }, sink];
    assert_eq!(ok(&wire.run(doc! { "createStreamProcessor": "p", "pipeline": stages })), 1.0);
}

#[test]
fn a_processor_has_a_largest_size_whichever_way_it_comes() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let create =
        |filler| doc! { "createStreamProcessor": "p", "pipeline": pipeline(filler).to_vec() };
    for filler in [LARGEST, 15_000_000] {
        let answer = wire.run(create(filler));
        let (code, text) = refusal(&answer);
        assert!(code == 72 && text.contains("at most 1048576 bytes"), "{answer}");
        let process = doc! { "processStreamProcessor": pipeline(filler)[..2].to_vec() };
        assert_eq!(refusal(&wire.run(process)).0, 72);
    }
    assert_eq!(ok(&wire.run(create(LARGEST - 1000))), 1.0);
    let modify = |more: Document| {
        let mut command = doc! { "modifyStreamProcessor": "p" };
        command.extend(more);
        command
    };
    // Nor does it grow piece by piece.
    for more in [
        doc! { "pipeline": pipeline(LARGEST).to_vec() },
        doc! { "dlq": { "connectionName": "shop", "db": "x".repeat(2000), "coll": "y" } },
        doc! { "streamMetaFieldName": "x".repeat(2000) },
    ] {
        assert_eq!(refusal(&wire.run(modify(more))).0, 72);
    }
    assert_eq!(ok(&wire.run(doc! { "getStreamProcessor": "p" })), 1.0);
}

#[test]
fn many_large_processors_are_listed_stopped_and_deleted() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let names: Vec<String> = (0..30).map(|n| format!("large-{n:02}")).collect();
    let parent = format!("{}/orders", lab.project());
    for (number, name) in names.iter().enumerate() {
        let state = if number == 17 { "STARTED" } else { "CREATED" };
        let processor = serde_json::json!({
            "_id": format!("{number:024x}"), "name": name, "state": state, "tier": "SP10",
            "options": {}, "failoverEnabled": false,
            "pipeline": [
                { "$source": { "connectionName": "sample_stream_solar" } },
                { "$match": { "a": "x".repeat(LARGEST - 500) } },
                { "$emit": { "connectionName": "__testLog", "topic": "t" } },
            ],
        });
        lab.add("processor", &parent, name, &processor);
    }
    let answer = wire.run(doc! { "listStreamProcessors": 1 });
    let (code, text) = refusal(&answer);
    assert!(code == 10334 && text.contains("filter"), "{answer}");
    assert_eq!(
        listed(&mut wire, "listStreamProcessors", doc! { "name": "large-03" }),
        ["large-03"]
    );
    let list = ["processors", "list", "--instance", "orders", "-q"];
    let listed = |lab: &Lab| -> Vec<String> {
        let names = lab.spctl(list).finish().exits(0).out();
        let names = names.lines().filter(|name| name.starts_with("large-"));
        names.map(str::to_owned).collect()
    };
    assert_eq!(listed(&lab), names);
    lab.spctl(["processors", "stop", "large-17", "--instance", "orders", "--yes"])
        .finish()
        .exits(0);
    lab.spctl(["processors", "delete", "large-29", "--instance", "orders", "--yes"])
        .finish()
        .exits(0);
    assert_eq!(listed(&lab), names[..29]);
}

/// Event, outcome and processor of what `op` did.
fn log(lab: &Lab) -> Vec<String> {
    let show = ["audit", "show", "orders", "--since", "all", "--user", "op"];
    let show = lab.spctl(show).and(&["--columns", "event,outcome,processor"]).finish().exits(0);
    let lines = show.out().lines().map(|line| line.replace('\t', " ")).collect::<Vec<_>>();
    lines.into_iter().filter(|line| line.contains("tream") || line.contains("process(")).collect()
}

#[test]
fn what_a_connection_s_role_forbids_is_a_failure_in_the_log() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let forbidden = doc! { "into": { "connectionName": "shop", "db": "shop", "coll": "b" } };
    let stages = vec![pipeline(1)[0].clone(), doc! { "$merge": forbidden }];
    let create = doc! { "createStreamProcessor": "p", "pipeline": stages.clone() };
    assert_eq!(ok(&wire.run(create)), 1.0);
    assert_eq!(ok(&wire.run(doc! { "startStreamProcessor": "p" })), 1.0);
    let seen = wire.run(doc! { "getStreamProcessor": "p" });
    assert_eq!(seen.get_str("state").unwrap(), "FAILED");
    let answer = wire.run(doc! { "processStreamProcessor": stages });
    let (code, text) = refusal(&answer);
    assert!(code == 13 && text.contains("lacks the privilege INSERT"), "{answer}");
    // Another pipeline has not failed yet.
    let modify = doc! { "modifyStreamProcessor": "p", "pipeline": pipeline(1).to_vec() };
    assert_eq!(ok(&wire.run(modify)), 1.0);
    let now = wire.run(doc! { "getStreamProcessor": "p" });
    assert_eq!(now.get_str("errorMsg").unwrap(), "");
    assert_eq!(ok(&wire.run(doc! { "startStreamProcessor": "p" })), 1.0);
    assert_eq!(
        log(&lab),
        [
            "createStreamProcessor success p",
            "startStreamProcessor failure p",
            ".process() failure (ephemeral)",
            "startStreamProcessor success p",
        ]
    );
}

#[test]
fn connections_are_named_by_text() {
    let lab = Lab::new().with_instances();
    let mut wire = operator(&lab);
    let [source, matching, sink] = pipeline(1);
    let emit = |name: Bson| doc! { "$emit": { "connectionName": name, "topic": "t" } };
    for stages in [
        vec![doc! { "$source": {} }, sink.clone()],
        vec![doc! { "$source": { "connectionName": 5 } }, sink.clone()],
        vec![doc! { "$source": { "connectionName": ["shop"] } }, sink.clone()],
        vec![source.clone(), emit(doc! { "a": 1 }.into())],
        vec![source.clone(), doc! { "$merge": { "into": { "connectionName": true } } }],
        vec![
            source.clone(),
            doc! { "$lookup": { "from": { "connectionName": 1.5 } } },
            sink.clone(),
        ],
    ] {
        let create = doc! { "createStreamProcessor": "p", "pipeline": stages };
        let answer = wire.run(create);
        assert!(
            refusal(&answer).0 == 9 && answer.to_string().contains("connectionName"),
            "{answer}"
        );
    }
    // A field of the data may have the name, and any value.
    let field = doc! { "$match": { "connectionName": 5 } };
    let stages = vec![source, matching, field, doc! { "$match": { "connectionName": "x" } }, sink];
    assert_eq!(ok(&wire.run(doc! { "createStreamProcessor": "p", "pipeline": stages })), 1.0);
}
