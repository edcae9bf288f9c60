//! Many of the same in a short time.

use std::collections::BTreeMap;

use super::log::{Mark, Span, Track};

/// Events of which none is further from the next than a span, with so many in one span.
#[derive(Debug)]
pub(super) struct Burst<'a> {
    /// Whose events they are.
    pub(super) tracks: Vec<&'a Track>,
    pub(super) first: Mark,
    pub(super) last: Mark,
    /// When there were so many that it is one.
    pub(super) reached: i64,
    /// How many.
    pub(super) count: u64,
    /// Those that are kept of them.
    pub(super) marks: Vec<Mark>,
}

/// The bursts of what tracks have in common: at least so many events within a span.
pub(super) fn bursts<'a, K: Ord + Clone>(
    tracks: impl Iterator<Item = &'a Track>,
    key: impl Fn(&'a Track) -> Option<K>,
    count: u64,
    within: i64,
) -> Vec<(K, Burst<'a>)> {
    let mut groups: BTreeMap<K, Vec<(Span, &Track)>> = BTreeMap::new();
    for track in tracks {
        if let Some(key) = key(track) {
            let spans = track.spans.iter().map(|span| (*span, track));
            groups.entry(key).or_default().extend(spans);
        }
    }
    let mut found = Vec::new();
    for (key, mut spans) in groups {
        spans.sort_by_key(|(span, _)| (span.first, span.last));
        let is_near = |one: &(Span, &Track), next: &(Span, &Track)| {
            next.0.first.time - one.0.last.time <= within
        };
        for run in spans.chunk_by(is_near) {
            if let Some(reached) = reached(run, count, within) {
                found.push((key.clone(), burst(run, reached)));
            }
        }
    }
    found
}

/// When a span first held so many events.
fn reached(run: &[(Span, &Track)], count: u64, within: i64) -> Option<i64> {
    let (mut held, mut begin) = (0, 0);
    for (span, _) in run {
        held += span.count;
        while span.first.time - run[begin].0.first.time > within {
            held -= run[begin].0.count;
            begin += 1;
        }
        if held >= count {
            return Some(span.last.time);
        }
    }
    None
}

fn burst<'a>(run: &[(Span, &'a Track)], reached: i64) -> Burst<'a> {
    let spans = || run.iter().map(|(span, _)| span);
    let mut tracks: Vec<&Track> = run.iter().map(|(_, track)| *track).collect();
    tracks.sort_by_key(|track| std::ptr::from_ref::<Track>(track));
    tracks.dedup_by_key(|track| std::ptr::from_ref::<Track>(track));
    Burst {
        tracks,
        first: run[0].0.first,
        last: spans().map(|span| span.last).max().unwrap_or(run[0].0.last),
        reached,
        count: spans().map(|span| span.count).sum(),
        marks: spans().flat_map(|span| [span.first, span.last]).collect(),
    }
}

/// Which part of the logons between two moments failed, if so many did. Those that succeeded are counted by
/// the steps of time that they are kept in.
pub(super) fn share_of_failures<'a>(
    succeeded: impl Iterator<Item = &'a Track>,
    failed: u64,
    from: i64,
    until: i64,
) -> f64 {
    let spans = succeeded.flat_map(|track| &track.spans);
    let meet = spans.filter(|span| span.first.time <= until && span.last.time >= from);
    let succeeded: u64 = meet.map(|span| span.count).sum();
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    let share = failed as f64 / (failed + succeeded).max(1) as f64;
    share
}
