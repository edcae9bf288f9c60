//! The record of a command that changes what may have to be restored: objects as they were, and what
//! was done to each. It is on the disk before anything is sent, and there is one kind of it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Change, Expect, ObjectId};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::fingerprint;

/// The version of the format.
pub const VERSION: u32 = 1;

/// What a command did, step by step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// What the file is, for anyone who finds it, and the version of its format.
    pub spctl_record: u32,
    /// The command that wrote it: `users lock`.
    pub command: String,
    /// The project's id.
    pub project: String,
    /// When it began, RFC 3339.
    pub at: String,
    /// What was applied, by its fingerprint, where a later run of the same command goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// When all of it was done, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// The steps, in the order in which they were sent.
    pub steps: Vec<Step>,
}

/// What was done to one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What it is: `database user`.
    pub noun: String,
    /// Its lasting name: `alice@admin`.
    pub name: String,
    /// What was to be done.
    pub deed: Deed,
    /// How far it came.
    pub state: StepState,
    /// The API's document as it was, without links; none if the step creates the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The fields that it was to have afterwards; none if the step deletes it. Secrets are not among
    /// them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// When it was last undone from this record, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<String>,
}

/// What a step does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Deed {
    /// It did not exist.
    Create,
    /// Fields that can be read back.
    Update,
    /// A secret, which cannot be read back: what it was before is lost.
    Secret,
    /// It exists no longer.
    Delete,
}

/// How far a step came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// It was about to be sent. If nothing further was written down, the outcome is not known.
    Sent,
    /// It was done, and read back.
    Done,
    /// It was not done.
    Failed,
    /// It may have been done or not.
    Unknown,
    /// It takes several requests, and some of them were done.
    Partly,
}

impl Step {
    fn of(change: &Change) -> Step {
        let object = change.lasting();
        let before = change.before().map(|raw| {
            fingerprint::unlinked(serde_json::from_str(raw.get()).unwrap_or(Value::Null))
        });
        let (deed, after) = match (&change.expect, &before) {
            (Expect::Gone | Expect::Going, _) => (Deed::Delete, None),
            (Expect::Still(..), _) => (Deed::Secret, None),
            (Expect::Has(fields) | Expect::At(_, fields), None) => {
                (Deed::Create, Some(fields.clone()))
            }
            (Expect::Has(fields) | Expect::At(_, fields), Some(_)) => {
                (Deed::Update, Some(fields.clone()))
            }
            (Expect::Each(_), before) => match before {
                Some(_) => (Deed::Update, None),
                None => (Deed::Create, None),
            },
        };
        let (noun, name) = (object.noun.to_owned(), object.name.clone());
        Step { noun, name, deed, state: StepState::Sent, before, after, undone_at: None }
    }

    fn is_about(&self, object: &ObjectId) -> bool {
        self.noun == object.noun && self.name == object.name
    }
}

impl Record {
    /// A record of a command, which has no step yet.
    pub fn new(command: &str, project: &str, at: String) -> Record {
        Record {
            spctl_record: VERSION,
            command: command.to_owned(),
            project: project.to_owned(),
            at,
            of: None,
            finished_at: None,
            steps: Vec::new(),
        }
    }

    /// The steps that were done, or may have been, and were not undone since.
    pub fn standing(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.state != StepState::Failed && step.undone_at.is_none())
    }

    /// Notes that steps were undone, in the file too.
    ///
    /// # Errors
    /// What the file system says.
    pub fn note_undone(
        &mut self,
        path: &Path,
        now: &str,
        is_undone: impl Fn(&Step) -> bool,
    ) -> Result<()> {
        let undone = self.steps.iter_mut().filter(|step| is_undone(step));
        undone.for_each(|step| step.undone_at = Some(now.to_owned()));
        self.replace(path)
    }

    fn text(&self) -> Result<String> {
        serde_json::to_string_pretty(self)
            .map(|text| format!("{text}\n"))
            .map_err(|e| Error::failed("cannot write the record").source(e))
    }

    fn replace(&self, path: &Path) -> Result<()> {
        crate::files::replace(path, self.text()?.as_bytes()).map_err(|e| {
            Error::failed(format!("cannot record the outcome in {}", path.display())).source(e)
        })
    }
}

/// Where stages write down what they do.
pub struct Recorder<'a> {
    context: &'a Context,
    path: PathBuf,
    writing: RefCell<Writing>,
}

struct Writing {
    record: Record,
    /// The new file, until it is written the first time.
    pending: Option<Pending>,
    /// Whether anything was written.
    written: bool,
    /// What this run has sent and heard nothing of yet.
    open: HashSet<ObjectId>,
    /// Objects of which an earlier request was, or may have been, done.
    touched: HashSet<ObjectId>,
}

impl<'a> Recorder<'a> {
    /// A new record, in a file that replaces nothing. The file is begun here, before anything is
    /// asked: a directory that cannot be written to is an error right away. A dry run writes none.
    ///
    /// # Errors
    /// Conflict: there is such a file. Not found: there is no such directory.
    pub fn begin(context: &'a Context, path: &Path, record: Record) -> Result<Recorder<'a>> {
        output::free(path, Replace::Never)?;
        let pending = match context.dry_run {
            true => None,
            false => {
                let unwritten = |e| output::unwritten(path, Replace::Never, e);
                Some(Pending::create(path).map_err(unwritten)?)
            }
        };
        Ok(Recorder::new(context, path, record, pending))
    }

    /// Goes on with the record of an earlier run, in the same file.
    pub fn resume(context: &'a Context, path: &Path, record: Record) -> Recorder<'a> {
        Recorder::new(context, path, record, None)
    }

    fn new(
        context: &'a Context,
        path: &Path,
        record: Record,
        pending: Option<Pending>,
    ) -> Recorder<'a> {
        let writing = Writing {
            record,
            pending,
            written: false,
            open: HashSet::new(),
            touched: HashSet::new(),
        };
        Recorder { context, path: path.to_owned(), writing: RefCell::new(writing) }
    }

    /// Whether anything was written down: nothing was sent otherwise.
    pub fn is_written(&self) -> bool {
        self.writing.borrow().written
    }

    /// Writes down what is about to be sent.
    pub(super) fn sends(&self, changes: &[Change]) -> Result<()> {
        let mut writing = self.writing.borrow_mut();
        for change in changes {
            writing.add(change);
        }
        let is_first = writing.write(&self.path)?;
        if is_first {
            self.context.ui.note(format!("record: {}", self.path.display()));
        }
        Ok(())
    }

    /// Writes down how it ended.
    pub(super) fn ended(&self, outcomes: &[(Change, Result<()>)]) -> Result<()> {
        let mut writing = self.writing.borrow_mut();
        for (change, outcome) in outcomes {
            writing.end(change, outcome);
        }
        match writing.written {
            true => writing.record.replace(&self.path),
            // Nothing was sent.
            false => Ok(()),
        }
    }

    /// Writes down that all of it was done.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(&self) -> Result<()> {
        let mut writing = self.writing.borrow_mut();
        writing.record.finished_at = Some(self.context.ui.now().to_string());
        writing.record.replace(&self.path)
    }
}

impl Writing {
    fn add(&mut self, change: &Change) {
        let mut step = Step::of(change);
        let object = change.lasting().clone();
        let at = self.record.steps.iter().position(|step| step.is_about(&object));
        let is_new = self.open.insert(object.clone());
        let Some(old) = at.and_then(|at| self.record.steps.get_mut(at)) else {
            self.record.steps.push(step);
            return;
        };
        // What an earlier step found is what there is to restore. One that was not done has left
        // nothing, and one of this run may be sent again because the object has changed.
        let did = is_new && old.state != StepState::Failed && old.undone_at.is_none();
        if did {
            self.touched.insert(object);
            step.before = old.before.take();
            step.deed = match (step.deed, &step.before) {
                (Deed::Update, None) => Deed::Create,
                (Deed::Create, Some(_)) => Deed::Update,
                (deed, _) => deed,
            };
        }
        *old = step;
    }

    fn end(&mut self, change: &Change, outcome: &Result<()>) {
        let object = change.lasting();
        self.open.remove(object);
        let Some(step) = self.record.steps.iter_mut().find(|step| step.is_about(object)) else {
            return;
        };
        let is_touched = self.touched.contains(object);
        step.state = match (outcome, step.state) {
            (Ok(()), StepState::Sent | StepState::Done) => StepState::Done,
            // One object may be changed by several requests at the same time.
            (Ok(()), StepState::Failed) => StepState::Partly,
            (Ok(()), state) => state,
            (Err(error), _) if error.api_facts().may_be_done => StepState::Unknown,
            (Err(_), StepState::Done | StepState::Partly) => StepState::Partly,
            (Err(_), StepState::Unknown) => StepState::Unknown,
            (Err(_), _) if is_touched => StepState::Partly,
            (Err(_), _) => StepState::Failed,
        };
    }

    /// Whether this is the first time.
    fn write(&mut self, path: &Path) -> Result<bool> {
        let is_first = !std::mem::replace(&mut self.written, true);
        let Some(mut pending) = self.pending.take() else {
            self.record.replace(path)?;
            return Ok(is_first);
        };
        let text = self.record.text()?;
        let written = pending.write_all(text.as_bytes()).and_then(|()| pending.keep(false));
        written.map_err(|e| {
            self.written = false;
            Error::failed(format!("cannot write the record {}; nothing was sent", path.display()))
                .source(e)
        })?;
        Ok(is_first)
    }
}
