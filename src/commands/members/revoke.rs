//! `members revoke`.

use super::home;
use super::role::RoleArgs;
use super::role_change::each;
use super::selection::{self, MemberArgs, Verb};
use crate::atlas::members::Home;
use crate::context::Context;
use crate::error::{Error, Result};

/// Which roles, and whose.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members grant sam@example.com --role project-database-access-admin
  spctl members revoke dana@example.com --role 'Project Read Only' --yes
  spctl members update toni@example.com --in-org --role ORG_READ_ONLY

grant adds roles and revoke takes some away, in the project or with --in-org in the organisation.
update sets the roles in the organisation to exactly those named, and leaves those in projects.
A member has at least one role at all times; remove takes people out.")]
pub struct Args {
    #[command(flatten)]
    who: MemberArgs,
    #[command(flatten)]
    roles: RoleArgs,
}

/// Takes roles away; a member keeps at least one, as the API demands.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(context, &home)?;
    let verb = Verb("revoke a role of", "revoked a role of");
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
    Error::usage(format!(
        "{name}: this would take the last role away, and a member has at least one: the API refuses it too"
    ))
    .hint(format!("to take somebody out: spctl members remove{} {name}", home::flag(home)))
    .hint("to exchange the role, grant the new one first")
}
