use proptest::prelude::*;

use super::*;

const SECOND: i64 = 1_000_000;
const BEGIN: i64 = 1_790_000_000 * SECOND;

/// A line of a log: what it says, when its event was, and when the server has it.
#[derive(Debug, Clone)]
struct Late {
    text: String,
    time: i64,
    appears: i64,
}

/// Reads what the server has of the window; returns what is new.
fn look(overlap: &mut Overlap, log: &[Late], now: i64) -> Vec<String> {
    let mut reading = overlap.clone().read(now);
    let mut new = Vec::new();
    for line in log.iter().filter(|line| line.appears <= now) {
        // A server may return more than was asked for.
        if reading.line(line.text.as_bytes(), Some(line.time)) == Seen::New {
            new.push(line.text.clone());
        }
    }
    *overlap = reading.overlap();
    new
}

#[test]
fn a_twin_is_a_line_of_its_own() {
    let mut overlap = Overlap::since(BEGIN);
    let line = |appears| Late { text: "twin".into(), time: BEGIN + 5 * SECOND, appears };
    let log = [line(BEGIN), line(BEGIN), line(BEGIN + 20 * SECOND)];
    assert_eq!(look(&mut overlap, &log, BEGIN + 10 * SECOND), ["twin", "twin"]);
    assert_eq!(look(&mut overlap, &log, BEGIN + 15 * SECOND), [""; 0]);
    assert_eq!(look(&mut overlap, &log, BEGIN + 20 * SECOND), ["twin"]);
    assert_eq!(look(&mut overlap, &log, BEGIN + 30 * SECOND), [""; 0]);
}

/// An answer of a server that lags behind the one before it.
#[test]
fn a_line_that_is_away_for_a_while_is_not_new() {
    let mut overlap = Overlap::since(BEGIN);
    let line = |text: &str| Late { text: text.into(), time: BEGIN, appears: BEGIN };
    let (both, one) = ([line("a"), line("b")], [line("a")]);
    assert_eq!(look(&mut overlap, &both, BEGIN + SECOND), ["a", "b"]);
    assert_eq!(look(&mut overlap, &one, BEGIN + 2 * SECOND), [""; 0]);
    assert_eq!(look(&mut overlap, &both, BEGIN + 3 * SECOND), [""; 0]);
}

#[test]
fn a_line_of_the_future_moves_no_window() {
    let mut overlap = Overlap::since(BEGIN);
    let line =
        |text: &str, time| Late { text: text.into(), time, appears: time.min(BEGIN + 9 * SECOND) };
    let log = [line("future", BEGIN + 4_000_000 * SECOND), line("now", BEGIN + 9 * SECOND)];
    assert_eq!(look(&mut overlap, &log[..1], BEGIN + 9 * SECOND), ["future"]);
    assert_eq!(look(&mut overlap, &log, BEGIN + 10 * SECOND), ["now"]);
}

#[test]
fn a_line_without_a_time_is_of_the_time_before_it() {
    let hours = |hours: i64| BEGIN + hours * 3600 * SECOND;
    let mut reading = Overlap::since(BEGIN).read(hours(9));
    assert_eq!(reading.line(b"first", Some(hours(1))), Seen::New);
    assert_eq!(reading.line(b"", None), Seen::New);
    assert_eq!(reading.line(b"", None), Seen::New);
    assert_eq!(reading.line(b"last", Some(hours(2))), Seen::New);
    // Blank lines of an hour ago are not those of the next window.
    let overlap = reading.overlap();
    assert_eq!((overlap.start(), overlap.known()), (hours(2) - MARGIN, 1));
    let mut reading = overlap.read(hours(9));
    assert_eq!(reading.line(b"last", Some(hours(2))), Seen::Before);
    assert_eq!(reading.line(b"", None), Seen::New);
    let mut reading = reading.overlap().read(hours(9));
    assert_eq!(reading.line(b"last", Some(hours(2))), Seen::Before);
    assert_eq!(reading.line(b"", None), Seen::Before);
}

fn log() -> impl Strategy<Value = Vec<Late>> {
    // Few texts and few times: there are twins. A line takes up to five minutes to appear.
    let line = (0..3_u8, 0..60_i64, 0..=300_i64).prop_map(|(text, minute, delay)| {
        let time = BEGIN + minute * 60 * SECOND;
        Late { text: format!("{minute} {text}"), time, appears: time + delay * SECOND }
    });
    proptest::collection::vec(line, 0..120)
}

proptest! {
    #[test]
    fn each_line_is_new_once(
        log in log(),
        in_order in any::<bool>(),
        looks in proptest::collection::vec(0..4000_i64, 0..20),
    ) {
        let mut log = log;
        if in_order {
            log.sort_by_key(|line| line.time);
        }
        let mut looks = looks;
        looks.sort_unstable();
        looks.push(5000);
        let mut overlap = Overlap::since(BEGIN);
        let mut told = Vec::new();
        for second in looks {
            told.extend(look(&mut overlap, &log, BEGIN + second * SECOND));
            // As a state file keeps it between two runs.
            let kept = serde_json::to_string(&overlap).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Overlap>(&kept).unwrap(), &overlap);
        }
        let mut wanted: Vec<_> = log.into_iter().map(|line| line.text).collect();
        wanted.sort();
        told.sort();
        prop_assert_eq!(told, wanted);
    }

    /// A run that ends in the middle of a window, after it has kept what it knew there.
    #[test]
    fn a_window_is_read_on_from_where_it_was_left(
        log in log(),
        stops in proptest::collection::vec(0..120_usize, 0..6),
        shuffled in any::<bool>(),
    ) {
        let mut log = log;
        if !shuffled {
            log.sort_by_key(|line| line.appears);
        }
        let mut disorder = Disorder::default();
        log.iter().for_each(|line| disorder.line(line.time));
        prop_assume!(disorder.is_within_margin());
        let now = BEGIN + 10_000 * SECOND;
        let mut overlap = Overlap::since(BEGIN);
        let mut told = Vec::new();
        for stop in stops.into_iter().chain([log.len()]) {
            let mut reading = overlap.read(now);
            for line in &log[..stop.min(log.len())] {
                if reading.line(line.text.as_bytes(), Some(line.time)) == Seen::New {
                    told.push(line.text.clone());
                }
            }
            overlap = reading.overlap();
        }
        let mut wanted: Vec<_> = log.into_iter().map(|line| line.text).collect();
        wanted.sort();
        told.sort();
        prop_assert_eq!(told, wanted);
    }
}
