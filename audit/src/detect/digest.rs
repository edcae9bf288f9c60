//! What the rules need of a log, taken in event by event, in any order.
//!
//! Events that have everything in common but their time make a [`Track`]: the act, how it ended, who, from
//! where, on which instance. Of a track's events those are kept that begin and end each step of time, with
//! their number. So what is kept grows with how many act, and for how long, rather than with the events.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use super::crowd::{Room, SPANS, TRACKS};
use super::log::{Act, Ended, Hour, Log, Mark, Span, Track};
use super::settings::Settings;
use super::span::{HOUR, MINUTE, SECOND};
use crate::event::{Event, Micros, Outcome};
use crate::folds::Fold;
use crate::source::{Place, Source};

/// What successes are told apart by, unless a rule compares shorter spans.
const STEP: i64 = 10 * MINUTE;
/// What failures and drops are told apart by: it matters how many there are in a span.
const FINE: i64 = SECOND;
/// 2020-01-01: no instance is as old, so an earlier time is none.
const EARLIEST: i64 = 1_577_836_800 * SECOND;
/// 2200-01-01: nor will what is read be as late.
const LATEST: i64 = 7_258_118_400 * SECOND;
/// The error code of an act that the user has no privilege for.
const UNAUTHORIZED: i64 = 13;

/// The fold that rules look at when it is finished.
pub struct Digest {
    step: i64,
    is_administrator: fn(&str) -> bool,
    pub(super) texts: Texts,
    pub(super) keys: HashMap<Key, u32>,
    pub(super) tracks: Vec<(Key, Spans)>,
    pub(super) hours: HashMap<(u32, u32), Hours>,
    sources: HashMap<u64, Arc<str>>,
    pub(super) now: Option<Now>,
    untimed: u64,
    pub(super) room: Room,
    /// How many spans there are at most.
    pub(super) added: usize,
    /// How often steps of time were doubled.
    pub(super) coarser: u32,
    /// Whether there were too many tracks.
    pub(super) crowded: bool,
}

/// What events of a track have in common. Texts are numbers, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) act: Act,
    pub(super) ended: Ended,
    pub(super) inferred: bool,
    pub(super) project: u32,
    pub(super) instance: u32,
    pub(super) user: u32,
    pub(super) address: Option<IpAddr>,
    pub(super) role: u32,
    pub(super) object: u32,
    /// Whether users or addresses were too many to be told apart.
    pub(super) is_crowd: bool,
}

/// The source that is being read: most events are of the same one as the event before.
pub(super) struct Now {
    label: Arc<str>,
    id: u64,
    project: u32,
    instance: u32,
}

impl Digest {
    /// Nothing yet, for rules that are told this; a role of some names is an administrator's.
    pub fn new(settings: &Settings, is_administrator: fn(&str) -> bool) -> Self {
        Digest {
            step: settings.shortest(STEP),
            is_administrator,
            texts: Texts::default(),
            keys: HashMap::new(),
            tracks: Vec::new(),
            hours: HashMap::new(),
            sources: HashMap::new(),
            now: None,
            untimed: 0,
            room: Room { tracks: TRACKS, spans: SPANS },
            added: 0,
            coarser: 0,
            crowded: false,
        }
    }

    /// The same with less room.
    #[cfg(test)]
    pub(super) fn limited(self, tracks: usize, spans: usize) -> Self {
        Digest { room: Room { tracks, spans }, ..self }
    }

    /// How many tracks and spans are held.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.tracks.len(), self.tracks.iter().map(|(_, spans)| spans.all.len()).sum())
    }

    fn source(&mut self, source: &Source) -> (u64, u32, u32) {
        if let Some(now) = &self.now
            && Arc::ptr_eq(&now.label, &source.label)
        {
            return (now.id, now.project, now.instance);
        }
        let label = Arc::clone(&source.label);
        let id = id_of(&label);
        self.sources.entry(id).or_insert_with(|| Arc::clone(&label));
        let project = source.project.as_deref().map_or(0, |text| self.texts.number(text));
        let instance = self.texts.number(source.instance.as_deref().unwrap_or(&label));
        self.now = Some(Now { label, id, project, instance });
        (id, project, instance)
    }

    pub(super) fn key(&mut self, key: Key) -> u32 {
        let tracks = &mut self.tracks;
        *self.keys.entry(key).or_insert_with(|| {
            tracks.push((key, Spans::default()));
            u32::try_from(tracks.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// The role that makes whoever holds it an administrator, if they hold one.
    fn administrator(&mut self, event: &Event<'_>) -> u32 {
        let is_one = |role: &str| {
            let name = role.split_once('.').map_or(role, |(_, name)| name);
            (self.is_administrator)(name)
        };
        match event.roles.iter().find(|role| is_one(role)) {
            Some(role) => self.texts.number(role),
            None => 0,
        }
    }

    /// What was taken in, put in order.
    pub fn finish(self) -> Log {
        let Digest { texts, tracks, hours, sources, untimed, crowded, coarser, .. } = self;
        let text = |number: u32| texts.text(number);
        let track = |(key, mut spans): (Key, Spans)| {
            spans.tidy();
            Track {
                act: key.act,
                ended: key.ended,
                inferred: key.inferred,
                project: text(key.project),
                instance: text(key.instance),
                user: text(key.user),
                address: key.address,
                role: text(key.role),
                object: text(key.object),
                is_crowd: key.is_crowd,
                spans: spans.all,
            }
        };
        let mut tracks: Vec<Track> = tracks.into_iter().map(track).collect();
        let hours = hours.into_iter().map(|((project, instance), mut hours)| {
            hours.tidy();
            let hour = |hour: &TakenHour| Hour {
                first: hour.first,
                last: hour.last,
                last_by: tracks[hour.last_by as usize].without_spans(),
            };
            ((text(project), text(instance)), hours.all.iter().map(hour).collect())
        });
        let hours = hours.collect();
        tracks.retain(|track| !track.spans.is_empty());
        tracks.sort_by(|one, other| one.order().cmp(&other.order()));
        Log { tracks, hours, sources, untimed, is_crowded: crowded || coarser > 0 }
    }
}

impl Fold for Digest {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let (source, project, instance) = self.source(place.source);
        let Some(time) =
            event.time.map(|Micros(time)| time).filter(|time| (EARLIEST..LATEST).contains(time))
        else {
            self.untimed += 1;
            return;
        };
        let mark = Mark { time, source, line: place.line };
        let act = Act::of(&event.kind);
        let ended = match event.outcome {
            Some(Outcome::Failure) if act != Act::Logon && is_denial(event) => Ended::Denied,
            Some(Outcome::Failure) => Ended::Failed,
            _ => Ended::Allowed,
        };
        let is_fine = ended != Ended::Allowed || act == Act::Drop;
        let key = Key {
            act,
            ended,
            inferred: event.outcome_is_inferred && act != Act::Logoff,
            project,
            instance,
            user: event.user.as_ref().map_or(0, |user| self.texts.number(&user.text)),
            address: address(event),
            role: self.administrator(event),
            object: match event.entity.name.as_deref() {
                Some(name) if is_fine => self.texts.number(name),
                _ => 0,
            },
            is_crowd: false,
        };
        let number = self.key(key);
        let hours = self.hours.entry((project, instance)).or_default();
        hours.add(TakenHour {
            hour: time.div_euclid(HOUR),
            first: mark,
            last: mark,
            last_by: number,
        });
        if act != Act::Logoff {
            let step = if is_fine { FINE } else { self.step };
            let step = time.div_euclid(step) >> self.coarser.min(i64::BITS - 1);
            let spans = &mut self.tracks[number as usize].1;
            spans.add(Span { step, count: 1, first: mark, last: mark });
            self.added += 1;
        }
        self.make_room();
    }

    fn join(&mut self, mut other: Self) {
        self.untimed += other.untimed;
        self.crowded |= other.crowded;
        let coarser = self.coarser.max(other.coarser);
        self.coarsen(coarser);
        other.coarsen(coarser);
        self.sources.extend(other.sources);
        let texts: Vec<u32> = other.texts.all.iter().map(|text| self.texts.number(text)).collect();
        let here = |number: u32| match number {
            0 => 0,
            n => texts[n as usize - 1],
        };
        let mut numbers = Vec::new();
        for (key, spans) in other.tracks {
            let key = Key {
                project: here(key.project),
                instance: here(key.instance),
                user: here(key.user),
                role: here(key.role),
                object: here(key.object),
                ..key
            };
            let number = self.key(key);
            numbers.push(number);
            self.added += spans.all.len();
            let own = &mut self.tracks[number as usize].1;
            spans.all.into_iter().for_each(|span| own.add(span));
        }
        for ((project, instance), hours) in other.hours {
            let own = self.hours.entry((here(project), here(instance))).or_default();
            for hour in hours.all {
                own.add(TakenHour { last_by: numbers[hour.last_by as usize], ..hour });
            }
        }
        self.make_room();
    }
}

/// Whether a failure is one of permission. A line that names no code may say it in words.
fn is_denial(event: &Event<'_>) -> bool {
    match event.code {
        Some(code) => code == UNAUTHORIZED,
        None => event.detail.as_deref().is_some_and(|detail| {
            let detail = detail.to_ascii_lowercase();
            detail.contains("unauthorized") || detail.contains("not authorized")
        }),
    }
}

fn address(event: &Event<'_>) -> Option<IpAddr> {
    Some(event.ip.as_deref()?.parse::<IpAddr>().ok()?.to_canonical())
}

/// A source's number, the same in whichever part it was seen (FNV-1a of its name).
fn id_of(label: &str) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    label.bytes().fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Texts by number, from 1.
#[derive(Default)]
pub(super) struct Texts {
    numbers: HashMap<Arc<str>, u32>,
    all: Vec<Arc<str>>,
}

impl Texts {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let text: Arc<str> = text.into();
        self.all.push(Arc::clone(&text));
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text, number);
        number
    }

    pub(super) fn text(&self, number: u32) -> Option<Arc<str>> {
        self.all.get((number as usize).checked_sub(1)?).cloned()
    }
}

/// What is kept once for each step of time.
pub(super) trait Step: Copy {
    fn step(&self) -> i64;
    fn unite(&mut self, other: &Self);
}

impl Step for Span {
    fn step(&self) -> i64 {
        self.step
    }

    fn unite(&mut self, other: &Self) {
        self.count += other.count;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// The first and the last event of an hour.
#[derive(Debug, Clone, Copy)]
pub(super) struct TakenHour {
    hour: i64,
    first: Mark,
    last: Mark,
    pub(super) last_by: u32,
}

impl Step for TakenHour {
    fn step(&self) -> i64 {
        self.hour
    }

    fn unite(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        if other.last > self.last {
            (self.last, self.last_by) = (other.last, other.last_by);
        }
    }
}

pub(super) type Spans = Steps<Span>;
pub(super) type Hours = Steps<TakenHour>;

/// Steps as they come, which is nearly in order; from time to time they are put in order.
#[derive(Debug, Clone)]
pub(super) struct Steps<S> {
    pub(super) all: Vec<S>,
    /// So many were left when they were last put in order.
    tidy: usize,
}

impl<S> Default for Steps<S> {
    fn default() -> Self {
        Steps { all: Vec::new(), tidy: 0 }
    }
}

impl<S: Step> Steps<S> {
    pub(super) fn add(&mut self, step: S) {
        match self.all.last_mut() {
            Some(last) if last.step() == step.step() => last.unite(&step),
            Some(_) => self.all.push(step),
            None => {
                // In a flood most have one and never another.
                self.all.reserve_exact(1);
                self.all.push(step);
            }
        }
        if self.all.len() > 2 * self.tidy + 64 {
            self.tidy();
        }
    }

    pub(super) fn tidy(&mut self) {
        self.all.sort_by_key(S::step);
        self.all.dedup_by(|later, kept| {
            let same = later.step() == kept.step();
            if same {
                kept.unite(later);
            }
            same
        });
        self.tidy = self.all.len();
    }
}
