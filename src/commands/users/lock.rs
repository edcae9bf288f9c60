//! `users lock`: locks database users out, so that they can be restored.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use serde_json::json;

use super::naming::{self, ChangedUsers, NamedUser};
use super::record::{COMMAND, LockMethod};
use super::scopes::{describe, scopes};
use super::selection::{SelectedUsers, Selection, UserArgs, Verb};
use super::view::{authentication, role};
use super::{delete, password, patch};
use crate::change::record::{Record, Recorder};
use crate::change::{self, Beside, Change, Fact, Plan, Planned, Stage};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::commands::record::default_path;
use crate::context::Context;
use crate::error::Result;
use crate::files::output;
use crate::shell::quote;
use crate::ui::NoColumns;

/// Which users to lock.
#[derive(Debug, clap::Args)]
#[command(after_help = "Users with a password get a new random one, which nobody learns. Users \
who authenticate by X.509, IAM, OIDC or LDAP have none, and are deleted. Their definitions are written \
to the record (0600) before anything is sent; spctl users unlock restores them from it.

Open sessions may continue: a new password does not end them.

Examples:
  spctl users lock alice
  spctl users lock alice 'CN=gateway,OU=telemetry,O=ExampleShop' \\
      --record incident-17.json
  spctl users list --label team=payments -q | spctl users lock - --yes")]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
    /// Record the users in this file [default: locked-users-TIME.json in the current directory]
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Locks users.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let named = Selection::read(context, &args.who).await?;
    let path =
        args.record.clone().unwrap_or_else(|| default_path("locked-users", context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.who.batch.failed.as_deref())])?;
    let around = Beside::new(context, async || Ok(Around::new(context, named.on)));
    let look = async || {
        let around = around.get().await?;
        let mut plan = plan(&context.signals.interruptible(named.find()).await?, &path)?;
        let told = of_users(&around, None, Sent::Lock, &mut plan);
        context.signals.interruptible(told).await?;
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let recorder = match planned.plan().changes().is_empty() {
        true => None,
        false => {
            let new = Record::new(COMMAND, &named.on.project, context.ui.now().to_string());
            Some(Recorder::begin(context, &path, new)?)
        }
    };
    let changed = ChangedUsers::of(planned.plan());
    let read_back =
        async || Ok(naming::read_back(&named.on.project, changed.fetch(named.on).await?));
    let mut stage = Stage::new(planned, read_back);
    if let Some(recorder) = &recorder {
        stage = stage.recorded(recorder);
    }
    let applied =
        change::execute_all(context, vec![stage], Some(&args.who.batch), &NoColumns).await;
    if !applied.done.is_empty() || !applied.unknown.is_empty() {
        context.ui.note("open sessions may continue; a new password does not end them");
        let from = path.display().to_string();
        context.ui.hint(format!("to restore them: spctl users unlock --from {}", quote(&from)));
    }
    applied.outcome
}

fn plan(found: &SelectedUsers, path: &Path) -> Result<Plan> {
    let mut plan = found.empty_plan(Verb("lock", "locked"));
    for known in &found.users {
        plan.change(change(&plan, known, path)?);
    }
    Ok(plan)
}

fn change(plan: &Plan, known: &NamedUser, path: &Path) -> Result<Change> {
    let user = known.user();
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let facts = |how: String| {
        vec![
            Fact::means("lock", how),
            Fact::new("roles", roles.join(", ")),
            Fact::new("scopes", describe(&scopes(user))),
            Fact::new("record", path.display().to_string()),
            Fact::new("sessions", "open ones may continue"),
        ]
    };
    Ok(match LockMethod::of(user) {
        LockMethod::Password => {
            let how = "gets a random password that nobody learns".to_owned();
            let fields = json!({"password": password::random()?.expose_secret()});
            patch::patch(plan, known, fields, json!({}), facts(how))
        }
        LockMethod::Deleted => {
            let how = format!("is deleted: it has no password ({})", authentication(user));
            delete::deletion(plan, known).facts(facts(how))
        }
    })
}
