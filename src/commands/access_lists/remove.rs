//! `access-lists remove`.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use super::LISTING;
use super::entry::{self, EntryTarget, name};
use super::guard::{self, Lockout};
use crate::atlas::Row;
use crate::atlas::access_lists::{self, AccessEntry};
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned};
use crate::commands::names;
use crate::commands::owner::{self, OwnerArgs};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::option;
use crate::times::in_seconds;

/// Which entries to remove.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists remove 203.0.113.0/24
  spctl access-lists remove - --yes < leavers.txt")]
pub struct Args {
    /// The entries, or - to read them from stdin
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    /// Allow removing what lets in your current address
    #[arg(long)]
    lock_myself_out: bool,
    /// Allow an empty list, which lets no one in
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    owner: OwnerArgs,
    #[command(flatten)]
    batch: Batch,
}

/// Removes entries.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.entries)?;
    let own = args.owner.name(context)?;
    let on = context.project().await?;
    let lockout = Lockout::new(args.lock_myself_out);
    let (stood, stands) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let remaining = Cell::new(0);
    let fetch = async || {
        let rows = entry::fetch(on).await?;
        remaining.set(rows.len());
        stands.replace(entry::targets(&rows).collect::<Vec<_>>());
        Ok(rows)
    };
    let look = async || {
        let standing = context.signals.interruptible(fetch()).await?;
        stood.replace(entry::targets(&standing).collect::<Vec<_>>());
        let mut plan = plan(&wanted, &on.project, &standing, own);
        if !plan.changes().is_empty() {
            let names: HashSet<&str> =
                plan.changes().iter().map(|change| change.object().name.as_str()).collect();
            let stays = |row: &&Row<AccessEntry>| !names.contains(&*name(&row.view));
            let left: Vec<_> = standing.iter().filter(stays).map(|row| &row.view).collect();
            let emptied = guard::emptied(left.is_empty(), args.allow_empty);
            let left: Vec<_> = left.into_iter().filter_map(EntryTarget::of).collect();
            let checked = match emptied {
                Ok(()) => lockout.check(context, entry::targets(&standing), left.into_iter()).await,
                Err(error) => Err(error),
            };
            if let Err(error) = checked {
                plan.hold(error);
            }
        }
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let applied = change::apply(context, planned, Some(&args.batch), &LISTING, &fetch).await;
    applied
        .then(context, async |done| {
            if done.is_empty() {
                return Ok(());
            }
            // Someone else may have removed the other entry at the same time.
            guard::emptied(remaining.get() == 0, args.allow_empty).map_err(guard::together)?;
            let (before, after) = (stood.take().into_iter(), stands.take().into_iter());
            lockout.check(context, before, after).await.map_err(guard::together)
        })
        .await
}

fn plan(
    wanted: &[String],
    project: &str,
    standing: &[Row<AccessEntry>],
    own: Option<&str>,
) -> Plan {
    let mut plan = Plan::new(project, entry::NOUN, "remove", "removed");
    // An entry in an unknown form goes by the API's own text.
    let called = |row: &'_ Row<AccessEntry>| [name(&row.view), row.view.value().to_owned()];
    let by_name: HashMap<String, &Row<AccessEntry>> =
        standing.iter().flat_map(|row| called(row).map(|name| (name, row))).collect();
    let mut chosen = HashSet::new();
    for text in wanted {
        let target = EntryTarget::parse(text).map(|target| target.to_string());
        let found = by_name.get(text).or_else(|| by_name.get(target.as_ref().ok()?));
        match (found, target) {
            (Some(row), _) if !chosen.insert(name(&row.view)) => {}
            (Some(row), _) => match (owner_of(row), own) {
                (Some(owner), Some(own)) if owner != own => {
                    plan.refuse(plan.object(name(&row.view)), foreign(&row.view, owner));
                }
                (owner, _) => plan.change(change(&plan, row).facts(whose(owner))),
            },
            (None, Ok(target)) => plan.refuse(plan.object(text), entry::not_found(&target)),
            (None, Err(error)) => plan.refuse(plan.object(text), error),
        }
    }
    plan
}

/// Whose an entry is, by its comment.
fn owner_of(row: &Row<AccessEntry>) -> Option<&str> {
    row.view.comment.as_deref().and_then(owner::of_text)
}

fn whose(owner: Option<&str>) -> Option<Fact> {
    owner.map(|owner| Fact::new("owner", owner))
}

/// The refusal for an entry that others rely on.
fn foreign(entry: &AccessEntry, owner: &str) -> Error {
    let name = name(entry);
    let error = Error::new(Kind::Conflict, format!("access-list entry {name} belongs to {owner}"));
    error.hint(format!(
        "its comment says owner={owner}; to remove it all the same, add {}",
        option("--owner", owner)
    ))
}

/// Removes an entry, by the API's own text for it.
pub(super) fn change(plan: &Plan, row: &Row<AccessEntry>) -> Change {
    let entry = &row.view;
    let extent = EntryTarget::of(entry).map(|target| target.extent());
    let mut facts = vec![Fact::means("lets in", extent.unwrap_or_else(|| "unknown".to_owned()))];
    facts.extend(entry.comment.iter().map(|text| Fact::new("comment", text.clone())));
    facts.extend(entry.delete_after_date.iter().map(|at| Fact::new("expires", in_seconds(at))));
    let call = access_lists::delete_call(plan.project(), entry.value());
    Change::new(plan.object(name(entry)), call, Expect::Gone).was(row.raw.clone()).facts(facts)
}
