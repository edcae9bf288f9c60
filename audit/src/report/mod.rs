//! One page about a log: its markup, its style and its drawings in one text, which needs nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

mod charts;
mod data;
mod gather;
pub mod html;
mod sections;
mod sheet;
mod table;
mod timeline;
mod words;

pub use data::*;
pub use gather::{Counts, Frame, Gathered};
pub use html::Visible;
pub use sheet::{Sheet, sheet};

use html::Html;
use sections::ranking::{Called, ranking, rows};
use sections::section;

/// How the page looks; the page admits no other style.
const STYLE: &str = include_str!("style.css");

const USERS: Called =
    Called { id: "users", title: "Top users", one: "user", column: "User", none: "no user" };

const ADDRESSES: Called = Called {
    id: "addresses",
    title: "Top addresses",
    one: "address",
    column: "Address",
    none: "no address",
};

const EVENTS: Called = Called {
    id: "events",
    title: "Kinds of events",
    one: "kind",
    column: "Event",
    none: "unknown",
};

/// The page. The same report makes the same page, to the byte.
pub fn page(report: &Report, visible: Visible) -> String {
    let mut html = Html::new(visible);
    let body = timeline::body(&report.timeline);
    let astray = body.map_or(0, |(_, astray)| astray);
    let found = body.map(|(range, _)| range).map(|range| within(report, range));
    let all = report.all;
    html.markup("<!DOCTYPE html>\n");
    html.element("html", &[("lang", &"en")], |html| {
        head(html, "Audit report", STYLE);
        html.element("body", &[], |html| {
            html.markup("<a class=\"skip\" href=\"#main\">Skip to the report</a>");
            html.element("div", &[("class", &"page")], |html| {
                sections::overview::overview(html, report, found, all);
                contents(html, report);
                html.element("main", &[("id", &"main"), ("tabindex", &"-1")], |html| {
                    sections::coverage::coverage(html, report, found);
                    sections::timeline::timeline(html, report, found, astray);
                    section(html, EVENTS.id, EVENTS.title, |html| {
                        rows(html, &EVENTS, &report.events)
                    });
                    ranking(html, &USERS, &report.users);
                    ranking(html, &ADDRESSES, &report.addresses);
                    sections::failures::failures(html, &report.failures, all.failures);
                    if let Some(sessions) = &report.sessions {
                        sections::sessions::sessions(html, sessions);
                    }
                    if let Some(findings) = &report.findings {
                        sections::findings::findings(html, findings, &report.asked.conditions);
                    }
                    sections::reading::reading(html, report);
                });
                html.element("footer", &[], |html| {
                    html.markup("Made at ");
                    html.moment(report.made);
                    html.markup(" UTC by ");
                    html.text(&report.program);
                    html.markup(".");
                });
            });
        });
    });
    html.markup("\n");
    html.finish()
}

/// What is drawn: from where events begin to where they end, or what was asked for of it. What was asked
/// for long before the first event is told, but would leave no room for the rest.
fn within(report: &Report, (from, to): (i64, i64)) -> (i64, i64) {
    const LONG: i64 = 400 * words::DAY;
    let dated = report.coverage.iter().filter_map(|covered| covered.range);
    let (first, last) =
        dated.fold((to, from), |(first, last), range| (first.min(range.0), last.max(range.1)));
    let (first, last) = (first.clamp(from, to), last.clamp(from, to));
    let asked = &report.asked;
    let from = asked.since.filter(|since| first.saturating_sub(*since) < LONG).unwrap_or(first);
    let now = asked.until_now.then_some(report.made.saturating_add(1));
    let until = asked.until.into_iter().chain(now).min();
    let to = until.map(|until| until.saturating_sub(1)).filter(|to| to.saturating_sub(last) < LONG);
    let to = to.unwrap_or(last);
    (from.min(to), to)
}

fn head(html: &mut Html, title: &str, style: &'static str) {
    let hash = STANDARD.encode(Sha256::digest(style));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    html.element("head", &[], |html| {
        html.markup("<meta charset=\"utf-8\">");
        html.void("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &policy)]);
        html.markup(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">\
             <meta name=\"referrer\" content=\"no-referrer\">\
             <meta name=\"robots\" content=\"noindex\">",
        );
        html.words("title", &[], title);
        html.element("style", &[], |html| html.markup(style));
    });
}

fn contents(html: &mut Html, report: &Report) {
    let mut entries = vec![
        ("#coverage", "Coverage"),
        ("#timeline", "Timeline"),
        ("#events", "Events"),
        ("#users", "Users"),
        ("#addresses", "Addresses"),
        ("#failures", "Failures"),
    ];
    entries.extend(report.sessions.is_some().then_some(("#sessions", "Sessions")));
    entries.extend(report.findings.is_some().then_some(("#findings", "Findings")));
    entries.push(("#sources", "Sources"));
    html.element("nav", &[("aria-label", &"Contents")], |html| {
        html.element("ul", &[], |html| {
            for (link, name) in entries {
                html.element("li", &[], |html| html.words("a", &[("href", &link)], name));
            }
        });
    });
}

#[cfg(test)]
mod tests;
