//! `users revoke --action`.

use super::exact_roles::{ExactRoles, RolesAfter};
use super::naming::NamedUser;
use super::revoke::check_revoked;
use super::role_arg::held;
use super::role_change::{REVOKE, keeps_one, still_allowed, with};
use super::selection::{UserArgs, refuse};
use crate::atlas::users::Role;
use crate::change::{Fact, Remark};
use crate::commands::known::Verbatim;
use crate::commands::roles::remaining::Remaining;
use crate::commands::roles::usage::{Users, told};
use crate::commands::roles::{arg, view};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::effective::{Chain, End};
use crate::privileges::permission::Permissions;

/// Revokes these roles, and exactly these actions; if an action would remain allowed, nothing, or
/// with `allow_remaining` what can be revoked.
pub async fn run(
    context: &Context,
    who: &UserArgs,
    roles: &[Role],
    actions: Permissions,
    allow_remaining: bool,
    verbatim: Verbatim,
) -> Result<()> {
    let work = ExactRoles::fetch(context, []).await?;
    arg::check_removed(&actions, &work.graph, verbatim)?;
    let holders = Users::of_users(
        work.users.iter().map(|known| known.user().clone()).collect(),
        work.roles.clone(),
    );
    work.run(who, REVOKE, None, |work, known| {
        check_revoked(known, roles, &work.graph, &mut work.notes)?;
        let before = &known.user().roles;
        let left: Vec<Role> = before.iter().filter(|role| !roles.contains(role)).cloned().collect();
        let taking = work.graph.take(&left.iter().map(held).collect::<Vec<_>>(), &actions);
        let still = |chains| Remaining { holder: Some(&known.name), taken: &actions, chains };
        if let Some(why) = still(&taking.remaining).sentence("would still be")
            && !allow_remaining
        {
            let error = refuse(known, why);
            let error = remedies(known, &taking.remaining).into_iter().fold(error, Error::hint);
            return Err(
                error.hint("--allow-remaining revokes what can be revoked, and leaves this")
            );
        }
        let (mut after, mut definitions, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for (role, instead) in left.iter().zip(taking.instead) {
            let Some(definition) = instead else {
                after.push(role.clone());
                continue;
            };
            let others = holders.holders_but(&role.role_name, &work.named);
            let others = if others.is_empty() { "nobody else".into() } else { told(&others) };
            facts.push(Fact::new("role", format!("{} is unchanged, for {others}", role.role_name)));
            definitions.push(definition);
        }
        definitions.retain(|definition| !definition.is_empty());
        if definitions.is_empty() {
            keeps_one(known, before, &after)?;
        }
        for definition in definitions {
            let (role, is_new) = work.role(known, &definition, None)?;
            let state = if is_new { "new" } else { "existing" };
            let text = format!(
                "{} ({state}): {}",
                role.role_name,
                view::actions_text(&work.graph.closure([held(&role)]).permissions())
            );
            facts.push(Fact::new("instead", text));
            after = with(&after, &[role]);
        }
        let kept: Vec<_> = after.iter().map(held).collect();
        let remaining = work.graph.take(&kept, &actions).remaining;
        if after == *before {
            if let Some(why) = still(&remaining).sentence("is still") {
                let text = format!("database user {}: {why}", known.name);
                work.notes.push(Remark::Warning(text));
            }
            return Ok(None);
        }
        let gone = before.iter().filter(|role| !left.contains(role));
        facts.extend(still_allowed(known, gone, &after, &work.graph));
        facts.push(Fact::means("revokes", view::actions_text(&taking.lost)));
        facts.extend(still(&remaining).facts());
        Ok(Some(RolesAfter { roles: after, scopes: None, facts }))
    })
    .await
}

/// How to revoke what remains allowed.
fn remedies(known: &NamedUser, chains: &[Chain]) -> Vec<String> {
    const MOST: usize = 3;
    let revoke = format!("spctl users revoke {}", crate::shell::quote(&known.name));
    let mut hints = Vec::new();
    for chain in chains {
        let hint = match (&chain.end, chain.roles.as_slice()) {
            // A right granted within that scope would be revoked with it: so that comes last.
            (End::Allows(given), _) if !given.by_built_in => format!(
                "{revoke} --action {} revokes all of it; then grant what should remain",
                crate::shell::quote(&given.permission.as_argument())
            ),
            (_, [held, ..]) => format!(
                "first grant what should remain (--action, --role), then: {revoke} --role {}",
                crate::shell::quote(&held.to_string())
            ),
            (_, []) => continue,
        };
        if !hints.contains(&hint) && hints.len() < MOST {
            hints.push(hint);
        }
    }
    hints
}
