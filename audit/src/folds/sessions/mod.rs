//! Sessions: what a connection did from its logon to its logoff.

mod session;

use std::sync::Arc;

pub use session::{ACTS, Session, State};

use super::Fold;
use super::names::Interner;
use super::part::{Bounded, Key, Part};
use crate::event::Event;
use crate::source::{Place, Source};

/// How many sessions are held at once; one takes about 600 bytes.
pub const MOST: usize = 1 << 17;

/// A session's key: ids are unique within an instance's log.
fn key(source: &Source, id: &str) -> Key {
    Key::of(&(source.project.as_deref(), source.instance.as_deref(), id))
}

/// The sessions that some events belong to, but for what they are: who looks for sessions in which
/// something happened finds them by this, and reads again to get them whole.
#[derive(Debug)]
pub struct Chosen {
    held: Bounded<()>,
    /// How many of the events belong to no session.
    pub without: u64,
}

impl Chosen {
    /// Of a part of all sessions, up to so many.
    pub fn new(part: Part, most: usize) -> Chosen {
        Chosen { held: Bounded::new(part, most), without: 0 }
    }

    /// The part of all sessions that these are of.
    pub fn part(&self) -> Part {
        self.held.part()
    }
}

impl Fold for Chosen {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        match &event.session {
            Some(id) => self.held.change(key(place.source, id), || (), |()| ()),
            None => self.without += 1,
        }
    }

    fn join(&mut self, other: Self) {
        self.held.join(other.held, |(), ()| ());
        self.without += other.without;
    }
}

/// Sessions: no more than so many, of a part of all.
#[derive(Debug)]
pub struct Sessions {
    chosen: Option<Arc<Chosen>>,
    // Boxed, since a table that grows has room for twice as many.
    held: Bounded<Box<Session>>,
    names: Interner,
    /// How many events belong to no session.
    pub without: u64,
}

impl Sessions {
    /// All sessions of a part, up to so many.
    pub fn new(part: Part, most: usize) -> Sessions {
        let (held, names) = (Bounded::new(part, most), Interner::default());
        Sessions { chosen: None, held, names, without: 0 }
    }

    /// Those that were chosen.
    pub fn of(chosen: Arc<Chosen>, most: usize) -> Sessions {
        Sessions { chosen: Some(Arc::clone(&chosen)), ..Sessions::new(chosen.part(), most) }
    }

    /// The part of all sessions that these are of.
    pub fn part(&self) -> Part {
        self.held.part()
    }

    /// The sessions, the newest first.
    pub fn finish(self) -> Vec<Session> {
        let mut sessions: Vec<_> = self.held.into_values().map(|session| *session).collect();
        sessions.sort_unstable_by(Session::newest_first);
        sessions
    }
}

impl Fold for Sessions {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let Some(id) = event.session.as_deref() else {
            self.without += 1;
            return;
        };
        let source = place.source;
        let key = key(source, id);
        if self.chosen.as_ref().is_some_and(|chosen| !chosen.held.has(key)) {
            return;
        }
        let new = || Box::new(Session::new(id, source.project.clone(), source.instance.clone()));
        let names = &mut self.names;
        let before = self.held.part();
        self.held.change(key, new, |session| session.add(event, names));
        if self.held.part() != before {
            self.names.prune();
        }
    }

    fn join(&mut self, other: Self) {
        let names = &mut self.names;
        self.held.join(other.held, |own, more| own.join(*more, names));
        self.names.prune();
        self.without += other.without;
    }
}

#[cfg(test)]
mod tests;
