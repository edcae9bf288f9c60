//! What a command wants to do.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::{Expect, ReadBack};
use crate::atlas::Call;
use crate::error::{Error, Result};

/// One line of a preview: what is, and what will be.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What the line is about.
    pub label: &'static str,
    /// What is said of it.
    pub text: String,
}

impl Fact {
    /// Something that stays, or that only the new state has.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Fact { label, text: text.into() }
    }

    /// `before -> after`, or just the value where both are the same.
    pub fn change(label: &'static str, before: &str, after: &str) -> Self {
        match before == after {
            true => Fact::new(label, format!("{before} (unchanged)")),
            false => Fact::new(label, format!("{before} -> {after}")),
        }
    }
}

/// One change to one object.
#[derive(Debug, Clone)]
pub struct Change {
    /// The object's name, as the next command takes it; also the key of what is read back.
    pub object: String,
    /// The preview.
    pub facts: Vec<Fact>,
    /// What is sent.
    pub call: Call,
    /// What must be so afterwards.
    pub expect: Expect,
}

impl Change {
    /// The objects that it is about: more than one where one request changes several.
    pub(super) fn objects(&self) -> Vec<String> {
        match &self.expect {
            Expect::Each(objects) => objects.iter().map(|(name, _)| name.clone()).collect(),
            _ => vec![self.object.clone()],
        }
    }
}

/// What a command wants to do.
#[derive(Debug)]
pub struct Plan {
    /// `database user`.
    pub noun: &'static str,
    /// `restrict`.
    pub verb: &'static str,
    /// `restricted`.
    pub done: &'static str,
    /// What is to be changed.
    pub changes: Vec<Change>,
    /// Objects that are as they should be already.
    pub unchanged: Vec<String>,
    /// Objects that the command refuses to change, and why.
    pub refused: Vec<(String, Error)>,
    /// What is shown all the same of objects that are refused.
    pub shown: Vec<(String, Vec<Fact>)>,
    /// Why nothing of it may be sent: the changes are shown, and this is what they come to.
    pub held: Option<Error>,
}

impl Plan {
    /// An empty plan.
    pub fn new(noun: &'static str, verb: &'static str, done: &'static str) -> Self {
        Plan {
            noun,
            verb,
            done,
            changes: Vec::new(),
            unchanged: Vec::new(),
            refused: Vec::new(),
            shown: Vec::new(),
            held: None,
        }
    }

    /// How many objects the command line asks for.
    pub fn asked(&self) -> usize {
        let changed: usize = self.changes.iter().map(|change| change.objects().len()).sum();
        changed + self.unchanged.len() + self.refused.len()
    }

    /// The names of all objects that it says something of.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let changed = self.changes.iter().flat_map(Change::objects);
        let refused = self.refused.iter().map(|(name, _)| name);
        changed.chain(self.unchanged.iter().chain(refused).cloned())
    }

    /// Whether the plan says something of this object already: it may be named in two ways.
    pub fn has(&self, object: &str) -> bool {
        self.unchanged.iter().any(|name| name == object)
            || self.changes.iter().any(|change| change.object == object)
    }
}

/// A plan, and how to read back what it changes.
pub struct Stage<'a> {
    pub(super) plan: Plan,
    pub(super) read_back: Box<dyn FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>> + 'a>,
    pub(super) before: Box<dyn FnOnce() -> Result<()> + 'a>,
}

impl<'a> Stage<'a> {
    /// `read_back` lists the objects' present state by name; it is called once, after the sending.
    pub fn new<F>(plan: Plan, read_back: impl FnOnce() -> F + 'a) -> Self
    where
        F: Future<Output = Result<ReadBack>> + 'a,
    {
        let read_back = Box::new(|| read_back().boxed_local());
        Stage { plan, read_back, before: Box::new(|| Ok(())) }
    }

    /// What must be done once the changes are confirmed, and before the first of them is sent.
    #[must_use]
    pub fn before(mut self, act: impl FnOnce() -> Result<()> + 'a) -> Self {
        self.before = Box::new(act);
        self
    }
}
