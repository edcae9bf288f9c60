//! What is usual: who and what was there in the log's first part, or in another log.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{At, Track};
use super::span::{self, DAY};
use super::{Skipped, View};

/// So much of a log's beginning is learned from at most, unless something else is asked for.
const LEARN: i64 = 7 * DAY;
/// A shorter log says nothing about what is usual.
const SHORTEST: i64 = 2 * DAY;

/// The rules that hold a log against what is usual.
pub const LEARNERS: [&str; 3] = ["first-seen-user", "first-seen-address", "new-log-reader"];

/// Something that was not there before.
pub(super) struct New<'a, K> {
    pub(super) key: K,
    pub(super) tracks: Vec<&'a Track>,
}

/// What the wanted tracks have in common and was first seen when its instance's log had gone on for a while.
/// Nothing is new where a log begins, be it an instance's or all of them.
pub(super) fn new<'a, K: Ord>(
    view: &View<'a>,
    is_wanted: impl Fn(&Track) -> bool,
    key: impl Fn(&Track) -> Option<K>,
) -> Result<Vec<New<'a, K>>, Skipped> {
    let learned = learned(view)?;
    let before: Vec<K> = (view.beside.baseline.iter())
        .flat_map(|log| log.tracks.iter().filter(|track| is_wanted(track)).filter_map(&key))
        .collect();
    let before = BTreeSet::from_iter(before);
    let mut groups: BTreeMap<K, Vec<&Track>> = BTreeMap::new();
    for track in view.tracks.iter().filter(|track| is_wanted(track)) {
        if let Some(key) = key(track) {
            groups.entry(key).or_default().push(track);
        }
    }
    let groups = groups.into_iter().filter(|(key, _)| !before.contains(key));
    let is_late = |track: &Track| {
        let at = (track.project.clone(), track.instance.clone());
        learned.get(&at).is_some_and(|end| track.first().time >= *end)
    };
    let new = groups.filter_map(|(key, tracks)| {
        let first = tracks.iter().min_by_key(|track| track.first())?;
        is_late(first).then_some(New { key, tracks })
    });
    Ok(new.collect())
}

/// Until when each instance's log is learned from.
fn learned(view: &View<'_>) -> Result<BTreeMap<At, i64>, Skipped> {
    let asked = view.beside.settings.learn;
    let end = |first: i64, last: i64| match (asked, view.beside.baseline) {
        (Some(learn), _) => Some(first.saturating_add(learn)),
        (None, Some(_)) => Some(i64::MIN),
        (None, None) => (last - first >= SHORTEST).then(|| first + LEARN.min((last - first) / 2)),
    };
    let ranges = view.log.ranges();
    let ends = ranges.filter_map(|(at, first, last)| Some((at.clone(), end(first, last)?)));
    let ends = BTreeMap::from_iter(ends);
    if ends.is_empty() && view.log.ranges().next().is_some() {
        return Err(Skipped(format!(
            "the log covers less than {}, so nothing is known to be usual",
            span::show(SHORTEST)
        )));
    }
    Ok(ends)
}
