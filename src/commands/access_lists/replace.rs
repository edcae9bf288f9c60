//! `access-lists replace`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::PathBuf;

use super::entry::{self, EntryTarget, name};
use super::guard::Lockout;
use super::new_entry::{self, NewEntry};
use super::{LISTING, file, guard, remove};
use crate::atlas::Row;
use crate::atlas::access_lists::AccessEntry;
use crate::change::{self, Batch, ObjectId, Plan, Planned, Stage};
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// The new list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists list -o csv > list.csv
  spctl access-lists replace list.csv --dry-run
  spctl access-lists replace - --yes < list.txt")]
pub struct Args {
    /// A file with the whole list, or - for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Allow a list that is effectively open to everyone
    #[arg(long)]
    allow_anywhere: bool,
    /// Allow an empty list, which lets no one in
    #[arg(long)]
    allow_empty: bool,
    /// Allow a list that does not let in your current address
    #[arg(long)]
    lock_myself_out: bool,
    #[command(flatten)]
    batch: Batch,
}

/// Adds what is missing, then removes what is not in the new list.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = file::read(context, &input::text(context, "FILE", &args.file)?)
        .map_err(|error| error.context(args.file.display()))?;
    let on = context.project().await?;
    let now = RefCell::new(Vec::new());
    let lockout = Lockout::new(args.lock_myself_out);
    let fetch = async || context.signals.interruptible(entry::fetch(on)).await;
    let adds = async |standing: &[Row<AccessEntry>]| {
        let mut plan = Plan::new(&on.project, entry::NOUN, "add", "added");
        new_entry::plan(standing, &wanted, false, &mut plan);
        if let Err(error) = guarded(context, &args, &lockout, standing, &wanted).await {
            plan.hold(error);
        }
        plan
    };
    let standing = fetch().await?;
    let add = Planned::from(adds(&standing).await).anew(async || Ok(adds(&fetch().await?).await));
    let drop_ = drops(&on.project, &wanted, &standing);
    let doomed: Vec<ObjectId> = drop_.changes().iter().map(|c| c.object().clone()).collect();
    let (fetch_again, wanted) = (&fetch, &wanted);
    let drop_ = Planned::from(drop_).anew(async move || {
        let standing = fetch_again().await?;
        let there: HashSet<String> = standing.iter().map(|row| name(&row.view)).collect();
        let mut plan = drops(&on.project, wanted, &standing);
        // What someone else has removed is as it should be.
        for object in doomed.iter().filter(|object| !there.contains(&object.name)) {
            plan.unchanged(object.clone());
        }
        if let Err(error) = complete(wanted, &standing, "; nothing was removed") {
            plan.hold(error);
        }
        Ok(plan)
    });
    let read_back = async || {
        let rows = fetch().await?;
        let known = |row: &Row<AccessEntry>| (entry::object(&on.project, row), row.raw.clone());
        let found = rows.iter().map(known).collect();
        now.replace(rows);
        Ok(found)
    };
    let stages = vec![Stage::new(add, read_back), Stage::new(drop_, read_back)];
    let applied = change::execute_all(context, stages, Some(&args.batch), &LISTING).await;
    let whole = applied.outcome.is_ok();
    applied
        .then(context, async |done| {
            if done.is_empty() {
                return Ok(());
            }
            if whole {
                exact(wanted, &now.borrow())?;
            }
            if !context.ui.wants_data() {
                return Ok(());
            }
            let rows = now.take().into_iter().map(|row| (row.raw, row.view)).collect();
            context.ui.show(&LISTING, rows, |_| Vec::new())
        })
        .await
}

/// Refuses to go on if an entry that should stay is gone: the list would differ from what was asked
/// for, and might let no one in. `so` says what that comes to.
fn complete(wanted: &[NewEntry], standing: &[Row<AccessEntry>], so: &str) -> Result<()> {
    let there: HashSet<EntryTarget> = entry::targets(standing).collect();
    match wanted.iter().find(|wanted| !there.contains(&wanted.target)) {
        None => Ok(()),
        Some(missing) => {
            let why = format!("{} was removed meanwhile{so}", missing.target);
            Err(Error::new(Kind::Conflict, why)
                .hint("run the command again to get the list you asked for"))
        }
    }
}

/// Fails if someone else changed the list too, so that it is not what was asked for.
fn exact(wanted: &[NewEntry], now: &[Row<AccessEntry>]) -> Result<()> {
    complete(wanted, now, "")?;
    let keep: HashSet<String> = wanted.iter().map(|w| w.target.to_string()).collect();
    match now.iter().map(|row| name(&row.view)).find(|name| !keep.contains(name)) {
        None => Ok(()),
        Some(more) => {
            let why = format!("the list is not what was asked for: it also contains {more}");
            Err(Error::new(Kind::Conflict, why)
                .hint("run the command again to get the list you asked for"))
        }
    }
}

/// Removes what is not in the new list.
fn drops(project: &str, wanted: &[NewEntry], standing: &[Row<AccessEntry>]) -> Plan {
    let keep: HashSet<String> = wanted.iter().map(|w| w.target.to_string()).collect();
    let mut plan = Plan::new(project, entry::NOUN, "remove", "removed");
    for stale in standing.iter().filter(|row| !keep.contains(&name(&row.view))) {
        plan.change(remove::change(&plan, stale));
    }
    plan
}

/// The objections to the new list that no option waives.
async fn guarded(
    context: &Context,
    args: &Args,
    lockout: &Lockout,
    standing: &[Row<AccessEntry>],
    wanted: &[NewEntry],
) -> Result<()> {
    guard::emptied(wanted.is_empty(), args.allow_empty)?;
    let before = entry::leases(standing);
    // For a moment, old and new entries coexist.
    let after = [before.clone(), new_entry::leases(&before, wanted)].concat();
    guard::anywhere(&before, &after, args.allow_anywhere)?;
    let after = wanted.iter().map(|wanted| wanted.target.clone());
    lockout.check(context, entry::targets(standing), after).await
}
