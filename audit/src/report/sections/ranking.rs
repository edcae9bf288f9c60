//! Who acted most, and from where.

use super::{name_or, note, section};
use crate::folds::series::Count;
use crate::report::charts::meter::meter;
use crate::report::data::Ranking;
use crate::report::html::Html;
use crate::report::table::{drawing, moment, number, table, text};
use crate::report::words;

/// How a ranking is called.
pub(in crate::report) struct Called {
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: &'static str,
    /// What is counted, in the singular and for a column.
    pub(in crate::report) one: &'static str,
    pub(in crate::report) column: &'static str,
    /// What stands for events that do not say.
    pub(in crate::report) none: &'static str,
}

/// Writes the section.
pub(in crate::report) fn ranking(html: &mut Html, called: &Called, ranking: &Ranking) {
    section(html, called.id, called.title, |html| rows(html, called, ranking));
}

/// Writes the table.
pub(in crate::report) fn rows(html: &mut Html, called: &Called, ranking: &Ranking) {
    if ranking.rows.is_empty() {
        note(html, "There are no events to count.");
        return;
    }
    let most = ranking.rows.iter().map(|row| row.count.events).max().unwrap_or(0);
    let columns = [
        text(called.column),
        drawing("Share"),
        number("Events"),
        number("Failures"),
        moment("First (UTC)"),
        moment("Last (UTC)"),
    ];
    let caption = format!("{} by number of events", called.title);
    table(html, &caption, &columns, &ranking.rows, |html, row, column| match column {
        0 => name_or(html, row.name.as_deref(), called.none),
        1 => meter(html, "events", row.count.events, most),
        2 => html.text(words::grouped(row.count.events)),
        3 => html.text(words::grouped(row.count.failures)),
        4 => html.moment_if_known(row.range.map(|range| range.0)),
        _ => html.moment_if_known(row.range.map(|range| range.1)),
    });
    if ranking.others != Some(0) {
        more(html, ranking.others, called.one, ranking.of_others);
    }
}

/// A remark about what is not in a table.
pub(super) fn more(html: &mut Html, others: Option<u64>, one: &str, of_others: Count) {
    let who = match others {
        Some(others) => format!("And {}", words::counted(others, &format!("more {one}"))),
        None => format!("And more, too many to tell each {one} apart"),
    };
    let (events, failures) = (of_others.events, of_others.failures);
    let which = match failures == events {
        true => words::counted(failures, "failure"),
        false => {
            format!(
                "{} and {}",
                words::counted(events, "event"),
                words::counted(failures, "failure")
            )
        }
    };
    note(html, format!("{who}, with {which}."));
}
