//! Cursors over the documents of processors: what shells have begun to look at.
//!
//! A cursor is its user's, not its connection's: drivers send each command on whichever connection of
//! their pool is free. It ends when what it looks at ends, and when nobody has asked for a minute.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bson::Document;
use jiff::{SignedDuration, Timestamp};

use super::failure::{Code, Failure};
use super::session::Instance;
use crate::local::crypto;
use crate::local::domain::processors::{Looked, RunId};
use crate::local::engine::{PACE, Run};

/// How long a cursor lives that nobody asks.
const IDLE: SignedDuration = SignedDuration::from_secs(60);
/// How long a pipeline runs that is not stored.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);
/// How many bytes a cursor gives, about, before it ends.
const BYTES: usize = 40_000_000;
/// How many cursors a user has, of which the one that was asked longest ago gives way; how many there
/// are.
const OF_USER: usize = 32;
const ALL: usize = 1024;

/// Whose a cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) instance: Instance,
    /// The authentication database.
    pub(super) database: String,
    pub(super) name: String,
    /// Which of those who had the name.
    pub(super) row: Option<i64>,
}

/// What a cursor looks at, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// A processor is in this run.
    Running(RunId),
    /// It does not run, or there is none.
    Over,
}

/// What came since the last time.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) messages: Vec<Document>,
    /// Nothing more will come.
    pub(super) is_last: bool,
}

/// All cursors of a server.
#[derive(Debug, Default)]
pub(in crate::local) struct Cursors {
    open: Mutex<HashMap<i64, Cursor>>,
}

#[derive(Debug)]
struct Cursor {
    owner: Owner,
    /// The processor's name.
    processor: String,
    id: RunId,
    /// If it is not stored, since when it runs.
    ephemeral: Option<Timestamp>,
    run: Option<Run>,
    /// Which stages have written a letter.
    told: Vec<bool>,
    /// The number of the next document.
    next: u64,
    /// What did not fit into the last batch.
    ready: VecDeque<Document>,
    /// How many messages and bytes are still to be given.
    left: u64,
    bytes: usize,
    used: Timestamp,
}

impl Cursors {
    /// Opens a cursor over what comes of a processor from now on; `limit` is how many documents at
    /// most.
    ///
    /// # Errors
    /// There are too many; the system has no random numbers.
    pub(super) fn open(
        &self,
        owner: Owner,
        processor: &str,
        looked: Looked,
        limit: Option<u64>,
        is_ephemeral: bool,
    ) -> Result<i64, Failure> {
        let Looked { id, run, since: now } = looked;
        let (run, ready) = match run {
            Ok(run) => (Some(run), VecDeque::new()),
            Err(letter) => (None, VecDeque::from([letter])),
        };
        let mut open = self.alive(now);
        let own = open.iter().filter(|(_, cursor)| cursor.owner == owner);
        let oldest = own.clone().min_by_key(|(_, cursor)| cursor.used).map(|(id, _)| *id);
        if let Some(oldest) = oldest.filter(|_| own.count() >= OF_USER) {
            open.remove(&oldest);
        }
        if open.len() >= ALL {
            let text = "too many cursors are open on this server: try again in a minute";
            return Err(Failure::new(Code::COMMAND_FAILED, text));
        }
        let number = loop {
            let number = draw()?;
            if !open.contains_key(&number) {
                break number;
            }
        };
        let cursor = Cursor {
            owner,
            processor: processor.to_owned(),
            id,
            ephemeral: is_ephemeral.then_some(now),
            next: run.as_ref().map_or(0, |run| run.arrived(now)),
            run,
            told: Vec::new(),
            ready,
            left: limit.unwrap_or(u64::MAX),
            bytes: BYTES,
            used: now,
        };
        open.insert(number, cursor);
        Ok(number)
    }

    /// What a cursor has to give at a moment: no more than `most` messages. `standing` is how the
    /// processor of this name is, if it is stored.
    ///
    /// # Errors
    /// The owner has no such cursor over a processor of this name.
    pub(super) fn more(
        &self,
        owner: &Owner,
        processor: &str,
        number: i64,
        most: u64,
        now: Timestamp,
        standing: &Standing,
    ) -> Result<Batch, Failure> {
        let mut open = self.alive(now);
        let own = |cursor: &&mut Cursor| cursor.owner == *owner && cursor.processor == processor;
        let Some(cursor) = open.get_mut(&number).filter(own) else {
            let text = format!("cursor id {number} not found");
            return Err(Failure::new(Code::CURSOR_NOT_FOUND, text));
        };
        let batch = cursor.more(most, now, standing);
        if batch.is_last {
            open.remove(&number);
        }
        Ok(batch)
    }

    /// Whether a pipeline that is not stored runs under a name on an instance.
    pub(super) fn has_ephemeral(&self, instance: &Instance, name: &str, now: Timestamp) -> bool {
        self.alive(now).values().any(|cursor| cursor.is_ephemeral(instance, name))
    }

    /// Ends a pipeline that is not stored.
    pub(super) fn drop_ephemeral(&self, instance: &Instance, name: &str, now: Timestamp) {
        self.alive(now).retain(|_, cursor| !cursor.is_ephemeral(instance, name));
    }

    /// The cursors, without those that nobody asked for too long.
    fn alive(&self, now: Timestamp) -> MutexGuard<'_, HashMap<i64, Cursor>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, cursor| now.duration_since(cursor.used) < IDLE);
        open
    }
}

impl Cursor {
    fn is_ephemeral(&self, instance: &Instance, name: &str) -> bool {
        self.ephemeral.is_some() && self.owner.instance == *instance && self.processor == name
    }

    fn more(&mut self, most: u64, now: Timestamp, standing: &Standing) -> Batch {
        self.used = now;
        let is_over = match self.ephemeral {
            None => *standing != Standing::Running(self.id.clone()),
            Some(since) => now.duration_since(since) >= LONGEST,
        };
        if !is_over {
            self.fill(most.min(self.left), now);
        }
        let mut messages = Vec::new();
        while !is_over && self.left > 0 && self.bytes > 0 && (messages.len() as u64) < most {
            let Some(message) = self.ready.pop_front() else { break };
            self.left -= 1;
            self.bytes = self.bytes.saturating_sub(message.to_vec().map_or(0, |bytes| bytes.len()));
            messages.push(message);
        }
        let has_ended = self.ephemeral.is_some()
            && self.ready.is_empty()
            && self.run.as_ref().is_some_and(|run| run.is_over(self.next));
        Batch { messages, is_last: is_over || has_ended || self.left == 0 || self.bytes == 0 }
    }

    /// Makes what came, until there are as many messages. Who has not asked for so long that a cursor
    /// would have ended is spared the rest.
    fn fill(&mut self, most: u64, now: Timestamp) {
        let Some(run) = &self.run else { return };
        let arrived = run.arrived(now);
        let idle = IDLE.as_millis() / PACE.as_millis();
        let oldest = arrived.saturating_sub(u64::try_from(idle).unwrap_or_default());
        self.next = self.next.max(oldest);
        while self.next < arrived && (self.ready.len() as u64) < most {
            let came = run.came(self.next, &mut self.told);
            self.ready.extend(came.letters);
            self.ready.extend(came.output);
            self.next += 1;
        }
    }
}

/// A number from 1 to the largest that every client keeps as a whole number.
fn draw() -> Result<i64, Failure> {
    let bytes = crypto::random::<4>().map_err(|e| Failure::new(Code::INTERNAL, e.to_string()))?;
    Ok(i64::from(u32::from_le_bytes(bytes) >> 1).max(1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::local::engine::{Sender, Source};

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_772_366_400_000 + ms).unwrap()
    }

    fn owner(name: &str) -> Owner {
        let instance = Instance { project: "p".into(), name: "orders".into() };
        Owner { instance, database: "admin".into(), name: name.into(), row: Some(1) }
    }

    fn looked(number: i64, since: i64, stages: &serde_json::Value) -> Looked {
        let sender = Sender { instance: "orders".into(), processor: "watts".into() };
        let run = Run::new(stages, Source::new("seed", at(0)), sender);
        Looked { id: RunId::new("id", number), run: Ok(run), since: at(since) }
    }

    fn running(number: i64) -> Standing {
        Standing::Running(RunId::new("id", number))
    }

    fn times(batch: &Batch) -> Vec<i64> {
        let time = |message: &Document| message.get_datetime("_ts").unwrap().timestamp_millis();
        batch.messages.iter().map(|message| time(message) - at(0).as_millisecond()).collect()
    }

    #[test]
    fn a_cursor_gives_what_came_since_and_nothing_twice() {
        let (cursors, alice) = (Cursors::default(), owner("alice"));
        let number =
            cursors.open(alice.clone(), "watts", looked(1, 5_000, &json!([])), None, false);
        let number = number.unwrap();
        let more =
            |most, ms| cursors.more(&alice, "watts", number, most, at(ms), &running(1)).unwrap();
        assert!((1..1 << 31).contains(&number));
        assert_eq!(times(&more(5, 5_000)), [] as [i64; 0]);
        assert_eq!(times(&more(5, 5_600)), [5_250, 5_500]);
        assert_eq!(times(&more(2, 7_000)), [5_750, 6_000]);
        assert_eq!(times(&more(9, 7_000)), [6_250, 6_500, 6_750, 7_000]);
        // A clock that was put back gives nothing again.
        assert_eq!(times(&more(5, 5_600)), [] as [i64; 0]);
        assert_eq!(times(&more(5, 7_250)), [7_250]);
        // A clock that was put ahead by less than ends a cursor.
        assert_eq!(more(1000, 60_000).messages.len(), 211);
        let foreign = |user: &str, name: &str, number| {
            cursors.more(&owner(user), name, number, 5, at(60_000), &running(1)).unwrap_err().code
        };
        assert_eq!(foreign("bob", "watts", number), Code::CURSOR_NOT_FOUND);
        assert_eq!(foreign("alice", "other", number), Code::CURSOR_NOT_FOUND);
        assert_eq!(foreign("alice", "watts", 0), Code::CURSOR_NOT_FOUND);
        // Nobody asked for a minute.
        let gone = cursors.more(&alice, "watts", number, 5, at(120_000), &running(1));
        assert_eq!(gone.unwrap_err().code, Code::CURSOR_NOT_FOUND);
    }

    #[test]
    fn a_cursor_ends_with_its_run_and_with_its_limit() {
        let (cursors, alice) = (Cursors::default(), owner("alice"));
        let open = |run, limit| {
            let looked = looked(run, 0, &json!([]));
            cursors.open(alice.clone(), "watts", looked, limit, false).unwrap()
        };
        let more =
            |number, standing| cursors.more(&alice, "watts", number, 5, at(10_000), &standing);
        for standing in [Standing::Over, running(2)] {
            let number = open(1, None);
            assert!(!more(number, running(1)).unwrap().is_last);
            let last = more(number, standing.clone()).unwrap();
            assert!(last.is_last && last.messages.is_empty());
            assert_eq!(more(number, standing).unwrap_err().code, Code::CURSOR_NOT_FOUND);
        }
        let number = open(1, Some(7));
        assert_eq!(more(number, running(1)).unwrap().messages.len(), 5);
        let last = more(number, running(1)).unwrap();
        assert_eq!((last.messages.len(), last.is_last), (2, true));
    }

    #[test]
    fn what_is_not_stored_runs_ten_minutes_at_most_or_to_its_limit() {
        let (cursors, alice) = (Cursors::default(), owner("alice"));
        let open = |stages: serde_json::Value| {
            cursors.open(alice.clone(), "p1", looked(0, 0, &stages), None, true).unwrap()
        };
        let more =
            |number, ms| cursors.more(&alice, "p1", number, 1000, at(ms), &Standing::Over).unwrap();
        let number = open(json!([{ "$match": { "group_id": 3 } }]));
        for minute in 0..10 {
            for half in [0, 30_000] {
                assert!(!more(number, minute * 60_000 + half).is_last);
            }
        }
        assert!(more(number, 600_000).is_last);
        let number = open(json!([{ "$limit": 3 }]));
        assert_eq!(more(number, 500).messages.len(), 2);
        let last = more(number, 5_000);
        assert_eq!((last.messages.len(), last.is_last), (1, true));
        open(json!([]));
        assert!(cursors.has_ephemeral(&alice.instance, "p1", at(5_000)));
        cursors.drop_ephemeral(&alice.instance, "p1", at(5_000));
        assert!(!cursors.has_ephemeral(&alice.instance, "p1", at(5_000)));
    }

    #[test]
    fn a_cursor_ends_after_forty_megabytes() {
        let (cursors, alice) = (Cursors::default(), owner("alice"));
        let looked = looked(1, 0, &json!([]));
        let number = cursors.open(alice.clone(), "watts", looked, None, false).unwrap();
        let mut given = 0;
        // Nothing that came in the last minute is left out.
        let last = (1..2_000).find(|minute| {
            let now = at(minute * 59_000);
            let batch = cursors.more(&alice, "watts", number, 1_000, now, &running(1)).unwrap();
            given += batch.messages.iter().map(|m| m.to_vec().unwrap().len()).sum::<usize>();
            batch.is_last
        });
        assert!(last.is_some() && (40_000_000..40_001_000).contains(&given), "{given}");
    }

    #[test]
    fn cursors_are_bounded() {
        let cursors = Cursors::default();
        let open = |user: &str, ms| {
            cursors.open(owner(user), "watts", looked(1, ms, &json!([])), None, false)
        };
        let first = open("alice", 0).unwrap();
        let later: Vec<i64> = (1..40).map(|n| open("alice", n).unwrap()).collect();
        let more =
            |number| cursors.more(&owner("alice"), "watts", number, 5, at(50), &running(1)).is_ok();
        assert!(!more(first));
        assert_eq!(later.iter().filter(|number| more(**number)).count(), OF_USER);
        let refused = (0..ALL).find_map(|n| open(&format!("user{}", n / 8), 0).err());
        assert_eq!(refused.unwrap().code, Code::COMMAND_FAILED);
        assert!(open("zoe", 200_000).is_ok(), "the others were idle");
    }
}
