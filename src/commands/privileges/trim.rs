//! `privileges trim`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::asked;
use super::evidence::{EvidenceArgs, Gathered};
use super::suggest::{KeepArgs, UNTOLD, by_verdict, seen};
use super::users::Called;
use crate::atlas::users::Role;
use crate::change::record::{Record, Recorder};
use crate::change::{Batch, Fact, Remark};
use crate::comma_list::{CommaList, Items};
use crate::commands::policy::{self, SourceArgs};
use crate::commands::record::{self, default_path};
use crate::commands::roles::view;
use crate::commands::users::{
    ExactRoles, NamedUser, RolesAfter, UserArgs, Verb, held, refuse, scopes_of,
};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::output;
use crate::privileges::evidence::{Judged, Verdict};
use crate::privileges::graph::GrantedRole;
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::scopes::{ScopeKind, Scopes};
use crate::privileges::suggestion::{Suggestion, scopes};
use crate::shell::quote;

/// As records name it.
const COMMAND: &str = "privileges trim";
const TRIM: Verb = Verb("trim", "trimmed");

/// Whose privileges.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each user gets the role that spctl privileges suggest suggests, in place of its roles that allow stream actions; \
roles about data alone stay. It is restricted to the instances where it was seen, unless --keep-scopes leaves its scopes as \
they are. A role that others hold is never changed. The logs of all instances that a user reaches \
must be read, to their ends: a log that is missing or damaged is refused, and what one with gaps may not show is kept, \
unless --drop-unknown takes it away. What is taken away without being shown unused is named before anything is sent: what no log records \
(--keep keeps it), grants that are younger than the window, and what built-in roles allow on clusters.

The users as they were are in the record before anything is sent; --undo RECORD gives them back what they had, \
exactly.

Examples:
  spctl privileges trim --user dave --audit orders payments telemetry \\
      --window 30d --keep list,stats
  spctl privileges trim --user dave --audit archive/ --dry-run
  spctl privileges trim --undo trimmed-users-20261128T120000Z.json")]
pub struct Args {
    /// The users
    #[arg(long = "user", value_name = "USER,…", num_args = 1.., required_unless_present = "undo")]
    users: Vec<CommaList<String>>,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// The instance of logs that do not name theirs
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE")]
    instance: Option<String>,
    #[command(flatten)]
    keep: KeepArgs,
    /// Record the users in this file [default: trimmed-users-TIME.json in the current directory]
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Undo what this record says was done
    #[arg(long, value_name = "RECORD", conflicts_with_all = ["users", "audit", "keep", "record", "instance"])]
    undo: Option<PathBuf>,
    /// With --undo, also put back users that were changed again since
    #[arg(long, requires = "undo")]
    changed_since: bool,
    #[command(flatten)]
    batch: Batch,
}

/// A user as it was judged.
struct Known {
    roles: Vec<GrantedRole>,
    scopes: Scopes,
    judged: Vec<Judged>,
    /// Whether it reaches anything but instances.
    reaches_data: bool,
    /// What it needs to reach, with what is about data and without.
    needs: [Option<Scopes>; 2],
}

/// Puts back what a trim took away.
fn undo(context: &Context, path: &Path, changed_since: bool) -> Result<()> {
    let record = record::read("--undo", path)?;
    if record.command == COMMAND {
        return policy::undo(context, path, record, changed_since);
    }
    let why = format!("{} is a record of {}", path.display(), record.command);
    let path = quote(&path.display().to_string()).into_owned();
    Err(Error::usage(why).hint(format!("spctl policy rollback {path} undoes any record")))
}

/// Takes away what is not used.
pub(super) fn run(context: &Context, args: Args) -> Result<()> {
    if let Some(path) = &args.undo {
        return undo(context, path, args.changed_since);
    }
    let path =
        args.record.clone().unwrap_or_else(|| default_path("trimmed-users", context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.batch.failed.as_deref())])?;
    let project = SourceArgs::default().project(context)?;
    let called = Called::of(&project);
    let users: Vec<&DatabaseUser> =
        args.users.items().map(|name| called.find(name)).collect::<Result<_>>()?;
    let own = match &args.instance {
        Some(name) => asked::instances(&project, &[name])?,
        None => Vec::new(),
    };
    args.keep.say_not_held(context, &project, &users);
    let gathered = seen(context, &project, &users, &args.evidence, &own, true)?;
    if !gathered.is_whole() {
        // What was not read may show in use what would be taken away.
        let broken = gathered.finish(context).err();
        let broken = broken.unwrap_or_else(|| Error::failed("not all of the logs could be read"));
        return Err(
            broken.hint("nothing was changed: a trim needs all of the logs that it is given")
        );
    }
    let mut known = BTreeMap::new();
    for user in &users {
        let key = (user.database.clone(), user.name.clone());
        known.insert(key, judge(&project, user, &called.name(user), &gathered)?);
    }
    let who = UserArgs {
        names: users.iter().map(|user| format!("{}@{}", user.name, user.database)).collect(),
        auth_db: None,
        batch: args.batch.clone(),
    };
    let trimmed = context.block_on(async {
        let on = context.project().await?;
        let new = Record::new(COMMAND, &on.project, context.ui.now().to_string());
        let recorder = Recorder::begin(context, &path, new)?;
        let mut work = ExactRoles::fetch(context, []).await?;
        // What it takes is told by what the log shows of it.
        work.tells = false;
        let outcome = work
            .run(&who, TRIM, Some(&recorder), |work, user| trim(work, user, &known, &args.keep))
            .await;
        if recorder.is_written() {
            let from = path.display().to_string();
            context
                .ui
                .hint(format!("to give it back: spctl privileges trim --undo {}", quote(&from)));
            outcome.and_then(|()| recorder.finish())
        } else {
            outcome
        }
    });
    let told = gathered.finish(context);
    trimmed.and(told)
}

fn judge(project: &Project, user: &DatabaseUser, name: &str, gathered: &Gathered) -> Result<Known> {
    let reached = project.estate.reached(&user.scopes);
    let instances = reached.iter().filter(|scope| scope.kind == ScopeKind::Stream);
    let without: Vec<&str> = instances
        .map(|scope| scope.name.as_str())
        .filter(|name| !gathered.evidence.gaps.contains_key(*name))
        .collect();
    let judged = gathered.evidence.judge(project, user, &|_| true);
    if !without.is_empty() && !judged.is_empty() {
        let which = without.join(", ");
        return Err(Error::usage(format!(
            "database user {name}: it reaches {which}, of which no log is read: what it uses there \
             would be taken away"
        ))
        .hint(format!("add to --audit the logs of {which}"))
        .hint(format!(
            "or restrict it first: spctl users restrict {} --instance INSTANCE",
            quote(name)
        )));
    }
    if user.is_group() {
        return Err(Error::usage(format!(
            "database user {name}: it stands for a group, whose members logs name one by one"
        ))
        .hint("revoke actions by hand: spctl users revoke --action"));
    }
    let reaches_data = reached.iter().any(|scope| scope.kind != ScopeKind::Stream);
    let needs = [true, false]
        .map(|with_data| scopes(project, user, &gathered.evidence, &judged, with_data));
    let (roles, scopes) = (user.roles.clone(), user.scopes.clone());
    Ok(Known { roles, scopes, judged, reaches_data, needs })
}

fn trim(
    work: &mut ExactRoles<'_>,
    user: &NamedUser,
    known: &BTreeMap<(String, String), Known>,
    keep: &KeepArgs,
) -> Result<Option<RolesAfter>> {
    let view = user.user();
    let before: Vec<GrantedRole> = view.roles.iter().map(held).collect();
    let key = (view.database_name.clone(), view.username.clone());
    // A policy has them in an order of its own.
    let set = |roles: &[GrantedRole]| roles.iter().cloned().collect::<BTreeSet<_>>();
    let is_same =
        |known: &&Known| set(&known.roles) == set(&before) && known.scopes == scopes_of(view);
    let Some(known) = known.get(&key).filter(is_same) else {
        let why = format!(
            "database user {}: it has changed since the log was read; unchanged",
            user.name
        );
        return Err(Error::new(Kind::Conflict, why).hint("run the command again"));
    };
    let mut suggestion = Suggestion::of_roles(&work.graph, &before, &known.judged, &keep.keep())
        .map_err(|role| refuse(user, format!("the custom role {role} is not understood")))?;
    if !keep.keep_scopes {
        suggestion.scopes.clone_from(&known.needs[usize::from(!suggestion.keeps_data())]);
    }
    let untold = suggestion.untold().join(", ");
    if suggestion.changes_nothing() {
        if !untold.is_empty() {
            let name = &user.name;
            let text = format!("database user {name} keeps {untold}: the log has gaps. {UNTOLD}");
            work.notes.push(Remark::Note(text));
        }
        return Ok(None);
    }
    if suggestion.dropped.is_empty() && suggestion.with_data.is_empty() {
        let (roles, scopes) = (view.roles.clone(), suggestion.scopes);
        return Ok(Some(RolesAfter { roles, scopes, facts: Vec::new() }));
    }
    let stays = |role: &&Role| suggestion.stays.contains(&held(role));
    let mut roles: Vec<Role> = view.roles.iter().filter(stays).cloned().collect();
    let mut facts = Vec::new();
    if !suggestion.definition.is_empty() {
        let (role, is_new) = work.role(user, &suggestion.definition, None)?;
        let state = if is_new { "new" } else { "existing" };
        let allows = view::actions_text(&suggestion.definition.permissions);
        facts.push(Fact::new("instead", format!("{} ({state}): {allows}", role.role_name)));
        roles.push(role);
    }
    if roles.is_empty() {
        let is_young = suggestion.dropped.iter().any(|one| one.verdict == Verdict::TooNew);
        let error = refuse(user, "nothing was seen in use, and a user must have a role")
            .hint("--keep ACTION leaves it some");
        return Err(match is_young {
            true => error.hint("it or its roles changed within the window: it may be needed yet"),
            false => {
                error.hint(format!("if nobody needs it: spctl users lock {}", quote(&user.name)))
            }
        });
    }
    if !untold.is_empty() {
        facts.push(Fact::means("keeps, unknown", format!("{untold}: the log has gaps")));
    }
    for (verdict, names) in by_verdict(&suggestion.dropped) {
        let label = match verdict == Verdict::Unused.name() {
            true => "loses, unused",
            false => "loses, not shown unused",
        };
        let text = match verdict == Verdict::Unused.name() {
            true => names,
            false => format!("{names} ({verdict})"),
        };
        facts.push(Fact::means(label, text));
    }
    for role in suggestion.with_data.iter().filter(|_| known.reaches_data) {
        let text =
            format!("{role}: all that it allows on clusters, of which the log shows nothing");
        facts.push(Fact::means("loses, not shown unused", text));
    }
    Ok(Some(RolesAfter { roles, scopes: suggestion.scopes, facts }))
}
