//! What an offboarding leaves: shown before, and told in the end.

use super::Leaving;
use crate::commands::members::footprint::{Footprint, LISTING, Relation, Trace};
use crate::context::Context;
use crate::error::Result;

/// How many things of a kind are named in a preview.
const MOST: usize = 10;

impl Leaving<'_> {
    /// What is left to be done by hand: as data if a format was asked for.
    pub(super) fn tell_the_rest(&self, context: &Context) -> Result<()> {
        let is_rest = |trace: &&Trace| {
            matches!(trace.relation, Relation::Made | Relation::MayKnow | Relation::MayUse)
                && !self.users.iter().any(|(name, ..)| *name == trace.name)
        };
        let people = self.gathered.people.iter();
        let rest = people.flat_map(|one| &one.traces).filter(is_rest);
        let rest: Vec<Trace> = rest.chain(&self.gathered.unseen).cloned().collect();
        if context.ui.wants_data() {
            return context.ui.list_computed(&LISTING, rest, "nothing is left").map(drop);
        }
        for trace in rest.iter().filter(|trace| trace.relation == Relation::MayKnow) {
            context.ui.note(format!(
                "left to replace by hand: {} {}, {}",
                trace.kind, trace.name, trace.why
            ));
            if let Some(remedy) = &trace.remedy {
                context.ui.hint(remedy);
            }
        }
        Ok(())
    }
}

/// What a preview says of somebody beside what is taken back.
pub(super) fn told(footprint: &Footprint) -> Vec<(&'static str, String)> {
    let list = |label: &'static str, relation: Relation| {
        let all: Vec<String> = footprint
            .traces
            .iter()
            .filter(|trace| trace.relation == relation)
            .map(|trace| match relation {
                Relation::MayUse => format!("{} ({}): --user locks it", trace.name, trace.why),
                _ => trace.told(),
            })
            .collect();
        let more = match all.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown = all.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        (!all.is_empty()).then(|| (label, shown + &more))
    };
    [
        list("may be theirs", Relation::MayUse),
        list("made, stays", Relation::Made),
        list("may know", Relation::MayKnow),
    ]
    .into_iter()
    .flatten()
    .collect()
}
