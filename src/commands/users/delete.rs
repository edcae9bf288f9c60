//! `users delete`.

use super::execute::execute;
use super::naming::{NamedUser, full_name};
use super::scopes::{describe, scopes};
use super::selection::{Selection, UserArgs, Verb};
use super::view::role;
use crate::atlas::users;
use crate::change::{Beside, Change, Expect, Fact, Plan, Planned};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::context::Context;
use crate::error::Result;
use crate::times::rfc3339;
use crate::ui::Cell;

/// Which users to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users delete alice
  spctl users delete - --yes < leavers.txt")]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
}

/// Deletes users.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let named = Selection::read(context, &args.who).await?;
    let around = Beside::new(context, async || Ok(Around::new(context, named.on)));
    let look = async || {
        let around = around.get().await?;
        let found = context.signals.interruptible(named.find()).await?;
        let mut plan = found.empty_plan(Verb("delete", "deleted"));
        for known in &found.users {
            plan.change(deletion(&plan, known).facts(summary(known)));
        }
        let told = of_users(&around, None, Sent::Fields, &mut plan);
        context.signals.interruptible(told).await?;
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    execute(context, planned, Some(&args.who.batch), named.on).await.outcome
}

/// The change that deletes a user.
pub fn deletion(plan: &Plan, known: &NamedUser) -> Change {
    let user = known.user();
    let call = users::delete_call(plan.project(), &user.database_name, &user.username);
    Change::new(plan.object(&known.name), call, Expect::Gone)
        .was(known.row.raw.clone())
        .recorded_as(plan.object(full_name(user)))
}

/// The user as it is today.
fn summary(known: &NamedUser) -> Vec<Fact> {
    let user = known.user();
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let mut facts = vec![
        Fact::new("database", user.database_name.clone()),
        Fact::means("roles", roles.join(", ")),
        Fact::means("scopes", describe(&scopes(user))),
    ];
    if let Cell::Moment(time) = Cell::moment(user.delete_after_date.as_deref()) {
        facts.push(Fact::new("expires", rfc3339(time)));
    }
    facts
}
