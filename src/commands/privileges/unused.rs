//! `privileges unused`.

use std::collections::BTreeMap;

use clap::ValueEnum;
use clap::builder::EnumValueParser;
use serde::Serialize;

use super::asked;
use super::evidence::{self, EvidenceArgs};
use super::users::Called;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::evidence::{Judged, Use, Verdict};
use crate::privileges::project::DatabaseUser;
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Listing, plural};

/// Whose privileges.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each action that a user may do is one of
  used          the log shows it: how often, and when last
  unused        it would show it, and does not
  unobservable  nothing shows whether it was used: no audit log records
                modify, get, list, stats and listConnections
  too-new       not used, and the grant is younger than the window
  unknown       not used, but the log does not cover all of the window, or
                nobody knows since when it is granted

An action is unused only where the logs of all instances that the user reaches are read and cover the window, \
and where the project's events show that neither the user nor its roles changed in it. They are not read \
with --snapshot: a policy file does not say since when. A log covers a day of which it has events; the log of \
an instance itself covers all from its first event on. It may begin and end a day inside the window. What was denied \
is no use. Instances are always audited since 16 February 2026.

Rows in JSON are
  {\"user\": \"dave\", \"database\": \"admin\", \"action\": …, \"verdict\": \"used\",
   \"count\": 3, \"denied\": 0, \"first\": …, \"last\": …, \"why\": …, \"chain\":
   [\"atlasAdmin\"], \"instances\": {\"orders\": {…}}}

Examples:
  spctl privileges unused --audit orders payments telemetry --window 30d
  spctl privileges unused --audit archive/ --user dave --only unused
  spctl privileges unused --audit archive/ --snapshot policy.yaml -o csv")]
pub struct Args {
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// Only these users
    #[arg(long = "user", value_name = "USER,…", num_args = 1..)]
    users: Vec<CommaList<String>>,
    /// Only what they may do on these instances
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Only actions of which this can be said
    #[arg(long, value_name = "VERDICT,…", num_args = 1..,
        value_parser = CommaListParser(EnumValueParser::<Only>::new()))]
    only: Vec<CommaList<Only>>,
    #[command(flatten)]
    source: SourceArgs,
}

/// What can be said of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    Used,
    Unused,
    Unobservable,
    TooNew,
    Unknown,
}

impl Only {
    fn is(self, verdict: Verdict) -> bool {
        self.to_possible_value().is_some_and(|value| value.get_name() == verdict.name())
    }
}

/// An action that a user may do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "user")]
    called: String,
    name: String,
    database: String,
    action: &'static str,
    verdict: &'static str,
    count: u64,
    denied: u64,
    first: Option<String>,
    last: Option<String>,
    why: String,
    chain: Vec<String>,
    instances: BTreeMap<String, Seen>,
}

/// Its use on one instance.
#[derive(Debug, Serialize)]
pub(super) struct Seen {
    count: u64,
    denied: u64,
    first: Option<String>,
    last: Option<String>,
}

impl Seen {
    pub(super) fn of(used: &Use) -> Seen {
        let Use { count, denied, first, last } = *used;
        Seen { count, denied, first: first.map(rfc3339), last: last.map(rfc3339) }
    }
}

impl Row {
    fn of(called: &Called<'_>, user: &DatabaseUser, judged: Judged) -> Row {
        let Seen { count, denied, first, last } = Seen::of(&judged.total);
        Row {
            called: called.name(user),
            name: user.name.clone(),
            database: user.database.clone(),
            action: judged.action.documented,
            verdict: judged.verdict.name(),
            count,
            denied,
            first,
            last,
            why: judged.why,
            chain: judged.chain,
            instances: judged
                .instances
                .iter()
                .map(|(name, used)| (name.clone(), Seen::of(used)))
                .collect(),
        }
    }
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("user", |row| row.called.as_str().into()),
        Column::identifying("action", |row| row.action.into()),
        Column::telling_apart("verdict", |row| row.verdict.into()),
        Column::telling_apart("count", |row| Cell::Count(row.count)),
        Column::new("last", |row| Cell::maybe(row.last.clone())),
        Column::new("why", |row| row.why.as_str().into()),
        Column::new("first", |row| Cell::maybe(row.first.clone())),
        Column::new("denied", |row| Cell::Count(row.denied)),
        Column::new("instances", |row| Cell::List(row.instances.keys().cloned().collect())),
        Column::new("chain", |row| Cell::List(row.chain.clone())),
        Column::new("database", |row| row.database.as_str().into()),
    ],
    default: 6,
    name: |row| row.called.clone(),
};

/// Tells what is used.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    if args.evidence.audit.is_empty() {
        return Err(evidence::no_audit());
    }
    let project = args.source.project(context)?;
    let named: Vec<&String> = args.instances.items().collect();
    let instances = asked::instances(&project, &named)?;
    let called = Called::of(&project);
    let users: Vec<&DatabaseUser> = match args.users.is_empty() {
        true => project.users.iter().collect(),
        false => args.users.items().map(|name| called.find(name)).collect::<Result<_>>()?,
    };
    if users.is_empty() {
        return Err(Error::not_found("the project has no database users"));
    }
    let is_live = args.source.snapshot.is_none();
    let gathered =
        evidence::gather(context, &project, &users, &args.evidence, &instances, is_live)?;
    let is_asked = |name: &str| instances.contains(&name);
    let (mut rows, mut idle) = (Vec::new(), Vec::new());
    for user in users {
        let judged = gathered.evidence.judge(&project, user, &is_asked);
        if judged.is_empty() {
            idle.push(called.name(user));
        }
        rows.extend(judged.into_iter().map(|judged| Row::of(&called, user, judged)));
    }
    if !args.only.is_empty() {
        rows.retain(|row| {
            Verdict::ALL
                .into_iter()
                .any(|v| v.name() == row.verdict && args.only.items().any(|only| only.is(v)))
        });
    }
    context.ui.list_computed(&LISTING, rows, "no action of which this can be said")?;
    evidence::say_unseen(context, &project);
    if !idle.is_empty() {
        let count = plural(idle.len(), "user");
        let names = idle.join(", ");
        context.ui.note(format!("{count} left out, who may do no stream action there: {names}"));
    }
    gathered.finish(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_can_be_asked_for() {
        for verdict in Verdict::ALL {
            let all = Only::value_variants();
            assert_eq!(all.iter().filter(|only| only.is(verdict)).count(), 1, "{verdict:?}");
        }
    }
}
