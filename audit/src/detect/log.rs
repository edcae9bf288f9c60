//! A log as rules see it.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use crate::event::{Kind, Outcome};

/// What was done, without the names of what nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Act {
    Logon,
    Logoff,
    Start,
    Create,
    Stop,
    Drop,
    Process,
    Sample,
    LogAccessed,
    Other,
}

impl Act {
    pub(super) fn of(kind: &Kind<'_>) -> Act {
        match kind {
            Kind::Logon => Act::Logon,
            Kind::Logoff => Act::Logoff,
            Kind::Start => Act::Start,
            Kind::Create => Act::Create,
            Kind::Stop => Act::Stop,
            Kind::Drop => Act::Drop,
            Kind::Process => Act::Process,
            Kind::Sample => Act::Sample,
            Kind::LogAccessed => Act::LogAccessed,
            Kind::Other(_) => Act::Other,
        }
    }

    /// As on the product page.
    pub(super) fn name(self, ended: Ended) -> String {
        let kind = match self {
            Act::Logon => Kind::Logon,
            Act::Logoff => Kind::Logoff,
            Act::Start => Kind::Start,
            Act::Create => Kind::Create,
            Act::Stop => Kind::Stop,
            Act::Drop => Kind::Drop,
            Act::Process => Kind::Process,
            Act::Sample => Kind::Sample,
            Act::LogAccessed => Kind::LogAccessed,
            Act::Other => Kind::Other("another act".into()),
        };
        let outcome = match ended {
            Ended::Allowed => Outcome::Success,
            Ended::Denied | Ended::Failed => Outcome::Failure,
        };
        kind.name(Some(outcome)).to_owned()
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Ended {
    /// It was done.
    Allowed,
    /// It was refused, because the user has no privilege for it.
    Denied,
    /// It failed otherwise; of a logon, it was refused.
    Failed,
}

/// An event: when, and where its line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Microseconds since 1970.
    pub time: i64,
    /// The source, by [`Log::label`].
    pub(super) source: u64,
    /// The line's number there, from 1; of a compressed file, of its plain text.
    pub line: u64,
}

/// Events of a track in one step of time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) step: i64,
    pub(super) count: u64,
    pub(super) first: Mark,
    pub(super) last: Mark,
}

/// Events that have all in common but their time.
#[derive(Debug, Clone)]
pub(super) struct Track {
    pub(super) act: Act,
    pub(super) ended: Ended,
    /// Whether the lines do not say how it ended.
    pub(super) inferred: bool,
    pub(super) project: Option<Arc<str>>,
    /// The instance, or the source where it is not known whose log that is.
    pub(super) instance: Option<Arc<str>>,
    pub(super) user: Option<Arc<str>>,
    pub(super) address: Option<IpAddr>,
    /// A role that makes the user an administrator.
    pub(super) role: Option<Arc<str>>,
    /// What was dropped, or refused.
    pub(super) object: Option<Arc<str>>,
    /// Whether it unites several users or addresses, which were too many to be told apart.
    pub(super) is_crowd: bool,
    /// In the order of time.
    pub(super) spans: Vec<Span>,
}

impl Track {
    pub(super) fn is(&self, act: Act, ended: Ended) -> bool {
        self.act == act && self.ended == ended
    }

    /// Whether somebody got something done, which a failed logon is not.
    pub(super) fn is_done(&self) -> bool {
        self.ended == Ended::Allowed
    }

    pub(super) fn first(&self) -> Mark {
        self.spans[0].first
    }

    pub(super) fn count(&self) -> u64 {
        self.spans.iter().map(|span| span.count).sum()
    }

    /// An event after a moment, up to another: the first of those that are kept. There is one if any event
    /// is there and the two moments are at least a step apart.
    pub(super) fn within(&self, after: i64, until: i64) -> Option<Mark> {
        let next = self.spans.partition_point(|span| span.last.time <= after);
        let span = self.spans.get(next)?;
        let mark = if span.first.time > after { span.first } else { span.last };
        (mark.time <= until).then_some(mark)
    }

    pub(super) fn without_spans(&self) -> Track {
        Track {
            act: self.act,
            ended: self.ended,
            inferred: self.inferred,
            project: self.project.clone(),
            instance: self.instance.clone(),
            user: self.user.clone(),
            address: self.address,
            role: self.role.clone(),
            object: self.object.clone(),
            is_crowd: self.is_crowd,
            spans: Vec::new(),
        }
    }

    pub(super) fn order(&self) -> impl Ord + '_ {
        (
            (&self.project, &self.instance, &self.user, self.address),
            (self.act, self.ended, self.inferred, &self.role, &self.object),
        )
    }
}

/// The first and the last event of an hour in which there are some.
#[derive(Debug, Clone)]
pub(super) struct Hour {
    pub(super) first: Mark,
    pub(super) last: Mark,
    /// Whose the last one is: a track without its spans.
    pub(super) last_by: Track,
}

/// Project and instance.
pub(super) type At = (Option<Arc<str>>, Option<Arc<str>>);

/// A log, in order.
pub struct Log {
    pub(super) tracks: Vec<Track>,
    pub(super) hours: BTreeMap<At, Vec<Hour>>,
    pub(super) sources: HashMap<u64, Arc<str>>,
    pub(super) untimed: u64,
    pub(super) is_crowded: bool,
}

impl Log {
    /// What a line's source is called.
    pub fn label(&self, mark: &Mark) -> &str {
        self.sources.get(&mark.source).map_or("", |label| label)
    }

    /// Whether there were more users, addresses and moments than are told apart.
    pub fn is_crowded(&self) -> bool {
        self.is_crowded
    }

    /// How many events no rule sees, because they have no time, or one that cannot be.
    pub fn untimed(&self) -> u64 {
        self.untimed
    }

    /// The first and the last moment of all that has a time, in microseconds since 1970.
    pub fn range(&self) -> Option<(i64, i64)> {
        let firsts = self.ranges().map(|(_, first, _)| first);
        let lasts = self.ranges().map(|(_, _, last)| last);
        firsts.min().zip(lasts.max())
    }

    /// The first and the last moment of each instance's log.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (&At, i64, i64)> {
        self.hours.iter().filter_map(|(at, hours)| {
            Some((at, hours.first()?.first.time, hours.last()?.last.time))
        })
    }
}
