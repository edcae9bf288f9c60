//! `users lock`: locks database users out, so that they can be restored.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use serde_json::json;

use super::naming::{self, ChangedUsers, NamedUser, full_name};
use super::record::{COMMAND, LockMethod};
use super::scopes::{describe, scopes};
use super::selection::{Selection, UserArgs, Verb};
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

/// Users to lock: looked up, planned and read back in one way, whatever command locks them.
pub struct Locking<'a> {
    named: Selection<'a>,
    path: &'a Path,
    /// Why somebody's users are taken for theirs, by the users' full names.
    reasons: HashMap<String, String>,
}

impl<'a> Locking<'a> {
    /// The users that are named, and the record that is to hold them.
    ///
    /// # Errors
    /// Those of names from stdin, and of a project that is not chosen.
    pub async fn read(context: &'a Context, who: &'a UserArgs, path: &'a Path) -> Result<Self> {
        let named = Selection::read(context, who).await?;
        Ok(Locking { named, path, reasons: HashMap::new() })
    }

    /// The same, with a line on each user that says why it is locked.
    #[must_use]
    pub fn because(self, reasons: HashMap<String, String>) -> Self {
        Locking { reasons, ..self }
    }

    /// What locks them, from the users as they are now.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn planned(&'a self, context: &'a Context) -> Result<Planned<'a>> {
        let on = self.named.on;
        let around = Beside::new(context, async move || Ok(Around::new(context, on)));
        Planned::by(async move || {
            let around = around.get().await?;
            let found = context.signals.interruptible(self.named.find()).await?;
            let mut plan = found.empty_plan(Verb("lock", "locked"));
            for known in &found.users {
                let why = self.reasons.get(&full_name(known.user()));
                let why = why.map(|why| Fact::new("whose", why.clone()));
                plan.change(change(&plan, known, self.path)?.facts(why));
            }
            let told = of_users(&around, None, Sent::Lock, &mut plan);
            context.signals.interruptible(told).await?;
            Ok(plan)
        })
        .await
    }

    /// The plan as a stage: how it is read back.
    pub fn stage(&'a self, planned: Planned<'a>) -> Stage<'a> {
        let changed = ChangedUsers::of(planned.plan());
        let on = self.named.on;
        Stage::new(planned, async move || {
            Ok(naming::read_back(&on.project, changed.fetch(on).await?))
        })
    }
}

/// Locks users.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let path =
        args.record.clone().unwrap_or_else(|| default_path("locked-users", context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.who.batch.failed.as_deref())])?;
    let locking = Locking::read(context, &args.who, &path).await?;
    let planned = locking.planned(context).await?;
    let recorder = match planned.plan().changes().is_empty() {
        true => None,
        false => {
            let new = Record::new(COMMAND, planned.plan().project(), context.ui.now().to_string());
            Some(Recorder::begin(context, &path, new)?)
        }
    };
    let mut stage = locking.stage(planned);
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
