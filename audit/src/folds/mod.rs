//! Answers that come of reading all events once.

pub mod acts;
pub mod copies;
pub mod coverage;
pub mod last_seen;
pub mod names;
pub mod part;
pub mod series;
pub mod sessions;
pub mod summary;
pub mod timeline;
pub mod uses;

use crate::event::Event;
use crate::source::Place;

/// An answer that grows with each event.
///
/// Events come in no order: lines of a log are only nearly in the order of their times, and several threads
/// each see a part. So neither the order of `take`s may matter, nor which part `join`s which.
pub trait Fold: Send {
    /// Takes in an event.
    fn take(&mut self, event: &Event<'_>, place: Place<'_>);

    /// Takes in what another has seen.
    fn join(&mut self, other: Self)
    where
        Self: Sized;
}

impl<A: Fold, B: Fold> Fold for (A, B) {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        self.0.take(event, place);
        self.1.take(event, place);
    }

    fn join(&mut self, other: Self) {
        self.0.join(other.0);
        self.1.join(other.1);
    }
}

impl<F: Fold> Fold for Option<F> {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        if let Some(fold) = self {
            fold.take(event, place);
        }
    }

    fn join(&mut self, other: Self) {
        if let (Some(fold), Some(other)) = (self, other) {
            fold.join(other);
        }
    }
}
