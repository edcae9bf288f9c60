//! The lives of stream processors: from the acts of audit logs and the events of a project.
//!
//! An audit log tells who created, started, stopped, dropped and sampled a processor from a shell. What it
//! does not tell, modifications above all, is in the project's events; what both tell is told once.

mod lives;
mod weave;

use std::sync::Arc;

pub use weave::{ProjectEvent, Woven, weave};

use super::acts::Act;
use crate::event::{Kind, Micros, Outcome};

/// What remains to be said of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The life began before what was read.
    CreatedEarlier,
    /// The life began after another had ended, and nothing tells how.
    CreationMissing,
    /// It was started while it ran.
    NoStopBefore,
    /// It was stopped or sampled while it did not run.
    NoStartBefore,
    /// It had another name before.
    Renamed(Arc<str>),
    /// The project's event names somebody else.
    AlsoBy(Arc<str>),
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Note::CreatedEarlier => f.write_str("created earlier"),
            Note::CreationMissing => f.write_str("no creation is recorded"),
            Note::NoStopBefore => f.write_str("no stop is recorded since the last start"),
            Note::NoStartBefore => f.write_str("no start is recorded before"),
            Note::Renamed(name) => write!(f, "was {name}"),
            Note::AlsoBy(who) => write!(f, "the project event names {who}"),
        }
    }
}

/// What told of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The audit log.
    Log,
    /// The project's events.
    Event,
    /// Both.
    Both,
}

impl Told {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Told::Log => "log",
            Told::Event => "event",
            Told::Both => "log+event",
        }
    }
}

/// A step in a processor's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The processor.
    pub processor: Arc<str>,
    /// Its instance's project.
    pub project: Option<Arc<str>>,
    /// Its instance.
    pub instance: Option<Arc<str>>,
    /// Which of the lives under this name, from 1; none of an act on what does not exist, and of a pipeline
    /// that is run without being stored.
    pub life: Option<u32>,
    /// What was done.
    pub kind: Kind<'static>,
    /// When.
    pub time: Option<Micros>,
    /// When for the last time, if it was done again and again.
    pub last: Option<Micros>,
    /// How often, by the same user from the same address, without a step between.
    pub count: u64,
    /// The line that tells of it, the first of several.
    pub act: Option<Act>,
    /// The project's event that tells of it.
    pub event: Option<ProjectEvent>,
    /// What remains to be said.
    pub notes: Vec<Note>,
}

impl Step {
    fn of(processor: Arc<str>, act: Option<Act>, event: Option<ProjectEvent>) -> Step {
        let of_act = act.as_ref().map(|act| (&act.project, &act.instance, &act.kind, act.time));
        let of_event = event.as_ref();
        let of_event = of_event.map(|e| (&e.project, &e.instance, &e.kind, Some(e.time)));
        let (project, instance, kind, time) = of_act.or(of_event).expect("one of them");
        Step {
            processor,
            project: project.clone(),
            instance: instance.clone(),
            life: None,
            kind: kind.clone(),
            time,
            last: None,
            count: 1,
            act,
            event,
            notes: Vec::new(),
        }
    }

    /// What was done, as on the product page; what only the project's events know, as they call it.
    pub fn name(&self) -> &str {
        match (&self.act, &self.event) {
            (Some(act), _) => act.name(),
            (None, Some(event)) => &event.type_name,
            (None, None) => "",
        }
    }

    /// How it ended. Events tell of what was done.
    pub fn outcome(&self) -> Outcome {
        self.act.as_ref().and_then(|act| act.outcome).unwrap_or(Outcome::Success)
    }

    /// What told of it.
    pub fn told(&self) -> Told {
        match (&self.act, &self.event) {
            (Some(_), Some(_)) => Told::Both,
            (None, Some(_)) => Told::Event,
            (_, None) => Told::Log,
        }
    }

    /// By whom.
    pub fn by(&self) -> Option<&str> {
        let of_event = || self.event.as_ref().and_then(|event| event.by.as_deref());
        self.act.as_ref().and_then(|act| act.user.as_deref()).or_else(of_event)
    }

    /// From where.
    pub fn from(&self) -> Option<&str> {
        let of_event = || self.event.as_ref().and_then(|event| event.from.as_deref());
        self.act.as_ref().and_then(|act| act.ip.as_deref()).or_else(of_event)
    }

    /// The processor's id, which no other ever has.
    pub fn uid(&self) -> Option<&Arc<str>> {
        self.act.as_ref()?.uid.as_ref()
    }

    /// Which processor, by name.
    fn group(&self) -> (&Option<Arc<str>>, &Option<Arc<str>>, &Arc<str>) {
        (&self.project, &self.instance, &self.processor)
    }

    fn failed(&self) -> bool {
        self.outcome() == Outcome::Failure
    }

    /// Whether doing it again changes nothing, so that it is told once with a count.
    fn repeats(&self, before: &Step) -> bool {
        let can = self.failed() || matches!(self.kind, Kind::Sample | Kind::Process);
        let text = |text: Option<&str>| text.map(str::to_owned);
        let of = |step: &Step| {
            (step.life, step.uid().cloned(), step.outcome(), text(step.by()), text(step.from()))
        };
        can && self.notes.is_empty()
            && self.event.is_none()
            && before.event.is_none()
            && self.kind == before.kind
            && self.group() == before.group()
            && of(self) == of(before)
    }
}

/// The lives of all processors that anything tells of: one processor after another, each from its first step
/// to its last. Steps that `shown` refuses are reckoned with, and left out.
pub fn timeline(mut steps: Vec<Step>, shown: impl Fn(&Step) -> bool) -> Vec<Step> {
    // The sort is stable: what happened at once stays in the order of its lines.
    steps.sort_by(|one, other| {
        one.group().cmp(&other.group()).then_with(|| one.time.cmp(&other.time))
    });
    lives::assign(&mut steps);
    let mut told: Vec<Step> = Vec::new();
    for step in steps.into_iter().filter(shown) {
        match told.last_mut() {
            Some(last) if step.repeats(last) => {
                last.count += 1;
                last.last = step.time;
            }
            _ => told.push(step),
        }
    }
    told
}

#[cfg(test)]
mod tests;
