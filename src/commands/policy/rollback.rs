//! `policy rollback`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::apply::{Around, Engine, Key, Owned, Recording, Wanted};
use crate::change::Remark;
use crate::change::record::{Deed, Record, Step, StepState};
use crate::commands::users::PasswordSource;
use crate::commands::{members, record, users};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// What to undo.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A record is written by policy apply, privileges trim, users lock and members offboard. \
Objects go back to what they were. Where some were changed again since, nothing is sent, and all of these are \
named: with --changed-since they are put back as well. A user that is created again gets a random password \
that nobody learns; one that was locked gets a new one. People who left the organisation are invited again.

Examples:
  spctl policy rollback applied-3f2a91c07be4.json --dry-run
  spctl policy rollback trimmed.json --yes"
)]
pub struct Args {
    /// The record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Also put back objects that were changed again since
    #[arg(long)]
    changed_since: bool,
    #[command(flatten)]
    password: PasswordSource,
}

/// Undoes what a record tells of.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let record = record::read("policy rollback", &args.record)?;
    let password = args.password.clone();
    match record.command.as_str() {
        users::LOCK => context.block_on(users::unlock(context, args.record.clone(), password)),
        users::OFFBOARD => {
            members::take_back(context, &args.record, record, args.changed_since, password)
        }
        _ => undo(context, &args.record, record, args.changed_since),
    }
}

/// Puts back what a record says was there before.
///
/// # Errors
/// Usage: it is a record of another project. Conflict: an object was changed again since.
pub fn undo(context: &Context, path: &Path, record: Record, changed_since: bool) -> Result<()> {
    undo_steps(context, path, record, changed_since, &|_| true)
}

/// The same for some of its steps.
///
/// # Errors
/// Those of [`undo`].
pub fn undo_steps(
    context: &Context,
    path: &Path,
    mut record: Record,
    changed_since: bool,
    is_meant: &dyn Fn(&Step) -> bool,
) -> Result<()> {
    context.block_on(async {
        let on = context.project().await?;
        record::is_of(&record, path, on)?;
        let meant = record.standing().filter(|step| is_meant(step));
        let (wanted, around) = wanted(context, on, meant, changed_since).await?;
        let engine = Engine::new(context, on, &wanted);
        let done = engine.run(Recording::None, around).await?;
        if context.dry_run {
            return done.outcome;
        }
        if done.is_unchanged {
            context.ui.note("unchanged: everything is as it was before");
        }
        let is_all = done.outcome.is_ok();
        let is_undone = |step: &Step| {
            let is = |key: &Key| key.kind.noun() == step.noun && key.name == step.name;
            match is_all {
                true => wanted.objects.keys().any(is),
                false => done.done.iter().any(is),
            }
        };
        let noted = record.note_undone(path, &context.ui.now().to_string(), is_undone);
        match (done.outcome, noted) {
            (Err(first), Err(second)) => {
                context.ui.error(&second);
                Err(first)
            }
            (first, second) => first.and(second),
        }
    })
}

/// What there was of each object of a record.
async fn wanted<'a>(
    context: &Context,
    on: &ProjectClient,
    standing: impl Iterator<Item = &'a Step>,
    changed_since: bool,
) -> Result<(Wanted, Around)> {
    let mut wanted = Wanted::default();
    let mut steps = Vec::new();
    for step in standing {
        let Some(kind) = Owned::of_noun(&step.noun) else {
            let why = format!("the record has a {}, which this version cannot put back", step.noun);
            return Err(Error::usage(why));
        };
        let key = Key { kind, name: step.name.clone() };
        let before = step.before.as_ref().map(|document| kind.said(document));
        wanted.objects.insert(key.clone(), before);
        steps.push((key, step));
    }
    let mut around = Around::default();
    let mut foreign = Vec::new();
    let instances = wanted.instances();
    for kind in wanted.kinds() {
        let fetched = kind.fetch(on, &instances);
        let live = context.signals.interruptible(fetched).await?;
        for (key, step) in steps.iter().filter(|(key, _)| key.kind == kind) {
            let live = live
                .get(&key.name)
                .map(|raw| kind.said(&serde_json::from_str(raw.get()).unwrap_or(Value::Null)));
            let before = wanted.objects.get(key).cloned().flatten();
            if live != before && !is_as_left(step, live.as_ref()) {
                foreign.push(key.clone());
            }
        }
    }
    foreign.extend(inside(context, on, &wanted).await?);
    let objects: Vec<String> =
        foreign.iter().map(|key| format!("{} {}", key.kind.noun(), key.name)).collect();
    match (changed_since, objects.len()) {
        (_, 0) => {}
        (true, _) => around.remarks.extend(
            objects.iter().map(|one| Remark::Warning(format!("changed again since: {one}"))),
        ),
        (false, many) => {
            let (was, it) = if many == 1 { ("was", "it") } else { ("were", "them") };
            let why = format!("{} {was} changed again since", objects.join(", "));
            let hint =
                format!("add --changed-since to put {it} back all the same; nothing was sent");
            around.held = Some(Error::new(Kind::Conflict, why).hint(hint));
        }
    }
    Ok((wanted, around))
}

/// The instances that are to be deleted although they hold connections of which the record does not
/// tell: these would be gone with them.
async fn inside(context: &Context, on: &ProjectClient, wanted: &Wanted) -> Result<Vec<Key>> {
    let is_going = |key: &&Key| matches!(wanted.objects.get(key), Some(None));
    let going: Vec<Key> = wanted
        .objects
        .keys()
        .filter(is_going)
        .filter(|key| key.kind == Owned::Instances)
        .cloned()
        .collect();
    if going.is_empty() {
        return Ok(going);
    }
    let names: Vec<String> = going.iter().map(|key| key.name.clone()).collect();
    let kind = Owned::Connections;
    let held = context.signals.interruptible(kind.fetch(on, &names)).await?;
    let stays = |raw: &str| {
        let document: Value = serde_json::from_str(raw).unwrap_or_default();
        document["state"] != "DELETING"
    };
    let held = held.into_iter().filter(|(_, raw)| stays(raw.get()));
    let others = held.map(|(name, _)| Key { kind, name }).filter(|key| !is_going(&key));
    let others: Vec<Key> = others.collect();
    let holds = |key: &Key| others.iter().any(|other| other.instance() == Some(&key.name));
    Ok(going.into_iter().filter(holds).collect())
}

/// Whether an object is as a step left it, as far as that is known.
fn is_as_left(step: &Step, live: Option<&Value>) -> bool {
    if step.state != StepState::Done {
        return true;
    }
    match (step.deed, live) {
        (Deed::Delete, live) => live.is_none(),
        (_, None) => false,
        (_, Some(live)) => step.after.as_ref().is_none_or(|after| {
            let Some(kind) = Owned::of_noun(&step.noun) else { return false };
            let mut then = live.clone();
            if let (Some(then), Some(after)) = (then.as_object_mut(), after.as_object()) {
                then.extend(after.clone());
            }
            kind.said(&then) == *live
        }),
    }
}
