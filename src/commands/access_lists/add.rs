//! `access-lists add`.

use std::cell::RefCell;
use std::collections::HashSet;

use super::entry::{self, EntryTarget};
use super::new_entry::{self, NewEntry};
use super::{LISTING, guard, status};
use crate::change::{self, Batch, Plan, Planned};
use crate::commands::names;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};

/// The entries to add.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists add 203.0.113.0/24 --comment office
  spctl access-lists add --current-ip --expires 8h --comment 'on call'
  spctl access-lists add - --yes --wait < addresses.txt")]
pub struct Args {
    /// Addresses, blocks or AWS security groups, or - to read them from stdin
    #[arg(value_name = "ENTRY", required_unless_present = "current_ip")]
    entries: Vec<String>,
    /// Add your current IPv4 address
    #[arg(long)]
    current_ip: bool,
    /// A comment for the entries, at most 80 characters
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// When the entries expire: a span such as 7d, or a date, at most a week ahead; or never
    #[arg(long, value_name = "7d|DATE|never")]
    expires: Option<String>,
    /// Allow entries that make the list effectively open to everyone
    #[arg(long)]
    allow_anywhere: bool,
    #[command(flatten)]
    wait: Wait,
    #[command(flatten)]
    batch: Batch,
}

/// Adds the entries that do not exist yet.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let comment = args.comment.as_deref().map(new_entry::comment).transpose()?.flatten();
    let expires = args.expires.as_deref().map(|text| new_entry::expiry(context, text));
    let expires = expires.transpose().map_err(|e| e.context("--expires"))?;
    let (never, expires) = (expires == Some(None), expires.flatten());
    let given = match args.entries.is_empty() {
        true => Vec::new(),
        false => names::read(context, &args.entries)?,
    };
    let on = context.project().await?;
    let mut refused: Vec<(String, Error)> = Vec::new();
    let (mut wanted, mut targets) = (Vec::<NewEntry>::new(), HashSet::new());
    let mut want = |target: EntryTarget| {
        if targets.insert(target.clone()) {
            let (comment, expires) = (comment.clone(), expires.clone());
            wanted.push(NewEntry { target, comment, expires, never });
        }
    };
    for text in given {
        match EntryTarget::parse(&text) {
            Ok(EntryTarget::Group(_)) if expires.is_some() => {
                let why = format!("{text}: a security group cannot be temporary");
                refused.push((text, Error::usage(why)));
            }
            Ok(target) => want(target),
            Err(error) => refused.push((text, error)),
        }
    }
    if args.current_ip {
        let own = on.client.own_address().await.ok_or_else(|| {
            Error::failed("the server does not report your current address")
                .hint("name the address explicitly")
        })?;
        want(EntryTarget::Net(own.into()));
    }
    let (stood, stands) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let fetch = async || {
        let rows = entry::fetch(on).await?;
        stands.replace(entry::leases(&rows));
        Ok(rows)
    };
    let look = async || {
        let standing = context.signals.interruptible(fetch()).await?;
        let before = entry::leases(&standing);
        stood.replace(before.clone());
        let after = [before.clone(), new_entry::leases(&before, &wanted)].concat();
        let mut plan = Plan::new(&on.project, entry::NOUN, "add", "added");
        for (text, error) in &refused {
            plan.refuse(plan.object(text), error.again());
        }
        if let Err(error) = guard::anywhere(&before, &after, args.allow_anywhere) {
            plan.hold(error);
        }
        new_entry::plan(&standing, &wanted, true, &mut plan);
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let applied = change::apply(context, planned, Some(&args.batch), &LISTING, &fetch).await;
    applied
        .then(context, async |done| {
            if done.is_empty() {
                return Ok(());
            }
            // Someone else may have added entries at the same time.
            guard::anywhere(&stood.borrow(), &stands.borrow(), args.allow_anywhere)
                .map_err(guard::together)?;
            let done: HashSet<&str> = done.iter().map(|object| object.name.as_str()).collect();
            let is_done = |wanted: &&NewEntry| done.contains(&*wanted.target.to_string());
            for wanted in wanted.iter().filter(is_done) {
                status::wait(context, &args.wait, on, &wanted.target).await?;
            }
            Ok(())
        })
        .await
}
