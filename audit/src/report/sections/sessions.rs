//! Connections: how many, how long, and which did most.

use super::{name_or, note, section};
use crate::report::charts::meter::meter;
use crate::report::data::{Length, Sessions};
use crate::report::html::Html;
use crate::report::table::{address, drawing, moment, number, table, text};
use crate::report::words;

/// Writes the section.
pub(in crate::report) fn sessions(html: &mut Html, sessions: &Sessions) {
    section(html, "sessions", "Sessions", |html| {
        if sessions.all() == 0 {
            note(html, "No line names a session.");
            return;
        }
        if let Some(one_in) = sessions.one_in {
            html.words(
                "p",
                &[],
                format!(
                    "There are too many to look at all: these are one in {}, chosen by their identifiers \
                     and so at random. All counts in this section are of these.",
                    words::grouped(one_in)
                ),
            );
        }
        states(html, sessions);
        lengths(html, &sessions.lengths);
        html.words("h3", &[], "Sessions that did most");
        let columns = [
            text("Session"),
            text("User"),
            address("Address"),
            moment("Begin (UTC)"),
            number("Length"),
            number("Events"),
            number("Failures"),
        ];
        table(
            html,
            "Sessions by number of events",
            &columns,
            &sessions.rows,
            |html, row, column| match column {
                0 => html.element("code", &[], |html| html.outside(&row.id)),
                1 => name_or(html, row.user.as_deref(), "no user"),
                2 => name_or(html, row.address.as_deref(), "no address"),
                3 => match row.begin {
                    Some(begin) => html.moment(begin),
                    None => html.words("span", &[("class", &"muted")], "before"),
                },
                4 => match row.length {
                    Length::Took(span) => html.text(words::span(span)),
                    Length::Open => html.words("span", &[("class", &"muted")], "open"),
                    Length::Refused => html.words("span", &[("class", &"muted")], "refused"),
                    Length::Unknown => html.words("span", &[("class", &"muted")], "unknown"),
                },
                5 => html.text(words::grouped(row.count.events)),
                _ => html.text(words::grouped(row.count.failures)),
            },
        );
        let more = sessions.all().saturating_sub(sessions.rows.len() as u64);
        if more > 0 {
            note(html, format!("And {}.", words::counted(more, "more session")));
        }
        if sessions.without > 0 {
            let events = words::counted(sessions.without, "event");
            note(html, format!("Of no session: {events}."));
        }
    });
}

fn states(html: &mut Html, sessions: &Sessions) {
    let rows = [
        ("From logon to logoff", sessions.closed),
        ("Not ended when the log ends", sessions.open),
        ("Begun before the log begins", sessions.begun_before),
        ("Refused logons, and nothing else", sessions.refused),
        ("Acts without logon and logoff", sessions.acts_only),
    ];
    let rows: Vec<_> = rows.into_iter().filter(|(_, count)| *count > 0).collect();
    shares(html, "Sessions by how much of them was seen", "Sessions", &rows, sessions.all());
}

/// A table of counts, with their shares of all.
fn shares(
    html: &mut Html,
    caption: &str,
    column: &'static str,
    rows: &[(impl std::fmt::Display, u64)],
    all: u64,
) {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let columns = [text(column), drawing("Share"), number("Count"), number("Of all")];
    html.element("div", &[("class", &"roomy")], |html| {
        table(html, caption, &columns, rows, |html, (name, count), column| match column {
            0 => html.text(name),
            1 => meter(html, "events", *count, most),
            2 => html.text(words::grouped(*count)),
            _ => html.text(words::share(*count, all)),
        });
    });
}

fn lengths(html: &mut Html, lengths: &[(Option<i64>, u64)]) {
    let all: u64 = lengths.iter().map(|(_, count)| count).sum();
    if all == 0 {
        return;
    }
    html.words("h3", &[], "How long they took");
    let mut lower = None;
    let mut rows: Vec<(String, u64)> = lengths
        .iter()
        .map(|(upper, count)| {
            let name = match (lower, *upper) {
                (None, Some(upper)) => format!("less than {}", words::span(upper)),
                (Some(lower), Some(upper)) => {
                    format!("{} to {}", words::span(lower), words::span(upper))
                }
                (Some(lower), None) => format!("{} or longer", words::span(lower)),
                (None, None) => "any".to_owned(),
            };
            lower = *upper;
            (name, *count)
        })
        .collect();
    // Those in between are shown, be there any or not.
    let has_some = |row: &(String, u64)| row.1 > 0;
    let end = rows.iter().rposition(has_some).map_or(0, |last| last + 1);
    let rows = rows.drain(rows.iter().position(has_some).unwrap_or(end)..end).collect::<Vec<_>>();
    shares(html, "Sessions that were seen from logon to logoff", "Length", &rows, all);
}
