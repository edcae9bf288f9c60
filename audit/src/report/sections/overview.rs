//! The head of a page: what it is about, and its most important numbers.

use crate::folds::series::Count;
use crate::report::data::{Ranking, Report};
use crate::report::html::Html;
use crate::report::words;

/// Writes the head.
pub(in crate::report) fn overview(
    html: &mut Html,
    report: &Report,
    range: Option<(i64, i64)>,
    all: Count,
) {
    html.element("header", &[], |html| {
        html.words("p", &[("class", &"kicker")], "MongoDB Atlas Stream Processing");
        html.words("h1", &[], "Audit report");
        html.element("p", &[("class", &"lead")], |html| {
            instances(html, report);
            match range {
                Some((from, to)) => {
                    let (from, to) = (words::date(from), words::date(to));
                    match from == to {
                        true => html.text(format!(", {from}")),
                        false => html.text(format!(", {from} to {to}")),
                    }
                }
                None => html.text(", without a dated event"),
            }
        });
        conditions(html, report);
    });
    tiles(html, report, all);
}

fn instances(html: &mut Html, report: &Report) {
    const MOST: usize = 5;
    let names: Vec<&str> =
        report.coverage.iter().map(|covered| covered.instance.as_str()).collect();
    match names.len() {
        0 => html.text("No instance"),
        1 => html.text("Instance "),
        _ => html.text("Instances "),
    }
    let shown = if names.len() > MOST + 1 { MOST } else { names.len() };
    for (index, name) in names[..shown].iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == names.len() => html.text(" and "),
            _ => html.text(", "),
        }
        html.element("strong", &[], |html| html.outside(name));
    }
    if shown < names.len() {
        html.text(format!(" and {} more", names.len() - shown));
    }
}

fn conditions(html: &mut Html, report: &Report) {
    let asked = &report.asked;
    let mut conditions = asked.conditions.clone();
    conditions.extend(asked.since.map(|since| format!("--since {}", words::rfc3339(since))));
    conditions.extend(asked.until.map(|until| format!("--until {}", words::rfc3339(until))));
    if conditions.is_empty() {
        return;
    }
    html.element("p", &[("class", &"conditions")], |html| {
        html.text("Only events that meet ");
        for (index, condition) in conditions.iter().enumerate() {
            if index > 0 {
                html.text(" ");
            }
            html.element("code", &[], |html| html.outside(condition));
        }
    });
}

fn tiles(html: &mut Html, report: &Report, all: Count) {
    let unreadable =
        report.sources.iter().filter(|source| source.unreadable.is_some()).count() as u64;
    let known = |ranking: &Ranking| {
        let shown = ranking.rows.iter().filter(|row| row.name.is_some()).count() as u64;
        shown + ranking.others.unwrap_or(0)
    };
    let at_least = |ranking: &Ranking| match ranking.others {
        Some(_) => String::new(),
        None => "and many more".to_owned(),
    };
    html.element("ul", &[("class", &"tiles"), ("aria-label", &"At a glance")], |html| {
        let mut tile =
            |link: &'static str, count: u64, noun: &str, class: &'static str, more: String| {
                html.element("li", &[], |html| {
                    html.element("a", &[("href", &link), ("class", &class)], |html| {
                        html.words("span", &[("class", &"count")], words::grouped(count));
                        html.markup(" ");
                        html.words("span", &[("class", &"noun")], plural(count, noun));
                        if !more.is_empty() {
                            html.markup(" ");
                            html.words("span", &[("class", &"more")], more);
                        }
                    });
                });
            };
        let amiss = [
            (report.lines.others(), "line", "no event"),
            (unreadable, "source", "not read to the end"),
        ];
        let amiss = amiss.iter().filter(|(count, ..)| *count > 0);
        let amiss: Vec<String> = amiss
            .map(|(count, noun, what)| format!("{} {what}", words::counted(*count, noun)))
            .collect();
        tile("#timeline", all.events, "event", "", amiss.join(", "));
        tile("#users", known(&report.users), "user", "", at_least(&report.users));
        tile("#addresses", known(&report.addresses), "address", "", at_least(&report.addresses));
        let share = match all.failures {
            0 => String::new(),
            failures => format!("{} of all events", words::share(failures, all.events)),
        };
        let class = if all.failures > 0 { "bad" } else { "" };
        tile("#failures", all.failures, "failure", class, share);
        if let Some(sessions) = &report.sessions {
            let more = match (sessions.one_in, sessions.open) {
                (Some(one_in), _) => {
                    format!("one in {}, the others not looked at", words::grouped(one_in))
                }
                (None, 0) => String::new(),
                (None, open) => format!("{} not ended", words::grouped(open)),
            };
            tile("#sessions", sessions.all(), "session", "", more);
        }
        if let Some(findings) = &report.findings {
            let count = findings.rows.len() as u64;
            let worst = findings.rows.iter().map(|finding| finding.severity).max();
            let worst = worst.map_or(String::new(), |worst| format!("worst: {}", worst.name()));
            let class = if count > 0 { "bad" } else { "" };
            tile("#findings", count, "finding", class, worst);
        }
    });
}

/// The noun by itself, as the number asks for.
fn plural(count: u64, noun: &str) -> String {
    let counted = words::counted(count, noun);
    counted.split_once(' ').map_or(counted.clone(), |(_, noun)| noun.to_owned())
}
