//! How a change ended: what failed, and how that is reported.

use std::collections::HashSet;

use super::failed::FailedFile;
use super::{Change, ObjectId, Plan};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::plural;

/// How a stage ended.
pub(super) struct End {
    /// All objects that it was about.
    asked: Vec<ObjectId>,
    /// All that failed, also those that failed together.
    failed: Vec<ObjectId>,
    /// Those of them that may have been changed anyway.
    pub(super) unknown: Vec<ObjectId>,
    pub(super) errors: Vec<Error>,
}

impl End {
    /// What is refused has failed before anything is sent.
    pub(super) fn begin(plan: &mut Plan) -> Self {
        let asked = plan.objects();
        let mut end = End { asked, failed: Vec::new(), unknown: Vec::new(), errors: Vec::new() };
        for (object, error) in std::mem::take(&mut plan.refused) {
            end.errors.push(error.of(&object));
            end.failed.push(object);
        }
        end
    }

    /// Whether it was about more than one object.
    pub(super) fn is_several(&self) -> bool {
        self.asked.len() > 1
    }

    /// Adds objects that the stage was not about in the beginning.
    pub(super) fn add(&mut self, further: Vec<ObjectId>) {
        self.asked.extend(further);
    }

    /// Nothing of this plan was sent, because something it depends on failed.
    pub(super) fn skip(&mut self, plan: Plan) {
        for change in plan.changes {
            let why = "not started, because something it depends on failed; unchanged";
            self.fail(&change, Error::failed(why));
        }
    }

    pub(super) fn fail(&mut self, change: &Change, error: Error) {
        self.failed.extend(change.objects());
        if error.api_facts().may_be_done {
            self.unknown.extend(change.objects());
        }
        self.errors.push(error.of(&change.object));
    }

    /// The objects of which it is known that they failed.
    pub(super) fn failed(&self) -> HashSet<ObjectId> {
        self.failed.iter().cloned().collect()
    }
}

/// Shows each failure, writes the names of what failed, and returns the outcome.
pub(super) fn finish(
    context: &Context,
    ends: Vec<End>,
    kept: Option<FailedFile<'_>>,
) -> Result<()> {
    let asked = each_once(ends.iter().flat_map(|end| end.asked.iter().cloned()));
    let failed = each_once(ends.iter().flat_map(|end| end.failed.iter().cloned()));
    let mut errors: Vec<Error> = ends.into_iter().flat_map(|end| end.errors).collect();
    let kept = kept.map_or(Ok(()), |kept| kept.keep(context, &failed));
    let Some(kind) = Kind::worst(errors.iter().map(Error::kind)) else {
        return kept;
    };
    if let Err(error) = &kept {
        context.ui.error(error);
    }
    if let ([_], 1) = (asked.as_slice(), errors.len())
        && let Some(error) = errors.pop()
    {
        return Err(error);
    }
    for error in &errors {
        context.ui.error(error);
    }
    let failed = by_noun(&failed);
    let part = |(noun, all): (&str, usize)| {
        let (_, failed) = failed.iter().find(|(failed, _)| *failed == noun)?;
        Some(format!("{failed} of {}", plural(all, noun)))
    };
    let parts: Vec<String> = by_noun(&asked).into_iter().filter_map(part).collect();
    Err(Error::new(kind, format!("{} failed", parts.join(" and "))))
}

/// Objects in their order, each where it comes first.
pub(super) fn each_once(objects: impl Iterator<Item = ObjectId>) -> Vec<ObjectId> {
    let mut seen = HashSet::new();
    objects.filter(|object| seen.insert(object.clone())).collect()
}

/// How many there are of each noun, in the order in which the nouns come.
pub(super) fn by_noun(objects: &[ObjectId]) -> Vec<(&'static str, usize)> {
    let mut counted: Vec<(&'static str, usize)> = Vec::new();
    for object in objects {
        match counted.iter_mut().find(|(noun, _)| *noun == object.noun) {
            Some((_, count)) => *count += 1,
            None => counted.push((object.noun, 1)),
        }
    }
    counted
}
