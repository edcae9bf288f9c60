//! `spctl audit report`: one page, whole, private, and the same again.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::support::Lab;

/// 2026-11-01 00:00, a Sunday, in seconds since 1970.
pub const NOVEMBER: i64 = 1_793_491_200;
pub const DAY: i64 = 86_400;

/// A line of a log: when, who, from where, which act, in which session.
pub fn line(seconds: i64, user: &str, ip: &str, act: &str, failed: bool, session: &str) -> String {
    let (class, activity) = match act {
        "authenticate" => (3002, 1),
        "logout" => (3002, 2),
        _ => (3004, 2),
    };
    let line = serde_json::json!({
        "activity_id": activity, "class_uid": class, "type_uid": class * 100 + activity,
        "time": seconds * 1000, "status_id": if failed { 2 } else { 1 },
        "metadata": { "correlation_uid": session }, "actor": { "user": { "name": user } },
        "src_endpoint": { "ip": ip }, "user": { "name": user }, "unmapped": { "atype": act },
        "entity": { "name": "totals", "type": "stream_processor" },
    });
    format!("{line}\n")
}

/// Names as an attacker would choose them.
pub const HOSTILE: [&str; 8] = [
    "admin.<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></title><svg onload=alert(1)>",
    "&lt;b&gt; ]]> <!-- {{7*7}}",
    "admin.\u{202e}ecila\u{2066}\u{200b}\u{1b}[31m",
    "ثابت 用户 scope",
    " ",
];

/// A log whose every text is one of those, or very long.
pub fn hostile() -> String {
    let long = "W".repeat(100_000);
    let names = HOSTILE.iter().copied().chain([long.as_str()]);
    let mut log = String::new();
    for (index, name) in (0..).zip(names) {
        for act in ["authenticate", "logout", name] {
            log += &line(NOVEMBER + index * 7000, name, name, act, act == name, name);
        }
    }
    log
}

/// The words of a page without its style, a line for each element that begins a new one.
fn words(page: &str) -> String {
    let body = page.split_once("</style>").unwrap().1;
    let mut words = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        let is_block = [
            "h1",
            "h2",
            "h3",
            "p",
            "li",
            "tr",
            "caption",
            "figcaption",
            "desc",
            "summary",
            "footer",
        ];
        match name {
            _ if is_block.contains(&name) && !words.ends_with('\n') => words.push('\n'),
            "td" | "th" => words.push_str(" | "),
            _ => {}
        }
        words.push_str(text);
    }
    let unescaped = words.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'");
    unescaped.replace("&quot;", "\"").replace("&amp;", "&")
}

fn report(lab: &Lab, log: &str) -> String {
    std::fs::write(lab.file("log.ndjson"), log).unwrap();
    lab.bare(["audit", "report", "./log.ndjson", "--out", "-"]).finish().exits(0).out()
}

/// What is true of every page: the moment at its end left out.
fn without_its_moment(page: &str) -> &str {
    page.split_once("<footer>").unwrap().0
}

#[test]
fn a_page_is_private_and_replaces_nothing_unasked() {
    let lab = Lab::new();
    std::fs::write(
        lab.file("log.ndjson"),
        line(NOVEMBER, "admin.a", "192.0.2.1", "logout", false, "s"),
    )
    .unwrap();
    let run = || lab.bare(["audit", "report", "./log.ndjson", "--out", "report.html"]);
    assert_snapshot!(run().shown(), @r"
    $ spctl audit report ./log.ndjson --out report.html
    --- stderr
    1 event -> report.html
    --- exit 0
    ");
    let path = lab.file("report.html");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let first = std::fs::read_to_string(&path).unwrap();
    assert_snapshot!(run().shown(), @r"
    $ spctl audit report ./log.ndjson --out report.html
    --- stderr
    error: report.html already exists
    hint: add --force to replace it, or name another file
    --- exit 6
    ");
    assert!(std::fs::read_to_string(&path).unwrap() == first, "the file is left alone");
    run().and(&["--force"]).finish().exits(0);
    let again = std::fs::read_to_string(&path).unwrap();
    assert_eq!(without_its_moment(&first), without_its_moment(&again));
    assert!(first.ends_with("</html>\n"));
    let nowhere = ["audit", "report", "./log.ndjson", "--out", "none/report.html"];
    lab.bare(nowhere).finish().exits(5);
    lab.bare(["audit", "report", "./log.ndjson"]).finish().exits(2);
}

#[test]
fn a_page_says_all_that_is_in_a_log() {
    let lab = Lab::new();
    let mut log = String::new();
    let (alice, mallory) = ("admin.alice", "admin.<b>mallory</b>");
    log += &line(NOVEMBER + 3600, alice, "192.0.2.1", "authenticate", false, "one");
    log += &line(NOVEMBER + 3660, alice, "192.0.2.1", ".sample()", false, "one");
    log += &line(NOVEMBER + 3720, alice, "192.0.2.1", "logout", false, "one");
    log += &line(NOVEMBER + 3 * DAY, mallory, "198.51.100.9", "authenticate", true, "two");
    log += "no event\n\n";
    log += &line(NOVEMBER + 6 * DAY, alice, "192.0.2.1", "authenticate", false, "three");
    let page = words(&report(&lab, &log));
    let (page, _) = page.split_once("\nHow to read this page").unwrap();
    assert_snapshot!(page);
}

/// Counted here in the plainest way.
#[test]
fn the_numbers_of_the_sample_are_those_of_its_lines() {
    let lab = Lab::new();
    let download =
        ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "orders.ndjson"];
    lab.spctl(download).finish().exits(0);
    let log = std::fs::read_to_string(lab.file("orders.ndjson")).unwrap();
    let events: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |is: &dyn Fn(&serde_json::Value) -> bool| events.iter().filter(|e| is(e)).count();
    let failures = count(&|event| event["status_id"] == 2);
    let alice = count(&|event| {
        event["actor"]["user"]["name"] == "admin.alice" || event["user"]["name"] == "admin.alice"
    });
    let page = words(&report(&lab, &log));
    let grouped = |count: usize| match count {
        0..1000 => count.to_string(),
        _ => format!("{},{:03}", count / 1000, count % 1000),
    };
    assert!(failures > 0 && alice > 0);
    let has = |text: String| assert!(page.contains(&text), "{text}: {page}");
    has(format!("\n{} events", grouped(events.len())));
    has(format!("\n{} failures", grouped(failures)));
    let of_alice = page.lines().find(|line| line.starts_with(" | admin.alice | ")).unwrap();
    assert!(of_alice.contains(&format!(" | {} | ", grouped(alice))), "{of_alice}");
    // Each failure is in one field of the week.
    let week = page.split_once("Failures by weekday and hour\n").unwrap().1;
    let fields = week.lines().skip(1).take_while(|line| line.starts_with(" | "));
    let sum: usize =
        fields.map(|line| line.rsplit(" | ").next().unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(sum, failures);
}

#[test]
fn instances_are_read_and_their_conditions_told() {
    let lab = Lab::new();
    let args = ["audit", "report", "orders", "payments", "--user", "dave", "--event", "sample"];
    let page =
        lab.spctl(args).and(&["--since", "2026-08-01", "--out", "-"]).finish().exits(0).out();
    let page = words(&page);
    assert!(page.contains("\nInstances orders and payments, "), "{page}");
    assert!(page.contains("\nOnly events that meet --user dave --event sample --since "), "{page}");
    assert!(page.contains("have such events, hatched days have none."), "{page}");
    let users =
        page.split_once("\nTop users\n").unwrap().1.split_once("\nTop addresses").unwrap().0;
    assert_eq!(users.matches("\n | ").count(), 2, "a heading, and one user: {users}");
}

#[test]
fn what_cannot_be_read_is_on_the_page_and_fails() {
    let lab = Lab::new();
    std::fs::write(lab.file("cut.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab").unwrap();
    let whole = line(NOVEMBER, "admin.a", "192.0.2.1", "logout", false, "s");
    std::fs::write(lab.file("whole.ndjson"), whole).unwrap();
    let sources = ["audit", "report", "./cut.gz", "./none.gz", "./whole.ndjson"];
    let run = lab.bare(sources).and(&["--out", "report.html"]).finish();
    assert_eq!(run.code, Some(1), "{}", run.shown());
    let page = words(&std::fs::read_to_string(lab.file("report.html")).unwrap());
    assert!(page.contains("\n1 event 2 sources not read to the end"), "{page}");
    assert!(
        page.contains("\n | ./cut.gz | 0 | not to its end: nothing beyond 0 lines: "),
        "{page}"
    );
    assert!(page.contains("\n | not opened | 0 | not at all: there is no ./none.gz"), "{page}");
}

#[test]
fn nothing_that_can_be_read_is_no_page() {
    let lab = Lab::new();
    let sources = ["audit", "report", "./none.gz", "./nor-this.gz", "--out", "report.html"];
    lab.bare(sources).finish().exits(5);
    assert!(!lab.file("report.html").exists());
}

#[test]
fn a_page_never_takes_the_place_of_a_log() {
    let lab = Lab::new();
    let log = line(NOVEMBER, "admin.a", "192.0.2.1", "logout", false, "s");
    std::fs::create_dir(lab.file("logs")).unwrap();
    std::fs::write(lab.file("logs/a.log"), &log).unwrap();
    for source in ["logs/a.log", "./logs", "logs/../logs/a.log"] {
        let args = ["audit", "report", source, "--out", "./logs/a.log", "--force"];
        let refused = lab.bare(args).finish().exits(2).err();
        assert!(refused.contains("--out: ./logs/a.log is one of the logs"), "{refused}");
        assert_eq!(std::fs::read_to_string(lab.file("logs/a.log")).unwrap(), log);
    }
    lab.bare(["audit", "report", "./logs", "--out", "logs/a.html"]).finish().exits(0);
    lab.bare(["audit", "report", "./logs", "--out", "logs/a.html", "--force"]).finish().exits(0);
}

#[test]
fn stdin_is_a_source() {
    let lab = Lab::new();
    let log = line(NOVEMBER, "admin.a", "192.0.2.1", "logout", false, "s");
    let run = lab.bare(["audit", "report", "-", "--out", "-"]).stdin(&log).finish().exits(0);
    assert!(words(&run.out()).contains("\n1 event\n"), "{}", run.shown());
}

#[test]
fn no_text_of_a_log_becomes_a_part_of_the_page() {
    let lab = Lab::new();
    let page = report(&lab, &hostile());
    let mut names = std::collections::BTreeSet::new();
    for tag in page.split('<').skip(1) {
        let tag = tag.split_once('>').unwrap().0;
        names.insert(tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap().to_owned());
        let outside = [" on", "javascript:", " src=", " style="];
        assert!(!outside.iter().any(|text| tag.contains(text)), "{tag}");
    }
    for name in ["script", "img", "b"] {
        assert!(!names.contains(name), "{names:?}");
    }
    assert!(page.contains("\\u{202e}ecila\\u{2066}\\u{200b}\\u{1b}[31m"));
    assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{1b}']));
    assert!(page.len() < 200_000, "names of 100,000 characters are cut");
}

/// Writes this log's page.
pub fn page(lab: &Lab, name: &str, log: &str) -> std::path::PathBuf {
    std::fs::write(lab.file("log.ndjson"), log).unwrap();
    let out = format!("{name}.html");
    lab.bare(["audit", "report", "./log.ndjson", "--out", &out]).finish().exits(0);
    lab.file(&out)
}

/// A log of a year: many users from many addresses, with silence in between.
pub fn year() -> String {
    let mut log = String::new();
    for index in 0..12_000_i64 {
        let user = format!("admin.user-{}", (index * index) % 307);
        let seconds = NOVEMBER + index * 2_628 + if index > 5_000 { 9 * DAY } else { 0 };
        let act = ["authenticate", ".sample()", "logout"][index as usize % 3];
        let ip = format!("2001:db8:{:x}::{:x}", (index * 7) % 211, index % 13);
        let failed = index % 11 == 0 && act == "authenticate";
        let _ =
            write!(log, "{}", line(seconds, &user, &ip, act, failed, &format!("s-{}", index / 3)));
    }
    log
}
