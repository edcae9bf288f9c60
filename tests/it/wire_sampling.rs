//! Looking at documents of processors over an instance's endpoint: `sample`, `process`, statistics.
//! The control plane's clock stands still unless a test moves it.

use bson::{Bson, Document, doc};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use spctl::local::Clock;
use spctl::local::admin::Admin;

use crate::support::Lab;
use crate::wire::{Wire, ok, refusal};

const PASSWORD: &str = "correct horse";

struct Shell {
    lab: Lab,
    wire: Wire,
}

impl Shell {
    /// Somebody who has signed in to `orders`.
    fn of(user: &str) -> Shell {
        let lab = Lab::new().with_instances();
        let wire = signed_in(&lab, user);
        Shell { lab, wire }
    }

    fn done(&mut self, command: Document) -> Document {
        let answer = self.wire.run(command);
        assert_eq!(ok(&answer), 1.0, "{answer}");
        answer
    }

    /// Moves the control plane's clock, whatever it is counted from.
    fn later(&self, milliseconds: i64) {
        let clock = Clock::Fixed(Timestamp::UNIX_EPOCH);
        let mut admin = Admin::open(&self.lab.file("server/store.db"), clock).expect("a store");
        admin.advance(SignedDuration::from_millis(milliseconds)).expect("nobody else writes");
    }

    /// A processor that runs.
    fn watts(&mut self, stages: Vec<Document>) {
        let mut pipeline = vec![source()];
        pipeline.extend(stages);
        pipeline.push(doc! { "$emit": { "connectionName": "__testLog", "topic": "t" } });
        self.done(doc! { "createStreamProcessor": "watts", "pipeline": pipeline });
        self.done(doc! { "startStreamProcessor": "watts" });
    }

    fn sample(&mut self, options: Document) -> i64 {
        let mut command = doc! { "startSampleStreamProcessor": "watts" };
        command.extend(options);
        self.done(command).get_i64("cursorId").expect("a cursor")
    }

    /// The messages of the next batch, and the cursor after it.
    fn more(&mut self, name: &str, cursor: impl Into<Bson>) -> (Vec<Document>, i64) {
        let more = doc! { "getMoreSampleStreamProcessor": name, "cursorId": cursor.into() };
        let answer = self.done(more);
        let messages = answer.get_array("messages").expect("a list").iter();
        let messages = messages.map(|one| one.as_document().expect("a document").clone());
        (messages.collect(), answer.get_i64("cursorId").expect("a cursor"))
    }

    /// Names and outcomes of the last events of the log.
    fn events(&self, count: usize) -> Vec<(String, i64)> {
        let log = ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "-"];
        let log = self.lab.spctl(log).finish().exits(0).out();
        let events = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut events: Vec<_> = events
            .filter(|event| event["class_uid"] == 3004)
            .map(|event| {
                let name = event["unmapped"]["atype"].as_str().expect("a name").to_owned();
                (name, event["status_id"].as_i64().expect("a status"))
            })
            .collect();
        // That the log is read is an event, too.
        events.retain(|(name, _)| name != "Audit log accessed");
        events.split_off(events.len() - count)
    }
}

fn signed_in(lab: &Lab, user: &str) -> Wire {
    let update = ["users", "update", user, "--password-stdin", "--yes"];
    lab.spctl(update).stdin(&format!("{PASSWORD}\n")).finish().exits(0);
    Wire::signed_in(lab.endpoint("orders"), user, PASSWORD)
}

fn source() -> Document {
    doc! { "$source": { "connectionName": "sample_stream_solar" } }
}

fn event(name: &str, status: i64) -> (String, i64) {
    (name.to_owned(), status)
}

#[test]
fn a_sample_shows_what_comes_until_its_processor_stops() {
    let mut shell = Shell::of("dave");
    shell.watts(vec![
        doc! { "$match": { "group_id": { "$gte": 0 } } },
        doc! { "$project": { "group_id": 1, "obs.watts": 1, "_ts": 1 } },
    ]);
    let cursor = shell.sample(doc! {});
    shell.later(3_000);
    let (messages, again) = shell.more("watts", cursor);
    assert_eq!((messages.len(), again), (5, cursor), "a batch is five if nobody says");
    let keys: Vec<_> = messages[0].keys().map(String::as_str).collect();
    assert_eq!(keys, ["group_id", "obs", "_ts"]);
    // However clients write a whole number.
    #[expect(clippy::cast_precision_loss, reason = "cursors are small")]
    let (messages, _) = shell.more("watts", cursor as f64);
    assert_eq!(messages.len(), 5);
    let (messages, _) = shell.more("watts", i32::try_from(cursor).expect("a small number"));
    assert_eq!(messages.len(), 2, "four a second");
    // Nothing comes while the clock stands still.
    assert_eq!(shell.more("watts", cursor), (vec![], cursor));

    // Another connection of the same user goes on with it, another user does not.
    let mut other = signed_in(&shell.lab, "alice");
    let more = || doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": cursor };
    assert_eq!(refusal(&other.run(more())).0, 43);
    let mut second = Wire::signed_in(shell.lab.endpoint("orders"), "dave", PASSWORD);
    shell.later(1_000);
    assert_eq!(second.run(more()).get_array("messages").expect("a list").len(), 4);

    shell.done(doc! { "stopStreamProcessor": "watts" });
    assert_eq!(shell.more("watts", cursor), (vec![], 0));
    assert_eq!(refusal(&shell.wire.run(more())).0, 43);
    let refused = shell.wire.run(doc! { "startSampleStreamProcessor": "watts" });
    assert_eq!(refusal(&refused).0, 125);
    assert_eq!(
        shell.events(4),
        [
            event("createStreamProcessor", 1),
            event("startStreamProcessor", 1),
            event(".sample()", 1),
            event("stopStreamProcessor", 1),
        ]
    );
}

#[test]
fn a_sample_has_a_limit_and_ends_when_nobody_asks() {
    let mut shell = Shell::of("dave");
    shell.watts(vec![]);
    let cursor = shell.sample(doc! { "options": { "limit": 3 } });
    shell.later(10_000);
    let (messages, over) = shell.more("watts", cursor);
    assert_eq!((messages.len(), over), (3, 0));
    let cursor = shell.sample(doc! {});
    shell.later(61_000);
    let more = doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": cursor };
    assert_eq!(refusal(&shell.wire.run(more)).0, 43);
    for (command, code) in [
        (doc! { "getMoreSampleStreamProcessor": "watts" }, 72),
        (doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": "1" }, 72),
        (doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": 1.5 }, 72),
        (doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": 1 }, 43),
        (doc! { "getMoreSampleStreamProcessor": 5, "cursorId": 1 }, 9),
        (doc! { "startSampleStreamProcessor": "watts", "limit": 0 }, 72),
        (doc! { "startSampleStreamProcessor": "none" }, 125),
    ] {
        assert_eq!(refusal(&shell.wire.run(command.clone())).0, code, "{command}");
    }
}

#[test]
fn statistics_rise_while_a_processor_runs_and_the_admin_api_has_the_same() {
    let mut shell = Shell::of("dave");
    shell.watts(vec![doc! { "$match": { "group_id": { "$lt": 5 } } }, doc! { "$window": {} }]);
    shell.later(66_000);
    let answer = shell.done(doc! { "getStreamProcessorStats": "watts" });
    let stats = answer.get_document("stats").expect("statistics");
    let count = |name: &str| stats.get_i64(name).expect("64 bits");
    assert_eq!((count("inputMessageCount"), count("outputMessageCount")), (264, 120));
    assert_eq!(count("dlqMessageCount"), 1, "$window is not run");
    assert!(stats.get_str("note").expect("a note").contains("no stream processor"));
    shell.done(doc! { "stopStreamProcessor": "watts" });
    shell.later(3_600_000);
    let get = ["processors", "get", "--instance", "orders", "watts", "-o", "json"];
    let processor = shell.lab.spctl(get).finish().exits(0).json();
    assert_eq!(processor["stats"]["inputMessageCount"], 264);
    assert_eq!(processor["stats"]["outputMessageSize"], count("outputMessageSize"));
    assert_eq!(processor.get("_run"), None);
}

#[test]
fn a_pipeline_runs_unstored_until_it_is_dropped() {
    let mut shell = Shell::of("dave");
    let stored = shell.done(doc! { "listStreamProcessors": 1 });
    let pipeline = vec![source(), doc! { "$bucket": {} }, doc! { "$limit": 3 }];
    let begun = shell.done(doc! { "processStreamProcessor": pipeline });
    let name = begun.get_str("name").expect("a name").to_owned();
    let cursor = begun.get_i64("cursorId").expect("a cursor");
    shell.later(500);
    let (messages, again) = shell.more(&name, cursor);
    assert_eq!((messages.len(), again), (3, cursor));
    let letter = messages[0].get_document("_dlqMessage").expect("a letter");
    assert_eq!(letter.get_str("operatorName").ok(), Some("$bucket"));
    assert_eq!(letter.get_str("processorName").ok(), Some(&*name));
    assert_eq!(letter.get_document("doc").ok(), Some(&messages[1]));
    assert_eq!(shell.done(doc! { "listStreamProcessors": 1 }), stored);
    let listed = ["processors", "list", "--instance", "orders", "-q"];
    assert!(!shell.lab.spctl(listed).finish().exits(0).out().contains(&name));
    shell.later(10_000);
    let (messages, over) = shell.more(&name, cursor);
    assert_eq!((messages.len(), over), (1, 0), "its limit is reached");

    let begun = shell.done(doc! { "processStreamProcessor": [source()], "options": {} });
    let name = begun.get_str("name").expect("a name").to_owned();
    let cursor = begun.get_i64("cursorId").expect("a cursor");
    shell.done(doc! { "dropStreamProcessor": &name });
    let more = doc! { "getMoreSampleStreamProcessor": &name, "cursorId": cursor };
    assert_eq!(refusal(&shell.wire.run(more)).0, 43);
    assert_eq!(refusal(&shell.wire.run(doc! { "dropStreamProcessor": &name })).0, 125);
    assert_eq!(
        shell.events(3),
        [event(".process()", 1), event(".process()", 1), event("dropStreamProcessor", 1)]
    );

    for (pipeline, code) in [
        (Bson::Int32(1), 9),
        (Bson::Array(vec![]), 9),
        (bson::bson!([{ "$match": {} }]), 9),
        (bson::bson!([{ "$source": { "connectionName": "nothing" } }]), 125),
    ] {
        let refused = shell.wire.run(doc! { "processStreamProcessor": pipeline.clone() });
        assert_eq!(refusal(&refused).0, code, "{pipeline}");
    }
    let unknown = doc! { "processStreamProcessor": [source()], "speed": 1 };
    assert_eq!(refusal(&shell.wire.run(unknown)).0, 72);
}

#[test]
fn looking_needs_its_own_actions_and_refusals_are_written() {
    let mut shell = Shell::of("dave");
    shell.watts(vec![]);
    let role = ["roles", "create", "starter", "--action", "startStreamProcessor", "--yes"];
    shell.lab.spctl(role).finish().exits(0);
    let create = ["users", "create", "sam", "--role", "starter", "--password-stdin", "--yes"];
    shell.lab.spctl(create).stdin(&format!("{PASSWORD}\n")).finish().exits(0);
    let mut sam = Wire::signed_in(shell.lab.endpoint("orders"), "sam", PASSWORD);
    let missing = |action: &str| {
        format!(
            "not authorized: missing privilege for action {action} on resource {{ cluster: true }}"
        )
    };
    let refused = [
        (doc! { "startSampleStreamProcessor": "watts" }, "sampleStreamProcessor"),
        (doc! { "processStreamProcessor": [source()] }, "processStreamProcessor"),
        (doc! { "getMoreSampleStreamProcessor": "watts", "cursorId": 1 }, "sampleStreamProcessor"),
    ];
    for (command, action) in refused {
        let answer = sam.run(command);
        assert_eq!(refusal(&answer), (13, &*missing(action)));
    }
    assert_eq!(shell.events(2), [event(".sample()", 2), event(".process()", 2)]);
}
