//! What a log shows of the use of privileges, and what it cannot show.
//!
//! "Unused" is said only where the log would have shown the use: of an action that it records, on every
//! instance that the user reaches, over all of the window, of a grant that is older than the window.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::catalogue::actions::Action;
use super::catalogue::traces::{self, ALWAYS_AUDITED, Trace};
use super::graph::{Reached, RoleKind};
use super::permission::Permission;
use super::project::{DatabaseUser, Project};
use super::scopes::ScopeKind;

/// A span of time, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its first moment.
    pub since: Timestamp,
    /// The moment after its last.
    pub until: Timestamp,
}

/// How often something was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// How often.
    pub count: u64,
    /// How often it was denied, which is no use.
    pub denied: u64,
    /// The first time.
    pub first: Option<Timestamp>,
    /// The last time.
    pub last: Option<Timestamp>,
}

impl Use {
    /// Adds another's.
    pub fn join(&mut self, other: Use) {
        self.count += other.count;
        self.denied += other.denied;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }
}

/// What one user did: by the documented name of an action, and by instance.
pub type UserUses = BTreeMap<&'static str, BTreeMap<String, Use>>;

/// Since when users and roles have been as they are.
#[derive(Debug, Clone)]
pub enum Changes {
    /// Nobody knows, for this reason.
    Unknown(String),
    /// When they last changed within the window; what is not named did not.
    Known {
        /// By the names of users, which events give without a database.
        users: BTreeMap<String, Timestamp>,
        /// By the names of custom roles.
        roles: BTreeMap<String, Timestamp>,
    },
}

/// What is known of the use of privileges.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The time that is asked about.
    pub window: Span,
    /// What users did, by database and name.
    pub uses: BTreeMap<(String, String), UserUses>,
    /// The parts of the window that the log does not cover, of each instance with a log.
    pub gaps: BTreeMap<String, Vec<Span>>,
    /// Since when grants have been as they are.
    pub changes: Changes,
}

/// What can be said of an action that a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was used.
    Used,
    /// It was not used.
    Unused,
    /// No log shows whether it was used.
    Unobservable,
    /// The grant is younger than the window.
    TooNew,
    /// The log does not cover the window, or nobody knows since when it is granted.
    Unknown,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 5] =
        [Verdict::Used, Verdict::Unused, Verdict::Unobservable, Verdict::TooNew, Verdict::Unknown];

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Used => "used",
            Verdict::Unused => "unused",
            Verdict::Unobservable => "unobservable",
            Verdict::TooNew => "too-new",
            Verdict::Unknown => "unknown",
        }
    }
}

/// An action that a user may do, and what is known of its use.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The action.
    pub action: &'static Action,
    /// What can be said of it.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub why: String,
    /// Whether a log that is missing or has gaps is why nobody knows: it may have been used.
    pub is_untold: bool,
    /// Its use on all instances.
    pub total: Use,
    /// Its use on each instance where there was any, or a denial.
    pub instances: BTreeMap<String, Use>,
    /// The roles by which it is possible, the one that is held first.
    pub chain: Vec<String>,
}

/// How far from the window's ends the log may begin and end: who works on an instance is not there around
/// the clock.
const SLACK: SignedDuration = SignedDuration::from_hours(24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Where the events of an instance lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// The first of them.
    pub first: Option<Timestamp>,
    /// The last of them.
    pub last: Option<Timestamp>,
    /// The beginnings of the days, in UTC, that have any.
    pub days: Vec<Timestamp>,
    /// Whether the log comes from the instance itself, which has all there is: a day without events was quiet.
    pub is_live: bool,
}

impl Events {
    /// The parts of a window that a log with these events does not cover. Of files, a day without events is one
    /// that nobody has kept.
    pub fn gaps(&self, window: Span) -> Vec<Span> {
        let (Some(first), Some(last)) = (self.first, self.last) else { return vec![window] };
        let mut gaps = Vec::new();
        if window.since < ALWAYS_AUDITED {
            gaps.push(Span { since: window.since, until: ALWAYS_AUDITED.min(window.until) });
        }
        if first > window.since.saturating_add(SLACK).unwrap_or(window.until) {
            gaps.push(Span { since: window.since, until: first.min(window.until) });
        }
        if !self.is_live {
            if last < window.until.saturating_sub(SLACK).unwrap_or(window.since) {
                gaps.push(Span { since: last.max(window.since), until: window.until });
            }
            gaps.extend(self.empty_days(window));
        }
        joined(gaps)
    }

    fn empty_days(&self, window: Span) -> Vec<Span> {
        let mut empty = Vec::new();
        for pair in self.days.windows(2) {
            let Ok(since) = pair[0].checked_add(DAY) else { continue };
            if since < pair[1] && since < window.until && pair[1] > window.since {
                let until = pair[1].min(window.until);
                empty.push(Span { since: since.max(window.since), until });
            }
        }
        empty
    }
}

/// Spans that do not meet, in order.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| span.since < span.until) {
        match joined.last_mut().filter(|last| last.until >= span.since) {
            Some(last) => last.until = last.until.max(span.until),
            None => joined.push(span),
        }
    }
    joined
}

impl Evidence {
    /// What is known of each stream action that a user may do on these instances. Nothing, if it reaches none
    /// of them.
    pub fn judge(
        &self,
        project: &Project,
        user: &DatabaseUser,
        is_asked: &dyn Fn(&str) -> bool,
    ) -> Vec<Judged> {
        let reached = project.estate.reached(&user.scopes);
        let places: Vec<&str> = reached
            .iter()
            .filter(|scope| scope.kind == ScopeKind::Stream && is_asked(&scope.name))
            .map(|scope| scope.name.as_str())
            .collect();
        if places.is_empty() {
            return Vec::new();
        }
        let closure = project.roles.closure(user.roles.iter().cloned());
        let uses = self.uses.get(&(user.database.clone(), user.name.clone()));
        let of = |action: &Action| -> BTreeMap<String, Use> {
            let places_of = uses.and_then(|uses| uses.get(action.documented)).into_iter().flatten();
            let reached = places_of.filter(|(name, _)| places.contains(&name.as_str()));
            reached.map(|(name, used)| (name.clone(), *used)).collect()
        };
        let judged = |action: &'static Action| {
            let chains: Vec<Vec<String>> = closure
                .certain()
                .filter(|reached| grants(reached, action))
                .map(|reached| reached.chain().into_iter().map(|role| role.role).collect())
                .collect();
            let instances = of(action);
            let total = sum(&instances);
            let through = traces::needing(action).find(|other| sum(&of(other)).count > 0);
            let (verdict, why) = match (total.count, through) {
                (0, None) => self.unseen(user, action, &places, &chains),
                (0, Some(other)) => (Verdict::Used, format!("with {}", other.documented)),
                _ => (Verdict::Used, String::new()),
            };
            let chain = chains.into_iter().next().unwrap_or_default();
            let has_gaps = |place: &&str| self.gaps.get(*place).is_none_or(|gaps| !gaps.is_empty());
            let is_untold = verdict == Verdict::Unknown && places.iter().any(has_gaps);
            Judged { action, verdict, why, is_untold, total, instances, chain }
        };
        closure.stream_actions().map(judged).collect()
    }

    /// What can be said of an action that nothing shows in use.
    fn unseen(
        &self,
        user: &DatabaseUser,
        action: &Action,
        places: &[&str],
        chains: &[Vec<String>],
    ) -> (Verdict, String) {
        if user.is_group() {
            let why = "logs name the members of a group, and not the group";
            return (Verdict::Unobservable, why.to_owned());
        }
        match traces::of(action) {
            Trace::Log => {}
            Trace::Events(_) => {
                let why = match self.changes {
                    Changes::Known { .. } => {
                        "no log records it, and no event of the project tells of it"
                    }
                    Changes::Unknown(_) => {
                        "no log records it, and the project's events were not read"
                    }
                };
                return (Verdict::Unobservable, why.to_owned());
            }
            Trace::Nowhere => return (Verdict::Unobservable, "nothing records it".to_owned()),
        }
        let without: Vec<&str> =
            places.iter().copied().filter(|place| !self.gaps.contains_key(*place)).collect();
        if !without.is_empty() {
            return (Verdict::Unknown, format!("no log of {}", without.join(", ")));
        }
        let is_partial =
            |place: &&&str| self.gaps.get(**place).is_some_and(|gaps| !gaps.is_empty());
        let partial: Vec<&str> = places.iter().filter(is_partial).copied().collect();
        if !partial.is_empty() {
            let why = format!("the log of {} has gaps in the window", partial.join(", "));
            return (Verdict::Unknown, why);
        }
        match self.changed(user, chains) {
            Err(why) => (Verdict::Unknown, format!("granted since an unknown time: {why}")),
            Ok(Some(at)) => {
                let day = at.strftime("%Y-%m-%d");
                (Verdict::TooNew, format!("the user or its roles changed on {day}"))
            }
            Ok(None) => (Verdict::Unused, String::new()),
        }
    }

    /// When the grant of an action last changed within the window: by the chain that is the oldest.
    fn changed(
        &self,
        user: &DatabaseUser,
        chains: &[Vec<String>],
    ) -> Result<Option<Timestamp>, &str> {
        let (users, roles) = match &self.changes {
            Changes::Unknown(why) => return Err(why),
            Changes::Known { users, roles } => (users, roles),
        };
        let newest = |chain: &Vec<String>| chain.iter().filter_map(|role| roles.get(role)).max();
        let by_roles = chains.iter().map(newest).min().flatten().copied();
        Ok(users.get(&user.name).copied().max(by_roles))
    }
}

impl DatabaseUser {
    /// Whether it stands for the members of a group of an identity provider or a directory.
    pub fn is_group(&self) -> bool {
        self.authentication.to_ascii_lowercase().contains("group")
    }
}

/// Whether a role itself, and not one that it inherits, allows a stream action.
fn grants(reached: &Reached<'_>, action: &Action) -> bool {
    match reached.kind {
        RoleKind::Custom(definition) => {
            definition.permissions.contains(&Permission::stream(action))
        }
        RoleKind::BuiltIn(role) => action.held_by.contains(&role.name),
        RoleKind::Obscure | RoleKind::Unknown => false,
    }
}

fn sum(uses: &BTreeMap<String, Use>) -> Use {
    let mut total = Use::default();
    uses.values().for_each(|used| total.join(*used));
    total
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = |moment: Timestamp| moment.strftime("%Y-%m-%dT%H:%MZ");
        write!(f, "{} to {}", minute(self.since), minute(self.until))
    }
}

#[cfg(test)]
#[path = "tests/evidence.rs"]
mod tests;
