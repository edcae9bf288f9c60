//! What comes of processors, and who looks at it.

use serde_json::{Value, json};

use super::*;
use crate::local::domain::processors::{Ephemeral, RunId};

fn watts() -> Attributes {
    attributes(json!({
        "name": "watts",
        "pipeline": [
            { "$source": { "connectionName": "sample_stream_solar" } },
            { "$match": { "group_id": { "$lt": 5 } } },
            { "$emit": { "connectionName": "__testLog", "topic": "t" } },
        ],
    }))
}

/// The names of an instance's last events, and what they are about.
fn last_events(estate: &Estate, instance: &str, count: usize) -> Vec<(String, String)> {
    let actor = Actor::nobody(address());
    let mut lines = Vec::new();
    let window = audit::Window::between(estate.now, None, None, None).unwrap();
    audit::Log::of(estate.work(&actor), estate.instance(instance))
        .unwrap()
        .each(&window, |line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            lines.push((text(&line["unmapped"]["atype"]), text(&line["entity"]["name"])));
            Ok(())
        })
        .unwrap();
    lines.split_off(lines.len() - count)
}

#[test]
fn what_comes_of_a_processor_is_counted_while_it_runs_and_kept_when_it_stops() {
    let mut estate = Estate::new();
    let (actor, project) = (Actor::nobody(address()), estate.project.clone());
    let orders = InstanceName { project: &project, name: "orders" };
    let own = ProcessorName { instance: orders, name: "watts" };
    let later = |estate: &mut Estate, seconds: i64| {
        estate.now += jiff::SignedDuration::from_secs(seconds);
    };
    let count = |estate: &Estate, own: ProcessorName<'_>| {
        let stats = processors::get(&estate.work(&actor), own).unwrap()["stats"].take();
        let number = |name: &str| stats[name].as_u64().unwrap();
        assert!(number("inputMessageSize") > 150 * number("inputMessageCount"));
        assert!(number("outputMessageCount") <= number("inputMessageCount"));
        (number("inputMessageCount"), number("outputMessageCount"))
    };
    processors::create(&estate.work(&actor), orders, &watts()).unwrap();
    later(&mut estate, 60);
    assert_eq!(count_of_nothing(&estate, own), 0);

    processors::start(&estate.work(&actor), own).unwrap();
    later(&mut estate, 66);
    // Four a second; of a period of 66, five groups of eleven.
    assert_eq!(count(&estate, own), (264, 120));
    later(&mut estate, 90 * 24 * 3600);
    let (input, output) = count(&estate, own);
    assert_eq!(input, 264 + 90 * 24 * 3600 * 4);
    processors::stop(&estate.work(&actor), own).unwrap();
    later(&mut estate, 3600);
    assert_eq!(count(&estate, own), (input, output));

    // A name and a pipeline may change in between, and counting goes on.
    let change = attributes(json!({ "name": "watts2" }));
    processors::update(&estate.work(&actor), own, change).unwrap();
    let own = ProcessorName { name: "watts2", ..own };
    processors::start(&estate.work(&actor), own).unwrap();
    assert_eq!(count(&estate, own), (input, output));
    later(&mut estate, 66);
    assert_eq!(count(&estate, own), (input + 264, output + 120));
    // Moving to another region goes on, too.
    let moved = attributes(json!({ "failover": { "region": "VIRGINIA_USA" } }));
    processors::start_with(&estate.work(&actor), own, &moved).unwrap();
    later(&mut estate, 1);
    assert_eq!(count(&estate, own).0, input + 264 + 4);

    let shown = [
        processors::get(&estate.work(&actor), own).unwrap(),
        processors::list(&estate.work(&actor), orders, Part::ALL).unwrap().results.into(),
    ];
    for shown in shown {
        assert!(!shown.to_string().contains("_run"), "{shown}");
    }
}

fn count_of_nothing(estate: &Estate, own: ProcessorName<'_>) -> i64 {
    let actor = Actor::nobody(address());
    let stats = processors::get(&estate.work(&actor), own).unwrap()["stats"].take();
    stats.as_object().unwrap().values().filter_map(Value::as_i64).sum::<i64>() - 1
}

#[test]
fn starting_all_processors_of_an_instance_begins_their_runs() {
    let mut estate = Estate::new();
    let (actor, project) = (Actor::nobody(address()), estate.project.clone());
    let orders = InstanceName { project: &project, name: "orders" };
    let own = ProcessorName { instance: orders, name: "watts" };
    processors::create(&estate.work(&actor), orders, &watts()).unwrap();
    let all = attributes(json!({ "processorStatus": { "status": "STARTED" } }));
    crate::local::domain::instances::update(&estate.work(&actor), orders, &all).unwrap();
    estate.now += jiff::SignedDuration::from_secs(10);
    let stats = processors::get(&estate.work(&actor), own).unwrap()["stats"].take();
    assert_eq!(stats["inputMessageCount"], 40);
}

#[test]
fn looking_is_written_once_and_needs_a_processor_that_runs() {
    let estate = Estate::new();
    let project = estate.project.clone();
    let orders = InstanceName { project: &project, name: "orders" };
    let dave = signed_in(&project, "dave", "orders");
    let (work, own) = (estate.work(&dave), ProcessorName { instance: orders, name: "watts" });
    assert_eq!(processors::sample(&work, own).unwrap_err().reason, Reason::NotFound);
    processors::create(&work, orders, &watts()).unwrap();
    assert_eq!(processors::sample(&work, own).unwrap_err().reason, Reason::WrongState);
    processors::start(&work, own).unwrap();
    let looked = processors::sample(&work, own).unwrap();
    assert!(looked.run.is_ok());
    assert_eq!(processors::running(&work, own).unwrap(), looked.id);
    let event = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    assert_eq!(
        last_events(&estate, "orders", 2),
        [event("startStreamProcessor", "watts"), event(".sample()", "watts")]
    );
    // Another run is another one, were it begun at the same moment.
    processors::stop(&work, own).unwrap();
    assert_eq!(processors::running(&work, own).unwrap_err().reason, Reason::WrongState);
    processors::start(&work, own).unwrap();
    assert_ne!(processors::running(&work, own).unwrap(), looked.id);
    assert_ne!(looked.id, RunId::new("", 1));

    // A source that has no documents here says so.
    let kafka = ProcessorName { instance: orders, name: "orders-to-shop" };
    let letter = processors::sample(&work, kafka).unwrap().run.unwrap_err();
    assert!(letter.to_string().contains("Sample connections only"), "{letter}");
}

#[test]
fn a_pipeline_runs_without_being_stored() {
    let estate = Estate::new();
    let project = estate.project.clone();
    let orders = InstanceName { project: &project, name: "orders" };
    let dave = signed_in(&project, "dave", "orders");
    let work = estate.work(&dave);
    let before = processors::list(&work, orders, Part::ALL).unwrap();
    let process = |pipeline: Value| {
        let wanted = Ephemeral { name: "p1", pipeline: &pipeline, dlq: None, meta: None };
        processors::process(&work, orders, wanted)
    };
    let source = json!({ "$source": { "connectionName": "sample_stream_solar" } });
    assert!(process(json!([source, { "$limit": 3 }])).unwrap().run.is_ok());
    processors::ephemeral_dropped(&work, orders, "p1").unwrap();
    let event = |kind: &str| (kind.to_owned(), "(ephemeral)".to_owned());
    assert_eq!(
        last_events(&estate, "orders", 2),
        [event(".process()"), event("dropStreamProcessor")]
    );
    assert_eq!(processors::list(&work, orders, Part::ALL).unwrap(), before);

    // What could not be stored or started is not run, either, and leaves nothing.
    let lines = last_events(&estate, "orders", 5);
    let merge = |db: &str| json!({ "$merge": { "into": { "connectionName": "shop", "db": db, "coll": "orders" } } });
    for (pipeline, reason) in [
        (json!([]), Reason::Invalid),
        (json!([{ "$match": {} }]), Reason::Invalid),
        (json!([{ "$source": { "connectionName": "nothing" } }]), Reason::Invalid),
        (json!([source, merge("elsewhere")]), Reason::NotPermitted),
    ] {
        assert_eq!(process(pipeline.clone()).unwrap_err().reason, reason, "{pipeline}");
    }
    assert_eq!(last_events(&estate, "orders", 5), lines);
    assert!(process(json!([source, merge("shop")])).is_ok());
}
