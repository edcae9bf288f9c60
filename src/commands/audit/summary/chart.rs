//! When the events were, as a histogram for people.

use super::key::{DAYS, Key};
use crate::audit::event::Micros;
use crate::audit::folds::summary::{By, Group, HOUR, Summary, Value};
use crate::times::rfc3339;
use crate::ui::chart;

/// How many hours a column stands for, and what that is called.
const UNITS: [(i64, &str); 9] = [
    (1, "1 hour"),
    (2, "2 hours"),
    (4, "4 hours"),
    (12, "12 hours"),
    (24, "1 day"),
    (2 * 24, "2 days"),
    (7 * 24, "1 week"),
    (4 * 7 * 24, "4 weeks"),
    (13 * 4 * 7 * 24, "52 weeks"),
];

/// More columns than this are hard to tell apart.
const MOST: i64 = 60;

/// The width of the labels on the left.
const LABEL: usize = 8;

/// What is drawn beside a count by these keys: the hours of the week, or of all time.
pub(super) fn by(keys: &[Key]) -> By {
    match keys.contains(&Key::WeekdayHour) {
        true => By::WeekdayHour,
        false => By::Hour,
    }
}

/// The lines of the histogram, on a terminal of this width; none where there is nothing to see.
pub(super) fn lines(counted: Summary, width: Option<u16>) -> Vec<String> {
    let mut hours: Vec<(i64, u64)> = Vec::new();
    let mut week = [0; 7 * 24];
    for Group { key, total } in counted.groups().0 {
        match key[..] {
            [Value::From(Micros(time))] => hours.push((time.div_euclid(HOUR), total.count)),
            [Value::HourOfWeek(hour)] => week[usize::from(hour) % week.len()] = total.count,
            _ => {}
        }
    }
    let mut lines = match week.iter().any(|count| *count > 0) {
        true => of_week(&week),
        false => over_time(&hours, width),
    };
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// A line for each day, a column for each hour.
fn of_week(week: &[u64; 7 * 24]) -> Vec<String> {
    let hours: String = (0..24).step_by(6).map(|hour| format!("{hour:<12}")).collect();
    let head = format!("{:>LABEL$}  {}", "", hours.trim_end());
    let rows = chart::grid(week, 24);
    let row = |(row, day): (&String, &str)| {
        let wide: String = row.chars().flat_map(|block| [block; 2]).collect();
        format!("{day:>LABEL$} │{}", wide.trim_end())
    };
    std::iter::once(head).chain(rows.iter().zip(DAYS).map(row)).collect()
}

fn over_time(hours: &[(i64, u64)], width: Option<u16>) -> Vec<String> {
    let Some(first) = hours.iter().map(|(hour, _)| *hour).min() else { return Vec::new() };
    let last = hours.iter().map(|(hour, _)| *hour).max().unwrap_or(first);
    let room = usize::from(width.unwrap_or(80)).saturating_sub(LABEL + 2).max(1);
    let most = i64::try_from(room).unwrap_or(MOST).min(MOST);
    let columns = |unit: i64| last.div_euclid(unit) - first.div_euclid(unit) + 1;
    let Some((unit, called)) = UNITS.into_iter().find(|(unit, _)| columns(*unit) <= most) else {
        return Vec::new();
    };
    let begin = first.div_euclid(unit);
    let mut values = vec![0; usize::try_from(columns(unit)).unwrap_or(1)];
    for (hour, count) in hours {
        if let Ok(column) = usize::try_from(hour.div_euclid(unit) - begin) {
            values[column] += count;
        }
    }
    let drawn = chart::columns(&values, (room / values.len()).clamp(1, 3));
    let largest = values.iter().copied().max().unwrap_or_default().to_string();
    let height = drawn.len();
    let line = |(line, drawn): (usize, String)| {
        let label = match line {
            0 => largest.as_str(),
            line if line + 1 == height => "0",
            _ => "",
        };
        format!("{label:>LABEL$} │{}", drawn.trim_end())
    };
    let mut lines: Vec<String> = drawn.into_iter().enumerate().map(line).collect();
    let begin = Micros((begin * unit).saturating_mul(HOUR)).timestamp();
    let begin = begin.map(rfc3339).unwrap_or_default();
    lines.push(format!("{:>LABEL$} └ from {begin}, {called} a column", ""));
    lines
}
