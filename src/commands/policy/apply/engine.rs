//! Makes a project what is wanted of it: in phases, recorded, each as it was shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::edit::{Edit, Subject, inherited, levels};
use super::owned::{Key, Live, Owned};
use super::phase::Phase;
use super::wanted::Wanted;
use crate::change::record::{Record, Recorder};
use crate::change::{self, Change, Plan, Planned, ReadBack, Remark, Stage};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::shell::quote;
use crate::ui::NoColumns;

/// Where it is written down.
pub enum Recording<'a> {
    /// A new file.
    New(&'a Path, Record),
    /// The file of an earlier run.
    Resumed(&'a Path, Record),
    /// Nowhere: what is done undoes a record, and is noted there.
    None,
}

/// What is to be said and refused beside the changes.
#[derive(Default)]
pub struct Around {
    /// What is said before the changes are shown.
    pub remarks: Vec<Remark>,
    /// Why nothing is sent; the changes are shown all the same.
    pub held: Option<Error>,
}

/// What the changes are, phase by phase.
#[derive(Default)]
struct Edits {
    by_phase: BTreeMap<Phase, Vec<(Key, Change)>>,
    refused: Vec<(Key, Error)>,
}

/// Makes a project what is wanted of it.
pub struct Engine<'a> {
    context: &'a Context,
    on: &'a ProjectClient,
    wanted: &'a Wanted,
    /// How deep roles inherit roles that are created or deleted with them.
    levels: BTreeMap<String, usize>,
}

/// What came of it.
pub struct Outcome {
    /// Whether there was nothing to change.
    pub is_unchanged: bool,
    /// The objects that are now as they were wanted.
    pub done: Vec<Key>,
    /// The worst failure, after each was shown.
    pub outcome: Result<()>,
}

impl<'a> Engine<'a> {
    /// For what is wanted of the chosen project.
    pub fn new(context: &'a Context, on: &'a ProjectClient, wanted: &'a Wanted) -> Self {
        Engine { context, on, wanted, levels: BTreeMap::new() }
    }

    /// Reads what is there, shows what is to be changed, asks, and changes it, each phase after the
    /// one before it was verified.
    ///
    /// # Errors
    /// Those of reading; of the record; usage, where it is held or not confirmed.
    pub async fn run(mut self, recording: Recording<'_>, around: Around) -> Result<Outcome> {
        let live = self.fetch(&self.wanted.kinds()).await?;
        self.levels = self.role_levels(&live);
        let edits = self.edits(&live);
        let is_unchanged = edits.by_phase.is_empty() && edits.refused.is_empty();
        let Around { remarks, mut held } = around;
        if !edits.refused.is_empty() {
            let why = "the project cannot be made so; nothing was sent";
            held = Some(Error::new(worst(&edits.refused), why));
        }
        let phases: Vec<Phase> = edits.by_phase.keys().copied().collect();
        let mut plans = self.plans(edits);
        let Some(first) = plans.first_mut() else {
            remarks.iter().for_each(|remark| say(self.context, remark));
            if let (Recording::Resumed(path, record), false) = (recording, self.context.dry_run) {
                Recorder::resume(self.context, path, record).finish()?;
            }
            return Ok(Outcome { is_unchanged, done: Vec::new(), outcome: Ok(()) });
        };
        remarks.into_iter().for_each(|remark| first.note(remark));
        if let Some(error) = held {
            first.hold(error);
        }
        let recorder = match recording {
            Recording::None => None,
            Recording::New(path, record) => Some(Recorder::begin(self.context, path, record)?),
            Recording::Resumed(path, record) => Some(Recorder::resume(self.context, path, record)),
        };
        let this = &self;
        let mut stages = Vec::new();
        for (index, plan) in plans.into_iter().enumerate() {
            let mut planned = Planned::from(plan);
            // What is refused stands in a plan of no phase.
            if let Some(phase) = phases.get(index).copied()
                && phase.looks_again()
            {
                let shown: BTreeSet<String> = planned
                    .plan()
                    .changes()
                    .iter()
                    .map(|change| change.object().name.clone())
                    .collect();
                planned = planned.anew(async move || this.look(phase, &shown).await);
            }
            let kind = phases.get(index).map(|phase| phase.kind());
            let mut stage = Stage::new(planned, async move || this.read_back(kind).await);
            if let Some(recorder) = &recorder {
                stage = stage.recorded(recorder);
            }
            stages.push(stage);
        }
        let applied = change::execute_all(self.context, stages, None, &NoColumns).await;
        let done = self.keys(&applied.done);
        let mut outcome = applied.outcome;
        if outcome.is_ok()
            && let Some(recorder) = recorder.as_ref().filter(|recorder| recorder.is_written())
        {
            outcome = recorder.finish();
        }
        Ok(Outcome { is_unchanged, done, outcome })
    }

    fn keys(&self, done: &[change::ObjectId]) -> Vec<Key> {
        let key = |object: &change::ObjectId| {
            Some(Key { kind: Owned::of_noun(object.noun)?, name: object.name.clone() })
        };
        done.iter().filter_map(key).collect()
    }

    /// What there is of these kinds, each listed once.
    async fn fetch(&self, kinds: &BTreeSet<Owned>) -> Result<HashMap<Owned, Live>> {
        let instances = self.wanted.instances();
        let each = kinds
            .iter()
            .map(async |kind| Ok::<_, Error>((*kind, kind.fetch(self.on, &instances).await?)));
        let all = futures_util::future::try_join_all(each);
        self.context.signals.interruptible(all).await.map(|all| all.into_iter().collect())
    }

    fn edits(&self, live: &HashMap<Owned, Live>) -> Edits {
        let mut edits = Edits::default();
        for (key, wanted) in &self.wanted.objects {
            let subject = Subject {
                project: &self.on.project,
                key,
                live: live.get(&key.kind).and_then(|live| live.get(&key.name)).map(|raw| &**raw),
                wanted: wanted.as_ref(),
                level: self.levels.get(&key.name).copied().unwrap_or_default(),
            };
            match subject.edit() {
                Ok(Edit::Unchanged) => {}
                Ok(Edit::Send(changes)) => {
                    for (phase, change) in changes {
                        let of_phase = edits.by_phase.entry(phase).or_default();
                        of_phase.push((key.clone(), change));
                    }
                }
                Err(error) => edits.refused.push((key.clone(), error)),
            }
        }
        edits
    }

    /// A plan a phase; what is refused is in the first.
    fn plans(&self, edits: Edits) -> Vec<Plan> {
        let project = &self.on.project;
        let mut plans: Vec<Plan> = Vec::new();
        for (phase, changes) in edits.by_phase {
            let (verb, done) = phase.words();
            let mut plan = Plan::new(project, phase.kind().noun(), verb, done);
            changes.into_iter().for_each(|(_, change)| plan.change(change));
            plans.push(plan);
        }
        if plans.is_empty() && !edits.refused.is_empty() {
            plans.push(Plan::new(project, "policy", "apply", "applied"));
        }
        if let Some(first) = plans.first_mut() {
            for (key, error) in edits.refused {
                first.refuse(key.object(project), error);
            }
        }
        plans
    }

    /// The changes of a phase to the objects that were shown, as they would be now.
    async fn look(&self, phase: Phase, shown: &BTreeSet<String>) -> Result<Plan> {
        let live = self.fetch(&[phase.kind()].into()).await?;
        let mut edits = self.edits(&live);
        let project = &self.on.project;
        let (verb, done) = phase.words();
        let mut plan = Plan::new(project, phase.kind().noun(), verb, done);
        let changes = edits.by_phase.remove(&phase).unwrap_or_default();
        for (key, change) in changes.into_iter().filter(|(key, _)| shown.contains(&key.name)) {
            drop(key);
            plan.change(change);
        }
        let refused = edits.refused.into_iter();
        for (key, error) in refused.filter(|(key, _)| key.kind == phase.kind()) {
            if shown.contains(&key.name) {
                plan.refuse(key.object(project), error);
            }
        }
        for name in shown {
            let object = plan.object(name);
            if !plan.has(&object) {
                plan.unchanged(object);
            }
        }
        Ok(plan)
    }

    async fn read_back(&self, kind: Option<Owned>) -> Result<ReadBack> {
        let Some(kind) = kind else { return Ok(ReadBack::new()) };
        let live = kind.fetch(self.on, &self.wanted.instances()).await?;
        let object = |name: String| Key { kind, name }.object(&self.on.project);
        Ok(live.into_iter().map(|(name, raw)| (object(name), raw)).collect())
    }

    /// How deep each role that is created or deleted inherits others of them.
    fn role_levels(&self, live: &HashMap<Owned, Live>) -> BTreeMap<String, usize> {
        let none = Live::new();
        let there = live.get(&Owned::Roles).unwrap_or(&none);
        let (mut created, mut deleted) = (BTreeMap::new(), BTreeMap::new());
        let roles = self.wanted.objects.iter().filter(|(key, _)| key.kind == Owned::Roles);
        for (key, wanted) in roles {
            match (wanted, there.get(&key.name)) {
                (Some(wanted), None) => drop(created.insert(key.name.clone(), inherited(wanted))),
                (None, Some(raw)) => {
                    let live = serde_json::from_str(raw.get()).unwrap_or_default();
                    deleted.insert(key.name.clone(), inherited(&live));
                }
                _ => {}
            }
        }
        levels(&created).into_iter().chain(levels(&deleted)).collect()
    }
}

fn worst(refused: &[(Key, Error)]) -> Kind {
    Kind::worst(refused.iter().map(|(_, error)| error.kind())).unwrap_or(Kind::Conflict)
}

fn say(context: &Context, remark: &Remark) {
    match remark {
        Remark::Note(text) => context.ui.note(text),
        Remark::Warning(text) => context.ui.warn(text),
        Remark::Hint(text) => context.ui.hint(text),
    }
}

/// How to go on after a failure, and how to go back.
pub fn ways_out(context: &Context, record: &Path, again: &str) {
    let record = record.display().to_string();
    context.ui.hint(format!("{again} goes on; spctl policy rollback {} goes back", quote(&record)));
}
