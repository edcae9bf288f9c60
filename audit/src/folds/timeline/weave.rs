//! Which line and which event tell of the same act.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::super::acts::Act;
use super::Note;
use super::Step;
use crate::event::Micros;
use crate::event::names::Kind;

/// How far apart a line and an event may say that one act happened: they are written by two services, each
/// with a clock of its own.
const APART: i64 = 10_000_000;

/// An event of the project about a processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectEvent {
    /// Its id.
    pub id: String,
    /// When.
    pub time: Micros,
    /// `STREAM_PROCESSOR_MODIFIED`.
    pub type_name: String,
    /// What a log would call it, where it would know it.
    pub kind: Kind<'static>,
    /// The processor.
    pub processor: Arc<str>,
    /// Its instance's project, as the log's source has it.
    pub project: Option<Arc<str>>,
    /// Its instance.
    pub instance: Option<Arc<str>>,
    /// Who did it, in words.
    pub by: Option<String>,
    /// From where.
    pub from: Option<String>,
    /// All names of who did it, the database user's among them.
    pub names: Vec<String>,
    /// The event as it came.
    pub raw: Box<str>,
}

impl ProjectEvent {
    /// What a log would call an event of this type.
    pub fn kind(type_name: &str) -> Kind<'static> {
        match type_name {
            "STREAM_PROCESSOR_CREATED" => Kind::Create,
            "STREAM_PROCESSOR_STARTED" => Kind::Start,
            "STREAM_PROCESSOR_STOPPED" => Kind::Stop,
            "STREAM_PROCESSOR_DROPPED" | "STREAM_PROCESSOR_DELETED" => Kind::Drop,
            other => Kind::Other(other.to_owned().into()),
        }
    }

    /// Whether it names somebody else than the line does.
    fn contradicts(&self, act: &Act) -> bool {
        let Some(user) = act.user.as_deref() else { return false };
        let name = user.split_once('.').map_or(user, |(_, name)| name);
        !self.names.is_empty() && !self.names.iter().any(|known| known == user || known == name)
    }
}

/// Lines and events as one.
#[derive(Debug)]
pub struct Woven {
    /// The steps, in no order but that of their lines.
    pub steps: Vec<Step>,
    /// How many events tell of what a line tells of too.
    pub joined: usize,
    /// How many tell of what no line does.
    pub added: usize,
}

/// A line and an event that may be of one act; the most likely pairs are the least.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    contradicts: bool,
    apart: u64,
    act: usize,
    event: usize,
}

/// Puts together what lines and events tell. An event goes with a line about the same processor, act and
/// time; where there are several, with the one that names the same user, or else the nearest.
pub fn weave(mut acts: Vec<Act>, mut events: Vec<ProjectEvent>) -> Woven {
    acts.retain(|act| act.processor.is_some());
    acts.sort_by(Act::order);
    events.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
    let partners = partners(&acts, &events);
    let mut events: Vec<_> = events.into_iter().map(Some).collect();
    let mut steps: Vec<_> = acts
        .into_iter()
        .zip(partners)
        .filter_map(|(act, partner)| {
            let event = partner.and_then(|at| events[at].take());
            let mut step = Step::of(Arc::clone(act.processor.as_ref()?), Some(act), event);
            step.notes = also_by(&step).into_iter().collect();
            Some(step)
        })
        .collect();
    let joined = events.iter().filter(|event| event.is_none()).count();
    let alone = events.into_iter().flatten();
    steps.extend(alone.map(|event| Step::of(Arc::clone(&event.processor), None, Some(event))));
    let added = steps.iter().filter(|step| step.act.is_none()).count();
    Woven { steps, joined, added }
}

fn also_by(step: &Step) -> Option<Note> {
    let (act, event) = (step.act.as_ref()?, step.event.as_ref()?);
    event.contradicts(act).then(|| Note::AlsoBy(event.by.as_deref().unwrap_or_default().into()))
}

/// Of each act the event that tells of it too.
fn partners(acts: &[Act], events: &[ProjectEvent]) -> Vec<Option<usize>> {
    let mut alike: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        let key = (&event.project, &event.instance, &event.processor, &event.kind);
        alike.entry(key).or_default().push(at);
    }
    let mut pairs = Vec::new();
    for (number, act) in acts.iter().enumerate() {
        let (Some(processor), Some(time), false) = (&act.processor, act.time, act.failed()) else {
            continue;
        };
        let near = alike.get(&(&act.project, &act.instance, processor, &act.kind));
        let near = near.map(Vec::as_slice).unwrap_or_default();
        let from = near.partition_point(|at| events[*at].time.0 < time.0 - APART);
        for &at in near[from..].iter().take_while(|at| events[**at].time.0 <= time.0 + APART) {
            let event = &events[at];
            let apart = event.time.0.abs_diff(time.0);
            pairs.push(Pair { contradicts: event.contradicts(act), apart, act: number, event: at });
        }
    }
    pairs.sort_unstable_by(Pair::cmp as fn(&Pair, &Pair) -> Ordering);
    let mut partners = vec![None; acts.len()];
    let mut taken = vec![false; events.len()];
    for Pair { act, event, .. } in pairs {
        if partners[act].is_none() && !taken[event] {
            partners[act] = Some(event);
            taken[event] = true;
        }
    }
    partners
}
