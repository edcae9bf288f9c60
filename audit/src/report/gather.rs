//! What a page says, taken in event by event.

use std::cmp::Reverse;

use super::data::*;
use crate::detect::{self, Beside, Digest, Settings};
use crate::event::{Event, Micros, Outcome};
use crate::folds::Fold;
use crate::folds::coverage::Coverage;
use crate::folds::part::Part;
use crate::folds::series::Count;
use crate::folds::sessions::{self, State};
use crate::folds::summary::{By, Group, Summary, Total, Value};
use crate::lines;
use crate::source::{Place, Source};

/// How many rows a table of users, addresses or failures has.
const ROWS: usize = 20;

/// How many sessions are listed.
const SESSIONS: usize = 10;

/// What lengths of sessions are told apart by, in seconds.
const LENGTHS: [i64; 7] = [1, 10, 60, 600, 3_600, 8 * 3_600, 24 * 3_600];

/// Everything that a report is made from, in one reading.
pub struct Gathered {
    coverage: Coverage,
    counts: Counts,
    week: Summary,
    sessions: sessions::Sessions,
    digest: Digest,
}

/// Counts by what may have any number of values, which take a second reading if there are very many.
pub struct Counts {
    events: Summary,
    pub(super) users: Summary,
    pub(super) addresses: Summary,
    failures: Summary,
}

/// What a report says beside what was gathered.
pub struct Frame<'a> {
    /// The program, and its version.
    pub program: String,
    /// The moment.
    pub made: i64,
    /// What was asked for.
    pub asked: Asked,
    /// What was read.
    pub sources: &'a [Source],
    /// What the lines were.
    pub lines: lines::Count,
    /// What could not be read: which source, if it could be opened, and why.
    pub unreadable: Vec<(Option<String>, String)>,
}

impl Gathered {
    /// Nothing yet, for rules that are told this; a role of some names is an administrator's.
    pub fn new(settings: &Settings, is_administrator: fn(&str) -> bool) -> Self {
        Gathered {
            coverage: Coverage::default(),
            counts: Counts::default(),
            week: Summary::new([By::WeekdayHour]),
            sessions: sessions::Sessions::new(Part::ALL, sessions::MOST),
            digest: Digest::new(settings, is_administrator),
        }
    }

    /// If there were too many values for one reading: what makes the folds of a second one.
    pub fn again(&self) -> Option<impl Fn() -> Counts + Sync + use<>> {
        self.counts.again()
    }

    /// Takes what a second reading has counted, unless it was not of the same events: whether it was.
    #[must_use]
    pub fn recounted(&mut self, again: Counts) -> bool {
        self.counts.recounted(again)
    }

    /// The report. What rules know beside the log is asked of `beside` once the log is read.
    pub fn report(self, frame: Frame<'_>, beside: &Beside<'_>) -> Report {
        let whole = self.coverage.finish(frame.sources);
        let several = whole.instances.keys().any(|of| of.project.is_some());
        let coverage = whole.instances.into_iter().map(|(of, covered)| Covered {
            instance: match of.project.filter(|_| several) {
                Some(project) => format!("{project}/{}", of.name),
                None => of.name.to_string(),
            },
            days: covered.days,
            range: range(covered.first, covered.last),
            undated: covered.undated,
        });
        let mut unreadable = frame.unreadable;
        let mut sources: Vec<Read> = Vec::new();
        for (label, events) in whole.sources {
            let amiss = unreadable.iter().position(|(of, _)| of.as_deref() == Some(&*label));
            let unreadable = amiss.map(|index| unreadable.swap_remove(index).1);
            sources.push(Read { label: Some(label.to_string()), events, unreadable });
        }
        sources.extend(unreadable.into_iter().map(|(label, reason)| Read {
            label,
            events: 0,
            unreadable: Some(reason),
        }));
        let all = self.counts.events.all();
        Report {
            program: frame.program,
            made: frame.made,
            asked: frame.asked,
            sources,
            lines: frame.lines,
            all: count(&all),
            timeline: whole.timeline,
            coverage: coverage.collect(),
            events: ranking(self.counts.events),
            users: ranking(self.counts.users),
            addresses: ranking(self.counts.addresses),
            failures: failures(self.counts.failures, self.week),
            sessions: Some(of_sessions(self.sessions)),
            findings: Some(findings(&self.digest.finish(), beside)),
        }
    }
}

impl Default for Counts {
    fn default() -> Self {
        Counts {
            events: Summary::new([By::Event]),
            users: Summary::new([By::User]),
            addresses: Summary::new([By::Ip]),
            failures: Summary::new([By::User, By::Ip, By::Event]),
        }
    }
}

impl Counts {
    pub(super) fn again(&self) -> Option<impl Fn() -> Counts + Sync + use<>> {
        let Counts { events, users, addresses, failures } = self;
        let all = [events.again(), users.again(), addresses.again(), failures.again()];
        if all.iter().all(Option::is_none) {
            return None;
        }
        let [events, users, addresses, failures] = all;
        Some(move || Counts {
            events: anew(&events),
            users: anew(&users),
            addresses: anew(&addresses),
            failures: anew(&failures),
        })
    }

    pub(super) fn recounted(&mut self, again: Counts) -> bool {
        if again.events.all() != self.events.all() {
            return false;
        }
        let pairs = [
            (&mut self.events, again.events),
            (&mut self.users, again.users),
            (&mut self.addresses, again.addresses),
            (&mut self.failures, again.failures),
        ];
        for (counted, again) in pairs {
            if counted.again().is_some() {
                *counted = again;
            }
        }
        true
    }
}

impl Fold for Gathered {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        self.coverage.take(event, place);
        self.counts.take(event, place);
        if event.outcome == Some(Outcome::Failure) {
            self.week.take(event, place);
        }
        self.sessions.take(event, place);
        self.digest.take(event, place);
    }

    fn join(&mut self, other: Self) {
        self.coverage.join(other.coverage);
        self.counts.join(other.counts);
        self.week.join(other.week);
        self.sessions.join(other.sessions);
        self.digest.join(other.digest);
    }
}

impl Fold for Counts {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        self.events.take(event, place);
        self.users.take(event, place);
        self.addresses.take(event, place);
        if event.outcome == Some(Outcome::Failure) {
            self.failures.take(event, place);
        }
    }

    fn join(&mut self, other: Self) {
        self.events.join(other.events);
        self.users.join(other.users);
        self.addresses.join(other.addresses);
        self.failures.join(other.failures);
    }
}

/// What was counted whole is not counted again.
fn anew<F: Fn() -> Summary>(again: &Option<F>) -> Summary {
    again.as_ref().map_or_else(|| Summary::new([]), |new| new())
}

fn range(first: Option<Micros>, last: Option<Micros>) -> Option<(i64, i64)> {
    first.zip(last).map(|(first, last)| (first.0, last.0))
}

fn count(total: &Total) -> Count {
    Count { events: total.count, failures: total.failures }
}

fn name(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The largest groups; how many others there are, if that is known; and what those come to.
fn largest(summary: Summary) -> (Vec<Group>, Option<u64>, Count) {
    let mut left = count(&summary.all());
    let (mut groups, missing) = summary.groups();
    groups.sort_by(|one, other| {
        other.total.count.cmp(&one.total.count).then_with(|| one.key.cmp(&other.key))
    });
    let others = (missing == 0).then(|| groups.len().saturating_sub(ROWS) as u64);
    groups.truncate(ROWS);
    for group in &groups {
        left.events = left.events.saturating_sub(group.total.count);
        left.failures = left.failures.saturating_sub(group.total.failures);
    }
    (groups, others, left)
}

pub(super) fn ranking(summary: Summary) -> Ranking {
    let (groups, others, of_others) = largest(summary);
    let row = |group: Group| Ranked {
        count: count(&group.total),
        range: range(group.total.first, group.total.last),
        name: group.key.into_iter().next().and_then(name),
    };
    Ranking { rows: groups.into_iter().map(row).collect(), others, of_others }
}

fn failures(by: Summary, week: Summary) -> Failures {
    let inferred = by.all().inferred;
    let mut by_hour = [[0; 24]; 7];
    for group in week.groups().0 {
        if let [Value::HourOfWeek(hour)] = group.key[..] {
            by_hour[usize::from(hour / 24)][usize::from(hour % 24)] = group.total.count;
        }
    }
    let (groups, others, of_others) = largest(by);
    let row = |group: Group| {
        let mut key = group.key.into_iter().map(name);
        let mut next = || key.next().flatten();
        Failed {
            user: next(),
            address: next(),
            event: next().unwrap_or_default(),
            count: group.total.count,
            range: range(group.total.first, group.total.last),
        }
    };
    let rows = groups.into_iter().map(row).collect();
    Failures { by_hour, inferred, rows, others, of_others: of_others.failures }
}

fn of_sessions(fold: sessions::Sessions) -> Sessions {
    let one_in = Some(fold.part().of()).filter(|one_in| *one_in > 1);
    let without = fold.without;
    let mut all = fold.finish();
    let in_state = |state| all.iter().filter(|session| session.state() == state).count() as u64;
    let mut lengths = [0; LENGTHS.len() + 1];
    for session in all.iter().filter(|session| session.state() == State::Closed) {
        if let Some(lasted) = session.lasted() {
            lengths[LENGTHS.partition_point(|most| most * 1_000_000 <= lasted)] += 1;
        }
    }
    let bounds = LENGTHS.iter().map(|most| Some(most * 1_000_000)).chain([None]);
    let mut sessions = Sessions {
        closed: in_state(State::Closed),
        open: in_state(State::Open),
        begun_before: in_state(State::BeganBefore),
        refused: in_state(State::Refused),
        acts_only: in_state(State::ActsOnly),
        one_in,
        without,
        lengths: bounds.zip(lengths).collect(),
        rows: Vec::new(),
    };
    all.sort_by_key(|session| (Reverse(session.events), Reverse(session.seen_from())));
    sessions.rows = all.into_iter().take(SESSIONS).map(session).collect();
    sessions
}

fn session(session: sessions::Session) -> Session {
    let names = |names: &crate::folds::names::Names| {
        let all: Vec<&str> = names.iter().collect();
        (!all.is_empty()).then(|| all.join(", ") + if names.more { ", …" } else { "" })
    };
    Session {
        user: names(&session.users),
        address: names(&session.addresses),
        begin: session.began().map(|moment| moment.0),
        length: match session.state() {
            State::Refused => Length::Refused,
            State::Open => Length::Open,
            _ => session.lasted().map_or(Length::Unknown, Length::Took),
        },
        count: Count { events: session.events, failures: session.failures },
        id: session.id.into(),
    }
}

fn findings(log: &detect::Log, beside: &Beside<'_>) -> Findings {
    let found = detect::detect(log, beside);
    let finding = |finding: detect::Finding| {
        let page = detect::page(finding.rule);
        Finding {
            rule: finding.rule,
            title: page.map_or("", |page| page.title),
            why: page.map_or("", |page| page.why),
            severity: finding.severity,
            range: (finding.first, finding.last),
            events: finding.count,
            evidence: finding
                .evidence
                .iter()
                .map(|mark| Evidence {
                    source: log.label(mark).to_owned(),
                    line: mark.line,
                    moment: mark.time,
                })
                .collect(),
            summary: finding.summary,
        }
    };
    Findings {
        rows: found.findings.into_iter().map(finding).collect(),
        is_crowded: log.is_crowded(),
        skipped: found.skipped.into_iter().map(|(page, why)| (page.id.to_owned(), why.0)).collect(),
    }
}
