//! `members revoke`.

use super::home;
use super::role_change::{Args, each};
use super::selection::{self, Verb};
use crate::atlas::members::Home;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::shell::quote;

/// Revokes roles; a member keeps at least one, as the API requires.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(&home)?;
    let verb = Verb("revoke a role from", "revoked a role from");
    selection::each(context, &args.who, &home, verb, &roles, |row| {
        let member = &row.view;
        let held = &member.roles.own;
        let (lost, after): (Vec<String>, Vec<String>) =
            held.iter().cloned().partition(|role| roles.contains(role));
        if after.is_empty() && !lost.is_empty() {
            return Err(last(&home, &member.username));
        }
        let call = |role: &str| home.remove_role_call(&member.id, role);
        Ok(each(&home, row, "loses", &lost, &after, false, call))
    })
    .await
}

fn last(home: &Home, name: &str) -> Error {
    Error::usage(format!("{name}: this would revoke the last role, and a member must have one"))
        .hint(format!(
            "to remove the member: spctl members remove{} {}",
            home::flag(home),
            quote(name)
        ))
        .hint("to replace the role, grant the new one first")
}
