use proptest::prelude::*;

use super::*;
use crate::event::Event;
use crate::folds::Fold;
use crate::folds::acts::{About, Acts};
use crate::source::{Place, Source};

/// A line as these tests write one: what, at which second, under which id, and whether it failed.
type Line = (&'static str, i64, Option<&'static str>, bool);

/// The second from which the tests count.
const BASE: i64 = 1_772_000_000;

fn acts(lines: &[Line], most: usize) -> (Vec<Act>, u64) {
    let mut acts = Acts::new(About::Processors, most);
    fold(&mut acts, lines.iter().enumerate().map(|(number, line)| (number as u64 + 1, line)));
    acts.finish()
}

fn fold<'a>(acts: &mut Acts, lines: impl Iterator<Item = (u64, &'a Line)>) {
    let source = Source::of_bytes("orders", *b"").of_instance("orders");
    for (line, (kind, second, uid, failed)) in lines {
        let text = serde_json::json!({
            "class_uid": 3004, "time": (BASE + second) * 1000, "status_id": if *failed { 2 } else { 1 },
            "actor": {"user": {"name": "admin.dave"}}, "src_endpoint": {"ip": "192.0.2.5"},
            "entity": {"name": "totals", "uid": uid, "type": "stream_processor"},
            "unmapped": {"atype": kind},
        });
        let text = text.to_string();
        let event = Event::parse(text.as_bytes()).unwrap();
        acts.take(&event, Place { source: &source, line });
    }
}

fn event(type_name: &str, second: i64, by: &str) -> ProjectEvent {
    ProjectEvent {
        id: format!("{type_name}{second}"),
        time: Micros((BASE + second) * 1_000_000),
        type_name: type_name.into(),
        kind: ProjectEvent::kind(type_name),
        processor: "totals".into(),
        project: None,
        instance: Some("orders".into()),
        by: Some(by.into()),
        from: None,
        names: vec![by.into()],
        raw: "{}".into(),
    }
}

/// A step in one line: its life, what was done, how often, what told of it, and its notes.
fn told(lines: &[Line], events: Vec<ProjectEvent>) -> Vec<String> {
    let steps = weave(acts(lines, 1000).0, events).steps;
    let steps = timeline(steps, |_| true);
    let text = |step: &Step| {
        let life = step.life.map_or("-".into(), |life| life.to_string());
        let times = if step.count > 1 { format!(" ×{}", step.count) } else { String::new() };
        let failed = if step.failed() { " failed" } else { "" };
        let notes: Vec<_> = step.notes.iter().map(Note::to_string).collect();
        let notes =
            if notes.is_empty() { String::new() } else { format!(": {}", notes.join("; ")) };
        format!("{life} {}{failed}{times} ({}){notes}", step.name(), step.told().name())
    };
    steps.iter().map(text).collect()
}

const CREATE: &str = "createStreamProcessor";
const START: &str = "startStreamProcessor";
const STOP: &str = "stopStreamProcessor";
const DROP: &str = "dropStreamProcessor";
const SAMPLE: &str = ".sample()";

#[test]
fn a_name_has_a_life_for_each_id() {
    let lines = [
        (DROP, 50, Some("a"), false),
        (CREATE, 60, Some("b"), false),
        (START, 10, Some("a"), false),
        (SAMPLE, 20, Some("a"), false),
        (SAMPLE, 30, Some("a"), false),
        (DROP, 40, Some("a"), true),
        (START, 70, Some("b"), false),
    ];
    assert_eq!(
        told(&lines, Vec::new()),
        [
            "1 startStreamProcessor (log): created earlier",
            "1 .sample() ×2 (log)",
            "1 dropStreamProcessor failed (log)",
            "1 dropStreamProcessor (log)",
            "2 createStreamProcessor (log)",
            "2 startStreamProcessor (log)",
        ]
    );
}

#[test]
fn without_ids_a_drop_ends_a_life_and_a_creation_begins_one() {
    let lines = [
        (CREATE, 10, None, false),
        (DROP, 20, None, false),
        (START, 25, None, true),
        (START, 30, None, false),
        (CREATE, 40, None, false),
        (SAMPLE, 50, None, false),
        (".process()", 60, None, false),
    ];
    assert_eq!(
        told(&lines, Vec::new()),
        [
            "1 createStreamProcessor (log)",
            "1 dropStreamProcessor (log)",
            "- startStreamProcessor failed (log)",
            "2 startStreamProcessor (log): no creation is recorded",
            "3 createStreamProcessor (log)",
            "3 .sample() (log): no start is recorded before",
            "- .process() (log)",
        ]
    );
}

#[test]
fn what_the_log_lacks_comes_from_the_projects_events() {
    let lines = [
        (CREATE, 100, Some("a"), false),
        (START, 200, Some("a"), false),
        (START, 400, Some("a"), false),
    ];
    let events = vec![
        event("STREAM_PROCESSOR_MODIFIED", 300, "olivia@example.com"),
        event("STREAM_PROCESSOR_CREATED", 101, "dave"),
        event("STREAM_PROCESSOR_STARTED", 209, "olivia@example.com"),
        event("STREAM_PROCESSOR_STOPPED", 250, "olivia@example.com"),
        event("STREAM_PROCESSOR_STATE_IS_FAILED", 500, "olivia@example.com"),
    ];
    assert_eq!(
        told(&lines, events),
        [
            "1 createStreamProcessor (log+event)",
            "1 startStreamProcessor (log+event): the project event names olivia@example.com",
            "1 STREAM_PROCESSOR_STOPPED (event)",
            "1 STREAM_PROCESSOR_MODIFIED (event)",
            "1 startStreamProcessor (log)",
            "1 STREAM_PROCESSOR_STATE_IS_FAILED (event)",
        ]
    );
    // Without them, a stop seems to be missing.
    assert_eq!(
        told(&lines, Vec::new())[2],
        "1 startStreamProcessor (log): no stop is recorded since the last start"
    );
}

#[test]
fn one_act_is_told_once_and_two_are_told_twice() {
    let lines = [
        (STOP, 100, Some("a"), false),
        (START, 103, Some("a"), false),
        (STOP, 106, Some("a"), false),
    ];
    let joined = |events| {
        let woven = weave(acts(&lines, 100).0, events);
        (woven.joined, woven.added, woven.steps.len())
    };
    let (stop, start) = ("STREAM_PROCESSOR_STOPPED", "STREAM_PROCESSOR_STARTED");
    let near = vec![event(stop, 101, "dave"), event(start, 104, "dave"), event(stop, 107, "dave")];
    assert_eq!(joined(near), (3, 0, 3));
    // Too far away, of a denied attempt, or one too many.
    assert_eq!(joined(vec![event(start, 114, "dave")]), (0, 1, 4));
    assert_eq!(joined(vec![event(start, 103, "dave"), event(start, 104, "dave")]), (1, 1, 4));
    let denied = weave(
        acts(&[(DROP, 100, None, true)], 100).0,
        vec![event("STREAM_PROCESSOR_DROPPED", 100, "dave")],
    );
    assert_eq!((denied.joined, denied.added), (0, 1));
    // The event that names the line's user is its own, be another nearer.
    let two = weave(
        acts(&[(START, 100, None, false)], 100).0,
        vec![event(start, 100, "key"), event(start, 105, "dave")],
    );
    let own = two.steps.iter().find(|step| step.told() == Told::Both).unwrap();
    assert_eq!(own.event.as_ref().unwrap().by.as_deref(), Some("dave"));
}

#[test]
fn a_processor_goes_on_under_another_name() {
    let lines = [(CREATE, 10, Some("a"), false), (START, 30, Some("a"), false)];
    let mut acts = acts(&lines, 10).0;
    acts[1].processor = Some("other".into());
    let steps = timeline(weave(acts, Vec::new()).steps, |_| true);
    let renamed = steps.iter().find(|step| &*step.processor == "other").unwrap();
    assert_eq!(renamed.notes, [Note::Renamed("totals".into())]);
}

#[test]
fn the_newest_are_kept_and_the_others_counted() {
    let lines: Vec<Line> = (0..100).map(|n| (SAMPLE, (n * 37) % 100, None, false)).collect();
    let (kept, older) = acts(&lines, 10);
    let seconds: Vec<_> = kept.iter().map(|act| act.time.unwrap().0 / 1_000_000 - BASE).collect();
    assert_eq!((seconds, older), ((90..100).collect(), 90));
}

proptest! {
    #[test]
    fn splitting_and_order_do_not_matter(
        (lines, mixed) in prop::collection::vec(
            (
                prop::sample::select(vec![CREATE, START, STOP, DROP, SAMPLE, ".process()", "logout"]),
                0_i64..40,
                prop::sample::select(vec![None, Some("a"), Some("b")]),
                any::<bool>(),
            ),
            0..60,
        ).prop_flat_map(|lines| {
            let numbered: Vec<_> = lines.iter().copied().enumerate().collect();
            (Just(lines), Just(numbered).prop_shuffle())
        }),
        cut in 0_usize..60,
        most in 1_usize..80,
        backwards: bool,
    ) {
        let (one, other) = mixed.split_at(cut.min(mixed.len()));
        let piece = |lines: &[(usize, Line)]| {
            let mut acts = Acts::new(About::Processors, most);
            fold(&mut acts, lines.iter().map(|(number, line)| (*number as u64 + 1, line)));
            acts
        };
        let (mut one, mut other) = (piece(one), piece(other));
        if backwards {
            std::mem::swap(&mut one, &mut other);
        }
        one.join(other);
        let (whole, joined) = (acts(&lines, most), one.finish());
        prop_assert_eq!(&whole, &joined);
        let steps = timeline(weave(joined.0, Vec::new()).steps, |_| true);
        let count: u64 = steps.iter().map(|step| step.count).sum();
        prop_assert_eq!(count, whole.0.len() as u64);
    }
}
