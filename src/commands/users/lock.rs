//! `users lock`: locks database users out, so that they can be restored.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use serde_json::json;
use serde_json::value::RawValue;

use super::naming::{self, ChangedUsers, NamedUser};
use super::record::{LockMethod, LockedUser, Record, default_path};
use super::scopes::{describe, scopes};
use super::selection::{SelectedUsers, Selection, UserArgs, Verb};
use super::view::{authentication, role};
use super::{delete, password, patch};
use crate::change::{self, Change, Fact, ObjectId, Plan, Planned, Stage};
use crate::context::Context;
use crate::error::Result;
use crate::files::output::{self, Replace};
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
    let path = args.record.clone().unwrap_or_else(|| default_path(context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.who.batch.failed.as_deref())])?;
    let look = async || plan(&context.signals.interruptible(named.find()).await?, &path);
    let planned = Planned::by(look).await?;
    let any = !planned.plan().changes().is_empty();
    if any {
        output::free(&path, Replace::Never)?;
    }
    // Opened before the prompt: a directory that cannot be written to is an error right away.
    let mut pending = match any && !context.dry_run {
        true => Some(password::open(&path)?.1),
        false => None,
    };
    let mut record = Record::new(&named.on.project, context.ui.now().to_string());
    let mut written = false;
    let mut full_names: HashMap<ObjectId, String> = HashMap::new();
    let changed = ChangedUsers::of(planned.plan());
    let read_back =
        async || Ok(naming::read_back(&named.on.project, changed.fetch(named.on).await?));
    let stage = Stage::new(planned, read_back).before(|changes| {
        let mut users = Vec::new();
        for change in changes {
            let user = LockedUser::new(change.before().unwrap_or(RawValue::NULL))?;
            full_names.insert(change.object().clone(), user.name.clone());
            users.push(user);
        }
        let first = pending.take();
        let is_first = first.is_some();
        record.add(&path, first, users)?;
        written = true;
        if is_first {
            context.ui.note(format!("record: {}", path.display()));
        }
        Ok(())
    });
    let mut applied =
        change::execute_all(context, vec![stage], Some(&args.who.batch), &NoColumns).await;
    let (done, unknown) = (&applied.done, std::mem::take(&mut applied.unknown));
    if !done.is_empty() || !unknown.is_empty() {
        context.ui.note("open sessions may continue; a new password does not end them");
        let from = path.display().to_string();
        context.ui.hint(format!("to restore them: spctl users unlock --from {}", quote(&from)));
    }
    if !written {
        return applied.outcome;
    }
    let full = |objects: &[ObjectId]| -> Vec<String> {
        objects.iter().filter_map(|object| full_names.get(object).cloned()).collect()
    };
    let noted = record.note_locked(&path, &full(done), &full(&unknown));
    applied.then(context, async |_| noted).await
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
