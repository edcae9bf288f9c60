use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::check::{self, Extent};
use super::super::intake;
use super::super::manifest::{Entry, Header, sha256};
use super::super::moment::Moment;
use super::super::{place, plan};
use super::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// 2026-09-21T14:13:20Z.
const NOW: i64 = 1_790_000_000;

/// A line of a log that exists from a moment on; by `key` the server chooses and orders lines.
#[derive(Debug, Clone)]
struct Written {
    key: i64,
    appears: i64,
    text: String,
}

/// A server.
#[derive(Debug, Clone)]
struct Log {
    lines: Vec<Written>,
    counts_end: bool,
}

impl Log {
    fn answer(&self, window: Window, now: i64) -> String {
        let until = (window.until + i64::from(self.counts_end)) * SECOND;
        let range = window.from * SECOND..until;
        let there = |line: &&Written| range.contains(&line.key) && line.appears <= now;
        self.lines.iter().filter(there).map(|line| line.text.clone() + "\n").collect()
    }
}

/// What ends a pull of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    /// The server does not answer.
    Refused,
    /// Killed after this many files were written, and before the manifest was.
    Killed(usize),
    /// Killed while the manifest was written.
    Torn,
}

#[derive(Debug, Default)]
struct Disk {
    manifest: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Disk {
    fn source(&self, path: &str) -> Source {
        Source::of_bytes(path, self.files[path].clone())
    }

    /// One pull; false if it was killed.
    fn pull(
        &mut self,
        log: &Log,
        since: i64,
        now: i64,
        fates: &mut impl Iterator<Item = Fate>,
    ) -> bool {
        let mut manifest = Manifest::read(&self.manifest);
        assert_eq!(manifest.problems, []);
        self.manifest.truncate(manifest.whole);
        if manifest.header.is_none() {
            let header = Header::new("p", "i", Moment::second(now));
            manifest.begin(header, |line| self.manifest.write_all(line)).unwrap();
        }
        let named: Vec<String> = manifest.files().map(|file| file.path.clone()).collect();
        self.files.retain(|path, _| named.contains(path));
        let since = manifest.beginning().map_or(since, |begun| begun.as_second().min(since));
        for window in plan::windows(&manifest.coverage, since, now) {
            let fate = fates.next().unwrap_or(Fate::Done);
            let mut entry = Entry {
                previous: String::new(),
                number: 0,
                read: Moment::second(now),
                from: Moment::second(window.from),
                until: Moment::second(window.until),
                again: 0,
                vanished: 0,
                failed: (fate == Fate::Refused).then(|| "no".to_owned()),
                files: Vec::new(),
            };
            if fate != Fate::Refused {
                let mut known = Known::new(window);
                for (file, is_own) in known.files(&manifest) {
                    known.read(&self.source(&file.path), is_own).unwrap();
                }
                let answer = Source::of_bytes("answer", log.answer(window, now).into_bytes());
                let mut days: BTreeMap<_, (Vec<u8>, Extent)> = BTreeMap::new();
                let keep = &mut |placed: intake::Placed<'_>| {
                    let day = days.entry(placed.day).or_default();
                    day.0.extend([placed.line, b"\n"].concat());
                    day.1.add(placed.time);
                    Ok(())
                };
                let taken = intake::read(&answer, known, keep).unwrap();
                assert_eq!(taken.vanished, 0, "{window:?}");
                for (index, (day, (bytes, extent))) in days.into_iter().enumerate() {
                    if fate == Fate::Killed(index) {
                        return false;
                    }
                    let path = place::file(day, manifest.next());
                    entry.files.push(FileEntry {
                        path: path.clone(),
                        lines: extent.lines,
                        bytes: bytes.len() as u64,
                        sha256: sha256(&bytes),
                        first: extent.first(),
                        last: extent.last(),
                        untimed: extent.untimed,
                    });
                    assert!(self.files.insert(path, bytes).is_none(), "a file is never rewritten");
                }
            }
            let write = |line: &[u8]| match fate {
                Fate::Killed(_) => Ok(()),
                Fate::Torn => self.manifest.write_all(&line[..line.len() / 2]),
                Fate::Done | Fate::Refused => self.manifest.write_all(line),
            };
            manifest.append(entry, write).unwrap();
            if matches!(fate, Fate::Killed(_) | Fate::Torn) {
                return false;
            }
        }
        true
    }

    fn lines(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        for (path, bytes) in &self.files {
            let text = std::str::from_utf8(bytes).unwrap();
            let day = path.split_once('/').unwrap().0;
            lines.extend(text.lines().map(|line| (line.to_owned(), day.to_owned())));
        }
        lines.sort();
        lines
    }
}

/// A line that may be late, may state another time than the server goes by, or none, and may have twins.
fn written() -> impl Strategy<Value = Written> {
    let ago = prop_oneof![3 => 0..DAY, 1 => 0..40 * DAY];
    (ago, 0..SECOND, 0_u32..12, 0..50 * 60_i64, 0..3_u8).prop_map(
        |(ago, fraction, kind, late, number)| {
            let second = NOW - ago;
            // Half of all lines stand at the edges of hours, where windows meet.
            let (second, fraction) = match kind % 2 {
                0 => (second - second.rem_euclid(HOUR), fraction % 3),
                _ => (second | 1, fraction),
            };
            let key = second * SECOND + fraction;
            let of = |time: i64| format!(r#"{{"time":{time},"n":{number}}}"#);
            match kind {
                1 => Written { key, appears: second + late, text: "empty file".to_owned() },
                3 => Written { key, appears: second + late, text: String::new() },
                5 => Written { key, appears: second + late, text: of(key - 3 * SECOND) },
                _ => Written { key, appears: second + late, text: of(key) },
            }
        },
    )
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        5 => Just(Fate::Done),
        1 => Just(Fate::Refused),
        1 => (0_usize..4).prop_map(Fate::Killed),
        1 => Just(Fate::Torn),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is killed, refused, late or there twice: in the end the archive holds every line as often
    /// as the log does, each under its day, and is sound.
    #[test]
    fn pulling_with_kills_and_faults_equals_pulling_once(
        mut lines in vec(written(), 1..40),
        twins in vec(any::<prop::sample::Index>(), 0..10),
        pulls in vec((0..6 * HOUR, vec(fate(), 0..8)), 0..7),
        counts_end: bool,
    ) {
        for twin in twins {
            lines.push(lines[twin.index(lines.len())].clone());
        }
        lines.sort_by_key(|line| line.key);
        // Even seconds, where no line without a time is: where windows meet, that would count twice.
        let mut now = NOW - DAY;
        let since = NOW - 41 * DAY;
        let log = Log { lines, counts_end };
        let mut disk = Disk::default();
        for (pause, fates) in pulls {
            now += pause & !1;
            disk.pull(&log, since, now, &mut fates.into_iter());
            let manifest = Manifest::read(&disk.manifest);
            prop_assert_eq!(&manifest.problems, &[]);
        }
        let end = now.max(NOW) + 3 * HOUR;
        prop_assert!(disk.pull(&log, since, end, &mut std::iter::empty()));

        let manifest = Manifest::read(&disk.manifest);
        prop_assert_eq!(&manifest.problems, &[]);
        prop_assert_eq!(check::gaps(&manifest), []);
        prop_assert_eq!(manifest.files().count(), disk.files.len());
        for file in manifest.files() {
            prop_assert_eq!(check::file(file, &disk.source(&file.path)), []);
        }
        let mut once = Disk::default();
        prop_assert!(once.pull(&log, since, end, &mut std::iter::empty()));
        let count = |lines: Vec<(String, String)>| {
            let mut counts: HashMap<String, u64> = HashMap::new();
            lines.into_iter().for_each(|(line, _)| *counts.entry(line).or_default() += 1);
            counts
        };
        let truth = log.lines.iter().map(|line| (line.text.clone(), String::new())).collect();
        prop_assert_eq!(count(disk.lines()), count(truth));
        prop_assert_eq!(count(once.lines()), count(disk.lines()));
    }
}
