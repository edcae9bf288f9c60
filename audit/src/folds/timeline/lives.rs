//! Which steps are of one life. A name is free again once its processor is dropped; an id never is.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Note, Step};
use crate::event::{Kind, Micros};

/// A processor, from its creation to its drop.
#[derive(Default)]
struct Life {
    uid: Option<Arc<str>>,
    has_ended: bool,
    /// Whether it runs, once that is known.
    runs: Option<bool>,
}

/// Numbers the lives of steps that stand in the order of their processors and times, and notes what is odd.
pub(super) fn assign(steps: &mut [Step]) {
    for group in steps.chunk_by_mut(|one, other| one.group() == other.group()) {
        let mut lives = Vec::new();
        for step in group {
            if step.kind == Kind::Process {
                continue;
            }
            let (number, is_new) = match (life_of(&lives, step), step.failed()) {
                (Some(at), _) => (at, false),
                (None, true) => continue,
                (None, false) => {
                    lives.push(Life::default());
                    (lives.len() - 1, true)
                }
            };
            step.life = u32::try_from(number + 1).ok();
            if !step.failed() {
                let note = if number == 0 { Note::CreatedEarlier } else { Note::CreationMissing };
                if is_new && step.kind != Kind::Create {
                    step.notes.push(note);
                }
                lives[number].live(step);
            }
        }
    }
    note_renamed(steps);
}

/// The life that a step is of, if it is one of these.
fn life_of(lives: &[Life], step: &Step) -> Option<usize> {
    let last = lives.len().checked_sub(1)?;
    let current = &lives[last];
    let known =
        || lives.iter().position(|life| step.uid().is_some() && life.uid.as_ref() == step.uid());
    // Creating begins a life, where it is allowed.
    let begins = step.kind == Kind::Create && !step.failed();
    let may_be_current = step.uid().is_none() || current.uid.is_none();
    known().or_else(|| (!begins && !current.has_ended && may_be_current).then_some(last))
}

impl Life {
    /// Takes in a step, and notes on it what does not fit.
    fn live(&mut self, step: &mut Step) {
        self.uid = self.uid.take().or_else(|| step.uid().cloned());
        let odd = match (&step.kind, self.runs) {
            (Kind::Start, Some(true)) => Some(Note::NoStopBefore),
            (Kind::Stop | Kind::Sample, Some(false)) => Some(Note::NoStartBefore),
            _ => None,
        };
        step.notes.extend(odd);
        match &step.kind {
            Kind::Start | Kind::Sample => self.runs = Some(true),
            Kind::Create | Kind::Stop => self.runs = Some(false),
            Kind::Drop => self.has_ended = true,
            // What else happens to it may stop or start it.
            _ => self.runs = None,
        }
    }
}

/// Notes where a processor goes on under another name.
fn note_renamed(steps: &mut [Step]) {
    type Seen = (Option<Micros>, Arc<str>);
    let mut first: HashMap<Arc<str>, Seen> = HashMap::new();
    for step in steps.iter() {
        let Some(uid) = step.uid() else { continue };
        let seen = (step.time, Arc::clone(&step.processor));
        let known = first.entry(Arc::clone(uid)).or_insert_with(|| seen.clone());
        if seen < *known {
            *known = seen;
        }
    }
    let mut noted = None;
    for step in steps.iter_mut() {
        let Some(uid) = step.uid().cloned() else { continue };
        let Some((_, name)) = first.get(&uid).filter(|(_, name)| *name != step.processor) else {
            continue;
        };
        let this = Some((uid, Arc::clone(&step.processor)));
        if noted != this {
            step.notes.retain(|note| !matches!(note, Note::CreatedEarlier | Note::CreationMissing));
            step.notes.push(Note::Renamed(Arc::clone(name)));
            noted = this;
        }
    }
}
