//! What a command wants to do.

use std::collections::HashSet;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde_json::value::RawValue;

use super::{Expect, ObjectId, ReadBack};
use crate::atlas::Call;
use crate::error::{Error, Result};

/// How much a line of a preview weighs, when the object is found changed before the sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A gain or a loss: where it differs, the change means something else.
    Meaning,
    /// It was shown, and must still be so.
    Shown,
    /// A state or a date that the server sets by itself.
    Passing,
}

/// One line of a preview: what is, and what will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What the line is about.
    pub label: &'static str,
    /// What is said of it.
    pub text: String,
    /// How much it weighs.
    pub weight: Weight,
}

impl Fact {
    /// Something that stays, or that only the new state has.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Fact { label, text: text.into(), weight: Weight::Shown }
    }

    /// A gain or a loss of access: what the change means.
    pub fn means(label: &'static str, text: impl Into<String>) -> Self {
        Fact { weight: Weight::Meaning, ..Fact::new(label, text) }
    }

    /// The same line, of another weight.
    #[must_use]
    pub fn weighs(self, weight: Weight) -> Self {
        Fact { weight, ..self }
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
    /// What it is about.
    pub object: ObjectId,
    /// The object as it was read; none where the change makes it.
    pub before: Option<Box<RawValue>>,
    /// The preview.
    pub facts: Vec<Fact>,
    /// What is sent.
    pub call: Call,
    /// What must be so afterwards.
    pub expect: Expect,
}

impl Change {
    /// The objects that it is about: more than one where one request changes several.
    pub(super) fn objects(&self) -> Vec<ObjectId> {
        let called = |name: &String| ObjectId { name: name.clone(), ..self.object.clone() };
        match &self.expect {
            Expect::Each(objects) => objects.iter().map(|(name, _)| called(name)).collect(),
            _ => vec![self.object.clone()],
        }
    }
}

/// What a command wants to do.
#[derive(Debug)]
pub struct Plan {
    /// `database user`.
    pub noun: &'static str,
    /// The id of the project, or of the organisation, that everything in it belongs to.
    pub project: String,
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
    /// What else is said, before the changes are shown.
    pub notes: Vec<String>,
    /// Why nothing of it may be sent: the changes are shown, and this is what they come to.
    pub held: Option<Error>,
}

impl Plan {
    /// An empty plan.
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
        }
    }

    /// The identity of an object of this name.
    pub fn object(&self, name: impl Into<String>) -> ObjectId {
        ObjectId { noun: self.noun, project: self.project.clone(), name: name.into() }
    }

    /// How many objects the command line asks for.
    pub fn asked(&self) -> usize {
        let changed: HashSet<ObjectId> = self.changes.iter().flat_map(Change::objects).collect();
        changed.len() + self.unchanged.len() + self.refused.len()
    }

    /// The names of all objects that it says something of.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let changed = self.changes.iter().flat_map(Change::objects).map(|object| object.name);
        let refused = self.refused.iter().map(|(name, _)| name);
        changed.chain(self.unchanged.iter().chain(refused).cloned())
    }

    /// Whether the plan says something of this object already: it may be named in two ways.
    pub fn has(&self, name: &str) -> bool {
        self.unchanged.iter().any(|there| there == name)
            || self.changes.iter().any(|change| change.object.name == name)
    }
}

pub(super) type Looks<'a> = Box<dyn Fn() -> LocalBoxFuture<'a, Result<Plan>> + 'a>;
type ReadsBack<'a> = Box<dyn FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>> + 'a>;
type Acts<'a> = Box<dyn FnMut(&[Change]) -> Result<()> + 'a>;

/// A plan, and how it is made anew on what is there by then. A plan that only makes what is not
/// there yet needs no second look: the API refuses a name that is taken.
pub struct Planned<'a> {
    pub(super) plan: Plan,
    pub(super) look: Option<Looks<'a>>,
}

impl<'a> Planned<'a> {
    /// A plan as `look` makes it, now and once more right before anything is sent.
    ///
    /// # Errors
    /// Those of the first look.
    pub async fn by(look: impl AsyncFn() -> Result<Plan> + 'a) -> Result<Planned<'a>> {
        let plan = look().await?;
        Ok(Planned::from(plan).anew(look))
    }

    /// The same plan, made anew by this look.
    #[must_use]
    pub fn anew(mut self, look: impl AsyncFn() -> Result<Plan> + 'a) -> Planned<'a> {
        let look = Rc::new(look);
        self.look = Some(Box::new(move || {
            let look = Rc::clone(&look);
            async move { look().await }.boxed_local()
        }));
        self
    }

    /// The plan as it was made first.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl From<Plan> for Planned<'_> {
    fn from(plan: Plan) -> Self {
        Planned { plan, look: None }
    }
}

/// A plan, and how to read back what it changes.
pub struct Stage<'a> {
    pub(super) planned: Planned<'a>,
    pub(super) read_back: ReadsBack<'a>,
    pub(super) before: Acts<'a>,
}

impl<'a> Stage<'a> {
    /// `read_back` lists the objects' present state by name; it is called once, after the sending.
    pub fn new<F>(planned: impl Into<Planned<'a>>, read_back: impl FnOnce() -> F + 'a) -> Self
    where
        F: Future<Output = Result<ReadBack>> + 'a,
    {
        let read_back = Box::new(|| read_back().boxed_local());
        Stage { planned: planned.into(), read_back, before: Box::new(|_| Ok(())) }
    }

    /// What must be done with the changes that are sent next, once they are confirmed and seen
    /// again, and before the first of them goes out. A batch may be sent in several parts.
    #[must_use]
    pub fn before(mut self, act: impl FnMut(&[Change]) -> Result<()> + 'a) -> Self {
        self.before = Box::new(act);
        self
    }
}
