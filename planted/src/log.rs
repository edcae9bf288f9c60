//! A plan carried out, line by line.

use crate::cast::Cast;
use crate::damage::Damage;
use crate::event::Event;
use crate::line::{self, Spelling};
use crate::plan::{DAY, Millis, Plan};
use crate::random::Random;
use crate::tally::{Tally, Written};
use crate::truth::Truth;
use crate::world::World;

/// A log that is being made.
pub struct Log<'a> {
    plan: &'a Plan,
    cast: &'a Cast,
    world: World<'a>,
    /// Apart from the world's, so that what happens does not depend on how it is written.
    random: Random,
    tally: Tally,
    /// Events of one day, one of which comes next.
    waiting: Vec<Event>,
    /// The first of the day after.
    ahead: Option<Event>,
    /// The next one to be written.
    coming: Option<Event>,
    damaged: usize,
    events: u64,
}

/// Carries out a plan: hands `take` the lines with their ends, some at a time, together with the day that
/// they belong to (days since 1970), in order of days.
///
/// # Errors
/// Those of `take`.
pub fn write<E>(
    plan: &Plan,
    mut take: impl FnMut(i64, &[u8]) -> Result<(), E>,
) -> Result<Truth, E> {
    let cast = Cast::new(plan.users.max(1), plan.processors.max(1));
    let mut log = Log::new(plan, &cast);
    let mut lines = Vec::with_capacity(1 << 21);
    let mut today = None;
    while let Some(day) = log.coming.as_ref().map(|event| event.time.div_euclid(DAY)) {
        if let Some(before) = today.replace(day)
            && (lines.len() >= 1 << 20 || before != day)
        {
            take(before, &lines)?;
            lines.clear();
        }
        log.next(&mut lines);
    }
    if let Some(day) = today {
        take(day, &lines)?;
    }
    Ok(log.tally.finish(plan, &cast))
}

impl<'a> Log<'a> {
    fn new(plan: &'a Plan, cast: &'a Cast) -> Self {
        let mut log = Log {
            plan,
            cast,
            world: World::new(plan, cast, Random::new(plan.seed)),
            random: Random::new(!plan.seed),
            tally: Tally::new(plan, cast),
            waiting: Vec::new(),
            ahead: None,
            coming: None,
            damaged: 0,
            events: 0,
        };
        log.coming = log.event();
        log
    }

    /// The event that is written next. Order is lost within a day only, so that a day's file is whole.
    fn event(&mut self) -> Option<Event> {
        while self.waiting.len() < self.plan.shuffle.max(1) {
            let Some(event) = self.ahead.take().or_else(|| self.world.next()) else { break };
            let day = |event: &Event| event.time.div_euclid(DAY);
            if self.waiting.first().is_some_and(|first| day(first) != day(&event)) {
                self.ahead = Some(event);
                break;
            }
            self.waiting.push(event);
        }
        if self.waiting.is_empty() {
            return None;
        }
        let at = self.random.below(self.waiting.len());
        Some(self.waiting.swap_remove(at))
    }

    /// Writes the event that comes, and perhaps a damaged line before it and its twin after it.
    fn next(&mut self, out: &mut Vec<u8>) {
        let Some(event) = self.coming.take() else { return };
        self.coming = self.event();
        if self.random.per_mille(self.plan.damage) {
            self.damage(out);
        }
        let mut spelling = match self.plan.spellings {
            true => Spelling::any(&mut self.random),
            false => Spelling::default(),
        };
        spelling.event_id = self.plan.event_ids;
        self.events += 1;
        let late = self.plan.late_field_from.is_some_and(|from| self.events >= from);
        let begin = out.len();
        line::write(out, &event, self.cast, spelling, late);
        self.end(out, begin, spelling.carriage_return);
        let twin = self.random.per_mille(self.plan.twins);
        if twin {
            out.extend_from_within(begin..);
        }
        let end = if twin { begin + (out.len() - begin) / 2 } else { out.len() };
        if self.coming.is_none() && self.plan.unended {
            out.pop();
            self.tally.truth.bytes -= 1;
        }
        let end = end.min(out.len());
        self.told(&event, spelling.told(event.time), &out[begin..end], late, false);
        if twin {
            self.tally.truth.lines += 1;
            self.tally.truth.bytes += (end - begin) as u64;
            self.told(&event, spelling.told(event.time), &out[end..], late, true);
        }
    }

    fn told(&mut self, event: &Event, time: Option<Millis>, bytes: &[u8], late: bool, twin: bool) {
        let number = self.tally.truth.lines;
        self.tally.event(self.plan, self.cast, event, &Written { time, bytes, number, late, twin });
    }

    fn damage(&mut self, out: &mut Vec<u8>) {
        let kind = Damage::ALL[self.damaged % Damage::ALL.len()];
        self.damaged += 1;
        let begin = out.len();
        kind.write(out, &mut self.random);
        self.end(out, begin, false);
        *self.tally.truth.malformed.entry(kind).or_default() += 1;
    }

    /// Ends a line, and counts it.
    fn end(&mut self, out: &mut Vec<u8>, begin: usize, carriage_return: bool) {
        if carriage_return {
            out.push(b'\r');
        }
        let truth = &mut self.tally.truth;
        truth.longest = truth.longest.max((out.len() - begin) as u64);
        out.push(b'\n');
        truth.lines += 1;
        truth.bytes += (out.len() - begin) as u64;
    }
}
