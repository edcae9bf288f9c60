//! Reports of several sizes.

use crate::detect::Severity;
use crate::folds::series::{Count, Series, Step};
use crate::lines;
use crate::report::*;

pub(super) const HOUR: i64 = 3_600_000_000;
pub(super) const DAY: i64 = 24 * HOUR;
/// 2026-11-01 00:00, a Sunday.
pub(super) const NOVEMBER: i64 = 1_793_491_200_000_000;

/// Of a log without a line.
pub(super) fn empty() -> Report {
    Report {
        program: "spctl 0.1.0".to_owned(),
        made: NOVEMBER + 28 * DAY,
        asked: Asked::default(),
        sources: vec![Read { label: Some("orders".to_owned()), ..Read::default() }],
        lines: lines::Count::default(),
        all: Count::default(),
        timeline: Series::new(Step::Hour),
        coverage: vec![Covered {
            instance: "orders".to_owned(),
            days: Series::new(Step::Day),
            range: None,
            undated: 0,
        }],
        events: Ranking::default(),
        users: Ranking::default(),
        addresses: Ranking::default(),
        failures: Failures::default(),
        sessions: Some(Sessions::default()),
        findings: Some(Findings::default()),
    }
}

/// Of a log with so many events, each an hour after the one before and each seventh a failure, of users and
/// addresses with these names; two days in the middle are silent.
pub(super) fn of(events: u64, names: &[String]) -> Report {
    let mut report = empty();
    let all: Vec<(i64, Count)> = (0..events)
        .map(|index| {
            let hour = index as i64 * HOUR;
            let silence = if index >= events / 2 { 2 * DAY } else { 0 };
            (NOVEMBER + hour + silence, Count { events: 1, failures: u64::from(index % 7 == 3) })
        })
        .collect();
    for (moment, count) in &all {
        report.timeline.add(*moment, *count);
        report.coverage[0].days.add(*moment, *count);
        let (day, hour) = ((moment / DAY + 3) % 7, moment % DAY / HOUR);
        report.failures.by_hour[day as usize][hour as usize] += count.failures;
    }
    let range = all.first().zip(all.last()).map(|(first, last)| (first.0, last.0));
    report.coverage[0].range = range;
    report.sources[0].events = events;
    report.lines.events = events;
    let failures: u64 = all.iter().map(|(_, count)| count.failures).sum();
    report.all = Count { events, failures };
    let ranking = |names: &[String]| {
        let share = |of: u64, index: usize| {
            of / names.len() as u64 + u64::from((index as u64) < of % names.len() as u64)
        };
        let row = |(index, name): (usize, &String)| Ranked {
            name: Some(name.clone()),
            count: Count { events: share(events, index), failures: share(failures, index) },
            range,
        };
        let rows = names.iter().enumerate().map(row).collect();
        Ranking { rows, others: Some(0), ..Ranking::default() }
    };
    report.users = ranking(names);
    report.addresses = ranking(names);
    report.events = ranking(&["Successful Authentication", ".sample()"].map(str::to_owned));
    let failed = |name: &String| Failed {
        user: Some(name.clone()),
        address: Some(name.clone()),
        event: name.clone(),
        count: failures / names.len() as u64,
        range,
    };
    report.failures.rows = names.iter().map(failed).collect();
    report.failures.others = Some(0);
    report.failures.inferred = failures / 2;
    let session = |name: &String| Session {
        id: name.clone(),
        user: Some(name.clone()),
        address: Some(name.clone()),
        begin: range.map(|range| range.0),
        length: range.map_or(Length::Open, |range| Length::Took(range.1 - range.0)),
        count: Count { events: 3, failures: 1 },
    };
    report.sessions = Some(Sessions {
        closed: 28,
        open: events / 9,
        begun_before: 1,
        refused: 0,
        acts_only: 2,
        one_in: None,
        without: 2,
        lengths: vec![(Some(60_000_000), 5), (Some(HOUR), 20), (None, 3)],
        rows: names.iter().map(session).collect(),
    });
    let finding = |name: &String| Finding {
        rule: "failed-logons-by-user",
        title: "Many failed logons of one user",
        why: "Somebody may be guessing a password.",
        summary: format!("12 failed logons of {name}"),
        severity: Severity::High,
        range: range.unwrap_or_default(),
        events: 12,
        evidence: vec![Evidence { source: name.clone(), line: 1234, moment: NOVEMBER }],
    };
    report.findings = Some(Findings {
        rows: names.iter().map(finding).collect(),
        skipped: names.iter().map(|name| (name.clone(), name.clone())).collect(),
        is_crowded: true,
    });
    report
}

/// Names as an attacker would choose them.
pub(super) fn hostile() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "' onmouseover='alert(1)".to_owned(),
        "</style></title><svg onload=alert(1)>".to_owned(),
        "&lt;b&gt; &#60;b&#62; ]]> <!-- --> {{7*7}} ${7*7}".to_owned(),
        "admin.\u{202e}ecila\u{202c}\u{2066}\u{200b}\0\u{1b}[31m".to_owned(),
        "W".repeat(100_000),
        "ثابت 用户 👩‍👩‍👧 ѕсоре".to_owned(),
        String::new(),
        " ".to_owned(),
        "javascript:alert(1)".to_owned(),
    ]
}
