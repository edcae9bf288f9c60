//! What a page is made from. Moments are in microseconds since 1970.

use crate::detect::Severity;
use crate::folds::series::{Count, Series};
use crate::lines;

/// All that a page says.
#[derive(Debug, Clone)]
pub struct Report {
    /// The program that made it, and its version.
    pub program: String,
    /// When it was made.
    pub made: i64,
    /// Which events were asked for.
    pub asked: Asked,
    /// What was read, in the order in which it was named.
    pub sources: Vec<Read>,
    /// What the lines were.
    pub lines: lines::Count,
    /// All events that were asked for.
    pub all: Count,
    /// When there were how many events, in hours if there are not very many.
    pub timeline: Series,
    /// What is covered, by instance.
    pub coverage: Vec<Covered>,
    /// The kinds of events.
    pub events: Ranking,
    /// Who acted.
    pub users: Ranking,
    /// From where.
    pub addresses: Ranking,
    /// What failed.
    pub failures: Failures,
    /// Connections.
    pub sessions: Option<Sessions>,
    /// What deserves a look.
    pub findings: Option<Findings>,
}

/// Which events were asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// None before.
    pub since: Option<i64>,
    /// None from then on.
    pub until: Option<i64>,
    /// Whether the log was read up to when the page was made, as an instance's is.
    pub until_now: bool,
    /// What else an event has to meet, each as on the command line: `--user alice`.
    pub conditions: Vec<String>,
}

/// A source.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// What it is called; none if it could not be opened.
    pub label: Option<String>,
    /// How many of the events are of it.
    pub events: u64,
    /// Why it could not be read, or not to its end.
    pub unreadable: Option<String>,
}

/// What the log of an instance covers.
#[derive(Debug, Clone)]
pub struct Covered {
    /// Its name, or that of the file if that does not tell.
    pub instance: String,
    /// Its events, by day.
    pub days: Series,
    /// The first moment and the last one.
    pub range: Option<(i64, i64)>,
    /// Events that state no time.
    pub undated: u64,
}

/// Counts by something, the greatest first.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// The first of them.
    pub rows: Vec<Ranked>,
    /// How many more there are; none if they were too many to be told apart.
    pub others: Option<u64>,
    /// What those come to.
    pub of_others: Count,
}

/// A row of a [`Ranking`].
#[derive(Debug, Clone)]
pub struct Ranked {
    /// What was counted; None for events that do not say.
    pub name: Option<String>,
    /// How often.
    pub count: Count,
    /// The first moment and the last one, if any is stated.
    pub range: Option<(i64, i64)>,
}

/// Events that failed.
#[derive(Debug, Clone, Default)]
pub struct Failures {
    /// How many in which hour (UTC) of which weekday, Monday first.
    pub by_hour: [[u64; 24]; 7],
    /// How many state no outcome, so that it was inferred.
    pub inferred: u64,
    /// Who failed from where with what.
    pub rows: Vec<Failed>,
    /// How many more of such rows there are; none if they were too many to be told apart.
    pub others: Option<u64>,
    /// What those come to.
    pub of_others: u64,
}

/// A user failing from an address at something.
#[derive(Debug, Clone)]
pub struct Failed {
    /// Who.
    pub user: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// At what.
    pub event: String,
    /// How often.
    pub count: u64,
    /// The first moment and the last one, if any is stated.
    pub range: Option<(i64, i64)>,
}

/// The lives of connections.
#[derive(Debug, Clone, Default)]
pub struct Sessions {
    /// Seen from logon to logoff.
    pub closed: u64,
    /// Logged on, and not off.
    pub open: u64,
    /// Logged off, and on before.
    pub begun_before: u64,
    /// Nothing but refused logons.
    pub refused: u64,
    /// Acts without a logon or a logoff.
    pub acts_only: u64,
    /// If there were too many: one of how many was looked at. The counts are of those.
    pub one_in: Option<u64>,
    /// How many events belong to no session.
    pub without: u64,
    /// Those that are closed, by how long they took: upper bound in microseconds, how many. The last has none.
    pub lengths: Vec<(Option<i64>, u64)>,
    /// Those that did most.
    pub rows: Vec<Session>,
}

impl Sessions {
    /// How many there were, as far as they were looked at.
    pub fn all(&self) -> u64 {
        self.closed + self.open + self.begun_before + self.refused + self.acts_only
    }
}

/// A connection.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its identifier.
    pub id: String,
    /// Whose.
    pub user: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// When it began, if that is known; a refused one, when that was tried.
    pub begin: Option<i64>,
    /// How long it took.
    pub length: Length,
    /// What was done in between.
    pub count: Count,
}

/// How long a session took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many microseconds.
    Took(i64),
    /// It had not ended when the log ends.
    Open,
    /// The logon was refused.
    Refused,
    /// The log does not tell.
    Unknown,
}

/// What a look at the events found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The worst first.
    pub rows: Vec<Finding>,
    /// Rules that could not be applied, each with the reason.
    pub skipped: Vec<(String, String)>,
    /// Whether there was too much to tell all users, addresses and moments apart.
    pub is_crowded: bool,
}

/// Something that deserves a look.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What was found.
    pub summary: String,
    /// How grave it is.
    pub severity: Severity,
    /// From when to when.
    pub range: (i64, i64),
    /// How many events it is about.
    pub events: u64,
    /// Some of them.
    pub evidence: Vec<Evidence>,
}

/// A line that a finding rests on.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Where the line is.
    pub source: String,
    /// Which one, from 1.
    pub line: u64,
    /// When.
    pub moment: i64,
}
