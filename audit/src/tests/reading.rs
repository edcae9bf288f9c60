use std::io::Write;
use std::ops::ControlFlow;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::lines::{NAMES, log};
use crate::event::names::Wanted;
use crate::event::{Event, Micros, Outcome};
use crate::filter::{Filter, WantedUser};
use crate::scan::{Tally, What, each};
use crate::source::Source;

/// What is read of some sources: the bytes of all that is passed on, and those of the events.
fn read(sources: &[Source], filter: &Filter) -> (Vec<u8>, Vec<u8>, Tally) {
    let (mut all, mut events) = (Vec::new(), Vec::new());
    let tally = each(sources, filter, &mut |seen| {
        all.extend_from_slice(seen.line);
        all.extend(seen.is_ended.then_some(b'\n'));
        if let What::Event(_) = seen.what {
            events.extend_from_slice(seen.line);
            events.push(b'\n');
        }
        ControlFlow::Continue(())
    });
    (all, events, tally)
}

fn source(bytes: &[u8]) -> Source {
    Source::of_bytes("log", bytes)
}

/// The same bytes, compressed in several members.
fn gzip(bytes: &[u8], size: usize) -> Vec<u8> {
    let member = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    bytes.chunks(size).chain([&b""[..]]).flat_map(member).collect()
}

/// A filter of some of what lines are made of.
fn filter() -> impl Strategy<Value = Filter> {
    const USERS: [&str; 7] =
        ["alice", "admin.alice", "alice@admin", "al", "a/b@$external", "sam@example.com", "100"];
    const EVENTS_ASKED: [&str; 5] =
        ["failed authentication", "start", "sample", "Logout", "createCollection"];
    let some = |of: &'static [&'static str]| subsequence(of, 0..=2);
    let networks = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.9/32"];
    (
        (proptest::option::of(0..100_i64), proptest::option::of(0..100_i64)),
        (some(&USERS), some(&EVENTS_ASKED), some(&NAMES)),
        proptest::option::of(select(vec![Outcome::Success, Outcome::Failure])),
        subsequence(networks.to_vec(), 0..=1),
        proptest::option::of(select(&["s1", "ab/c=="][..])),
        proptest::option::of(select(&["alice", "a/b", "time", "{", "empty"][..])),
        0..4_u8,
    )
        .prop_map(
            |(
                (since, until),
                (users, events, processors),
                outcome,
                networks,
                session,
                grep,
                few,
            )| {
                let micros = |time: i64| Micros((1_772_000_000_000 + time) * 1_000);
                // Too many conditions at once let nothing pass.
                let whole = Filter {
                    since: since.map(micros),
                    until: until.map(micros),
                    users: users.into_iter().map(WantedUser::named).collect(),
                    events: events.into_iter().map(Wanted::named).collect(),
                    outcome,
                    networks: networks.into_iter().map(|net| net.parse().unwrap()).collect(),
                    processors: processors.into_iter().map(str::to_owned).collect(),
                    session: session.map(str::to_owned),
                    grep: grep.map(str::to_owned),
                    parses_all: false,
                };
                match few {
                    0 => Filter { users: whole.users, grep: whole.grep, ..Filter::default() },
                    1 => Filter {
                        processors: whole.processors,
                        until: whole.until,
                        ..Filter::default()
                    },
                    2 => {
                        Filter { session: whole.session, events: whole.events, ..Filter::default() }
                    }
                    _ => whole,
                }
            },
        )
}

/// What compressed bytes begin with, or nothing.
const MAGIC: [&[u8]; 3] = [b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn without_a_filter_every_byte_is_passed_on(log in log(), size in 300_usize..3_000) {
        let sources = [source(&log), source(&gzip(&log, size)), source(&zstd::encode_all(&*log, 1).unwrap())];
        for one in sources {
            let (all, _, tally) = read(&[one], &Filter::default());
            prop_assert_eq!(&all, &log);
            prop_assert_eq!(tally.bytes, log.len() as u64);
            prop_assert_eq!(tally.lines.all(), log.split_inclusive(|byte| *byte == b'\n').count() as u64);
        }
    }

    #[test]
    fn the_look_at_the_bytes_spares_nothing_that_is_asked_for(log in log(), filter in filter()) {
        let (_, events, tally) = read(&[source(&log)], &filter);
        let (_, wanted, whole) = read(&[source(&log)], &Filter { parses_all: true, ..filter.clone() });
        prop_assert_eq!(String::from_utf8_lossy(&events), String::from_utf8_lossy(&wanted));
        prop_assert_eq!((tally.passed, tally.lines.all()), (whole.passed, whole.lines.all()));
    }

    #[test]
    fn it_is_the_same_in_one_file_or_in_several(log in log(), filter in filter(), cuts in vec(any::<prop::sample::Index>(), 0..4)) {
        let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(lines.len() + 1)).collect();
        cuts.extend([0, lines.len()]);
        cuts.sort_unstable();
        let parts = cuts.windows(2).map(|cut| source(&lines[cut[0]..cut[1]].concat()));
        let (all, events, tally) = read(&parts.collect::<Vec<_>>(), &filter);
        let (wanted, of_one, whole) = read(&[source(&log)], &filter);
        prop_assert_eq!((all, events), (wanted, of_one));
        prop_assert_eq!((tally.lines, tally.passed), (whole.lines, whole.passed));
    }

    #[test]
    fn what_is_an_event_is_one_object_in_utf_8(log in log()) {
        for line in log.split(|byte| *byte == b'\n') {
            let is_object = serde_json::from_slice::<serde_json::Value>(line).is_ok_and(|value| value.is_object());
            prop_assert_eq!(Event::parse(line).is_some(), is_object, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn no_bytes_at_all_do_harm(bytes in vec(any::<u8>(), 0..4_000), magic in select(&MAGIC[..])) {
        let bytes = [magic, &bytes].concat();
        let (all, _, tally) = read(&[source(&bytes)], &Filter::default());
        match tally.unreadable.is_empty() && magic.is_empty() {
            true => prop_assert_eq!(all, bytes),
            false => prop_assert_eq!(all.len() as u64, tally.bytes),
        }
    }

    #[test]
    fn a_damaged_file_gives_what_stands_before_the_damage(log in log(), cut in any::<prop::sample::Index>()) {
        let mut bytes = gzip(&log, 700);
        // Of which format a single byte is the beginning cannot be told.
        bytes.truncate(2 + cut.index(bytes.len() - 2));
        let (all, _, tally) = read(&[source(&bytes)], &Filter::default());
        prop_assert!(log.starts_with(&all));
        prop_assert!(tally.unreadable.len() <= 1);
    }
}
