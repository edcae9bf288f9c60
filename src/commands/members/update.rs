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
#[command(after_help = "Example:
  spctl members update toni@example.com --in-org --role ORG_READ_ONLY

The roles in the organisation are set to exactly those given; roles in projects do not change.")]
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
            .hint("add --in-org; in a project, use spctl members grant and revoke"));
    };
    let roles = args.roles.api(&home)?;
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
        Ok(MemberEdit::Send(vec![change.was(row.raw.clone()).facts(facts)], roles.clone()))
    })
    .await
}
