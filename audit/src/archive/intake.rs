//! What of an answer is new, and to which day it belongs.

use std::io;
use std::ops::ControlFlow;

use jiff::civil::Date;

use super::known::Known;
use super::place;
use crate::filter::Filter;
use crate::lines::Count;
use crate::scan::{self, What};
use crate::source::Source;

/// A line that is to be archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    /// Its bytes, without the line's end.
    pub line: &'a [u8],
    /// Its UTC day. A line without a time follows the line before it.
    pub day: Date,
    /// The time that it states, in microseconds since 1970.
    pub time: Option<i64>,
}

/// What an answer came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// What its new lines are.
    pub new: Count,
    /// How many others were archived before.
    pub again: u64,
    /// How many archived lines of the window it lacks.
    pub vanished: u64,
}

/// Why an answer cannot be archived.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is no whole log.
    #[error("the log is damaged or incomplete: {0}")]
    Damaged(#[source] io::Error),
    /// A line cannot be held.
    #[error("line {0} of the log is longer than 32 MiB")]
    TooLong(u64),
    /// What was to keep a line could not.
    #[error("cannot write the log")]
    Sink(#[source] io::Error),
}

/// Reads the answer for the window of what is [known](Known), and passes on each line that is not. Lines that are no event are archived like all others.
///
/// # Errors
/// An answer that cannot be read to its end, of which nothing must be kept then; those of `keep`.
pub fn read(
    answer: &Source,
    mut known: Known,
    keep: &mut dyn FnMut(Placed<'_>) -> io::Result<()>,
) -> Result<Taken, Refused> {
    let begin = known.window().from.saturating_mul(1_000_000);
    let mut day = place::day(begin).unwrap_or(Date::constant(1970, 1, 1));
    let mut taken = Taken::default();
    let mut refused = None;
    let mut is_whole = true;
    let mut tally = scan::each(std::slice::from_ref(answer), &Filter::default(), &mut |seen| {
        // Only the last line may lack its end; any other is a part of one.
        if !is_whole {
            refused = Some(Refused::TooLong(seen.place.line));
            return ControlFlow::Break(());
        }
        is_whole = seen.is_ended;
        let (time, fault) = match seen.what {
            What::Event(event) => (event.time.map(|time| time.0), None),
            What::Fault(fault) => (None, Some(fault)),
        };
        let own = time.and_then(place::day);
        day = own.unwrap_or(day);
        if known.take(seen.line) {
            taken.again += 1;
            return ControlFlow::Continue(());
        }
        taken.new.add(fault);
        match keep(Placed { line: seen.line, day, time: time.filter(|_| own.is_some()) }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                refused = Some(Refused::Sink(error));
                ControlFlow::Break(())
            }
        }
    });
    if let Some(refused) = refused {
        return Err(refused);
    }
    if let Some(unreadable) = tally.unreadable.pop() {
        return Err(Refused::Damaged(unreadable.error));
    }
    Ok(Taken { vanished: known.left(), ..taken })
}
