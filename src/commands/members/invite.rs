//! `members invite`.

use serde_json::json;

use super::execute::execute;
use super::home;
use super::role::{RoleArgs, displays};
use super::selection::MemberArgs;
use crate::atlas::Row;
use crate::atlas::members::{Home, Member};
use crate::change::{Beside, Change, Expect, Fact, ObjectId, Plan, Planned};
use crate::commands::consequence::{Held, of_members};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// Whom to invite, and to what.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members invite nia@example.org \\
      --role project-stream-processing-owner
  spctl members invite - --role 'Project Read Only' --yes < newcomers.txt
  spctl members invite lee@example.org --in-org \\
      --role organization-read-only

People already in the organisation get the roles immediately. Anyone else gets an invitation, which \
expires after 30 days.")]
pub struct Args {
    #[command(flatten)]
    who: MemberArgs,
    #[command(flatten)]
    roles: RoleArgs,
}

/// Invites people.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.who.names)?;
    let home = args.who.place.home(context).await?;
    let roles = args.roles.api(&home)?;
    let client = context.client()?;
    let around = Beside::new(context, async || home::around(context, &home).await);
    let look = async || {
        let around = around.get().await?;
        let mut plan = plan(&wanted, &home, &roles, &home::direct(client, &home).await?);
        let held = plan.changes().iter().map(|change| {
            let (object, after) = (change.object().clone(), roles.clone());
            Held { object, id: None, before: Vec::new(), after }
        });
        let told = of_members(around.as_ref().as_ref(), &home, held.collect(), &mut plan);
        context.signals.interruptible(told).await?;
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    execute(context, planned, Some(&args.who.batch), &home, &roles).await
}

fn plan(wanted: &[String], home: &Home, roles: &[String], known: &[Row<Member>]) -> Plan {
    let mut plan = home::plan(home, "invite", "invited");
    for name in wanted {
        // The API stores addresses in lower case; two spellings of one are one person.
        let email = name.trim().to_lowercase();
        if plan.has(&plan.object(&email)) {
            continue;
        }
        if !is_address(&email) {
            let error = Error::usage(format!("{email:?} is not an e-mail address"));
            plan.refuse(
                plan.object(name),
                error.hint("write it as name@example.com; several are separated by spaces"),
            );
            continue;
        }
        match known.iter().find(|row| row.view.username.eq_ignore_ascii_case(&email)) {
            Some(row) if roles.iter().all(|role| row.view.roles.own.contains(role)) => {
                plan.unchanged(plan.object(email));
            }
            Some(row) => {
                let held = displays(&row.view.roles.own);
                let conflict = format!("{email} is already a {}, as {held}", home::noun(home));
                let hint = format!("spctl members grant{} grants further roles", home::flag(home));
                plan.refuse(plan.object(email), Error::new(Kind::Conflict, conflict).hint(hint));
            }
            None => plan.change(invitation(home, plan.object(email), roles)),
        }
    }
    plan
}

fn invitation(home: &Home, object: ObjectId, roles: &[String]) -> Change {
    let joins = match home {
        Home::Project(_) => {
            "immediately if already in the organisation; otherwise by an invitation to both"
        }
        Home::Org(_) => "by accepting an invitation within 30 days",
    };
    let held = match home {
        Home::Project(_) => json!({ "roles": roles }),
        Home::Org(_) => json!({ "roles": { "orgRoles": roles } }),
    };
    let call = home.invite_call(&object.name, roles);
    Change::new(object, call, Expect::Has(held))
        .fact(Fact::means("roles", displays(roles)))
        .fact(Fact::new("joins", joins))
}

/// A rough check; the rest is left to the API.
fn is_address(email: &str) -> bool {
    let parts = email.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
        && email.matches('@').count() == 1
        && !email.contains(|c: char| c.is_whitespace() || c == ',')
}
