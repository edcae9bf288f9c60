//! `members grant`.

use super::role_change::{Args, each};
use super::selection::{self, Verb};
use crate::context::Context;
use crate::error::Result;

/// Adds roles to those that members hold.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(&home)?;
    let verb = Verb("grant a role to", "granted a role to");
    selection::each(context, &args.who, &home, verb, &roles, |row| {
        let member = &row.view;
        let held = &member.roles.own;
        let gained: Vec<String> = roles.iter().filter(|r| !held.contains(r)).cloned().collect();
        let after: Vec<String> = held.iter().chain(&gained).cloned().collect();
        let call = |role: &str| home.add_role_call(&member.id, role);
        Ok(each(&home, row, "gains", &gained, &after, true, call))
    })
    .await
}
