//! The rows of a summary.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::key::Key;
use crate::audit::event::{DAY, Micros};
use crate::audit::folds::summary::{Group, HOUR, Total, Value};
use crate::ui::Cell;

/// So many empty rows are drawn at most: a single line of another century has an end.
const MOST: i64 = 10_000;

/// A group in words.
#[derive(Debug, Clone)]
pub(super) struct Row {
    keys: Vec<(Key, Option<String>)>,
    values: Vec<Value>,
    pub(super) total: Total,
    /// The count of the largest row.
    pub(super) largest: u64,
}

/// The groups in words: in the order of their times, then the largest first, as they come.
pub(super) fn rows(keys: &[Key], groups: Vec<Group>) -> Vec<Row> {
    let projects: BTreeSet<_> = groups
        .iter()
        .flat_map(|group| &group.key)
        .filter_map(|value| match value {
            Value::Instance { project, .. } => Some(project.clone()),
            _ => None,
        })
        .collect();
    let has_projects = projects.len() > 1;
    let largest = groups.iter().map(|group| group.total.count).max().unwrap_or_default();
    let row = |Group { key, total }: Group| {
        let label = |(key, value): (&Key, &Value)| (*key, key.label(value, has_projects));
        Row { keys: keys.iter().zip(&key).map(label).collect(), values: key, total, largest }
    };
    let mut rows: Vec<Row> = groups.into_iter().map(row).collect();
    rows.sort_by(|one, other| one.times().cmp(other.times()));
    rows
}

/// Adds the days or hours without events between the first and the last, to rows of one such key.
pub(super) fn fill(rows: &mut Vec<Row>) {
    let Some(Row { keys, largest, .. }) = rows.first().cloned() else { return };
    let [(key, _)] = keys[..] else { return };
    let step = if key == Key::Day { DAY } else { HOUR };
    let time = |row: &Row| match row.values[..] {
        [Value::From(Micros(time))] => Some(time),
        _ => None,
    };
    let held: BTreeSet<i64> = rows.iter().filter_map(time).collect();
    let Some((first, last)) = held.first().copied().zip(held.last().copied()) else { return };
    let steps = last.saturating_sub(first) / step;
    if steps > MOST {
        return;
    }
    let empty = (0..steps).map(|number| first + number * step).filter(|time| !held.contains(time));
    rows.extend(empty.map(|time| {
        let value = Value::From(Micros(time));
        let keys = vec![(key, key.label(&value, false))];
        Row { keys, values: vec![value], total: Total::default(), largest }
    }));
    rows.sort_by(|one, other| one.times().cmp(other.times()));
}

/// A moment as a cell.
pub(super) fn moment(time: Option<Micros>) -> Cell {
    time.and_then(Micros::timestamp).map_or(Cell::Empty, Cell::Moment)
}

impl Row {
    fn times(&self) -> impl Iterator<Item = &Value> {
        let is_time = |((key, _), value): (&(Key, _), _)| key.by().is_time().then_some(value);
        self.keys.iter().zip(&self.values).filter_map(is_time)
    }

    pub(super) fn cell(&self, index: usize) -> Cell {
        match self.keys.get(index) {
            Some((_, Some(text))) => text.as_str().into(),
            _ => Cell::Unsaid,
        }
    }

    /// For the next command: the values.
    pub(super) fn name(&self) -> String {
        let values = self.keys.iter().map(|(_, label)| label.as_deref().unwrap_or_default());
        values.collect::<Vec<_>>().join(" ")
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Total { count, failures, inferred, first, last } = self.total;
        let text = |time: Option<Micros>| time?.timestamp().map(|time| time.to_string());
        let mut row = serializer.serialize_map(None)?;
        for (key, label) in &self.keys {
            row.serialize_entry(key.name(), label)?;
        }
        row.serialize_entry("count", &count)?;
        row.serialize_entry("failures", &failures)?;
        if inferred > 0 {
            row.serialize_entry("inferred", &inferred)?;
        }
        row.serialize_entry("first", &text(first))?;
        row.serialize_entry("last", &text(last))?;
        row.end()
    }
}
