//! `users unlock`: restores users that `users lock` locked out.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::naming::{self, ChangedUsers, NOUN, NamedUser, full_name};
use super::password::{PasswordSource, Passwords};
use super::patch;
use super::record::{self, LockMethod, LockedUser};
use super::scopes::{describe, scopes};
use super::view::{authentication, role};
use crate::atlas::users;
use crate::change::record::{Step, StepState};
use crate::change::{self, Batch, Beside, Change, Expect, Fact, Plan, Planned, Remark, Stage};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::commands::names;
use crate::commands::record::is_of;
use crate::commands::user_names::UserNames;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::output;
use crate::shell::quote;
use crate::times::in_seconds;
use crate::ui::NoColumns;

/// Which users to unlock.
#[derive(Debug, clap::Args)]
#[command(after_help = "Deleted users are created again with the same roles, scopes, labels, \
description and expiry. Users with a password get a new one.

Examples:
  spctl users unlock --from incident-17.json --generate-password
  spctl users unlock --from incident-17.json alice --password-stdin \\
      < new-password
  spctl users unlock --from incident-17.json bob carol \\
      --generate-password --password-file new.txt")]
pub struct Args {
    /// The users, or - to read names from stdin [default: all users in the record]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The record written by users lock
    #[arg(long, value_name = "FILE", required = true)]
    from: PathBuf,
    /// Also set new passwords for users already unlocked from this record, or whose lock failed or
    /// has an unknown outcome
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    password: PasswordSource,
    #[command(flatten)]
    batch: Batch,
}

/// Unlocks users.
pub(super) async fn run(context: &Context, mut args: Args) -> Result<()> {
    output::apart(&[
        ("--from", Some(&args.from)),
        ("--password-file", args.password.file()),
        ("--failed", args.batch.failed.as_deref()),
    ])?;
    let (mut record, users) = record::read("--from", &args.from)?;
    args.password.check(context)?;
    let wanted = match args.names.is_empty() {
        true => users.iter().map(|locked| locked.name.clone()).collect(),
        false => {
            args.password.read_ahead_of(context, &args.names)?;
            names::read(context, &args.names)?
        }
    };
    let on = context.project().await?;
    is_of(&record, &args.from, on)?;
    let (locked, absent) = each(&users, wanted);
    let names: Vec<String> = locked.iter().map(|locked| locked.name.clone()).collect();
    let fetch = async || context.signals.interruptible(naming::fetch_meant(on, &names)).await;
    let now = context.ui.now();
    let known = fetch().await?;
    let locked = named(locked, &known)?;
    let around = Beside::new(context, async || Ok(Around::new(context, on)));
    let plan = async |known: &[NamedUser], passwords: Option<&Passwords>| {
        let around = around.get().await?;
        let mut unlock = Plan::new(&on.project, NOUN, "unlock", "unlocked");
        for (name, error) in &absent {
            unlock.refuse(unlock.object(name), error.again());
        }
        plan(&mut unlock, now, &args, &locked, known, passwords)?;
        let told = of_users(&around, None, Sent::Unlock, &mut unlock);
        context.signals.interruptible(told).await?;
        Ok(unlock)
    };
    let first: Plan = plan(&known, None).await?;
    // A preview needs no password, and must not ask for one.
    let passwords = match context.dry_run {
        true => None,
        false => {
            // Any other change creates a user.
            let need = first.changes().iter().filter(|change| change.before().is_some());
            let need: Vec<String> = need.map(|change| change.object().name.clone()).collect();
            Some(args.password.read_each(context, &need, first.asked())?)
        }
    };
    let planned =
        Planned::from(first).anew(async || plan(&fetch().await?, passwords.as_ref()).await);
    let changed = ChangedUsers::of(planned.plan());
    let read_back = async || Ok(naming::read_back(&on.project, changed.fetch(on).await?));
    let stage = Stage::new(planned, read_back);
    let mut applied =
        change::execute_all(context, vec![stage], Some(&args.batch), &NoColumns).await;
    // Even if another user failed: a password that is set and lost locks out.
    let unknown = std::mem::take(&mut applied.unknown);
    applied
        .then(context, async |done| {
            let mut noted = Ok(());
            if !done.is_empty() {
                context.ui.note("sessions opened before the lock may have continued");
                let done = |name: &String| done.iter().any(|object| object.name == *name);
                let done = locked.iter().filter(|(name, _)| done(name));
                let names: Vec<String> = done.map(|(_, locked)| locked.name.clone()).collect();
                let is_back = |step: &Step| step.noun == NOUN && names.contains(&step.name);
                noted =
                    record.note_undone(&args.from, &context.ui.now().to_string(), is_back).map_err(
                        |error| error.hint("unlocking from it again would replace their passwords"),
                    );
            }
            passwords.map_or(Ok(()), |passwords| passwords.hand_over(context, done, &unknown))?;
            noted
        })
        .await
}

/// Unlocks all users of a record.
///
/// # Errors
/// Those of the command.
pub async fn all(context: &Context, from: PathBuf, password: PasswordSource) -> Result<()> {
    let batch = Batch { failed: None };
    run(context, Args { names: Vec::new(), from, again: false, password, batch }).await
}

/// The users of the record that were named, each once, and the names that match none.
fn each(users: &[LockedUser], wanted: Vec<String>) -> (Vec<LockedUser>, Vec<(String, Error)>) {
    let (mut locked, mut absent): (Vec<LockedUser>, Vec<_>) = (Vec::new(), Vec::new());
    for name in wanted {
        match select(users, &name) {
            Ok(one) if locked.contains(one) => {}
            Ok(one) => locked.push(one.clone()),
            Err(error) => absent.push((name, error)),
        }
    }
    (locked, absent)
}

/// Users of the record under the names that a listing will give them: those that are created again
/// count too. A name stays what it was at the first look.
fn named(locked: Vec<LockedUser>, known: &[NamedUser]) -> Result<Vec<(String, LockedUser)>> {
    let users = locked.iter().map(LockedUser::user).collect::<Result<Vec<_>>>()?;
    let exists = |user: &&users::User| known.iter().any(|k| full_name(k.user()) == full_name(user));
    let missing = users.iter().filter(|user| !exists(user));
    let names = UserNames::among(known.iter().map(NamedUser::user).chain(missing));
    Ok(users.iter().map(|user| names.of(user)).zip(locked).collect())
}

fn plan(
    plan: &mut Plan,
    now: Timestamp,
    args: &Args,
    locked: &[(String, LockedUser)],
    known: &[NamedUser],
    passwords: Option<&Passwords>,
) -> Result<()> {
    let from = args.from.display().to_string();
    for (name, one) in locked {
        match check(now, name, one, known) {
            Err(error) => plan.refuse(plan.object(name), error),
            Ok(Recovery::None) => plan.unchanged(plan.object(name)),
            Ok(Recovery::Password(_)) if one.unlocked_at.is_some() && !args.again => {
                let at = one.unlocked_at.as_deref().unwrap_or_default();
                plan.note(format!("{name} got a new password from this record at {at}"));
                plan.note(Remark::Hint(format!(
                    "spctl users unlock --from {} --again {} sets another one",
                    quote(&from),
                    quote(name)
                )));
                plan.unchanged(plan.object(name));
            }
            Ok(Recovery::Password(_)) if one.state == StepState::Failed && !args.again => {
                plan.note(format!("{name} was not locked: its password is unchanged"));
                plan.note(Remark::Hint(format!(
                    "spctl users update {} --generate-password sets another one",
                    quote(name)
                )));
                plan.unchanged(plan.object(name));
            }
            Ok(Recovery::Password(_))
                if is_unknown(one) && one.unlocked_at.is_none() && !args.again =>
            {
                plan.refuse(plan.object(name), lock_unknown(name, &args.from));
            }
            Ok(Recovery::Password(existing)) => {
                plan.change(new_password(plan, name, one, existing, passwords));
            }
            Ok(Recovery::Create) => {
                plan.change(creation(plan, name, one)?);
            }
        }
    }
    Ok(())
}

/// Whether nobody knows that it was locked: the lock was never answered, or the run that sent it was
/// ended before it could write the outcome down.
fn is_unknown(locked: &LockedUser) -> bool {
    matches!(locked.state, StepState::Sent | StepState::Unknown)
}

/// The refusal for a user whose lock was never answered.
fn lock_unknown(name: &str, from: &Path) -> Error {
    let why = format!("cannot tell whether database user {name} was locked; unchanged");
    let from = from.display().to_string();
    Error::new(Kind::Conflict, why).hint(format!(
        "try its old password; spctl users unlock --from {} --again {} sets a new one",
        quote(&from),
        quote(name)
    ))
}

/// What restores a user.
enum Recovery<'a> {
    /// It already exists as it was.
    None,
    /// A new password for the existing user.
    Password(&'a NamedUser),
    /// It is created again.
    Create,
}

/// The user of a record that a name means, in its short or its long form.
fn select<'a>(users: &'a [LockedUser], name: &str) -> Result<&'a LockedUser> {
    let is = |locked: &&LockedUser| {
        locked.name == name || locked.definition.get("username").is_some_and(|user| user == name)
    };
    let found: Vec<&LockedUser> = users.iter().filter(is).collect();
    let names = |users: &[&LockedUser]| {
        users.iter().map(|locked| locked.name.clone()).collect::<Vec<_>>().join(", ")
    };
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let all: Vec<&LockedUser> = users.iter().collect();
            Err(Error::not_found(format!("the record has no user {name:?}"))
                .hint(format!("it has {}", names(&all))))
        }
        several => Err(Error::usage(format!("two users are named {name}: {}", names(several)))
            .hint("use the longer name")),
    }
}

fn check<'a>(
    now: Timestamp,
    name: &str,
    locked: &LockedUser,
    known: &'a [NamedUser],
) -> Result<Recovery<'a>> {
    let there = known.iter().find(|known| full_name(known.user()) == locked.name);
    match (locked.how, there) {
        (LockMethod::Password, Some(known))
            if LockMethod::of(known.user()) == LockMethod::Password =>
        {
            Ok(Recovery::Password(known))
        }
        (LockMethod::Password, Some(_)) => Err(Error::new(
            Kind::Conflict,
            format!("database user {name} no longer has a password"),
        )
        .hint("its authentication method has changed; spctl users get shows it")),
        (LockMethod::Password, None) => {
            let user = locked.user()?;
            Err(Error::not_found(format!("database user {name} no longer exists")).hint(format!(
                "it was deleted after the lock: spctl users create {} --role {}",
                quote(&user.username),
                user.roles.iter().map(role).collect::<Vec<_>>().join(" ")
            )))
        }
        (LockMethod::Deleted, Some(known)) if known.user() == &locked.user()? => Ok(Recovery::None),
        (LockMethod::Deleted, Some(_)) => Err(Error::new(
            Kind::Conflict,
            format!("database user {name} exists again, but not as it was"),
        )
        .hint("spctl users get shows it; grant, restrict and update change it")),
        (LockMethod::Deleted, None) => {
            let end = locked.user()?.delete_after_date;
            let passed = |end: &str| end.parse().is_ok_and(|end: Timestamp| end <= now);
            match end.filter(|end| passed(end)) {
                Some(end) => Err(Error::failed(format!(
                    "database user {name} would have expired at {}",
                    in_seconds(&end)
                ))
                .hint("create it again with spctl users create and a later --expires")),
                None => Ok(Recovery::Create),
            }
        }
    }
}

fn new_password(
    plan: &Plan,
    name: &str,
    locked: &LockedUser,
    now: &NamedUser,
    passwords: Option<&Passwords>,
) -> Change {
    let user = now.user();
    let mut facts = vec![Fact::new("password", "a new one")];
    facts.extend(summary(user));
    if locked.user().is_ok_and(|before| before != *user) {
        facts.push(Fact::new("note", "changed after the lock; that change stays"));
    }
    let secret = passwords.and_then(|passwords| passwords.of(name)).unwrap_or("********");
    let now = NamedUser { name: name.to_owned(), ..now.clone() };
    patch::patch(plan, &now, json!({ "password": secret }), json!({}), facts)
}

fn creation(plan: &Plan, name: &str, locked: &LockedUser) -> Result<Change> {
    let user = locked.user()?;
    let mut facts = vec![
        Fact::new("user", "created again as it was"),
        Fact::new("authentication", authentication(&user)),
    ];
    facts.extend(summary(&user));
    let mut body: Map<String, Value> = locked.definition.clone();
    let mut expect = body.clone();
    expect.remove("groupId");
    body.insert("groupId".into(), json!(plan.project()));
    let call = users::create_call(plan.project(), Value::Object(body));
    let lasting = plan.object(&locked.name);
    let expect = Expect::At(lasting, Value::Object(expect));
    Ok(Change::new(plan.object(name), call, expect).facts(facts))
}

fn summary(user: &users::User) -> Vec<Fact> {
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let mut facts = vec![
        Fact::means("roles", roles.join(", ")),
        Fact::means("scopes", describe(&scopes(user))),
    ];
    if let Some(end) = &user.delete_after_date {
        facts.push(Fact::new("expires", end.clone()));
    }
    facts
}
