//! Runs a plan about users, and shows those that were changed.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::naming::{self, ChangedUsers, NOUN, NamedUser};
use super::view::LISTING;
use crate::change::record::Recorder;
use crate::change::{self, Applied, Batch, ObjectId, Planned, Stage};
use crate::context::Context;
use crate::session::ProjectClient;

/// Runs a plan about users, and prints those that were changed if a format was requested.
pub async fn execute<'a>(
    context: &'a Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    on: &'a ProjectClient,
) -> Applied {
    execute_after(context, Vec::new(), planned.into(), batch, on, None).await
}

/// The same, after stages that the plan builds on; what is done is written down, if anywhere.
pub async fn execute_after<'a>(
    context: &'a Context,
    mut stages: Vec<Stage<'a>>,
    planned: Planned<'a>,
    batch: Option<&Batch>,
    on: &'a ProjectClient,
    recorder: Option<&'a Recorder<'a>>,
) -> Applied {
    let alone = planned.plan().asked() == 1;
    let shown = Rc::new(RefCell::new(Vec::new()));
    let fetched = Rc::clone(&shown);
    let changed = ChangedUsers::of(planned.plan());
    stages.push(Stage::new(planned, async move || {
        let users = changed.fetch(on).await?;
        fetched.borrow_mut().clone_from(&users);
        Ok(naming::read_back(&on.project, users))
    }));
    if let Some(recorder) = recorder {
        stages = stages.into_iter().map(|stage| stage.recorded(recorder)).collect();
    }
    let mut applied = change::execute_all(context, stages, batch, &LISTING).await;
    // Earlier stages are not about users.
    applied.done.retain(|object| object.noun == NOUN);
    applied.unknown.retain(|object| object.noun == NOUN);
    if !context.ui.wants_data() || applied.done.is_empty() {
        return applied;
    }
    let done: HashSet<&ObjectId> = applied.done.iter().collect();
    let is_done = |known: &NamedUser| {
        naming::objects(&on.project, known).iter().any(|one| done.contains(one))
    };
    let rows: Vec<_> = shown
        .take()
        .into_iter()
        .filter(is_done)
        .map(|known| (known.row.raw.clone(), known))
        .collect();
    let shown = context.ui.show_asked(&LISTING, rows, alone, |_| Vec::new());
    applied.outcome = applied.outcome.and(shown);
    applied
}
