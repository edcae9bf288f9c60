//! From lines to a page.

use super::super::gather::ranking;
use super::*;
use crate::detect::{Beside, Settings};
use crate::event::{Event, Outcome, User};
use crate::filter::Filter;
use crate::folds::Fold;
use crate::scan;
use crate::source::{Place, Source};

fn line(index: u64, user: &str, failed: bool) -> String {
    format!(
        r#"{{"class_uid":3002,"activity_id":1,"time":{},"status_id":{},"actor":{{"user":{{"name":"{user}"}}}},"src_endpoint":{{"ip":"192.0.2.{}"}},"metadata":{{"correlation_uid":"{}"}},"unmapped":{{"atype":"authenticate"}}}}"#,
        1_793_491_200_000 + index * 600_000,
        if failed { 2 } else { 1 },
        index % 5,
        index / 2,
    )
}

fn fold<F: Fold>(
    sources: &[Source],
    threads: usize,
    new: &(dyn Fn() -> F + Sync),
) -> (F, scan::Tally) {
    scan::fold(sources, &Filter::default(), threads, new, &|_, _, _| {})
}

fn gather(sources: &[Source], threads: usize) -> Report {
    let settings = Settings::default();
    let (gathered, tally) = fold(sources, threads, &|| Gathered::new(&settings, |_| false));
    assert!(gathered.again().is_none());
    let frame = Frame {
        program: "spctl 0.1.0".to_owned(),
        made: NOVEMBER,
        asked: Asked::default(),
        sources,
        lines: tally.lines,
        unreadable: Vec::new(),
    };
    let users = Err("nobody".to_owned());
    let beside =
        Beside { baseline: None, users, own_name: None, is_whole: true, settings: &settings };
    gathered.report(frame, &beside)
}

/// A source for each of these lines' pieces.
fn sources(lines: &[String], pieces: usize) -> Vec<Source> {
    let pieces = lines.chunks(lines.len().div_ceil(pieces));
    pieces
        .enumerate()
        .map(|(index, lines)| Source::of_bytes(format!("{index}"), lines.join("\n").into_bytes()))
        .map(|source| source.of_instance("orders"))
        .collect()
}

#[test]
fn the_page_is_the_same_on_any_number_of_threads() {
    let lines: Vec<String> = (0..3000)
        .map(|index| line(index, ["a", "b", "c"][index as usize % 3], index % 17 == 0))
        .collect();
    let sources = sources(&lines, 7);
    let of = |threads| made(&gather(&sources, threads));
    let one = of(1);
    assert!(one == of(4));
    assert!(words(&one).contains("\n3,000 events"), "{}", words(&one));
    check_well_formed(&one);
}

/// 103,000 events, each fiftieth of one user and the others of one each; without the first ones.
fn of_many(mut counts: Counts, without: u64) -> Counts {
    let source = Source::of_bytes("orders", *b"");
    for index in without..103_000 {
        let busy = index % 50 == 0;
        let name = if busy { "busy".to_owned() } else { format!("user-{index}") };
        let event = Event {
            user: Some(User::new(name)),
            ip: Some(["192.0.2.1", "192.0.2.2"][index as usize % 2].into()),
            outcome: Some(if busy { Outcome::Failure } else { Outcome::Success }),
            ..Event::default()
        };
        counts.take(&event, Place { source: &source, line: index + 1 });
    }
    counts
}

#[test]
fn of_very_many_users_the_largest_are_counted_exactly() {
    let mut counts = of_many(Counts::default(), 0);
    let again = counts.again().expect("there are too many users for one reading");
    assert!(!counts.recounted(of_many(again(), 1)), "an event is missing");
    assert!(counts.recounted(of_many(again(), 0)));
    let (users, addresses) = (ranking(counts.users), ranking(counts.addresses));
    assert_eq!(users.rows[0].name.as_deref(), Some("busy"));
    assert_eq!(users.rows[0].count, Count { events: 2060, failures: 2060 });
    assert_eq!((users.others, users.of_others.events), (None, 103_000 - 2060));
    assert_eq!(addresses.rows.len(), 2, "which were few, and are not counted again");
    assert_eq!(addresses.rows.iter().map(|row| row.count.events).sum::<u64>(), 103_000);
}
