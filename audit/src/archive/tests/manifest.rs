use std::io::Write;

use super::*;

fn header() -> Header {
    Header::new("64f0c0ffee0000000000000a", "orders", Moment::second(1_790_000_000))
}

fn entry(from: i64, until: i64, path: Option<&str>) -> Entry {
    let file = |path: &str| FileEntry { path: path.to_owned(), lines: 1, ..FileEntry::default() };
    Entry {
        previous: String::new(),
        number: 0,
        read: Moment::second(1_790_000_000),
        from: Moment::second(from),
        until: Moment::second(until),
        again: 0,
        vanished: 0,
        failed: None,
        files: path.map(file).into_iter().collect(),
    }
}

/// A manifest of three entries, line by line.
fn lines() -> Vec<Vec<u8>> {
    let mut manifest = Manifest::default();
    let mut lines = Vec::new();
    let mut push = |line: &[u8]| {
        lines.push(line.to_vec());
        Ok(())
    };
    manifest.begin(header(), &mut push).unwrap();
    let paths = [Some("day=1970-01-01/00000001.ndjson.gz"), None, None];
    for (path, from) in paths.into_iter().zip([0, 100, 200]) {
        manifest.append(entry(from, from + 100, path), &mut push).unwrap();
    }
    let read = Manifest::read(&lines.concat());
    assert_eq!((read.head(), read.problems.as_slice()), (manifest.head(), [].as_slice()));
    assert_eq!((read.whole, read.next()), (lines.concat().len(), 4));
    lines
}

fn faults(bytes: &[u8]) -> Vec<Fault> {
    Manifest::read(bytes).problems.iter().map(|problem| problem.fault).collect()
}

#[test]
fn the_head_is_what_sha256sum_says_of_the_last_line() {
    let lines = lines();
    let manifest = Manifest::read(&lines.concat());
    let last = lines.last().unwrap().strip_suffix(b"\n").unwrap();
    assert_eq!(manifest.head(), Some(sha256(last).as_str()));
    assert_eq!(manifest.find(&sha256(last).to_uppercase()), Some(4));
    assert_eq!(manifest.find(&sha256(b"")), None);
    assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn every_changed_byte_is_noticed() {
    let bytes = lines().concat();
    let last = lines().last().unwrap().len();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let read = Manifest::read(&changed);
        // Nothing vouches for the last line but the head, which is then another.
        let is_last = at >= bytes.len() - last;
        let other_head = is_last && read.head() != Manifest::read(&bytes).head();
        assert!(!read.problems.is_empty() || other_head, "{at}");
    }
}

#[test]
fn lines_that_are_gone_twice_there_or_swapped_are_noticed() {
    let all = lines();
    let of = |order: &[usize]| order.iter().flat_map(|at| all[*at].clone()).collect::<Vec<u8>>();
    assert_eq!(faults(&of(&[0, 1, 3])), [Fault::Chain, Fault::Order]);
    assert!(faults(&of(&[0, 1, 1, 2, 3])).contains(&Fault::Chain));
    assert!(faults(&of(&[0, 2, 1, 3])).contains(&Fault::Chain));
    assert!(faults(&of(&[1, 2, 3])).contains(&Fault::Unreadable));
    assert_eq!(faults(&of(&[0, 1, 2])), [], "only a head that was kept tells");
}

#[test]
fn what_a_killed_run_left_of_a_line_does_not_count() {
    let whole = lines().concat();
    for torn in [b"{\"previous\":\"".as_slice(), b"\0\0\0\0"] {
        let read = Manifest::read(&[&whole, torn].concat());
        assert_eq!((read.whole, read.entries.len(), read.problems.len()), (whole.len(), 3, 0));
        assert_eq!(read.torn, torn.len());
    }
    assert_eq!(Manifest::read(b"{\"vers").whole, 0);
    assert_eq!(faults(b""), []);
}

#[test]
fn a_path_never_leads_elsewhere() {
    let elsewhere = [
        "../../x",
        "/etc/passwd",
        "day=1970-01-01/00000002.ndjson.gz",
        "day=1970-01-01/../00000001.ndjson.gz",
    ];
    for path in elsewhere {
        let mut manifest = Manifest::default();
        let mut bytes = Vec::new();
        manifest.begin(header(), |line| bytes.write_all(line)).unwrap();
        manifest.append(entry(0, 100, Some(path)), |line| bytes.write_all(line)).unwrap();
        let read = Manifest::read(&bytes);
        assert_eq!(read.problems.len(), 1, "{path}");
    }
}

#[test]
fn windows_do_not_cross() {
    let mut manifest = Manifest::default();
    let mut bytes = Vec::new();
    manifest.begin(header(), |line| bytes.write_all(line)).unwrap();
    for (from, until) in [(0, 100), (0, 150), (50, 200), (0, 90)] {
        manifest.append(entry(from, until, None), |line| bytes.write_all(line)).unwrap();
    }
    assert_eq!(faults(&bytes), [Fault::Order, Fault::Order]);
}

/// What could not be written is no part of it: neither its head nor what it covers.
#[test]
fn a_line_that_cannot_be_written_changes_nothing() {
    let bytes = lines().concat();
    let mut manifest = Manifest::read(&bytes);
    let full = |_: &[u8]| Err(io::ErrorKind::StorageFull.into());
    assert!(manifest.append(entry(300, 400, None), full).is_err());
    let before = Manifest::read(&bytes);
    assert_eq!((manifest.head(), manifest.next()), (before.head(), before.next()));
    assert_eq!((manifest.coverage.range(), manifest.entries.len()), (Some((0, 300)), 3));
    let mut written = bytes;
    manifest.append(entry(300, 400, None), |line| written.write_all(line)).unwrap();
    assert_eq!(faults(&written), []);
}
