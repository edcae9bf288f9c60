//! `members offboard`: takes back what people who leave hold, in one recorded change.

mod danger;
mod plan;
mod rest;
mod undo;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::all_projects::{self, Names};
use super::footprint::{self, EvidenceArgs, Gathered, LISTING};
use super::{execute, home};
use crate::atlas::members::Home;
use crate::change::record::{Record, Recorder};
use crate::change::{self, Batch, Plan, Planned, ReadBack, Stage};
use crate::comma_list::{CommaList, Items};
use crate::commands::record::default_path;
use crate::commands::users::{self, Locking, OFFBOARD, UserArgs};
use crate::commands::{names, orgs, policy};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::output;
use crate::shell::quote;

pub use undo::take_back;

/// Who leaves.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Shows what they hold, made and may know, as spctl members footprint lists it, and takes back what can be put \
back: first they are removed from the project (with --from-org from the organisation, with all its projects, \
teams and invitations), so that nobody resets a password meanwhile; then the database users that are theirs \
are locked, as spctl users lock does it. Where the one fails, the other is still done. What they made stays, \
and secrets that they may know are listed, to be replaced by hand: with -o on stdout, once the rest is done.

A database user is theirs if it has their address for a name, in its certificate's subject or at an identity \
provider. Those that only may be theirs are named, and are locked with --user.

spctl policy rollback RECORD goes back: database users get new passwords, and whoever has left the \
organisation is invited again.

Examples:
  spctl members offboard dana@example.com --dry-run
  spctl members offboard dana@example.com --user dana svc-dana --from-org
  spctl members offboard - --record left.json --yes -o json < leavers.txt")]
pub struct Args {
    /// E-mail addresses or ids of people, or - to read them from stdin
    #[arg(value_name = "EMAIL", required = true)]
    names: Vec<String>,
    /// Also lock this database user, which is theirs
    #[arg(long = "user", value_name = "USER,…", num_args = 1..)]
    users: Vec<CommaList<String>>,
    /// Remove them from the organisation, and so from all its projects
    #[arg(long)]
    from_org: bool,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// Confirm the loss of your own or the last owner's access with the project's name
    #[arg(long, value_name = "WORD")]
    confirm: Option<String>,
    /// Write down what is done in this file [default: offboarded-TIME.json in the current directory]
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    #[command(flatten)]
    batch: Batch,
}

/// What is to be taken from whom.
struct Leaving<'a> {
    gathered: &'a Gathered,
    home: Home,
    /// Names of the projects that somebody may lose.
    projects: Names,
    /// The database users, by their full names or as they were typed, each with whose it is and why it is
    /// taken for theirs.
    users: Vec<(String, String, String)>,
}

/// Takes it back.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let path = args.record.clone().unwrap_or_else(|| default_path("offboarded", context.ui.now()));
    output::apart(&[("--record", Some(&path)), ("--failed", args.batch.failed.as_deref())])?;
    let wanted = names::read(context, &args.names)?;
    if wanted.len() > 1 && !args.users.is_empty() {
        return Err(Error::usage("--user is for one person: whose would it be of several?")
            .hint("offboard that person alone, or use spctl users lock"));
    }
    let gathered = footprint::gather(context, &wanted, &args.evidence)?;
    let taken = context.block_on(take(context, args, &gathered, &path));
    let told = gathered.finish(context);
    taken.and(told)
}

async fn take(context: &Context, args: &Args, gathered: &Gathered, path: &Path) -> Result<()> {
    let on = context.project().await?;
    let (home, projects) = match args.from_org {
        true => {
            let org = Home::Org(orgs::chosen(context).await?);
            (org, all_projects::project_names(context.client()?).await?)
        }
        false => (Home::Project(on.project.clone()), Names::new()),
    };
    let users = theirs(gathered, args);
    let leaving = Leaving { gathered, home, projects, users };
    let dangers = leaving.dangers(context).await?;
    dangers.iter().for_each(|danger| context.ui.warn(danger));
    let word = &gathered.policy.project.name;
    let held = match policy::confirmed(context, &dangers, word, args.confirm.as_deref()) {
        Err(error) if error.kind() == Kind::Interrupted => return Err(error),
        held => held.err(),
    };
    let who = UserArgs {
        names: leaving.users.iter().map(|(name, ..)| name.clone()).collect(),
        auth_db: None,
        batch: Batch { failed: None },
    };
    let reasons = leaving.users.iter();
    let reasons: HashMap<String, String> =
        reasons.map(|(name, whose, why)| (name.clone(), format!("{whose}: {why}"))).collect();
    let locking = match who.names.is_empty() {
        true => None,
        false => Some(Locking::read(context, &who, path).await?.because(reasons)),
    };
    // What a stage borrows has to be there before it.
    let recorder;
    let planned = Planned::by(async || {
        let mut plan = leaving.plan(context).await?;
        if let Some(error) = &held {
            plan.hold(error.again());
        }
        Ok(plan)
    })
    .await?;
    let mut locked = match &locking {
        Some(locking) => locking.planned(context).await?,
        None => Planned::from(Plan::new(&on.project, users::NOUN, "lock", "locked")),
    };
    leaving.name_people(&mut locked, planned.plan());
    let is_something = [&planned, &locked].iter().any(|one| !one.plan().changes().is_empty());
    recorder = match is_something && held.is_none() {
        true => {
            let new = Record::new(OFFBOARD, &on.project, context.ui.now().to_string());
            Some(Recorder::begin(context, path, new)?)
        }
        false => None,
    };
    let client = context.client()?;
    let place = &leaving.home;
    let people = Stage::new(planned, async || {
        execute::read_back(place, &home::direct(client, place).await?, &[])
    });
    let lock = match &locking {
        Some(locking) => locking.stage(locked),
        None => Stage::new(locked, async || Ok(ReadBack::new())),
    };
    let mut stages = vec![people, lock.regardless()];
    if let Some(recorder) = &recorder {
        stages = stages.into_iter().map(|stage| stage.recorded(recorder)).collect();
    }
    let applied = change::execute_all(context, stages, Some(&args.batch), &LISTING).await;
    if context.dry_run || applied.done.is_empty() && applied.unknown.is_empty() {
        return applied.outcome;
    }
    context.ui.note("open sessions may continue; a new password does not end them");
    let record = path.display().to_string();
    context.ui.hint(format!("to go back: spctl policy rollback {}", quote(&record)));
    let finished = match (&applied.outcome, recorder) {
        (Ok(()), Some(recorder)) => recorder.finish(),
        _ => Ok(()),
    };
    applied
        .then(context, async |_| {
            leaving.tell_the_rest(context)?;
            finished
        })
        .await
}

/// The database users to lock: those that are certainly theirs, and those that are named.
fn theirs(gathered: &Gathered, args: &Args) -> Vec<(String, String, String)> {
    let mut users: Vec<(String, String, String)> = Vec::new();
    for footprint in &gathered.people {
        let whose = &footprint.person.address;
        for (full, why) in &footprint.users {
            if !users.iter().any(|(other, ..)| other == full) {
                users.push((full.clone(), whose.clone(), why.clone()));
            }
        }
        for name in args.users.items() {
            users.push((name.clone(), whose.clone(), "named with --user".to_owned()));
        }
    }
    users
}
