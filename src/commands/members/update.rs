//! `members update`.

use serde_json::json;

use super::home;
use super::role::{RoleArgs, displays};
use super::selection::{self, MemberArgs, MemberEdit, Verb};
use crate::atlas::members::{self, Home};
use crate::change::{Change, Expect, Fact};
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

/// Sets the roles in the organisation.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let Home::Org(org) = &home else {
        return Err(Error::usage("members update sets roles in an organisation")
            .hint("add --in-org; in a project, spctl members grant and revoke change roles"));
    };
    let roles = args.roles.api(context, &home)?;
    let verb = Verb("update", "updated");
    selection::each(context, &args.who, &home, verb, &roles, |row| {
        let member = &row.view;
        let held = &member.roles.own;
        let only = |left: &[String], right: &[String]| {
            left.iter().filter(|role| !right.contains(role)).cloned().collect::<Vec<_>>()
        };
        let (gained, lost) = (only(&roles, held), only(held, &roles));
        if gained.is_empty() && lost.is_empty() {
            return Ok(MemberEdit::Unchanged);
        }
        let mut facts = vec![Fact::change("roles", &displays(held), &displays(&roles))];
        for (label, roles) in [("gains", gained), ("loses", lost)] {
            if !roles.is_empty() {
                facts.push(Fact::means(label, displays(&roles)));
            }
        }
        let call = members::update_call(org, &member.id, &roles, &member.roles.projects);
        let expect = Expect::Has(json!({ "roles": { "orgRoles": roles } }));
        let change = Change::new(home::object(&home, member), call, expect);
        Ok(MemberEdit::Send(vec![change.was(row.raw.clone()).facts(facts)]))
    })
    .await
}
