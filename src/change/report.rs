//! How a change ended: what failed, and what is said of it.

use std::path::Path;

use super::{Change, ObjectId, Plan, failed};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::ui::plural;

/// How a stage ended.
pub(super) struct End {
    pub(super) noun: &'static str,
    pub(super) total: usize,
    /// All that failed, also those that failed together.
    pub(super) failed: Vec<ObjectId>,
    /// Those of them that may have been changed all the same.
    pub(super) unknown: Vec<ObjectId>,
    pub(super) failures: Vec<(ObjectId, Error)>,
}

impl End {
    /// Nothing of this plan was sent, because what it builds on is not there.
    pub(super) fn skip(&mut self, plan: Plan) {
        for change in plan.changes {
            let why = "not begun, because what it builds on failed; unchanged";
            self.fail(change, Error::failed(why));
        }
    }

    pub(super) fn fail(&mut self, change: Change, error: Error) {
        self.failed.extend(change.objects());
        if error.api_facts().may_be_done {
            self.unknown.extend(change.objects());
        }
        self.failures.push((change.object, error));
    }
}

pub(super) fn finish(
    context: &Context,
    ends: Vec<End>,
    kept: Option<(&Path, Pending)>,
) -> Result<()> {
    let failures = || ends.iter().flat_map(|end| &end.failures);
    let kept = kept.map_or(Ok(()), |(file, pending)| {
        failed::keep(file, pending, ends.iter().flat_map(|end| &end.failed))
    });
    let Some(kind) = Kind::worst(failures().map(|(_, e)| e.kind())) else {
        return kept;
    };
    if let Err(error) = &kept {
        context.ui.error(error);
    }
    let mut totals: Vec<(&str, usize, usize)> = Vec::new();
    for end in &ends {
        let failed = end.failed.len();
        match totals.iter_mut().find(|(noun, ..)| *noun == end.noun) {
            Some(sum) => (sum.1, sum.2) = (sum.1 + failed, sum.2 + end.total),
            None => totals.push((end.noun, failed, end.total)),
        }
    }
    let part = |&(noun, failed, total): &(&str, usize, usize)| {
        (failed > 0).then(|| format!("{failed} of {}", plural(total, noun)))
    };
    let parts: Vec<String> = totals.iter().filter_map(part).collect();
    let alone = ends.iter().map(|end| end.total).sum::<usize>() == 1;
    let about =
        |(object, error): (ObjectId, Error)| match names_it(&error.to_string(), &object.name) {
            true => error,
            false => error.context(object),
        };
    for end in ends {
        for failure in end.failures {
            let error = about(failure);
            if alone {
                return Err(error);
            }
            context.ui.error(&error);
        }
    }
    Err(Error::new(kind, format!("{} failed", parts.join(" and "))))
}

/// Whether a sentence names an object: as a word of its own, not within one.
fn names_it(sentence: &str, object: &str) -> bool {
    let within = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    sentence.match_indices(object).any(|(at, _)| {
        let before = sentence.get(..at).and_then(|text| text.chars().next_back());
        let after = sentence.get(at + object.len()..).and_then(|text| text.chars().next());
        !within(before) && !within(after)
    })
}
