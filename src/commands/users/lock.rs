//! `users lock`: stops database users at once, so that they can be brought back.

use std::cell::Cell;
use std::path::PathBuf;

use secrecy::ExposeSecret;
use serde_json::json;

use super::edit::{self, Found, Who};
use super::list::{authentication, describe, role, scopes};
use super::naming::{self, Known};
use super::password;
use super::record::{How, Locked, Record, default_path};
use crate::atlas::users;
use crate::commands::change::{self, Change, Expect, Fact, Plan, Stage};
use crate::commands::output::{self, Replace};
use crate::context::Context;
use crate::error::Result;
use crate::ui::NoColumns;

/// Which users to lock.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A user with a password gets a new random one, which nobody learns. A user \
who proves itself by X.509, IAM, OIDC or LDAP has none, and is deleted. What all of them were is \
written to the record (0600) before anything is sent; spctl users unlock brings them back from it.

Sessions that are already open may go on: a new password does not end them.

Examples:
  spctl users lock alice
  spctl users lock alice 'CN=gateway,OU=telemetry,O=ExampleShop' --record incident-17.json
  spctl users list --label team=payments -q | spctl users lock - --yes"
)]
pub struct Args {
    #[command(flatten)]
    who: Who,
    /// Write what the users were to this file; locked-users-TIME.json in this directory by default
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Locks users.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let Found { project, users, refused } = edit::find(context, &args.who).await?;
    let client = context.client()?;
    let path = args.record.clone().unwrap_or_else(|| default_path(context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.who.batch.failed.as_deref())])?;
    let mut plan = Plan::new("database user", "lock", "locked");
    plan.refused = refused;
    let mut locked = Vec::new();
    for known in &users {
        plan.changes.push(change(&project, known, &path)?);
        locked.push(Locked::new(known)?);
    }
    let any = !plan.changes.is_empty();
    if any {
        output::free(&path, Replace::Never)?;
    }
    // Begun before anybody is asked: a directory that cannot be written to is an error at once.
    let pending = match any && !context.global.dry_run {
        true => Some(password::open(&path)?.1),
        false => None,
    };
    let mut record = Record::new(&project, context.ui.now().to_string(), locked);
    let written = Cell::new(false);
    let stage =
        Stage::new(plan, async || Ok(naming::by_name(naming::fetch(client, &project).await?)))
            .before(|| {
                pending.map_or(Ok(()), |pending| record.write(&path, pending))?;
                context.ui.note(format!("record: {}", path.display()));
                written.set(true);
                Ok(())
            });
    let mut applied =
        change::execute_all(context, vec![stage], Some(&args.who.batch), &NoColumns).await;
    let (done, unknown) = (&applied.done, std::mem::take(&mut applied.unknown));
    if !done.is_empty() || !unknown.is_empty() {
        context
            .ui
            .note("sessions that are already open may go on; a new password does not end them");
        let (spctl, from) = (context.spctl(), path.display());
        context.ui.hint(format!("bring them back: {spctl} users unlock --from {from}"));
    }
    if !written.get() {
        return applied.outcome;
    }
    let full = |names: &[String]| -> Vec<String> {
        let named = users.iter().filter(|known| names.contains(&known.name));
        named.map(|known| naming::full_name(known.user())).collect()
    };
    let noted = record.note_locked(&path, &full(done), &full(&unknown));
    applied.then(context, async |_| noted).await
}

fn change(project: &str, known: &Known, path: &std::path::Path) -> Result<Change> {
    let user = known.user();
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let (database, name) = (&user.database_name, &user.username);
    let (how, call, expect) = match How::of(user) {
        How::Password => (
            "gets a new random password that nobody learns".to_owned(),
            users::update_call(
                project,
                database,
                name,
                json!({"password": password::random()?.expose_secret()}),
            ),
            Expect::Has(json!({})),
        ),
        How::Deleted => (
            format!("is deleted: it has no password ({})", authentication(user)),
            users::delete_call(project, database, name),
            Expect::Gone,
        ),
    };
    let facts = vec![
        Fact::new("lock", how),
        Fact::new("roles", roles.join(", ")),
        Fact::new("scopes", describe(&scopes(user))),
        Fact::new("record", path.display().to_string()),
        Fact::new("sessions", "those already open may go on"),
    ];
    Ok(Change { object: known.name.clone(), facts, call, expect })
}
