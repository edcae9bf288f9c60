//! A server that is somebody else's: answers that are cut, endless, too deep, too long or no
//! answers.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bytes::{Raw, framed, unframed};
use crate::support::Lab;
use crate::terminal::Terminal;

/// Checks cases side by side: most of their time they wait to try again.
fn side_by_side<T: Send>(cases: Vec<T>, check: impl Fn(T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| check(case));
        }
    });
}

fn gzip(plain: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(plain.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

fn left(lab: &Lab) -> Vec<String> {
    let entries = std::fs::read_dir(lab.home()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("log") || name.contains("part")).collect()
}

const LOGS: [&str; 3] = [
    "audit download orders --out log.gz",
    "processors logs --instance orders --out log.gz",
    "api GET groups/{project}/streams/orders/auditLogs --out log.gz",
];

#[test]
fn a_log_without_a_length_is_whole_only_where_its_trailer_says_so() {
    let log = gzip("{\"a\":1}\n{\"a\":2}\n");
    let two = [gzip("{\"a\":1}\n"), log.clone()].concat();
    let cuts = [0, 1, 9, log.len() - 8, log.len() - 1];
    let mut bodies: Vec<Vec<u8>> = cuts.iter().map(|cut| log[..*cut].to_vec()).collect();
    bodies.push(two[..two.len() - log.len() + 3].to_vec());
    let cases = LOGS.iter().flat_map(|line| bodies.iter().map(move |body| (line, body)));
    side_by_side(cases.collect(), |(line, body)| {
        for version in ["1.0", "1.1"] {
            let (lab, body) = (Lab::faulty(), body.clone());
            let length = body.len();
            let raw = Raw::new(move |_| unframed(version, &body));
            let cut = raw.run(&lab, line).finish();
            assert!(matches!(cut.code, Some(1 | 7)), "{length}: {}", cut.shown());
            assert!(left(&lab).is_empty(), "{length}: {:?}", left(&lab));
        }
    });
    let lab = Lab::faulty();
    for line in LOGS {
        let whole = two.clone();
        let raw = Raw::new(move |_| unframed("1.1", &whole));
        let told = raw.run(&lab, line).finish().exits(0);
        assert!(told.err().contains("announced no length"), "{}", told.shown());
        assert_eq!(std::fs::read(lab.file("log.gz")).unwrap(), two);
        std::fs::remove_file(lab.file("log.gz")).unwrap();
    }
}

#[test]
fn a_log_of_nothing_is_one_where_that_was_said() {
    let lab = Lab::faulty();
    let ended = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_vec();
    let begun = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let coded = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n".to_vec();
    for (answer, whole) in [(framed(b""), true), (ended, true), (begun, false), (coded, false)] {
        let raw = Raw::new(move |_| answer.clone());
        let finished = raw.run(&lab, LOGS[0]).finish();
        match whole {
            true => {
                let told = finished.exits(0);
                assert!(told.err().contains("no events"), "{}", told.shown());
                assert_eq!(left(&lab), ["log.gz"]);
                std::fs::remove_file(lab.file("log.gz")).unwrap();
            }
            false => {
                assert!(matches!(finished.code, Some(1 | 7)), "{}", finished.shown());
                assert!(left(&lab).is_empty(), "{:?}", left(&lab));
            }
        }
    }
}

#[test]
fn json_without_a_length_is_whole_only_where_it_ends() {
    let list = br#"{"links":[],"results":[{"name":"orders","hostnames":[]}],"totalCount":1}"#;
    let array = br#"[{"roleName":"r","actions":[]}]"#;
    let lines: [(&str, &[u8]); 6] = [
        ("instances list", list),
        ("api GET groups/{project}/streams", list),
        ("api GET groups/{project}/streams --out list.log", list),
        ("api GET groups/{project}/streams --paginate", list),
        ("connections get c --instance orders", br#"{"name":"c","type":"Sample"}"#),
        ("roles list", array),
    ];
    side_by_side(lines.to_vec(), |(line, body)| {
        let lab = Lab::faulty();
        let raw = Raw::new(move |_| unframed("1.1", body));
        raw.run(&lab, line).finish().exits(0);
        let _ = std::fs::remove_file(lab.file("list.log"));
        side_by_side(vec![0, 1, body.len() / 2, body.len() - 1], |cut| {
            let raw = Raw::new(move |_| unframed("1.0", &body[..cut]));
            let finished = raw.run(&lab, line).finish();
            assert!(matches!(finished.code, Some(1 | 7)), "{line}, {cut}: {}", finished.shown());
            assert!(finished.out().trim_matches(['[', '\n']).is_empty(), "{}", finished.shown());
            assert!(left(&lab).is_empty(), "{line}, {cut}: {:?}", left(&lab));
        });
    });
    let lab = Lab::faulty();
    // Nobody knows whether a number goes on.
    let raw = Raw::new(|_| unframed("1.1", b"12"));
    raw.run(&lab, "api GET groups/{project}/streams").finish().exits(7);
}

#[test]
fn what_is_no_answer_is_not_blamed_on_the_connection() {
    let lab = Lab::faulty();
    let ok = "HTTP/1.1 200 OK\r\n";
    let answers = [
        (format!("{ok}X-A: {}\r\n\r\n", "a".repeat(1_000_000)), "headers are too large"),
        (format!("{ok}{}\r\n", "X-A: b\r\n".repeat(500)), "too many"),
        (format!("{ok}Content-Length: many\r\n\r\n{{}}"), "not valid HTTP"),
        ("SSH-2.0-something\r\n\r\n".to_owned(), "not valid HTTP"),
        (format!("{ok}Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), "body cannot be read"),
    ];
    for (answer, told) in answers {
        let raw = Raw::new(move |_| answer.clone().into_bytes());
        let finished = raw.run(&lab, "instances list").finish().exits(1);
        assert!(finished.err().contains(told), "{}", finished.shown());
        assert!(!finished.err().contains("the connection ended"), "{}", finished.shown());
        assert_eq!(raw.requests(), 1, "asking again does not help");
    }
}

/// A page of users.
fn page(names: impl Iterator<Item = String>, next: bool) -> Vec<u8> {
    let rows: Vec<_> = names.map(|name| format!(r#"{{"username":"{name}"}}"#)).collect();
    let next = if next { r#"{"rel":"next"}"# } else { "" };
    framed(format!(r#"{{"links":[{next}],"results":[{}]}}"#, rows.join(",")).as_bytes())
}

#[test]
fn a_list_that_goes_round_in_circles_has_an_end() {
    let lab = Lab::faulty();
    for line in ["users list -o ndjson", "users list --jq .", "users get nobody", "users list -q"] {
        let count = AtomicUsize::new(0);
        let raw = Raw::new(move |target| {
            if target.contains("dataFederation") {
                return framed(b"[]");
            }
            if !target.contains("databaseUsers") {
                return page(std::iter::empty(), false);
            }
            let at = count.fetch_add(1, Ordering::Relaxed) % 2;
            page((0..500).map(|row| format!("u{at}-{row}")), true)
        });
        let finished = raw.run(&lab, line).finish().exits(1);
        assert!(finished.err().contains("repeat earlier rows"), "{}", finished.shown());
        // `users get` reads two more lists, which are the same.
        assert!(raw.requests() <= 25, "{}", raw.requests());
    }
}

fn row(field: &str) -> Vec<u8> {
    framed(format!(r#"{{"links":[],"results":[{{"name":"orders","x":{field}}}]}}"#).as_bytes())
}

#[test]
fn what_is_nested_too_deep_or_has_endless_numbers_is_refused() {
    let lab = Lab::faulty();
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let digits = "7".repeat(1_000_000);
    for (field, why) in [
        (nested(10_000), "nested more than 512 deep"),
        (nested(600), "nested more than 512 deep"),
        (digits.clone(), "a number of more than"),
        (format!("{{\"a\":-1.{digits}e1}}"), "a number of more than"),
    ] {
        for line in [
            "instances list --jq .",
            "instances list -o yaml",
            "instances list -o table",
            "api GET groups/{project}/streams --jq .",
        ] {
            let answer = row(&field);
            let raw = Raw::new(move |_| answer.clone());
            let finished = raw.run(&lab, line).finish().exits(1);
            assert!(finished.err().contains(why), "{line}: {:.300}", finished.err());
        }
    }
    let answer = row(&nested(400));
    let raw = Raw::new(move |_| answer.clone());
    let depth = "[.. | numbers] | length";
    let mut run = raw.run(&lab, "instances list --jq");
    run.args.push(depth.to_owned());
    assert_eq!(run.finish().exits(0).out(), "1\n");
}

#[test]
fn a_name_of_megabytes_is_cut_in_a_table() {
    let lab = Lab::faulty();
    let long: String = "ab\u{301}\u{200d}界".repeat(250_000);
    let answer = framed(
        format!(r#"{{"links":[],"results":[{{"name":"{long}"}},{{"name":"b"}}]}}"#).as_bytes(),
    );
    let raw = Raw::new(move |_| answer.clone());
    let shown = raw.run(&lab, "instances list -o table").finish().exits(0);
    assert!(shown.out().lines().all(|line| line.chars().count() < 3_000), "lines are cut");
    assert!(shown.out().contains('…'));
    let names = raw.run(&lab, "instances list -q").finish().exits(0);
    assert_eq!(names.out().len(), long.len() + "\nb\n".len());
    // Who asks for a name that is not there is not shown one that is nothing like it.
    let missing = raw.run(&lab, "users get ab").finish();
    assert!(missing.err().len() < 2_000, "{}", missing.err().len());
}

#[test]
fn a_collected_listing_has_a_largest_size() {
    let lab = Lab::faulty();
    let filler = "x".repeat(1_000_000);
    let answers = move |target: &str| -> Vec<u8> {
        let number = target
            .split_once("pageNum=")
            .map_or("1", |(_, number)| number.split('&').next().unwrap_or("1"));
        let mut rows = String::new();
        for row in 0..14 {
            let comma = if row == 0 { "" } else { "," };
            let _ = write!(rows, r#"{comma}{{"name":"i{number}-{row}","x":"{filler}"}}"#);
        }
        let next = if number != "6" { r#"{"rel":"next"}"# } else { "" };
        framed(format!(r#"{{"links":[{next}],"results":[{rows}]}}"#).as_bytes())
    };
    for line in [
        "instances list --jq length",
        "instances list -o yaml",
        "api GET groups/{project}/streams --paginate --jq length",
        "instances delete orders --yes",
    ] {
        let raw = Raw::new(answers.clone());
        let finished = raw.run(&lab, line).finish().exits(1);
        assert!(finished.err().contains("larger than 64 MiB"), "{}", finished.shown());
        assert!(finished.stdout.is_empty());
    }
    let raw = Raw::new(answers);
    assert!(raw.run(&lab, "instances list -q").finish().exits(0).out().lines().count() == 84);
}

#[test]
fn rows_that_come_twice_do_not_stand_for_those_that_are_missing() {
    let lab = Lab::faulty();
    let page = |first: usize, last: usize, next: &str| {
        let rows: Vec<String> =
            (first..=last).map(|row| format!(r#"{{"username":"u{row}"}}"#)).collect();
        let rows = rows.join(",");
        framed(format!(r#"{{"links":[{next}],"results":[{rows}],"totalCount":1000}}"#).as_bytes())
    };
    let raw = Raw::new(move |target: &str| match target.contains("pageNum=2") {
        false => page(1, 500, r#"{"rel":"next"}"#),
        true => page(2, 501, ""),
    });
    for line in ["users list -q", "users list -o ndjson", "users list --jq length"] {
        let told = raw.run(&lab, line).finish().exits(1);
        assert!(told.err().contains("got 501 of 1000 announced rows"), "{}", told.shown());
    }
}

#[test]
fn a_part_of_an_answer_is_no_answer() {
    let lab = Lab::faulty();
    let log = gzip("{\"a\":1}\n");
    for (status, body) in
        [("206 Partial Content", &log[..]), ("206 Partial Content", b""), ("202 Accepted", b"")]
    {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
        let raw = Raw::new({
            let whole = [head.as_bytes(), body].concat();
            move |_: &str| whole.clone()
        });
        for line in LOGS.iter().take(2) {
            raw.run(&lab, line).finish().exits(1);
            assert!(left(&lab).is_empty(), "{:?}", left(&lab));
        }
    }
}

/// Bytes that act on a terminal reach a pipe as they are, and a terminal only by their codes.
#[test]
fn bytes_of_an_answer_do_not_act_on_a_terminal() {
    let lab = Lab::faulty();
    let log = "{\"a\":\"\u{1b}[2J\u{9b}31m\u{202e}ä€\"}\n";
    let packed = gzip(log);
    let download = "audit download orders --decompress --out -";
    let call = "api GET groups/{project}/streams/orders --out -";
    for (line, body) in [(download, packed.clone()), (call, log.as_bytes().to_vec())] {
        let raw = Raw::new(move |_| framed(&body));
        let screen = Terminal::start(&raw.run(&lab, line).env("NO_COLOR", "1")).ends(0);
        assert!(!screen.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{screen:?}");
        assert!(screen.contains("\\u{1b}[2J\\u{9b}31m\\u{202e}ä€"), "{screen:?}");
        let piped = raw.run(&lab, line).finish().exits(0);
        assert_eq!(piped.stdout, log.as_bytes());
    }
    let raw = Raw::new(move |_| framed(&packed));
    for line in [
        call,
        "audit download orders --out -",
        "api GET groups/{project}/streams/orders/auditLogs",
        "api GET groups/{project}/streams/orders/auditLogs --out -",
    ] {
        let screen = Terminal::start(&raw.run(&lab, line).env("NO_COLOR", "1")).ends(2);
        assert!(screen.contains("refusing to write "), "{screen:?}");
        assert!(screen.contains("hint:") && !screen.contains('\u{fffd}'), "{screen:?}");
    }
}
