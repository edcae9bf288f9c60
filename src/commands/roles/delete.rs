//! `roles delete`.

use std::collections::BTreeSet;

use super::pipelines::Pipelines;
use super::usage::{Use, UsedBy, Users, told};
use super::view;
use crate::atlas::roles;
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned, Stage};
use crate::commands::consequence::of_roles;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in;
use crate::privileges::definition::Definition;
use crate::shell::quote;
use crate::ui::NoColumns;

/// Which roles to delete.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A role that is in use is not deleted, and what uses it is named. Roles that \
inherit each other are deleted in the right order.

Examples:
  spctl roles delete night-shift
  spctl roles delete - --yes < unused.txt"
)]
pub struct Args {
    /// The roles, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

/// Deletes roles that nothing uses except roles that are deleted too.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = super::wanted(context, &args.names)?;
    let on = context.project().await?;
    let users = Users::fetch_everywhere(on).await?;
    users.warn(context);
    let around = users.around(context, on);
    let pipelines = Pipelines::fetch(on, &users, &wanted).await?;
    let mut refused = Vec::new();
    let mut waiting: Vec<(String, Vec<Use>)> = Vec::new();
    for name in wanted {
        if built_in::find(&name).is_some() {
            let error = Error::usage(format!("{name} is built in and cannot be deleted")).hint(
                format!("spctl users revoke USER --role {} revokes it from a user", quote(&name)),
            );
            refused.push((name, error));
        } else if !users.has(&name) {
            refused.push((name.clone(), super::missing(&name, users.graph.names())));
        } else {
            let uses = users.of(&name).into_iter().filter(Use::is_direct).collect();
            waiting.push((name, uses));
        }
    }
    let mut gone: BTreeSet<String> = BTreeSet::new();
    let mut plans = Vec::new();
    // Each round deletes the roles that only roles of earlier rounds use.
    while !waiting.is_empty() {
        let is_free = |uses: &[Use]| {
            uses.iter().all(|one| one.as_role().is_some_and(|role| gone.contains(role)))
        };
        let (free, used): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, uses)| is_free(uses));
        if free.is_empty() {
            let error = |(name, uses): (String, Vec<Use>)| {
                let error = in_use(&name, &uses);
                (name, error)
            };
            refused.extend(used.into_iter().map(error));
            break;
        }
        let mut plan = plan(&on.project);
        for (name, _) in &free {
            plan.change(deletion(&plan, name, &users));
        }
        context.signals.interruptible(of_roles(&around, &users, &mut plan)).await?;
        plans.push(plan);
        gone.extend(free.into_iter().map(|(name, _)| name));
        waiting = used;
    }
    // A failure stops the rounds after it; a refusal concerns none of them.
    let mut last = plans.pop().unwrap_or_else(|| plan(&on.project));
    for (name, error) in refused {
        let mut without = users.graph.clone();
        without.insert(&name, Definition::default());
        let losses = pipelines.losses(&users, &name, &without);
        if !losses.is_empty() {
            last.show(last.object(&name), losses);
        }
        last.refuse(last.object(name), error);
    }
    plans.push(last);
    let read_back = || async {
        let roles = view::fetch(on).await?;
        Ok(view::read_back(&on.project, roles))
    };
    let stages = plans.into_iter().map(|plan| {
        let names: Vec<String> =
            plan.changes().iter().map(|change| change.object().name.clone()).collect();
        let planned = Planned::from(plan).anew(async move || {
            let users = Users::fetch(on).await?;
            let mut plan = again(&names, &on.project, &users)?;
            of_roles(&users.around(context, on), &users, &mut plan).await?;
            Ok(plan)
        });
        Stage::new(planned, read_back)
    });
    let stages = stages.collect();
    change::execute_all(context, stages, Some(&args.batch), &NoColumns).await.outcome
}

fn plan(project: &str) -> Plan {
    Plan::new(project, super::NOUN, "delete", "deleted")
}

/// The same deletions, if still nothing uses the roles: those that did were deleted earlier.
fn again(names: &[String], project: &str, users: &Users) -> Result<Plan> {
    let mut plan = plan(project);
    for name in names {
        let uses: Vec<Use> = users.of(name).into_iter().filter(Use::is_direct).collect();
        match (users.has(name), uses.is_empty()) {
            (false, _) => plan.refuse(plan.object(name), super::missing(name, users.graph.names())),
            (_, true) => plan.change(deletion(&plan, name, users)),
            (_, false) => plan.refuse(plan.object(name), in_use(name, &uses)),
        }
    }
    Ok(plan)
}

fn in_use(name: &str, uses: &[Use]) -> Error {
    let mut error =
        Error::new(Kind::Conflict, format!("custom role {name} is in use: {}", told(uses)));
    let word = quote(name);
    let hints = [
        (UsedBy::User, format!("spctl users revoke USER --role {word} revokes it from a user")),
        (
            UsedBy::Role,
            format!("spctl roles update ROLE --remove-inherit {word} removes it from a role"),
        ),
        (
            UsedBy::Connection,
            "spctl connections execute-as sets another role for a connection".to_owned(),
        ),
    ];
    for (kind, hint) in hints {
        if uses.iter().any(|one| one.is_by(kind)) {
            error = error.hint(hint);
        }
    }
    error
}

fn deletion(plan: &Plan, name: &str, users: &Users) -> Change {
    let role = users.roles.iter().find(|row| row.view.role_name == name);
    let mut facts = Vec::new();
    if let Some(row) = role {
        let actions: Vec<String> = row.view.actions.iter().map(|a| a.action.clone()).collect();
        let inherits = view::inherited(&row.view.inherited_roles);
        for (label, texts) in [("actions", actions), ("inherits", inherits)] {
            if !texts.is_empty() {
                facts.push(Fact::means(label, texts.join(", ")));
            }
        }
    }
    let call = roles::delete_call(plan.project(), name);
    let before = role.map(|row| row.raw.clone());
    Change::new(plan.object(name), call, Expect::Gone).was(before).facts(facts)
}
