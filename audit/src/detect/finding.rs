//! What a rule has found.

use std::collections::BTreeSet;
use std::net::IpAddr;

use sha2::{Digest as _, Sha256};

use super::log::{Mark, Track};
use super::page::Page;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// To be known.
    Low,
    /// To be looked at.
    Medium,
    /// To be looked at soon.
    High,
    /// To be looked at now.
    Critical,
}

impl Severity {
    /// All of them, the least grave first.
    pub const ALL: [Severity; 4] =
        [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// That of a word.
    pub fn named(word: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.name() == word)
    }
}

/// So many of whatever a finding names are kept; the count tells of the others.
const MOST: usize = 20;
/// So many lines prove a finding.
const LINES: usize = 5;

/// Something that a rule has found, with the lines that prove it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What was found, in a sentence without its end.
    pub summary: String,
    /// The project, where the log names one.
    pub project: Option<String>,
    /// The instances, or the files where it is not known whose log they are.
    pub instances: Vec<String>,
    /// The users, as the log calls them: at most twenty.
    pub users: Vec<String>,
    /// The addresses: at most twenty.
    pub addresses: Vec<IpAddr>,
    /// When it began, in microseconds since 1970.
    pub first: i64,
    /// When it ended.
    pub last: i64,
    /// How many events it is about.
    pub count: u64,
    /// Whether the outcome of some of them is not in the log and had to be inferred.
    pub inferred: bool,
    /// Some of those events: at most five, in the order of time.
    pub evidence: Vec<Mark>,
    /// What it is, in 32 hexadecimal digits: the same finding has the same when it is found again.
    pub fingerprint: String,
}

impl Finding {
    /// A finding about these tracks. What makes it the same when it is found again is `identity`,
    /// beside the rule and the project.
    pub(super) fn new(
        page: &'static Page,
        tracks: &[&Track],
        identity: &[&str],
        summary: String,
    ) -> Self {
        let project = tracks.first().and_then(|track| track.project.as_deref());
        let spans = || tracks.iter().flat_map(|track| &track.spans);
        let names = |of: fn(&Track) -> Option<&str>| {
            tracks.iter().filter_map(move |track| of(track)).map(str::to_owned)
        };
        let first = spans().map(|span| span.first).min();
        let last = spans().map(|span| span.last).max();
        let marks: Vec<Mark> = first.into_iter().chain(last).collect();
        let mut finding = Finding {
            rule: page.id,
            severity: page.severity,
            summary,
            instances: few(names(|track| track.instance.as_deref())),
            users: few(names(|track| track.user.as_deref())),
            addresses: few(tracks.iter().filter_map(|track| track.address)),
            first: 0,
            last: 0,
            count: spans().map(|span| span.count).sum(),
            inferred: tracks.iter().any(|track| track.inferred),
            evidence: Vec::new(),
            fingerprint: fingerprint(page.id, project, identity),
            project: project.map(str::to_owned),
        };
        finding.prove(marks);
        if finding.inferred {
            finding.summary += "; outcomes are inferred";
        }
        finding
    }

    /// With these lines as its evidence, and their time as its own.
    pub(super) fn proven(mut self, marks: Vec<Mark>) -> Self {
        self.prove(marks);
        self
    }

    fn prove(&mut self, mut marks: Vec<Mark>) {
        marks.sort_unstable();
        marks.dedup();
        self.first = marks.first().map_or(0, |mark| mark.time);
        self.last = marks.last().map_or(0, |mark| mark.time);
        if marks.len() > LINES {
            // How it began, and how it ended.
            marks.drain(LINES - 1..marks.len() - 1);
        }
        self.evidence = marks;
    }

    /// About so many events.
    pub(super) fn of(mut self, count: u64) -> Self {
        self.count = count;
        self
    }

    /// As grave as this.
    pub(super) fn graded(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Each once, in order, and not too many.
pub(super) fn few<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let all: BTreeSet<T> = all.into_iter().collect();
    all.into_iter().take(MOST).collect()
}

/// Names as a sentence has them: `a, b and 3 more`.
pub(super) fn list<T: Ord + ToString>(all: impl IntoIterator<Item = T>) -> String {
    const NAMED: usize = 3;
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
    match texts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if texts.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        all => format!("{} and {} more", all[..NAMED - 1].join(", "), all.len() - NAMED + 1),
    }
}

/// `1 logon`, `2 logons`
pub(super) fn number(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

fn fingerprint(rule: &str, project: Option<&str>, identity: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in [rule, project.unwrap_or_default()].iter().chain(identity) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
