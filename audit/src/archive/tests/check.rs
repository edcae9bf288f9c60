use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::manifest::sha256;
use super::*;

const PATH: &str = "day=2026-11-01/00000001.ndjson.gz";
/// 2026-11-01T00:00:01Z, and a second later.
const LINES: &str = "{\"time\":1793491201000}\nempty file\n{\"time\":1793491202000}\n";

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn entry(stored: &[u8]) -> FileEntry {
    FileEntry {
        path: PATH.to_owned(),
        lines: 3,
        bytes: stored.len() as u64,
        sha256: sha256(stored),
        first: Some(Moment::second(1_793_491_201)),
        last: Some(Moment::second(1_793_491_202)),
        untimed: 1,
    }
}

fn faults(entry: &FileEntry, stored: Vec<u8>) -> Vec<Fault> {
    file(entry, &Source::of_bytes(PATH, stored)).iter().map(|problem| problem.fault).collect()
}

#[test]
fn a_file_as_it_was_archived_is_right() {
    let stored = gzip(LINES);
    assert_eq!(faults(&entry(&stored), stored), []);
}

#[test]
fn a_flipped_bit_is_noticed() {
    let stored = gzip(LINES);
    for bit in (0..stored.len() * 8).step_by(7) {
        let mut changed = stored.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(faults(&entry(&stored), changed)[0], Fault::Changed, "bit {bit}");
    }
}

#[test]
fn each_figure_of_the_manifest_is_held_against_the_file() {
    let stored = gzip(LINES);
    let right = entry(&stored);
    let wrong = [
        (FileEntry { lines: 4, ..right.clone() }, Fault::Count),
        (FileEntry { untimed: 0, ..right.clone() }, Fault::Count),
        (FileEntry { bytes: 1, ..right.clone() }, Fault::Count),
        (FileEntry { first: None, ..right.clone() }, Fault::Count),
        (FileEntry { last: right.first, ..right.clone() }, Fault::Count),
        (FileEntry { sha256: sha256(b""), ..right.clone() }, Fault::Changed),
        (FileEntry { path: PATH.replace("11-01", "11-02"), ..right.clone() }, Fault::Misplaced),
    ];
    for (entry, fault) in wrong {
        assert_eq!(faults(&entry, stored.clone()), [fault], "{entry:?}");
    }
    let cut = stored[..stored.len() - 3].to_vec();
    assert_eq!(faults(&entry(&cut), cut), [Fault::Damaged], "archived as it is, and yet no gzip");
}

#[test]
fn a_file_that_is_not_there_is_missing() {
    let stored = gzip(LINES);
    let gone = Source::new(PATH, || Err(std::io::ErrorKind::NotFound.into()));
    let problems = file(&entry(&stored), &gone);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].fault, problems[0].file.as_str()), (Fault::Missing, PATH));
}
