//! `policy apply`.

mod danger;
mod edit;
mod engine;
mod owned;
mod phase;
mod wanted;

use std::path::{Path, PathBuf};

use super::{access, live, source};
use crate::change::Remark;
use crate::change::record::Record;
use crate::comma_list::{CommaList, Items};
use crate::commands::consequence::{label, named};
use crate::commands::owner::OwnerArgs;
use crate::commands::record;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::fingerprint;
use crate::policy::Policy;
use crate::privileges::project::Project;
use crate::session::ProjectClient;
use crate::shell::quote;

pub use engine::{Around, Engine, Recording};
pub use owned::{Key, Owned};
pub use wanted::Wanted;

pub use danger::{administrators, confirmed};

use danger::{afterwards, asks, dangers};
use wanted::Taking;

/// How many gains and losses are told one by one.
const MOST: usize = 20;

/// Which policy to apply.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A policy owns access-list entries, custom roles, database users (without their \
passwords), the roles of people in the project, and the roles that connections execute as. Instances, and \
connections that need no secret, are created where they are missing, and otherwise left alone. Everything \
else in the file is read for information: clusters, processors, API keys, service accounts, peerings and \
private links. A kind whose list is not in the file is left alone.

Grants come before revocations, and what others build on comes first. Each object is read again before it \
is changed, and one that is no longer as it was shown stops the rest. Every step is written to the record \
before it is sent; after a failure, the same command goes on, and spctl policy rollback RECORD goes back.

Examples:
  spctl policy apply policy.yaml --dry-run
  spctl policy apply policy.yaml --prune --record applied.json
  spctl policy apply policy.yaml --owner blue --yes"
)]
pub struct Args {
    /// The policy, as spctl policy export writes it; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Also remove the users, roles, entries and people's roles that the policy does not name
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    owner: OwnerArgs,
    /// Also change this object of another owner, by its name: alice@admin, 203.0.113.0/24
    #[arg(long, value_name = "NAME,…", num_args = 1..)]
    foreign: Vec<CommaList<String>>,
    /// Go on without what cannot be brought back: passwords, secrets, invitations, private links
    #[arg(long)]
    without_secrets: bool,
    /// Confirm the loss of your own or the last administrator's access with the project's name
    #[arg(long, value_name = "WORD")]
    confirm: Option<String>,
    /// Write down what is done in this file [default: applied-POLICY.json in the current directory]
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Applies a policy.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let policy = source::read(context, "policy apply", &args.file)?;
    let own = args.owner.name(context)?;
    context.block_on(apply(context, args, &policy, own))
}

async fn apply(context: &Context, args: &Args, policy: &Policy, own: Option<&str>) -> Result<()> {
    let on = context.project().await?;
    is_for(context, policy, on)?;
    let live = context.signals.interruptible(live::fetch(context)).await?;
    may_be_told(policy, &live)?;
    let named: Vec<String> = args.foreign.items().cloned().collect();
    Wanted::check_named(&named, policy, &live)?;
    let wanted = Wanted::of(policy, &live, Taking { prune: args.prune, owner: own, named: &named });
    let after = afterwards(&live, &wanted);
    let (old, new) = (live.project(), after.project());
    let mut around = Around { remarks: told(&wanted, &old, &new), held: None };
    let dangers = dangers(context, (&live, &after), (&old, &new)).await?;
    if !asks(context, args.confirm.as_deref()) {
        around.remarks.extend(dangers.iter().cloned().map(Remark::Warning));
    }
    let word = &live.project.name;
    // What is only shown needs no word; what is refused is shown all the same.
    let held = confirmed(context, &dangers, word, args.confirm.as_deref())
        .and_then(|()| accepted(context, &wanted, args.without_secrets));
    around.held = match held {
        Err(error) if error.kind() == Kind::Interrupted => return Err(error),
        held => held.err(),
    };
    // When it was read makes it no other policy, and of an undated one that is now.
    let mut undated = policy.clone();
    undated.taken = None;
    let of = fingerprint::of(undated.value());
    let (path, begun) = recorded(args, on, &of)?;
    let recording = match begun {
        Some(record) => {
            context.ui.note(format!("going on with the record {}", path.display()));
            Recording::Resumed(&path, record)
        }
        None => {
            let now = context.ui.now().to_string();
            let mut record = Record::new("policy apply", &on.project, now);
            record.of = Some(of);
            Recording::New(&path, record)
        }
    };
    let engine = Engine::new(context, on, &wanted);
    let done = engine.run(recording, around).await?;
    if done.is_unchanged {
        context.ui.note("unchanged: the project is as the policy says");
    }
    if done.outcome.is_err() && path.is_file() {
        engine::ways_out(context, &path, "the same command");
    }
    done.outcome
}

/// Refuses the policy of another project, unless that was asked for by name.
fn is_for(context: &Context, policy: &Policy, on: &ProjectClient) -> Result<()> {
    let project = &policy.project;
    if project.id.is_empty() || project.id == on.project {
        return Ok(());
    }
    if context.flags.project.is_some() {
        context.ui.note(format!("the policy is of project {}, not of this one", project.name));
        return Ok(());
    }
    Err(Error::usage(format!(
        "the policy is of project {} ({}), not of {}",
        project.name, project.id, on.project
    ))
    .hint(format!(
        "add --project {}; or name another project, to make that one like it",
        quote(&project.name)
    )))
}

/// Refuses to work on what may not be read: what is missing could not be told from what is unseen.
fn may_be_told(policy: &Policy, live: &Policy) -> Result<()> {
    for key in ["users", "roles", "accessList", "members"] {
        if policy.list(key).is_some() && live.list(key).is_none() {
            let unseen =
                live.unseen.iter().map(|unseen| format!("{}: {}", unseen.what, unseen.why));
            let why = unseen.collect::<Vec<_>>().join("; ");
            let error = Error::new(Kind::NotPermitted, format!("{key} may not be read: {why}"));
            return Err(
                error.hint(format!("take {key} out of the policy, or use another credential"))
            );
        }
    }
    Ok(())
}

/// What is said beside the changes: who gains and loses what, whose objects are left alone, and what
/// cannot be brought back.
fn told(wanted: &Wanted, old: &Project, new: &Project) -> Vec<Remark> {
    let access = access::between(old, new);
    let mut remarks = Vec::new();
    for is_gain in [true, false] {
        let mut all: Vec<_> = access.iter().filter(|one| one.is_gain == is_gain).collect();
        all.sort_by_key(|one| !one.is_of_streams());
        let lines = all.iter().take(MOST).map(|one| {
            let (actions, _) = named(&one.actions);
            let verb = label(is_gain);
            Remark::Note(format!("{} {verb} {actions} on {}", one.who, one.places))
        });
        remarks.extend(lines);
        if all.len() > MOST {
            let more = all.len() - MOST;
            remarks.push(Remark::Note(format!("and {more} more; spctl policy diff shows all")));
        }
    }
    remarks.extend(wanted.foreign.iter().map(|(key, owner)| {
        let object = format!("{} {}", key.kind.noun(), key.name);
        let anyway = format!("--foreign {} takes it all the same", quote(&key.name));
        Remark::Note(format!("left alone: {object}, which is tagged owner={owner}; {anyway}"))
    }));
    let lost = wanted.lost.iter();
    remarks.extend(lost.map(|lost| Remark::Warning(format!("cannot be brought back: {lost}"))));
    remarks
}

/// Asks whether to go on without what cannot be brought back.
fn accepted(context: &Context, wanted: &Wanted, is_given: bool) -> Result<()> {
    if wanted.lost.is_empty() || is_given || context.dry_run {
        return Ok(());
    }
    let many = wanted.lost.len();
    let needs = || {
        Error::usage(format!("{many} of what the policy names cannot be brought back"))
            .hint("add --without-secrets to go on without it")
    };
    if context.ui.assumes_yes() || !context.ui.can_ask() {
        return Err(needs());
    }
    for lost in &wanted.lost {
        context.ui.warn(format!("cannot be brought back: {lost}"));
    }
    match context.ui.confirm("go on without it?")? {
        true => Ok(()),
        false => Err(Error::usage("not confirmed; nothing was changed")),
    }
}

/// Where the record is written, and the one of an earlier run that it goes on with.
fn recorded(args: &Args, on: &ProjectClient, of: &str) -> Result<(PathBuf, Option<Record>)> {
    let begun = |path: &Path| -> Result<Option<Record>> {
        let record = record::read("--record", path)?;
        let same = record.of.as_deref() == Some(of) && record.project == on.project;
        Ok((same && record.finished_at.is_none()).then_some(record))
    };
    if let Some(path) = &args.record {
        return Ok(match path.is_file() {
            // One of anything else is in the way, and is refused when the record is begun.
            true => (path.clone(), begun(path).ok().flatten()),
            false => (path.clone(), None),
        });
    }
    let stem = format!("applied-{}", of.get(..12).unwrap_or(of));
    let names = std::iter::once(format!("{stem}.json"));
    for name in names.chain((2..).map(|n| format!("{stem}-{n}.json"))) {
        let path = PathBuf::from(name);
        if path.symlink_metadata().is_err() {
            return Ok((path, None));
        }
        if let Some(record) = begun(&path).ok().flatten() {
            return Ok((path, Some(record)));
        }
    }
    Err(Error::failed("no name is left for the record"))
}
