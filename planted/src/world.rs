//! What happens: people log on, work on processors that live as real ones do, and log off.

use std::collections::VecDeque;

use crate::cast::Cast;
use crate::clock::Clock;
use crate::event::{Event, What};
use crate::plan::{Millis, Plan, Shape};
use crate::random::Random;

/// How many sessions are open at most at once.
const OPEN: usize = 200;
/// A pipeline that makes a line of about 1250 bytes, and one that makes it a megabyte.
const PIPELINE: usize = 700;
const HUGE: usize = 1 << 20;

/// In a hundred events.
const MIX: [(What, usize); 10] = [
    (What::Logon, 34),
    (What::Logoff, 34),
    (What::Sample, 13),
    (What::FailedLogon, 4),
    (What::Start, 4),
    (What::Stop, 4),
    (What::Process, 3),
    (What::Create, 2),
    (What::Drop, 1),
    (What::LogAccessed, 1),
];

#[derive(Debug, Clone)]
struct Session {
    id: u128,
    user: usize,
    address: usize,
    port: u16,
    since: Millis,
    shape: Shape,
}

/// A processor's name, and the id of its present or next life.
type Processor = (usize, u64);

const ABSENT: usize = 0;
const IDLE: usize = 1;
const RUNNING: usize = 2;

pub(crate) struct World<'a> {
    plan: &'a Plan,
    cast: &'a Cast,
    random: Random,
    clock: Clock,
    made: u64,
    open: Vec<Session>,
    /// Those that do not exist, that are stopped, and that run.
    processors: [Vec<Processor>; 3],
    /// The incident's events, in order of time, once it has begun.
    script: VecDeque<Event>,
    played: bool,
}

impl<'a> World<'a> {
    pub(crate) fn new(plan: &'a Plan, cast: &'a Cast, random: Random) -> Self {
        let absent = (0..cast.processors.len() - 1).map(|n| (n, n as u64)).collect();
        World {
            plan,
            cast,
            random,
            clock: Clock::new(plan),
            made: 0,
            open: Vec::new(),
            processors: [absent, Vec::new(), Vec::new()],
            script: VecDeque::new(),
            played: false,
        }
    }

    /// The next event in order of time.
    pub(crate) fn next(&mut self) -> Option<Event> {
        let now = self.clock.peek();
        if self.plan.incident && !self.played && self.made >= self.plan.events * 2 / 3 {
            self.played = true;
            self.intrude(now?);
        }
        let due = self.script.front().is_some_and(|event| now.is_none_or(|now| event.time <= now));
        if due {
            return self.script.pop_front();
        }
        let now = now?;
        self.clock.advance();
        self.made += 1;
        let huge = self.plan.huge_every.is_some_and(|every| self.made.is_multiple_of(every));
        let what = if huge { What::Process } else { self.draw() };
        let mut event = self.act(now, what);
        if huge {
            event.pipeline = HUGE;
        }
        Some(event)
    }

    fn draw(&mut self) -> What {
        let mut at = self.random.below(100);
        for (what, share) in MIX {
            if at < share {
                return what;
            }
            at -= share;
        }
        What::Sample
    }

    fn act(&mut self, now: Millis, what: What) -> Event {
        match what {
            What::FailedLogon => {
                let session = self.arrival(now);
                let stranger = self.cast.stranger(self.random.below(1000));
                let address = if self.random.per_mille(500) { stranger } else { session.address };
                event(&Session { address, ..session }, now, what)
            }
            What::Logon if self.open.len() < OPEN => self.log_on(now),
            // Nobody is there to do it.
            _ if self.open.is_empty() => self.log_on(now),
            What::Logon | What::Logoff => {
                let at = self.random.below(self.open.len());
                event(&self.open.swap_remove(at), now, What::Logoff)
            }
            What::LogAccessed => {
                // Always the same person, so that another one stands out.
                let user = 3 % self.cast.users.len();
                let session = self.session(now, user);
                event(&session, now, what)
            }
            _ => {
                let session = self.random.pick(&self.open).clone();
                self.work(&session, now, what)
            }
        }
    }

    /// Something about a processor that is in the state for it, or else what leads there.
    fn work(&mut self, session: &Session, now: Millis, what: What) -> Event {
        // Half of those who create may not, which leaves as many creations as drops.
        let denied = self.random.per_mille(if what == What::Create { 500 } else { 15 });
        let (from, to) = match what {
            What::Create => (ABSENT, IDLE),
            What::Start => (IDLE, RUNNING),
            What::Stop => (RUNNING, IDLE),
            What::Drop => (IDLE, ABSENT),
            What::Sample => (RUNNING, RUNNING),
            _ => {
                let processor = Some(self.cast.processors.len() - 1);
                return Event {
                    denied,
                    pipeline: PIPELINE,
                    processor,
                    ..event(session, now, what)
                };
            }
        };
        if self.processors[from].is_empty() {
            let instead = match what {
                What::Sample | What::Stop => What::Start,
                What::Start => What::Create,
                What::Drop => What::Stop,
                _ => What::Process,
            };
            return self.work(session, now, instead);
        }
        let at = self.random.below(self.processors[from].len());
        let (name, uid) = self.processors[from][at];
        if !denied && from != to {
            self.processors[from].swap_remove(at);
            // A name that is used again is another processor.
            let uid = if what == What::Drop { uid + (1 << 32) } else { uid };
            self.processors[to].push((name, uid));
        }
        let pipeline = if what.has_pipeline() { PIPELINE } else { 0 };
        Event { denied, pipeline, processor: Some(name), uid, ..event(session, now, what) }
    }

    fn log_on(&mut self, now: Millis) -> Event {
        let session = self.arrival(now);
        self.open.push(session.clone());
        event(&session, now, What::Logon)
    }

    /// Somebody at one of the own addresses; some come more often than others.
    fn arrival(&mut self, now: Millis) -> Session {
        let all = self.cast.users.len();
        let user = self.random.below(all) * self.random.below(all) / all;
        self.session(now, user)
    }

    fn session(&mut self, since: Millis, user: usize) -> Session {
        let address = self.cast.home(user, self.random.next());
        let port = 32_768 + (self.random.next() % 28_000) as u16;
        let bits = u128::from(self.random.next()) << 64 | u128::from(self.random.next());
        // Version and variant of a UUID made by chance.
        let id = bits & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
        let shape = *self.random.pick(&self.plan.shapes);
        Session { id, user, address, port, since, shape }
    }

    /// Many tries from one address, then success as bob, who is denied a drop, drops a dozen processors,
    /// and reads the log.
    fn intrude(&mut self, start: Millis) {
        let users = self.cast.users.len();
        let mut now = start;
        for n in 0..40 {
            let session = self.intruder(now, n % 8 % users);
            self.script.push_back(event(&session, now, What::FailedLogon));
            now += 3000;
        }
        let session = self.intruder(now, 1 % users);
        self.script.push_back(event(&session, now, What::Logon));
        let count = self.processors[IDLE].len().min(12);
        let victims: Vec<Processor> = self.processors[IDLE].drain(..count).collect();
        for (n, (name, uid)) in victims.into_iter().enumerate() {
            let dropped = |now, denied| {
                let event = event(&session, now, What::Drop);
                Event { denied, processor: Some(name), uid, ..event }
            };
            if n == 0 {
                self.script.push_back(dropped(now + 1000, true));
            }
            now += 5000;
            self.script.push_back(dropped(now, false));
            self.processors[ABSENT].push((name, uid + (1 << 32)));
        }
        for (after, what) in [(2000, What::LogAccessed), (4000, What::Logoff)] {
            self.script.push_back(event(&session, now + after, what));
        }
    }

    fn intruder(&mut self, since: Millis, user: usize) -> Session {
        Session { address: self.cast.intruder(), ..self.session(since, user) }
    }
}

fn event(session: &Session, time: Millis, what: What) -> Event {
    Event {
        time,
        what,
        denied: false,
        user: session.user,
        address: session.address,
        port: session.port,
        session: session.id,
        since: session.since,
        processor: None,
        uid: 0,
        shape: session.shape,
        pipeline: 0,
    }
}
