//! Planted incidents are found, each by its rule alone, and nothing else is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::span::{DAY, HOUR, MINUTE, SECOND};
use super::*;
use crate::event::Event;
use crate::folds::Fold;
use crate::source::{Place, Source};

/// 2026-11-02T00:00:00Z, a Monday.
const BEGIN: i64 = 1_793_577_600 * SECOND;

/// An event, as a line that the schema is kept to.
#[derive(Debug, Clone)]
struct Line {
    time: i64,
    act: &'static str,
    user: String,
    ip: String,
    role: &'static str,
    /// 0, or the error code of a failure.
    code: u32,
    object: Option<String>,
}

impl Line {
    fn new(time: i64, act: &'static str, user: &str, ip: &str) -> Line {
        let (user, ip) = (user.to_owned(), ip.to_owned());
        Line { time, act, user, ip, role: "admin.streamOperator", code: 0, object: None }
    }

    fn failed(self, code: u32) -> Line {
        Line { code, ..self }
    }

    fn about(self, object: &str) -> Line {
        Line { object: Some(object.to_owned()), ..self }
    }

    fn text(&self) -> String {
        let class = if self.act == "authenticate" || self.act == "logout" { 3002 } else { 3004 };
        let user = json!({"name": self.user, "groups": [{"name": self.role}]});
        let mut line = json!({
            "class_uid": class,
            "time": self.time / 1_000,
            "status_id": if self.code == 0 { 1 } else { 2 },
            "metadata": {"version": "1.1.0", "product": {"name": "x"}},
            "src_endpoint": {"ip": self.ip},
            "unmapped": {"atype": self.act},
        });
        if self.code != 0 {
            line["status_code"] = self.code.to_string().into();
        }
        match class == 3002 && self.code != 0 {
            true => line["user"] = user,
            false => line["actor"] = json!({"user": user}),
        }
        if let Some(object) = &self.object {
            line["entity"] = json!({"name": object, "type": "stream_processor"});
        }
        line.to_string()
    }
}

/// Three weeks in which nothing is to be found: two people, a program, a collector, and mistyped passwords.
fn clean() -> Vec<Line> {
    let mut lines = Vec::new();
    for day in 0..21 {
        for hour in 6..20 {
            let time = BEGIN + day * DAY + hour * HOUR;
            for (user, ip) in [("admin.alice", "192.0.2.1"), ("admin.svc", "198.51.100.9")] {
                lines.push(Line::new(time, "authenticate", user, ip));
                lines.push(Line::new(time + SECOND, ".sample()", user, ip).about("enrich"));
                lines.push(Line::new(time + MINUTE, "logout", user, ip));
            }
        }
        let time = BEGIN + day * DAY + 9 * HOUR;
        lines.push(Line::new(time, "authenticate", "admin.bob", "2001:db8::b").failed(18));
        lines.push(Line::new(time + SECOND, "authenticate", "admin.bob", "2001:db8::b"));
        lines.push(Line::new(time + MINUTE, "dropStreamProcessor", "admin.bob", "2001:db8::b"));
        lines.push(Line::new(
            time + 2 * MINUTE,
            "startStreamProcessor",
            "admin.bob",
            "2001:db8::b",
        ));
        lines.push(Line::new(time, "Audit log accessed", "collector", "203.0.113.3"));
    }
    lines
}

fn is_administrator(role: &str) -> bool {
    role == "everything"
}

fn source() -> Source {
    Source::of_bytes("orders.log", Vec::new()).of_instance("orders")
}

fn taken<'a>(settings: &Settings, lines: impl IntoIterator<Item = (u64, &'a Line)>) -> Digest {
    let source = source();
    let mut digest = Digest::new(settings, is_administrator);
    for (number, line) in lines {
        let text = line.text();
        let event = Event::parse(text.as_bytes()).expect("an event");
        digest.take(&event, Place { source: &source, line: number });
    }
    digest
}

fn numbered(lines: &[Line]) -> impl Iterator<Item = (u64, &Line)> {
    (1..).zip(lines)
}

fn log(lines: &[Line]) -> Log {
    taken(&Settings::default(), numbered(lines)).finish()
}

fn users() -> Users {
    let there = ["admin.alice", "admin.bob", "admin.svc", "admin.eve"];
    Users { there: there.map(str::to_owned).to_vec(), ..Users::default() }
}

fn beside(settings: &Settings) -> Beside<'_> {
    Beside { baseline: None, users: Ok(users()), own_name: None, is_whole: true, settings }
}

fn found(lines: &[Line]) -> Vec<Finding> {
    detect(&log(lines), &beside(&Settings::default())).findings
}

/// What is found when this is added to the clean log.
#[track_caller]
fn planted(more: Vec<Line>, rules: &[&str]) -> Vec<Finding> {
    let lines = [clean(), more].concat();
    let found = found(&lines);
    let mut ids: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    ids.sort_unstable();
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    assert_eq!(ids, rules, "{found:#?}");
    found
}

/// So many failed logons, one each `every`.
fn failures(
    count: i64,
    every: i64,
    user: impl Fn(i64) -> String,
    ip: impl Fn(i64) -> String,
) -> Vec<Line> {
    let begin = BEGIN + 15 * DAY + 3 * HOUR;
    let line = |n| Line::new(begin + n * every, "authenticate", &user(n), &ip(n)).failed(18);
    (0..count).map(line).collect()
}

#[test]
fn nothing_is_found_in_a_clean_log() {
    planted(Vec::new(), &[]);
    let settings = Settings::default();
    assert_eq!(detect(&log(&clean()), &beside(&settings)).skipped, []);
    assert!(detect(&log(&[]), &beside(&settings)).findings.is_empty());
}

#[test]
fn failed_logons_are_found_by_address() {
    let spray =
        |count, every| failures(count, every, |n| format!("admin.u{n}"), |_| "203.0.113.66".into());
    let found = planted(spray(10, MINUTE), &["failed-logons-by-address"]);
    assert_eq!(found[0].count, 10);
    assert_eq!(found[0].addresses, ["203.0.113.66".parse::<std::net::IpAddr>().unwrap()]);
    assert_eq!(found[0].users.len(), 10);
    assert_eq!(
        found[0].summary,
        "10 failed logons in 9m from 203.0.113.66, as admin.u0, admin.u1 and 8 more"
    );
    assert_eq!(found[0].evidence.len(), 5);
    planted(spray(9, MINUTE), &[]);
    planted(spray(10, 3 * MINUTE), &[]);
    // Fast ones too, many in a second.
    let found = planted(spray(1000, SECOND / 100), &["failed-logons-by-address"]);
    assert_eq!((found[0].count, found[0].evidence.len()), (1000, 5));
}

#[test]
fn failed_logons_are_found_by_user_from_many_addresses() {
    let spread = |count| {
        failures(count, MINUTE, |_| "admin.eve".into(), |n| format!("203.0.113.{}", 100 + n))
    };
    let found = planted(spread(12), &["failed-logons-by-user"]);
    assert_eq!(
        found[0].summary,
        "12 failed logons in 11m as admin.eve, from 203.0.113.100, 203.0.113.101 and 10 more"
    );
    planted(spread(9), &[]);
}

#[test]
fn among_many_successes_failures_are_usual() {
    let mut lines = failures(10, MINUTE, |n| format!("admin.u{n}"), |_| "198.51.100.9".into());
    let busy =
        lines.clone().into_iter().map(|line| Line { code: 0, user: "admin.svc".into(), ..line });
    lines.extend(busy.flat_map(|line| [line.clone(), Line { time: line.time + SECOND, ..line }]));
    planted(lines, &[]);
}

#[test]
fn a_logon_after_a_burst_is_found() {
    let attack = || failures(10, SECOND, |_| "admin.alice".into(), |_| "203.0.113.66".into());
    let end = BEGIN + 15 * DAY + 3 * HOUR + 10 * SECOND;
    let rules = [
        "logon-after-failures",
        "failed-logons-by-address",
        "failed-logons-by-user",
        "first-seen-address",
    ];
    let guessed = Line::new(end + MINUTE, "authenticate", "admin.alice", "203.0.113.66");
    let mut lines = attack();
    lines.push(guessed.clone());
    let first = &planted(lines, &rules)[0];
    assert_eq!(first.summary, "admin.alice logged on from 203.0.113.66 after 10 failed logons");
    assert_eq!(first.evidence.last().map(|mark| mark.time), Some(guessed.time));
    // Who goes on trying has got in all the same.
    let mut lines = attack();
    lines.extend(failures(30, SECOND, |n| format!("admin.u{n}"), |_| "203.0.113.66".into()));
    lines.push(Line { time: end + 5 * SECOND, ..guessed.clone() });
    let first = &planted(lines, &rules)[0];
    assert_eq!(first.summary, "admin.alice logged on from 203.0.113.66 during 40 failed logons");
    // Her own logon from where she always works is none.
    let mut lines = attack();
    lines.push(Line::new(end + MINUTE, "authenticate", "admin.alice", "192.0.2.1"));
    planted(lines, &["failed-logons-by-address", "failed-logons-by-user"]);
    let mut lines = attack();
    lines.push(Line { time: end + 2 * HOUR, ..guessed });
    planted(lines, &["failed-logons-by-address", "failed-logons-by-user", "first-seen-address"]);
}

#[test]
fn who_and_what_was_not_seen_before_is_found() {
    let late = BEGIN + 12 * DAY;
    let eve = |time| Line::new(time, "authenticate", "admin.eve", "203.0.113.5");
    let found = planted(vec![eve(late)], &["first-seen-user", "first-seen-address"]);
    assert_eq!(
        found[0].summary,
        "admin.eve was not seen before, from 203.0.113.5: 1 Successful Authentication"
    );
    // A failed logon is no sight of a user.
    planted(vec![eve(late).failed(18)], &[]);
    // Where the log begins, nobody is new.
    planted(vec![eve(BEGIN + 6 * DAY), eve(late)], &[]);
    let reader = Line::new(late, "Audit log accessed", "nosy", "192.0.2.1");
    planted(vec![reader], &["new-log-reader"]);
    // A known user from a known address, who reads the log for the first time.
    let reader = Line::new(late, "Audit log accessed", "admin.alice", "192.0.2.1");
    let found = planted(vec![reader.clone()], &["new-log-reader"]);
    assert_eq!(
        found[0].summary,
        "admin.alice read the audit log of orders for the first time, from 192.0.2.1"
    );
    planted(vec![reader.failed(13)], &[]);
}

#[test]
fn a_short_log_says_nothing_about_what_is_usual_unless_another_does() {
    let day: Vec<Line> = clean().into_iter().filter(|line| line.time >= BEGIN + 20 * DAY).collect();
    let settings = Settings::default();
    let short = log(&day);
    let skipped = detect(&short, &beside(&settings)).skipped;
    let ids: Vec<&str> = skipped.iter().map(|(page, _)| page.id).collect();
    assert_eq!(ids, ["first-seen-user", "first-seen-address", "new-log-reader"]);
    let before: Vec<Line> =
        clean().into_iter().filter(|line| line.time < BEGIN + 20 * DAY).collect();
    let before = log(&before);
    let with = |baseline| detect(&short, &Beside { baseline: Some(baseline), ..beside(&settings) });
    assert!(with(&before).findings.is_empty() && with(&before).skipped.is_empty());
    let without_bob: Vec<Line> = clean()
        .into_iter()
        .filter(|l| l.time < BEGIN + 20 * DAY && l.user != "admin.bob")
        .collect();
    let found = with(&log(&without_bob)).findings;
    let ids: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(ids, ["first-seen-user", "first-seen-address"]);
}

#[test]
fn a_burst_of_drops_is_found() {
    let at = |n| BEGIN + 10 * DAY + n * MINUTE;
    let drop = |n: i64| {
        Line::new(at(n), "dropStreamProcessor", "admin.alice", "192.0.2.1").about(&format!("p{n}"))
    };
    let found = planted((0..3).map(drop).collect(), &["drop-burst"]);
    assert_eq!(found[0].summary, "admin.alice dropped 3 processors in 2m: p0, p1 and p2");
    planted((0..3).map(|n| drop(6 * n)).collect(), &[]);
    planted((0..3).map(|n| drop(n).failed(13)).collect(), &[]);
}

#[test]
fn what_is_denied_and_then_allowed_is_found() {
    let at = |n| BEGIN + 10 * DAY + n * HOUR;
    let stop =
        |n| Line::new(at(n), "stopStreamProcessor", "admin.alice", "192.0.2.1").about("enrich");
    let found =
        planted(vec![stop(0).failed(13), stop(1).failed(13), stop(3)], &["denied-then-allowed"]);
    assert_eq!(
        found[0].summary,
        "admin.alice was denied stopStreamProcessor, and allowed it 2h later"
    );
    assert_eq!((found[0].count, found[0].evidence.len()), (3, 3));
    // Denied once more, and allowed once more.
    let twice = vec![stop(0).failed(13), stop(1), stop(30).failed(13), stop(31)];
    planted(twice, &["denied-then-allowed", "denied-then-allowed"]);
    // Allowed before; refused for another reason; refused for good; too late; somebody else.
    planted(vec![stop(0), stop(1).failed(13)], &[]);
    planted(vec![stop(0).failed(72), stop(1)], &[]);
    planted(vec![stop(0).failed(13), stop(8 * 24)], &[]);
    planted(vec![stop(0).failed(13), Line { user: "admin.svc".into(), ..stop(1) }], &[]);
}

#[test]
fn an_administrator_is_found() {
    let role = |line| Line { role: "admin.everything", ..line };
    let acts = vec![
        role(Line::new(BEGIN + DAY, "authenticate", "admin.alice", "192.0.2.1")),
        role(Line::new(BEGIN + 2 * DAY, ".sample()", "admin.alice", "192.0.2.1")),
        role(Line::new(BEGIN + 2 * DAY, "Audit log accessed", "collector", "203.0.113.3")),
    ];
    let found = planted(acts, &["administrator-activity"]);
    assert_eq!(
        found[0].summary,
        "admin.alice acted as admin.everything: 1 logon and 1 other act, from 192.0.2.1"
    );
}

#[test]
fn users_who_are_gone_are_found_where_that_is_known() {
    let lines = clean();
    let settings = Settings::default();
    let with = |users| detect(&log(&lines), &Beside { users, ..beside(&settings) });
    let without = |user: &str| users().there.into_iter().filter(|one| one != user).collect();
    let found = with(Ok(Users { there: without("admin.bob"), ..Users::default() })).findings;
    assert_eq!((found.len(), found[0].rule, found[0].severity), (1, "unknown-user", Severity::Low));
    let gone = |day: i64| {
        let user = "admin.bob".to_owned();
        let gone = Gone { user, since: BEGIN + day * DAY + HOUR, how: "was deleted" };
        Users { there: without("admin.bob"), gone: vec![gone], has_groups: false }
    };
    let found = with(Ok(gone(20))).findings;
    assert_eq!((found.len(), found[0].severity), (1, Severity::High));
    assert_eq!(found[0].summary, "admin.bob acted 8h after it was deleted, for 1m 59s");
    assert_eq!(found[0].count, 3);
    // All that it did was before it was deleted.
    assert!(with(Ok(gone(21))).findings.is_empty());
    // Not permitted, or the wrong project: the rule says that it did not look.
    for users in [Err("no project is chosen".to_owned()), Ok(Users::default())] {
        let none = with(users);
        assert_eq!((none.findings.len(), none.skipped[0].0.id), (0, "unknown-user"));
    }
}

#[test]
fn a_gap_is_found_unless_there_are_many() {
    let with_gap = |from: i64, days: i64| {
        let in_gap =
            |line: &Line| (BEGIN + from * DAY..BEGIN + (from + days) * DAY).contains(&line.time);
        clean().into_iter().filter(|line| !in_gap(line)).collect::<Vec<_>>()
    };
    let found = found(&with_gap(10, 2));
    assert_eq!((found.len(), found[0].rule), (1, "events-before-gap"));
    assert_eq!(
        found[0].summary,
        "no event for 2d 10h; the last one before is Connection Termination by admin.svc"
    );
    let settings = Settings::default();
    let thinned = log(&with_gap(10, 2));
    let some = detect(&thinned, &Beside { is_whole: false, ..beside(&settings) });
    assert_eq!((some.findings.len(), some.skipped[0].0.id), (0, "events-before-gap"));
    let weekends = |line: &Line| (line.time - BEGIN).div_euclid(DAY) % 7 < 5;
    let weekdays: Vec<Line> = (0..2)
        .flat_map(|n| clean().into_iter().map(move |l| Line { time: l.time + n * 21 * DAY, ..l }))
        .filter(weekends)
        .collect();
    let rules: Vec<&str> = super::tests::found(&weekdays).iter().map(|one| one.rule).collect();
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn rules_are_told_what_to_leave_alone_and_can_be_switched_off() {
    let lines =
        [clean(), failures(20, SECOND, |_| "admin.eve".into(), |_| "203.0.113.66".into())].concat();
    let rules = |told: &[(&str, &str, settings::Given)]| {
        let mut settings = Settings::default();
        for (rule, name, given) in told {
            settings.set(rule, name, given).expect("a setting");
        }
        let log = taken(&settings, numbered(&lines)).finish();
        let found = detect(&log, &beside(&settings)).findings;
        let mut ids: Vec<_> = found.iter().map(|one| (one.rule, one.severity.name())).collect();
        ids.sort_unstable();
        ids
    };
    let (by_address, by_user) = ("failed-logons-by-address", "failed-logons-by-user");
    let texts = |text: &str| Given::Texts(vec![text.to_owned()]);
    assert_eq!(rules(&[]), [(by_address, "medium"), (by_user, "medium")]);
    assert_eq!(rules(&[(by_address, "enabled", Given::Flag(false))]), [(by_user, "medium")]);
    assert_eq!(rules(&[(by_user, "count", Given::Whole(21))]), [(by_address, "medium")]);
    assert_eq!(rules(&[(by_user, "within", Given::Text("5s".into()))]), [(by_address, "medium")]);
    assert_eq!(rules(&[(by_user, "except-users", texts("e*"))]), [(by_address, "medium")]);
    let shut_out = (by_address, "except-addresses", texts("203.0.113.0/24"));
    let grave = (by_user, "severity", Given::Text("critical".into()));
    assert_eq!(rules(&[shut_out, grave]), [(by_user, "critical")]);
}

#[test]
fn the_same_finding_has_the_same_fingerprint_when_more_of_the_log_is_read() {
    let attack = failures(20, SECOND, |_| "admin.eve".into(), |_| "203.0.113.66".into());
    let prints = |lines: Vec<Line>| {
        let found = found(&lines);
        found.into_iter().map(|one| one.fingerprint).collect::<std::collections::BTreeSet<_>>()
    };
    let one = prints([clean(), attack.clone()].concat());
    let later = clean().into_iter().map(|line| Line { time: line.time + 21 * DAY, ..line });
    let other = prints([clean(), later.collect(), attack].concat());
    assert_eq!((one.len(), &one), (2, &other));
}

#[test]
fn events_without_a_time_that_can_be_are_counted() {
    let odd = [0, -5 * SECOND, 9_000_000_000 * SECOND]
        .map(|time| Line::new(time, "authenticate", "admin.mallory", "203.0.113.9"));
    let lines = [clean(), odd.to_vec()].concat();
    assert_eq!(log(&lines).untimed(), 3);
    assert!(found(&lines).is_empty());
}

#[test]
fn every_rule_has_a_page_that_says_all() {
    let mut ids = std::collections::BTreeSet::new();
    for rule in RULES {
        let page = rule.page();
        assert!(ids.insert(page.id), "{}", page.id);
        let id = page.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(id, "{}", page.id);
        for (label, text) in page.parts() {
            assert!(text.len() > 40 && text.ends_with('.'), "{}: {label}", page.id);
        }
        for setting in page.settings {
            let quoted = format!("`{}`", setting.name);
            let parts = page.parts();
            assert!(parts.iter().any(|(_, text)| text.contains(&quoted)), "{}: {quoted}", page.id);
        }
    }
    assert!(ids.len() >= 11, "{ids:?}");
}

fn any_line() -> impl Strategy<Value = Line> {
    const ACTS: [&str; 6] = [
        "authenticate",
        "authenticate",
        "logout",
        "dropStreamProcessor",
        "stopStreamProcessor",
        "Audit log accessed",
    ];
    let time =
        prop_oneof![0..40 * MINUTE, 0..20 * DAY].prop_map(|time| BEGIN + time / SECOND * SECOND);
    let roles = prop_oneof![Just("admin.everything"), Just("admin.streamOperator")];
    (time, 0..ACTS.len(), 0..4, 0..3, roles, prop_oneof![Just(0), Just(13), Just(18)]).prop_map(
        |(time, act, user, ip, role, code)| Line {
            role,
            code,
            object: Some(format!("p{user}")),
            ..Line::new(time, ACTS[act], &format!("admin.u{user}"), &format!("192.0.2.{ip}"))
        },
    )
}

/// Rules that find much in little.
fn eager() -> Settings {
    let mut settings = Settings::default();
    settings.learn = Some(HOUR);
    for rule in ["failed-logons-by-address", "failed-logons-by-user", "drop-burst"] {
        settings.set(rule, "count", &Given::Whole(2)).expect("a setting");
    }
    settings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn splitting_a_log_and_mixing_its_lines_changes_no_finding(
        lines in prop::collection::vec(any_line(), 1..120),
        parts in prop::collection::vec(0..4_usize, 120),
        order in any::<u64>(),
    ) {
        let settings = eager();
        let whole = taken(&settings, numbered(&lines)).finish();
        let mut digests: Vec<Digest> = (0..4)
            .map(|part| {
                let own = numbered(&lines).filter(|(n, _)| parts[*n as usize - 1] == part);
                let mut own: Vec<_> = own.collect();
                if order & (1 << part) != 0 {
                    own.reverse();
                }
                taken(&settings, own)
            })
            .collect();
        if order & 16 != 0 {
            digests.reverse();
        }
        let mut all = digests.swap_remove((order >> 8) as usize % 4);
        digests.into_iter().for_each(|part| all.join(part));
        let one = detect(&whole, &beside(&settings));
        let other = detect(&all.finish(), &beside(&settings));
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.skipped, other.skipped);
    }

    #[test]
    fn bursts_are_those_of_a_naive_count(
        times in prop::collection::vec(0..3_000_i64, 0..60),
        count in 2..12_u64,
        within in 1..900_i64,
    ) {
        let lines: Vec<Line> = times
            .iter()
            .map(|time| Line::new(BEGIN + time * SECOND, "authenticate", "admin.u", "192.0.2.1").failed(18))
            .collect();
        let mut settings = Settings::default();
        let rule = "failed-logons-by-address";
        settings.set(rule, "count", &Given::Whole(count as i64)).expect("a setting");
        settings.set(rule, "within", &Given::Text(format!("{within}s"))).expect("a setting");
        let log = taken(&settings, numbered(&lines)).finish();
        let found = detect(&log, &beside(&settings)).findings;
        let found: Vec<(i64, i64, u64)> = found
            .iter()
            .filter(|one| one.rule == rule)
            .map(|one| (one.first, one.last, one.count))
            .collect();
        // Runs without a longer pause, in which some span holds enough.
        let mut sorted = times.clone();
        sorted.sort_unstable();
        let mut wanted: Vec<(i64, i64, u64)> = sorted
            .chunk_by(|one, next| next - one <= within)
            .filter(|run| {
                run.iter().any(|t| run.iter().filter(|u| (*t..=t + within).contains(*u)).count() as u64 >= count)
            })
            .map(|run| {
                let micros = |second: i64| BEGIN + second * SECOND;
                (micros(run[0]), micros(run[run.len() - 1]), run.len() as u64)
            })
            .collect();
        wanted.reverse();
        prop_assert_eq!(found, wanted);
    }
}

#[test]
fn documents_have_every_finding() {
    let log =
        log(&[clean(), failures(20, SECOND, |_| "admin.eve".into(), |_| "203.0.113.66".into())]
            .concat());
    let settings = Settings::default();
    let found = detect(&log, &beside(&settings));
    let sarif = sarif::document(&found, &log, "spctl", "1.0");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for (finding, result) in found.findings.iter().zip(results) {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][index]["id"], finding.rule);
        assert_eq!(result["partialFingerprints"]["spctlFinding/v1"], *finding.fingerprint);
        let line = &result["locations"][0]["physicalLocation"];
        assert_eq!(line["region"]["startLine"], finding.evidence[0].line);
        assert_eq!(line["artifactLocation"]["uri"], "orders.log");
    }
    for finding in &found.findings {
        let event: Value = ocsf::event(finding, &log, "spctl", "1.0", BEGIN);
        assert_eq!(event["type_uid"], 200_401);
        assert_eq!(event["metadata"]["version"], ocsf::VERSION);
        assert_eq!(event["evidences"][0]["data"]["line"], finding.evidence[0].line);
    }
}

/// A flood of failed logons, from so many addresses and as so many users.
fn flood(count: i64, users: i64, addresses: i64) -> Vec<Line> {
    let line = |n: i64| {
        let (user, ip) = (n * 7 % users, n * 13 % addresses);
        let ip = format!("203.{}.{}.{}", ip >> 16 & 255, ip >> 8 & 255, ip & 255);
        let time = BEGIN + 12 * DAY + n * 100 * SECOND / 1_000;
        Line::new(time, "authenticate", &format!("admin.u{user}"), &ip).failed(18)
    };
    (0..count).map(line).collect()
}

#[test]
fn a_flood_fits_and_what_matters_in_it_is_found() {
    let (tracks, spans) = (400, 2_000);
    let time = BEGIN + 12 * DAY + 3 * MINUTE;
    let guessing = (0..30).map(|n| {
        Line::new(time + n * SECOND, "authenticate", "admin.eve", "198.51.100.66").failed(18)
    });
    let guessed = Line::new(time + MINUTE, "authenticate", "admin.eve", "198.51.100.66");
    for (users, addresses) in [(1, 8_000), (8_000, 1), (8_000, 8_000), (90, 90)] {
        let mut lines = [clean(), flood(8_000, users, addresses)].concat();
        lines.extend(guessing.clone());
        lines.push(guessed.clone());
        lines.sort_by_key(|line| line.time);
        let source = source();
        let mut digest = Digest::new(&Settings::default(), is_administrator).limited(tracks, spans);
        for (number, line) in numbered(&lines) {
            let text = line.text();
            let event = Event::parse(text.as_bytes()).expect("an event");
            digest.take(&event, Place { source: &source, line: number });
            let (held, of) = digest.size();
            assert!(held <= tracks && of <= spans + 1, "{held} tracks, {of} spans");
        }
        let log = digest.finish();
        assert!(log.is_crowded(), "{users} {addresses}");
        let events: u64 = log.tracks.iter().map(Track::count).sum();
        let logoffs = lines.iter().filter(|line| line.act == "logout").count();
        assert_eq!(events as usize, lines.len() - logoffs, "every event counts");
        let found = detect(&log, &beside(&Settings::default())).findings;
        let of = |rule: &str, who: &str| {
            let is = |finding: &&Finding| {
                let from = finding.addresses.iter().any(|ip| ip.to_string() == who);
                finding.rule == rule && (from || finding.users.iter().any(|user| user == who))
            };
            found.iter().any(|finding| is(&finding))
        };
        assert!(of("failed-logons-by-address", "198.51.100.66"), "{users} {addresses}");
        assert!(of("logon-after-failures", "admin.eve"), "{users} {addresses}");
        assert!(of("first-seen-address", "198.51.100.66"), "{users} {addresses}");
        // The flood itself, by what it has in common.
        match (users, addresses) {
            (1, _) => assert!(of("failed-logons-by-user", "admin.u0")),
            (_, 1) => assert!(of("failed-logons-by-address", "203.0.0.0")),
            _ => {}
        }
    }
}

#[test]
fn without_a_flood_all_are_told_apart() {
    assert!(!log(&clean()).is_crowded());
}

#[test]
fn parts_of_a_flood_are_joined_within_bounds() {
    let lines = flood(6_000, 6_000, 6_000);
    let part = |of: usize| {
        let some = numbered(&lines).skip(of).step_by(3);
        let source = source();
        let mut digest = Digest::new(&Settings::default(), is_administrator).limited(400, 2_000);
        for (number, line) in some {
            let text = line.text();
            let event = Event::parse(text.as_bytes()).expect("an event");
            digest.take(&event, Place { source: &source, line: number });
        }
        digest
    };
    let mut whole = part(0);
    whole.join(part(1));
    whole.join(part(2));
    let (tracks, spans) = whole.size();
    assert!(tracks <= 400 && spans <= 2_000, "{tracks} {spans}");
    let events: u64 = whole.finish().tracks.iter().map(Track::count).sum();
    assert_eq!(events, 6_000);
}
