//! What is known of one session.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::event::{Event, Kind, Micros, Outcome};
use crate::folds::names::{Interner, Names};

/// What a session is, as far as the lines that were read can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// From its logon to its logoff.
    Closed,
    /// Logged on, and not off in what was read.
    Open,
    /// Logged off, and on before what was read.
    BeganBefore,
    /// Nothing but refused logons.
    Refused,
    /// Acts without a logon or a logoff: calls of the API, or the middle of a session.
    ActsOnly,
}

impl State {
    /// All of them.
    pub const ALL: [State; 5] =
        [State::Closed, State::Open, State::BeganBefore, State::Refused, State::ActsOnly];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            State::Closed => "closed",
            State::Open => "open",
            State::BeganBefore => "began-before",
            State::Refused => "refused",
            State::ActsOnly => "acts-only",
        }
    }
}

/// The kinds of acts that are counted apart, in the order in which they are told.
pub const ACTS: [Kind<'static>; 7] = [
    Kind::Create,
    Kind::Start,
    Kind::Stop,
    Kind::Drop,
    Kind::Process,
    Kind::Sample,
    Kind::LogAccessed,
];

/// A session. Of times there are the earliest and the latest, of names a few; the rest are counts: so it
/// is the same whatever the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What ties its lines together.
    pub id: Box<str>,
    /// The project of its log.
    pub project: Option<Arc<str>>,
    /// The instance of its log.
    pub instance: Option<Arc<str>>,
    /// Who acted in it, `admin.alice`.
    pub users: Names,
    /// The roles that they held, `admin.streamOperator`.
    pub roles: Names,
    /// The addresses that it came from.
    pub addresses: Names,
    /// How it was authenticated.
    pub mechanisms: Names,
    /// The processors that something was done to.
    pub processors: Names,
    /// The first logon that was let in.
    pub logon: Option<Micros>,
    /// The last logoff.
    pub logoff: Option<Micros>,
    /// When it began, as its logoff says.
    pub login_time: Option<Micros>,
    /// Its first line that has a time.
    pub first: Option<Micros>,
    /// Its last line that has a time.
    pub last: Option<Micros>,
    /// How many lines it has.
    pub events: u64,
    /// How many logons were let in; several where it was authenticated again, as others too.
    pub logons: u64,
    /// How many logoffs there were.
    pub logoffs: u64,
    /// How many logons were refused.
    pub refused_logons: u64,
    /// How many acts of each kind of [`ACTS`].
    pub acts: [u32; ACTS.len()],
    /// How many acts of other kinds.
    pub other_acts: u64,
    /// How many lines tell of a failure, refused logons among them.
    pub failures: u64,
    /// How many lines do not state their outcome.
    pub inferred: u64,
}

impl Session {
    pub(super) fn new(id: &str, project: Option<Arc<str>>, instance: Option<Arc<str>>) -> Session {
        Session {
            id: id.into(),
            project,
            instance,
            users: Names::default(),
            roles: Names::default(),
            addresses: Names::default(),
            mechanisms: Names::default(),
            processors: Names::default(),
            logon: None,
            logoff: None,
            login_time: None,
            first: None,
            last: None,
            events: 0,
            logons: 0,
            logoffs: 0,
            refused_logons: 0,
            acts: Default::default(),
            other_acts: 0,
            failures: 0,
            inferred: 0,
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, event: &Event<'_>, names: &mut Interner) {
        let time = event.time;
        let failed = event.outcome == Some(Outcome::Failure);
        self.events += 1;
        self.failures += u64::from(failed);
        self.inferred += u64::from(event.outcome_is_inferred);
        self.first = earlier(self.first, time);
        self.last = self.last.max(time);
        if let Some(user) = &event.user {
            self.users.add(&user.text, names);
        }
        event.roles.iter().for_each(|role| self.roles.add(role, names));
        if let Some(ip) = event.ip.as_deref().or(event.interface.as_deref()) {
            self.addresses.add(ip, names);
        }
        if let Some(mechanism) = &event.mechanism {
            self.mechanisms.add(mechanism, names);
        }
        if let Some(processor) = event.processor() {
            self.processors.add(processor, names);
        }
        match &event.kind {
            Kind::Logon if failed => self.refused_logons += 1,
            Kind::Logon => {
                self.logons += 1;
                self.logon = earlier(self.logon, time);
            }
            Kind::Logoff => {
                self.logoffs += 1;
                self.logoff = self.logoff.max(time);
                self.login_time = earlier(self.login_time, event.login_time);
            }
            kind => match ACTS.iter().position(|act| act == kind) {
                Some(at) => self.acts[at] = self.acts[at].saturating_add(1),
                None => self.other_acts += 1,
            },
        }
    }

    /// Adds what was found of it elsewhere.
    pub(super) fn join(&mut self, other: Session, names: &mut Interner) {
        self.users.join(&other.users, names);
        self.roles.join(&other.roles, names);
        self.addresses.join(&other.addresses, names);
        self.mechanisms.join(&other.mechanisms, names);
        self.processors.join(&other.processors, names);
        self.logon = earlier(self.logon, other.logon);
        self.logoff = self.logoff.max(other.logoff);
        self.login_time = earlier(self.login_time, other.login_time);
        self.first = earlier(self.first, other.first);
        self.last = self.last.max(other.last);
        self.events += other.events;
        self.logons += other.logons;
        self.logoffs += other.logoffs;
        self.refused_logons += other.refused_logons;
        for (own, more) in self.acts.iter_mut().zip(other.acts) {
            *own = own.saturating_add(more);
        }
        self.other_acts += other.other_acts;
        self.failures += other.failures;
        self.inferred += other.inferred;
    }

    /// What it is.
    pub fn state(&self) -> State {
        match (self.logons > 0, self.logoffs > 0) {
            (true, true) => State::Closed,
            (true, false) => State::Open,
            (false, _) if self.refused_logons > 0 && self.done() == 0 => State::Refused,
            (false, true) => State::BeganBefore,
            (false, false) => State::ActsOnly,
        }
    }

    /// How many acts there were between logon and logoff.
    pub fn done(&self) -> u64 {
        self.acts.iter().map(|count| u64::from(*count)).sum::<u64>() + self.other_acts
    }

    /// When it began, where that is known: its logon, or what its logoff says of it.
    pub fn began(&self) -> Option<Micros> {
        match self.state() {
            State::Refused => self.first,
            State::BeganBefore => self.login_time,
            _ => self.logon,
        }
    }

    /// The earliest that is known of it.
    pub fn seen_from(&self) -> Option<Micros> {
        self.began().or(self.first)
    }

    /// The order of sessions as they are listed: the newest first, then by id and instance.
    pub fn newest_first(&self, other: &Session) -> Ordering {
        let place = |of: &Session| (of.project.clone(), of.instance.clone());
        let by_id = || self.id.cmp(&other.id).then_with(|| place(self).cmp(&place(other)));
        other.seen_from().cmp(&self.seen_from()).then_with(by_id)
    }

    /// How long it lasted, in microseconds, where both ends are known.
    pub fn lasted(&self) -> Option<i64> {
        let (began, ended) = (self.began()?, self.logoff?);
        (ended >= began).then_some(ended.0 - began.0)
    }
}

/// The earlier of two moments, where both are known.
fn earlier(one: Option<Micros>, other: Option<Micros>) -> Option<Micros> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
