//! What is known of the use of privileges: read from logs, and from the project's events.

mod events;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::detect::name_in_log;
use crate::audit::event::Micros;
use crate::audit::folds::coverage::{Covered, Of};
use crate::audit::folds::uses;
use crate::commands::audit::{self, Used};
use crate::commands::{range, unseen};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::catalogue::traces;
use crate::privileges::evidence::{Changes, Events, Evidence, Span, Use, UserUses};
use crate::privileges::project::{DatabaseUser, Project};
use crate::times::rfc3339;
use crate::ui::plural;

/// Where use is looked for.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
pub struct EvidenceArgs {
    /// The audit logs: instances, archives, directories or files, or - for stdin, as the audit
    /// commands take them
    #[arg(long = "audit", value_name = "SOURCE", num_args = 1..)]
    pub audit: Vec<String>,
    /// How far back use is looked for: a span such as 90d, or a date [default: 90d, or as far back
    /// as the logs go]
    #[arg(long, value_name = "90d|DATE")]
    pub window: Option<String>,
    /// Leave out the project's events, which tell of modifications and of how old a grant is
    #[arg(long)]
    pub no_project_events: bool,
}

/// How far back use is looked for where nobody says it, if the logs go that far.
const WINDOW: &str = "90d";

/// The answer of the logs, and what is to be said of them.
pub struct Gathered {
    /// What is known.
    pub evidence: Evidence,
    /// Whether the window is what there is of logs.
    is_shortened: bool,
    used: Used,
}

/// Reads what these users did.
///
/// # Errors
/// Usage; those of the API, but for events that may not be read; that no log can be opened.
pub fn gather(
    context: &Context,
    project: &Project,
    users: &[&DatabaseUser],
    args: &EvidenceArgs,
    asked: &[&str],
    is_live: bool,
) -> Result<Gathered> {
    let now = context.now()?;
    let asked_for = args.window.as_deref();
    let since = range::moment("--window", asked_for.unwrap_or(WINDOW), now)?;
    if since >= now {
        let given = asked_for.unwrap_or(WINDOW);
        return Err(Error::usage(format!("--window: {given} is no time in the past"))
            .hint("give a span such as 90d, or a date in the past"));
    }
    let named: HashMap<Arc<str>, &DatabaseUser> =
        users.iter().map(|user| (name_in_log(&user.database, &user.name).into(), *user)).collect();
    let used =
        audit::used(context, &args.audit, since, named.keys().cloned().collect::<HashSet<_>>())?;
    let places = Places::of(context, project, &used, asked)?;
    let begins = places.begin(&used).filter(|begins| asked_for.is_none() && *begins > since);
    let window = Span { since: begins.unwrap_or(since), until: now };
    let mut evidence = Evidence {
        window,
        uses: uses(&used, &named, &places),
        gaps: gaps(&used, window, &places),
        changes: Changes::Unknown("a policy file does not say".to_owned()),
    };
    if args.no_project_events {
        evidence.changes = Changes::Unknown("the project's events were not read".to_owned());
    } else if is_live {
        match events::said(context, project, window)? {
            Ok(said) => said.weave(&mut evidence, users),
            Err(why) => {
                context.ui.warn(format!("without the project's events: {why}"));
                evidence.changes =
                    Changes::Unknown("the project's events cannot be read".to_owned());
            }
        }
    }
    if !used.is_whole() {
        // What was not read may hold what was not found.
        evidence.gaps.values_mut().for_each(|gaps| *gaps = vec![window]);
    }
    Ok(Gathered { evidence, is_shortened: begins.is_some(), used })
}

impl Gathered {
    /// Whether all of the logs could be read.
    pub fn is_whole(&self) -> bool {
        self.used.is_whole()
    }

    /// Says what the logs cover of the window, and what could not be read. Called once the answer is
    /// written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub fn finish(self, context: &Context) -> Result<()> {
        let Span { since, until } = self.evidence.window;
        if self.is_shortened {
            let since = rfc3339(since);
            context.ui.note(format!("use is looked for since {since}, where the logs begin"));
        }
        for (instance, gaps) in &self.evidence.gaps {
            let all = gaps.iter().map(ToString::to_string).collect::<Vec<_>>();
            match gaps.as_slice() {
                [] => context.ui.note(format!(
                    "{instance}: the log covers the window, {} to {}",
                    rfc3339(since),
                    rfc3339(until)
                )),
                _ => context.ui.warn(format!(
                    "{instance}: the log does not cover {}{}",
                    all.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", "),
                    match all.len().saturating_sub(TOLD) {
                        0 => String::new(),
                        more => format!(" and {}", plural(more, "other part")),
                    }
                )),
            }
        }
        if since < traces::ALWAYS_AUDITED {
            context.ui.note(
                "instances are always audited since 2026-02-16 only; before, an absent event proves \
                 nothing",
            );
        }
        self.used.finish(context)
    }
}

/// So many gaps of a log are told.
const TOLD: usize = 3;

/// Which sources are of which instance of the project.
struct Places(BTreeMap<Of, String>);

impl Places {
    /// A log that nothing says the instance of is of the one that is asked about.
    fn of(context: &Context, project: &Project, used: &Used, asked: &[&str]) -> Result<Places> {
        let mut places = BTreeMap::new();
        let mut foreign = BTreeSet::new();
        let own = [project.id.as_str(), project.name.as_str()];
        let known: Vec<&str> = project.instances.iter().map(|one| one.name.as_str()).collect();
        for of in used.coverage.instances.keys() {
            let source = used
                .sources
                .iter()
                .find(|source| source.instance.as_ref().unwrap_or(&source.label) == &of.name);
            let is_named = source.is_some_and(|source| source.instance.is_some());
            let name = match (is_named, asked) {
                (true, _) => of.name.to_string(),
                (false, _) if audit::instance_of(&of.name, &known).is_some() => {
                    audit::instance_of(&of.name, &known).unwrap_or_default().to_owned()
                }
                (false, [one]) => (*one).to_owned(),
                (false, _) => {
                    let why = format!("nothing says which instance the log {} is of", of.name);
                    return Err(Error::usage(why)
                        .hint("--instance INSTANCE says it, where all of them are of one")
                        .hint("in an archive the directory says it: instance=NAME")
                        .hint("so does a name that spctl audit download gives: NAME_FROM_TO_audit.log.gz"));
                }
            };
            match &of.project {
                Some(other) if !own.contains(&&**other) => drop(foreign.insert(of.name.clone())),
                _ => drop(places.insert(of.clone(), name)),
            }
        }
        for name in foreign {
            context.ui.warn(format!("the log of {name} is of another project, and is left out"));
        }
        Ok(Places(places))
    }

    /// When the first of the logs begins.
    fn begin(&self, used: &Used) -> Option<Timestamp> {
        let own = used.coverage.instances.iter().filter(|(of, _)| self.0.contains_key(*of));
        own.filter_map(|(_, covered)| covered.first?.timestamp()).min()
    }
}

fn uses(
    used: &Used,
    named: &HashMap<Arc<str>, &DatabaseUser>,
    places: &Places,
) -> BTreeMap<(String, String), UserUses> {
    let mut all: BTreeMap<(String, String), UserUses> = BTreeMap::new();
    for (name, kinds) in &used.uses {
        let Some(user) = named.get(name) else { continue };
        let own = all.entry((user.database.clone(), user.name.clone())).or_default();
        for (kind, of) in kinds {
            let Some(action) = traces::in_log(kind.name(None)) else { continue };
            for (of, one) in of {
                if let Some(place) = places.0.get(of) {
                    let at = own.entry(action.documented).or_default().entry(place.clone());
                    at.or_default().join(used_of(one));
                }
            }
        }
    }
    all
}

fn used_of(one: &uses::Use) -> Use {
    let moment = |time: Option<Micros>| time.and_then(Micros::timestamp);
    Use { count: one.count, denied: one.denied, first: moment(one.first), last: moment(one.last) }
}

fn gaps(used: &Used, window: Span, places: &Places) -> BTreeMap<String, Vec<Span>> {
    let mut events: BTreeMap<String, Events> = BTreeMap::new();
    for (of, covered) in &used.coverage.instances {
        let Some(place) = places.0.get(of) else { continue };
        let is_live = used
            .sources
            .iter()
            .any(|source| source.is_live && source.instance.as_ref() == Some(&of.name));
        add(events.entry(place.clone()).or_default(), covered, is_live);
    }
    events.into_iter().map(|(name, events)| (name, events.gaps(window))).collect()
}

fn add(events: &mut Events, covered: &Covered, is_live: bool) {
    let moment = |time: Micros| time.timestamp();
    events.first = [events.first, covered.first.and_then(moment)].into_iter().flatten().min();
    events.last = events.last.max(covered.last.and_then(moment));
    events.is_live |= is_live;
    let days = covered.days.iter().filter_map(|(day, _)| Timestamp::from_microsecond(day).ok());
    events.days.extend(days);
    events.days.sort();
    events.days.dedup();
}

/// Says what could not be seen of who holds what.
pub fn say_unseen(context: &Context, project: &Project) {
    let matters = |what: &str| {
        ["database users", "custom roles", "instances"].iter().any(|kind| what.starts_with(kind))
    };
    unseen::say(context, project.unseen.iter().filter(|unseen| matters(&unseen.what)));
}

/// The error where no log was named.
pub fn no_audit() -> Error {
    Error::usage("--audit: what was used is in the audit logs, and none is named")
        .hint("name instances, archives or files: --audit orders payments, --audit archive/")
}
