//! What a command wants to do.

use std::collections::{HashMap, HashSet};

use http::Method;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::report::each_once;
use super::{Expect, Fact, ObjectId};
use crate::atlas::{ApiError, Call};
use crate::error::Error;

/// One change to one object.
#[derive(Debug, Clone)]
pub struct Change {
    pub(super) object: ObjectId,
    pub(super) before: Option<Box<RawValue>>,
    pub(super) facts: Vec<Fact>,
    pub(super) call: Call,
    pub(super) expect: Expect,
    pub(super) lasting: Option<ObjectId>,
}

impl Change {
    /// A request about an object, and what must hold afterwards. It creates the object, unless
    /// [`Change::was`] gives its present state.
    pub fn new(object: ObjectId, call: Call, expect: Expect) -> Self {
        Change { object, before: None, facts: Vec::new(), call, expect, lasting: None }
    }

    /// The object as it was read.
    #[must_use]
    pub fn was(self, before: impl Into<Option<Box<RawValue>>>) -> Self {
        Change { before: before.into(), ..self }
    }

    /// Under which name a record has it, where its own may be that of another object later.
    #[must_use]
    pub fn recorded_as(self, object: ObjectId) -> Self {
        Change { lasting: Some(object), ..self }
    }

    /// The object under its lasting name.
    pub(super) fn lasting(&self) -> &ObjectId {
        self.lasting.as_ref().unwrap_or_else(|| self.expect.read(&self.object))
    }

    /// Adds a line to the preview.
    #[must_use]
    pub fn fact(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// Adds lines to the preview.
    #[must_use]
    pub fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// What it is about.
    pub fn object(&self) -> &ObjectId {
        &self.object
    }

    /// The object as it was read; `None` if the change creates it.
    pub fn before(&self) -> Option<&RawValue> {
        self.before.as_deref()
    }

    /// The object as the request makes it: what was read, with the fields that are sent in their
    /// places. `None` if it is deleted, or cannot be read.
    pub fn after(&self) -> Option<Value> {
        if *self.call.method() == Method::DELETE {
            return None;
        }
        let mut after: Value = match &self.before {
            Some(before) => serde_json::from_str(before.get()).ok()?,
            None => Value::Object(Map::new()),
        };
        if let (Value::Object(after), Some(Value::Object(sent))) =
            (&mut after, self.call.body_json())
        {
            after.extend(sent.clone());
        }
        Some(after)
    }

    /// The objects that it is about: more than one if one request changes several.
    pub(super) fn objects(&self) -> Vec<ObjectId> {
        match &self.expect {
            Expect::Each(objects) => objects.iter().map(|(object, _)| object.clone()).collect(),
            _ => vec![self.object.clone()],
        }
    }

    /// The error of its request. Most requests are worded with the object's name.
    pub(super) fn error(&self, error: ApiError) -> Error {
        let error = Error::from(error);
        match self.call.names(&self.object.name) {
            true => error.about(self.object.clone()),
            false => error,
        }
    }
}

/// What is said before the changes of a plan are shown.
#[derive(Debug)]
pub enum Remark {
    /// What is so.
    Note(String),
    /// What to know before relying on the result.
    Warning(String),
    /// What to do.
    Hint(String),
}

impl From<String> for Remark {
    fn from(text: String) -> Self {
        Remark::Note(text)
    }
}

/// What a command wants to do. It may hold objects of several nouns and projects; its own are those
/// that the command is about.
#[derive(Debug)]
pub struct Plan {
    pub(super) noun: &'static str,
    project: String,
    pub(super) verb: &'static str,
    pub(super) done: &'static str,
    pub(super) changes: Vec<Change>,
    pub(super) unchanged: Vec<ObjectId>,
    pub(super) refused: Vec<(ObjectId, Error)>,
    pub(super) shown: Vec<(ObjectId, Vec<Fact>)>,
    pub(super) notes: Vec<Remark>,
    pub(super) held: Option<Error>,
    pub(super) typed: HashMap<ObjectId, String>,
    said: HashSet<ObjectId>,
}

impl Plan {
    /// An empty plan of a command that is about `database user`s of a project, or of an
    /// organisation, and is to `restrict` them, until they are `restricted`.
    pub fn new(project: &str, noun: &'static str, verb: &'static str, done: &'static str) -> Self {
        Plan {
            noun,
            project: project.to_owned(),
            verb,
            done,
            changes: Vec::new(),
            unchanged: Vec::new(),
            refused: Vec::new(),
            shown: Vec::new(),
            notes: Vec::new(),
            held: None,
            typed: HashMap::new(),
            said: HashSet::new(),
        }
    }

    /// The object of the plan's own noun and project that goes by this name.
    pub fn object(&self, name: impl Into<String>) -> ObjectId {
        ObjectId::new(self.noun, &self.project, name)
    }

    /// `restrict`.
    pub fn verb(&self) -> &'static str {
        self.verb
    }

    /// The id of the project, or of the organisation, that the command is about.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// Adds a change.
    pub fn change(&mut self, change: Change) {
        self.said.extend(change.objects());
        self.changes.push(change);
    }

    /// Adds an object that already is as it should be.
    pub fn unchanged(&mut self, object: ObjectId) {
        self.said.insert(object.clone());
        self.unchanged.push(object);
    }

    /// Adds an object that the command refuses to change, and why: a message that names the object,
    /// or an error that is [of](Error::of) it.
    pub fn refuse(&mut self, object: ObjectId, error: Error) {
        let error = match error.object() {
            Some(_) => error,
            None => error.about(object.clone()),
        };
        self.said.insert(object.clone());
        self.refused.push((object, error));
    }

    /// Adds facts to show about an object that is refused.
    pub fn show(&mut self, object: ObjectId, facts: Vec<Fact>) {
        self.shown.push((object, facts));
    }

    /// Adds a note, a warning or a hint, shown before the changes.
    pub fn note(&mut self, remark: impl Into<Remark>) {
        self.notes.push(remark.into());
    }

    /// Holds back the whole plan: the changes are shown, and this error ends the command.
    pub fn hold(&mut self, error: Error) {
        self.held.get_or_insert(error);
    }

    /// Records what the command line called an object whose name may mean another one too.
    pub fn typed(&mut self, object: &ObjectId, text: &str) {
        self.typed.insert(object.clone(), text.to_owned());
    }

    /// What is to be changed.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Adds further lines to the preview of each change, in their order.
    pub fn tell(&mut self, mut lines: impl FnMut(&Change) -> Vec<Fact>) {
        for change in &mut self.changes {
            let lines = lines(change);
            change.facts.extend(lines);
        }
    }

    /// How many objects the command line asks for.
    pub fn asked(&self) -> usize {
        self.said.len()
    }

    /// All objects in it, each once.
    pub(super) fn objects(&self) -> Vec<ObjectId> {
        let changed = self.changes.iter().flat_map(Change::objects);
        let refused = self.refused.iter().map(|(object, _)| object);
        each_once(changed.chain(self.unchanged.iter().chain(refused).cloned()))
    }

    /// Whether the plan already has this object: it may be named in two ways.
    pub fn has(&self, object: &ObjectId) -> bool {
        self.said.contains(object)
    }
}

#[cfg(test)]
#[path = "tests/plan.rs"]
mod tests;
