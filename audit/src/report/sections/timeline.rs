//! How many events there were, and failures, when.

use super::{note, numbers, section};
use crate::report::charts::bars::{Bars, bars};
use crate::report::data::Report;
use crate::report::html::Html;
use crate::report::table::{number, table, text};
use crate::report::timeline::{self, Bar};
use crate::report::words;

/// Writes the section; `range` is drawn, and so many events lie far outside.
pub(in crate::report) fn timeline(
    html: &mut Html,
    report: &Report,
    range: Option<(i64, i64)>,
    astray: u64,
) {
    section(html, "timeline", "Timeline", |html| {
        let Some(range) = range else {
            note(html, "No event with a time was read.");
            return;
        };
        let (unit, drawn) = timeline::bars(&report.timeline, range);
        let unit = unit.name();
        chart(html, "events", "Events", &unit, &drawn, |bar| bar.count.events);
        match drawn.iter().any(|bar| bar.count.failures > 0) {
            true => chart(html, "failures", "Failures", &unit, &drawn, |bar| bar.count.failures),
            false => note(html, "Nothing failed in this time."),
        }
        if astray > 0 {
            note(
                html,
                format!(
                    "{} dated more than a year away from all others, as by a clock that was wrong: \
                     counted elsewhere on this page, but not drawn here.",
                    are(astray)
                ),
            );
        }
        let undated: u64 = report.coverage.iter().map(|covered| covered.undated).sum();
        if undated > 0 {
            note(
                html,
                format!("{} without a time cannot be drawn.", words::counted(undated, "event")),
            );
        }
        numbers(html, "Timeline", |html| {
            let columns = [text("Beginning (UTC)"), number("Events"), number("Failures")];
            let caption = format!("Events and failures by {unit}");
            table(html, &caption, &columns, &drawn, |html, bar, column| match column {
                0 => html.text(&bar.name),
                1 => html.text(words::grouped(bar.count.events)),
                _ => html.text(words::grouped(bar.count.failures)),
            });
        });
    });
}

fn are(count: u64) -> String {
    match count {
        1 => "1 event is".to_owned(),
        _ => format!("{} are", words::counted(count, "event")),
    }
}

fn chart(
    html: &mut Html,
    class: &'static str,
    title: &str,
    unit: &str,
    drawn: &[Bar],
    count: impl Fn(&Bar) -> u64,
) {
    let values: Vec<(String, u64)> =
        drawn.iter().map(|bar| (bar.name.clone(), count(bar))).collect();
    let title = format!("{title} by {unit}");
    let most = values.iter().max_by_key(|(_, count)| *count);
    let all: u64 = values.iter().map(|(_, count)| count).sum();
    let description = match (most, values.first(), values.last()) {
        (Some((name, count)), Some((first, _)), Some((last, _))) => format!(
            "Bars from {first} to {last}, {} in all; the highest is {} at {name}.",
            words::grouped(all),
            words::grouped(*count)
        ),
        _ => String::new(),
    };
    bars(html, &Bars { id: class, title: &title, description: &description, class, bars: &values });
}
