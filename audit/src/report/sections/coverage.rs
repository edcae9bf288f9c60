//! Which days the log covers, and which it does not.

use super::{name_or, note, section};
use crate::folds::series::{Series, Step};
use crate::report::charts::strip::{HATCH, Stretch, strip};
use crate::report::data::{Covered, Report};
use crate::report::html::Html;
use crate::report::table::{drawing, number, table, text};
use crate::report::words::{self, DAY};

/// Since this moment instances are always audited: 2026-02-16. In microseconds.
const ALWAYS_AUDITED: i64 = 1_771_200_000_000_000;

/// How many silent stretches are listed.
const MOST: usize = 30;

/// How many instances are.
const MOST_INSTANCES: usize = 60;

/// Writes the section; `range` is drawn.
pub(in crate::report) fn coverage(html: &mut Html, report: &Report, range: Option<(i64, i64)>) {
    section(html, "coverage", "Coverage and gaps", |html| {
        let Some((from, to)) = range else {
            note(html, "No event with a time was read, so no day is covered.");
            return;
        };
        html.markup(HATCH);
        let what = if report.asked.conditions.is_empty() { "events" } else { "such events" };
        let days = (to.div_euclid(DAY) - from.div_euclid(DAY) + 1).unsigned_abs();
        let rows: Vec<Row<'_>> =
            report.coverage.iter().map(|covered| Row::of(covered, (from, to))).collect();
        html.words(
            "p",
            &[],
            format!(
                "{} from {} to {} (UTC). Filled days have {what}, hatched days have none.",
                words::counted(days, "day"),
                words::date(from),
                words::date(to)
            ),
        );
        let columns = [
            text("Instance"),
            drawing("Days"),
            number("With events"),
            number("Silent"),
            number("Events"),
        ];
        let shown = &rows[..rows.len().min(MOST_INSTANCES)];
        html.element("div", &[("class", &"roomy")], |html| {
            table(
                html,
                "Coverage by instance",
                &columns,
                shown,
                |html, row, column| match column {
                    0 => name_or(html, Some(&row.covered.instance), "no name"),
                    1 => strip(html, &row.stretches, days),
                    2 => html.text(words::grouped(row.days(true))),
                    3 => html.text(words::grouped(row.days(false))),
                    _ => html.text(words::grouped(row.events)),
                },
            );
        });
        if rows.len() > shown.len() {
            note(
                html,
                format!(
                    "{} are not shown.",
                    words::counted((rows.len() - shown.len()) as u64, "more instance")
                ),
            );
        }
        gaps(html, &rows, from, what);
        if let Some(since) =
            report.asked.since.filter(|since| since.div_euclid(DAY) < from.div_euclid(DAY))
        {
            let (since, first) = (words::date(since), words::date(from));
            note(
                html,
                format!("From {since}, which was asked for, to {first} there are no {what}."),
            );
        }
        if from < ALWAYS_AUDITED {
            note(
                html,
                "Instances have always been audited since 2026-02-16. Before that day auditing could be \
                 off, and a missing event proves nothing.",
            );
        }
    });
}

/// An instance, and its days in stretches with and without events.
struct Row<'a> {
    covered: &'a Covered,
    stretches: Vec<Stretch>,
    events: u64,
}

impl<'a> Row<'a> {
    fn of(covered: &'a Covered, (from, to): (i64, i64)) -> Self {
        let days: Series = covered.days.in_steps(Step::Day);
        let first = from.div_euclid(DAY);
        let end = to.div_euclid(DAY) - first + 1;
        let length = days.step().length() / DAY;
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut next = 0;
        let mut add = |from: i64, to: i64, has_events| {
            if from >= to {
                return;
            }
            match stretches.last_mut() {
                Some(last) if last.has_events == has_events => {
                    last.days += (to - from).unsigned_abs()
                }
                _ => stretches.push(Stretch {
                    from: from.unsigned_abs(),
                    days: (to - from).unsigned_abs(),
                    has_events,
                }),
            }
        };
        for (moment, _) in days.iter() {
            let day = (moment.div_euclid(DAY) - first).clamp(0, end);
            let after = (moment.div_euclid(DAY) - first).saturating_add(length).clamp(0, end);
            if after > next {
                add(next, day, false);
                add(day.max(next), after, true);
                next = after;
            }
        }
        add(next, end, false);
        let events = days.iter().map(|(_, count)| count.events).sum::<u64>() + covered.undated;
        Row { covered, stretches, events }
    }

    fn days(&self, with_events: bool) -> u64 {
        let those = self.stretches.iter().filter(|stretch| stretch.has_events == with_events);
        those.map(|stretch| stretch.days).sum()
    }
}

/// The silent stretches, the longest first.
fn gaps(html: &mut Html, rows: &[Row<'_>], from: i64, what: &str) {
    let mut gaps: Vec<(&str, &Stretch)> = rows
        .iter()
        .flat_map(|row| {
            row.stretches.iter().map(|stretch| (row.covered.instance.as_str(), stretch))
        })
        .filter(|(_, stretch)| !stretch.has_events)
        .collect();
    gaps.sort_by_key(|(_, stretch)| (std::cmp::Reverse(stretch.days), stretch.from));
    html.words("h3", &[], "Gaps");
    if gaps.is_empty() {
        html.words("p", &[], format!("There is no day without {what}."));
        return;
    }
    let day = |day: u64| {
        let day = i64::try_from(day).unwrap_or(i64::MAX).saturating_mul(DAY);
        words::date(from.div_euclid(DAY).saturating_mul(DAY).saturating_add(day))
    };
    let columns = [text("Instance"), text("From"), text("To"), number("Days")];
    let shown = &gaps[..gaps.len().min(MOST)];
    table(
        html,
        "Silent days, the longest stretches first",
        &columns,
        shown,
        |html, (name, gap), column| match column {
            0 => name_or(html, Some(name), "no name"),
            1 => html.text(day(gap.from)),
            2 => html.text(day(gap.from + gap.days - 1)),
            _ => html.text(words::grouped(gap.days)),
        },
    );
    if gaps.len() > shown.len() {
        let more = (gaps.len() - shown.len()) as u64;
        note(
            html,
            format!("{} no longer than these are not shown.", words::counted(more, "more gap")),
        );
    }
    note(
        html,
        "A day without events may be a quiet one, or one whose log is missing: the log cannot tell.",
    );
}
