//! What in a log somebody should look at.
//!
//! One pass makes a [`Digest`], a fold; each rule looks at what has become of it, in order of time. A rule is
//! a file of [`rules`] and a line of [`RULES`]: its page, what can be set, and what it finds.

mod baseline;
mod bursts;
mod crowd;
mod digest;
mod finding;
mod log;
pub mod ocsf;
mod page;
mod rules;
pub mod sarif;
mod settings;
pub mod span;

use std::sync::Arc;

pub use baseline::LEARNERS;
pub use digest::Digest;
pub use finding::{Finding, Severity};
pub use log::{Log, Mark};
pub use page::Page;
pub use rules::RULES;
pub use settings::{COMMON, Given, Preset, RuleSettings, Setting, Settings, Wrong};

use log::{Act, Track};

/// Something to look for.
pub trait Rule: Sync {
    /// What there is to read about it.
    fn page(&self) -> &'static Page;

    /// What it finds.
    ///
    /// # Errors
    /// Why it could not look.
    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped>;
}

/// Why a rule could not look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped(pub String);

/// A user who may not act any more, or of whom that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// As the log calls the user: `admin.alice`.
    pub user: String,
    /// Since when, in microseconds since 1970.
    pub since: i64,
    /// What became of the user: `was deleted`.
    pub how: &'static str,
}

/// The database users of a project.
#[derive(Debug, Clone, Default)]
pub struct Users {
    /// Those that there are, as the log calls them.
    pub there: Vec<String>,
    /// Those that were deleted or locked, and are not there again.
    pub gone: Vec<Gone>,
    /// Whether groups are among them, whose members act without being users themselves.
    pub has_groups: bool,
}

/// What is known beside the log.
pub struct Beside<'a> {
    /// An earlier log, which shows what is usual.
    pub baseline: Option<&'a Log>,
    /// The project's users, or why they are not known.
    pub users: Result<Users, String>,
    /// What the log calls whoever looks: that they read the log is no news to them.
    pub own_name: Option<String>,
    /// Whether the log has all events of its range, rather than those that somebody asked for.
    pub is_whole: bool,
    /// What rules are told.
    pub settings: &'a Settings,
}

/// What a rule is given.
pub struct View<'a> {
    /// The log.
    log: &'a Log,
    /// Its tracks without what the rule leaves alone.
    tracks: Vec<&'a Track>,
    /// What the rule is told.
    told: &'a RuleSettings,
    /// What is known beside the log.
    beside: &'a Beside<'a>,
}

/// What all rules have found.
#[derive(Debug, Default)]
pub struct Findings {
    /// The gravest first, then the latest.
    pub findings: Vec<Finding>,
    /// The rules that could not look, and why.
    pub skipped: Vec<(&'static Page, Skipped)>,
}

/// Looks at a log with each rule that is not switched off.
pub fn detect(log: &Log, beside: &Beside<'_>) -> Findings {
    let mut all = Findings::default();
    for rule in RULES {
        let (page, told) = (rule.page(), beside.settings.of(rule.page()));
        if !told.is_on() {
            continue;
        }
        // That this log was read for this very look is no news.
        let is_own = |track: &Track| {
            let own = beside.own_name.as_deref();
            track.act == Act::LogAccessed && own.is_some() && track.user.as_deref() == own
        };
        let is_left =
            |track: &&Track| !is_own(track) && !told.excepts(track.user.as_deref(), track.address);
        let tracks = log.tracks.iter().filter(is_left).collect();
        match rule.look(&View { log, tracks, told, beside }) {
            Ok(found) => all.findings.extend(found.into_iter().map(|mut finding| {
                finding.severity = told.severity().unwrap_or(finding.severity);
                finding
            })),
            Err(why) => all.skipped.push((page, why)),
        }
    }
    all.findings.sort_by(|one, other| {
        let by_severity = other.severity.cmp(&one.severity);
        let by_time = other.last.cmp(&one.last);
        by_severity.then(by_time).then_with(|| one.fingerprint.cmp(&other.fingerprint))
    });
    all
}

/// The page of a rule.
pub fn page(id: &str) -> Option<&'static Page> {
    RULES.iter().map(|rule| rule.page()).find(|page| page.id == id)
}

/// What the log calls a user of this authentication database.
pub fn name_in_log(database: &str, name: &str) -> String {
    format!("{database}.{name}")
}

/// A moment in microseconds since 1970, as RFC 3339 with milliseconds.
fn moment(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map_or_else(|_| String::new(), |at| format!("{at:.3}"))
}

/// Part of what makes a finding the same: a text that may be absent.
fn or_none(text: Option<&Arc<str>>) -> &str {
    text.map_or("", |text| text)
}

#[cfg(test)]
mod tests;
