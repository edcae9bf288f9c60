//! `members grant`, `members revoke` and `members update`.

use serde_json::json;

use super::edit::{self, Edit, Verb, Who, holding};
use super::home;
use super::role::{Roles, display, displays};
use crate::atlas::members::{self, Home, Member};
use crate::atlas::{Call, Row};
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
    who: Who,
    #[command(flatten)]
    roles: Roles,
}

/// Adds roles; those held already stay.
pub(super) async fn grant(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(context, &home)?;
    let verb = Verb("grant a role to", "granted a role to");
    edit::edit(context, &args.who, &home, verb, &roles, |row| {
        let member = &row.view;
        let held = &member.roles.own;
        let gained: Vec<String> = roles.iter().filter(|r| !held.contains(r)).cloned().collect();
        let after: Vec<String> = held.iter().chain(&gained).cloned().collect();
        let call = |role: &str| home.add_role_call(&member.id, role);
        Ok(each(&home, row, "gains", &gained, &after, true, call))
    })
    .await
}

/// Takes roles away; a member keeps at least one, as the API demands.
pub(super) async fn revoke(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(context, &home)?;
    let verb = Verb("revoke a role of", "revoked a role of");
    edit::edit(context, &args.who, &home, verb, &roles, |row| {
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

/// One change for each role, all under the member's name, so that a list of failed names can be
/// fed back; each is verified by itself.
fn each(
    home: &Home,
    row: &Row<Member>,
    label: &'static str,
    changed: &[String],
    after: &[String],
    held: bool,
    call: impl Fn(&str) -> Call,
) -> Edit {
    let member = &row.view;
    if changed.is_empty() {
        return Edit::Unchanged;
    }
    let summary = Fact::change("roles", &displays(&member.roles.own), &displays(after));
    let change = |(index, role): (usize, &String)| {
        let mut facts = vec![Fact::means(label, display(role))];
        if index == 0 {
            facts.push(summary.clone());
        }
        let expect = Expect::At(holding(home, &member.username, role), json!({ "held": held }));
        let change = Change::new(home::object(home, member), call(role), expect);
        change.was(row.raw.clone()).facts(facts)
    };
    Edit::Send(changed.iter().enumerate().map(change).collect())
}

/// Sets the roles in the organisation.
pub(super) async fn update(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let Home::Org(org) = &home else {
        return Err(Error::usage("members update sets roles in an organisation")
            .hint("add --in-org; in a project, spctl members grant and revoke change roles"));
    };
    let roles = args.roles.api(context, &home)?;
    let verb = Verb("update", "updated");
    edit::edit(context, &args.who, &home, verb, &roles, |row| {
        let member = &row.view;
        let held = &member.roles.own;
        let only = |left: &[String], right: &[String]| {
            left.iter().filter(|role| !right.contains(role)).cloned().collect::<Vec<_>>()
        };
        let (gained, lost) = (only(&roles, held), only(held, &roles));
        if gained.is_empty() && lost.is_empty() {
            return Ok(Edit::Unchanged);
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
        Ok(Edit::Send(vec![change.was(row.raw.clone()).facts(facts)]))
    })
    .await
}
