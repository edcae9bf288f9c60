//! What failed: when in the week, and who from where with what.

use super::ranking::more;
use super::{name_or, note, numbers, section};
use crate::folds::series::Count;
use crate::report::charts::heat::{WEEKDAYS, heat};
use crate::report::data::Failures;
use crate::report::html::Html;
use crate::report::table::{address, moment, number, table, text};
use crate::report::words;

/// Writes the section, of so many failures.
pub(in crate::report) fn failures(html: &mut Html, failures: &Failures, all: u64) {
    section(html, "failures", "Failures", |html| {
        if all == 0 {
            note(html, "No event in this range failed.");
            return;
        }
        let dated: u64 = failures.by_hour.iter().flatten().sum();
        if dated > 0 {
            week(html, failures, dated);
        }
        if failures.inferred > 0 {
            note(
                html,
                format!(
                    "The outcome of {} of {} is inferred: those lines state none, and a logon without an \
                     actor is read as one that failed.",
                    words::grouped(failures.inferred),
                    words::counted(all, "failure")
                ),
            );
        }
        rows(html, failures);
    });
}

fn week(html: &mut Html, failures: &Failures, dated: u64) {
    let week = &failures.by_hour;
    let hours = (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour)));
    let most =
        hours.max_by_key(|(day, hour)| (week[*day][*hour], std::cmp::Reverse((*day, *hour))));
    let (day, hour) = most.unwrap_or_default();
    let description = format!(
        "{} by weekday and hour of the day in UTC. Most, {}, are in the hour from {hour:02}:00 on {}.",
        words::counted(dated, "failure"),
        words::grouped(week[day][hour]),
        WEEKDAYS[day],
    );
    heat(html, "Failures by weekday and hour (UTC)", &description, week);
    numbers(html, "Weekdays and hours", |html| {
        let fields: Vec<(usize, usize)> = (0..7)
            .flat_map(|day| (0..24).map(move |hour| (day, hour)))
            .filter(|(day, hour)| week[*day][*hour] > 0)
            .collect();
        let columns = [text("Weekday and hour (UTC)"), number("Failures")];
        table(
            html,
            "Failures by weekday and hour",
            &columns,
            &fields,
            |html, (day, hour), column| match column {
                0 => html.text(format!("{} {hour:02}:00", WEEKDAYS[*day])),
                _ => html.text(words::grouped(week[*day][*hour])),
            },
        );
    });
}

fn rows(html: &mut Html, failures: &Failures) {
    html.words("h3", &[], "Who failed, from where, at what");
    let columns = [
        text("User"),
        address("Address"),
        text("Event"),
        number("Failures"),
        moment("First (UTC)"),
        moment("Last (UTC)"),
    ];
    let caption = "Failures by user, address and event";
    table(html, caption, &columns, &failures.rows, |html, row, column| match column {
        0 => name_or(html, row.user.as_deref(), "no user"),
        1 => name_or(html, row.address.as_deref(), "no address"),
        2 => html.outside(&row.event),
        3 => html.text(words::grouped(row.count)),
        4 => html.moment_if_known(row.range.map(|range| range.0)),
        _ => html.moment_if_known(row.range.map(|range| range.1)),
    });
    if failures.others != Some(0) {
        let count = Count { events: failures.of_others, failures: failures.of_others };
        more(html, failures.others, "such row", count);
    }
}
