//! Acts that are kept one by one: what timelines and the details of a session are made of.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Fold;
use super::names::Interner;
use crate::event::{Event, Kind, Micros, Outcome};
use crate::source::Place;

/// One line, as far as it is told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When; a line need not say.
    pub time: Option<Micros>,
    /// The project of the log that it stands in.
    pub project: Option<Arc<str>>,
    /// The instance of that log.
    pub instance: Option<Arc<str>>,
    /// The source that it stands in.
    pub source: Arc<str>,
    /// The number of its line there, from 1.
    pub line: u64,
    /// What was done.
    pub kind: Kind<'static>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Whether the line does not state the outcome.
    pub outcome_is_inferred: bool,
    /// The server's error code.
    pub code: Option<i64>,
    /// By whom, `admin.alice`.
    pub user: Option<Arc<str>>,
    /// The address that it came from.
    pub ip: Option<Arc<str>>,
    /// The processor that it was done to.
    pub processor: Option<Arc<str>>,
    /// That processor's id, which no other ever has.
    pub uid: Option<Arc<str>>,
    /// What ties it to others.
    pub session: Option<Arc<str>>,
}

impl Act {
    /// What was done, as on the product page.
    pub fn name(&self) -> &str {
        self.kind.name(self.outcome)
    }

    /// Whether it was refused, or failed.
    pub fn failed(&self) -> bool {
        self.outcome == Some(Outcome::Failure)
    }

    /// The order of acts: by time, and as their lines stand.
    pub fn order(&self, other: &Act) -> Ordering {
        let by_line = || (&self.source, self.line).cmp(&(&other.source, other.line));
        self.time.cmp(&other.time).then_with(by_line)
    }
}

/// Which acts are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Those done to a stream processor.
    Processors,
    /// All.
    Anything,
}

/// The newest acts, no more than so many. The others are counted.
#[derive(Debug)]
pub struct Acts {
    about: About,
    most: usize,
    count: u64,
    held: Vec<Act>,
    names: Interner,
}

impl Acts {
    /// None yet; the newest `most` will be kept.
    pub fn new(about: About, most: usize) -> Self {
        Acts { about, most: most.max(1), count: 0, held: Vec::new(), names: Interner::default() }
    }

    /// The acts, oldest first, and how many older ones were let go of.
    pub fn finish(mut self) -> (Vec<Act>, u64) {
        self.cut();
        self.held.sort_unstable_by(Act::order);
        let older = self.count - self.held.len() as u64;
        (self.held, older)
    }

    fn cut(&mut self) {
        if self.held.len() > self.most {
            self.held.select_nth_unstable_by(self.most, |one, other| other.order(one));
            self.held.truncate(self.most);
            self.names.prune();
        }
    }

    fn cut_if_twice(&mut self) {
        if self.held.len() >= self.most.saturating_mul(2) {
            self.cut();
        }
    }
}

impl Fold for Acts {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let processor = event.processor();
        if self.about == About::Processors && processor.is_none() {
            return;
        }
        let mut text = |text: Option<&str>| text.map(|text| self.names.get(text));
        let act = Act {
            time: event.time,
            project: place.source.project.clone(),
            instance: place.source.instance.clone(),
            source: Arc::clone(&place.source.label),
            line: place.line,
            kind: event.kind.clone().into_owned(),
            outcome: event.outcome,
            outcome_is_inferred: event.outcome_is_inferred,
            code: event.code,
            user: text(event.user.as_ref().map(|user| &*user.text)),
            ip: text(event.ip.as_deref().or(event.interface.as_deref())),
            processor: text(processor),
            uid: text(event.entity.uid.as_deref().filter(|_| processor.is_some())),
            session: text(event.session.as_deref()),
        };
        self.count += 1;
        self.held.push(act);
        self.cut_if_twice();
    }

    fn join(&mut self, other: Self) {
        self.count += other.count;
        for act in other.held {
            self.held.push(act);
            self.cut_if_twice();
        }
    }
}
