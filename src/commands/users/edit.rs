//! What every change to existing users shares: look up, plan, send, read back. And `delete`.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value;

use super::list::{LISTING, describe, role, scopes};
use super::naming::{self, Known};
use crate::atlas::users;
use crate::commands::change::{self, Applied, Batch, Change, Expect, Fact, Plan, Stage};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::Cell;

/// The users that a change is about.
#[derive(Debug, clap::Args)]
pub struct Who {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// The authentication database, where two users have one name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    pub auth_db: Option<String>,
    /// What several names have in common.
    #[command(flatten)]
    pub batch: Batch,
}

/// Which users to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users delete alice
  spctl users delete - --yes < leavers.txt")]
pub struct DeleteArgs {
    #[command(flatten)]
    who: Who,
}

/// What shall become of one user.
pub enum Edit {
    /// It is as it should be.
    Unchanged,
    /// Send these fields, and nothing else.
    Send {
        /// The fields of the PATCH.
        fields: Value,
        /// What reading back must show; the fields where they can be read.
        expect: Value,
        /// The preview.
        facts: Vec<Fact>,
    },
}

impl Edit {
    /// Fields that can be read back as they were sent.
    pub fn fields(fields: Value, facts: Vec<Fact>) -> Self {
        Edit::Send { expect: fields.clone(), fields, facts }
    }
}

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// The users that a command line means.
pub struct Found {
    /// The project's id.
    pub project: String,
    /// Each of them once.
    pub users: Vec<Known>,
    /// The names that mean no user, or more than one.
    pub refused: Vec<(String, Error)>,
}

/// Looks users up.
///
/// # Errors
/// Those of names from stdin, and of the API.
pub async fn find(context: &Context, who: &Who) -> Result<Found> {
    let wanted = names::read(context, &who.names)?;
    let project = context.project().await?;
    let known = context.interruptible(naming::fetch(context.client()?, &project)).await?;
    let mut found = Found { project, users: Vec::new(), refused: Vec::new() };
    for name in wanted {
        match naming::select(&known, &name, who.auth_db.as_deref()) {
            Ok(user) if found.users.iter().any(|there| there.name == user.name) => {}
            Ok(user) => found.users.push(user.clone()),
            Err(error) => found.refused.push((name, error)),
        }
    }
    Ok(found)
}

impl Found {
    /// A plan that changes each of them as `edit` says.
    pub fn plan(self, verb: Verb, edit: impl Fn(&Known) -> Result<Edit>) -> Plan {
        let mut plan = Plan::new("database user", verb.0, verb.1);
        plan.refused = self.refused;
        for known in self.users {
            let user = known.user();
            match edit(&known) {
                Ok(Edit::Unchanged) => plan.unchanged.push(known.name),
                Ok(Edit::Send { fields, expect, facts }) => {
                    let (database, name) = (&user.database_name, &user.username);
                    let call = users::update_call(&self.project, database, name, fields);
                    let expect = Expect::Has(expect);
                    plan.changes.push(Change { object: known.name, facts, call, expect });
                }
                Err(error) => plan.refused.push((known.name, error)),
            }
        }
        plan
    }
}

/// Looks the users up and changes each as `edit` says.
pub async fn edit(
    context: &Context,
    who: &Who,
    verb: Verb,
    edit: impl Fn(&Known) -> Result<Edit>,
) -> Result<()> {
    let found = find(context, who).await?;
    let project = found.project.clone();
    let plan = found.plan(verb, edit);
    execute(context, plan, Some(&who.batch), &project).await.outcome
}

/// Runs a plan about users, and writes those that were changed where a format was asked for.
pub async fn execute(
    context: &Context,
    plan: Plan,
    batch: Option<&Batch>,
    project: &str,
) -> Applied {
    execute_after(context, Vec::new(), plan, batch, project).await
}

/// The same, behind stages that the plan builds on.
pub async fn execute_after<'a>(
    context: &'a Context,
    mut stages: Vec<Stage<'a>>,
    plan: Plan,
    batch: Option<&Batch>,
    project: &'a str,
) -> Applied {
    let alone = plan.asked() == 1;
    let names: Vec<String> = plan.changes.iter().map(|change| change.object.clone()).collect();
    let shown = Rc::new(RefCell::new(Vec::new()));
    let fetched = Rc::clone(&shown);
    stages.push(Stage::new(plan, move || async move {
        let users = naming::fetch(context.client()?, project).await?;
        fetched.borrow_mut().clone_from(&users);
        Ok(naming::by_name(users))
    }));
    let mut applied = change::execute_all(context, stages, batch, &LISTING).await;
    // What the earlier stages did is not about users.
    applied.done.retain(|name| names.contains(name));
    applied.unknown.retain(|name| names.contains(name));
    if !context.ui.wants_data() || applied.done.is_empty() {
        return applied;
    }
    let is_done = |known: &Known| applied.done.iter().any(|name| naming::is_called(known, name));
    let rows: Vec<_> = shown
        .take()
        .into_iter()
        .filter(is_done)
        .map(|known| (known.row.raw.clone(), known))
        .collect();
    let shown = context.ui.show_asked(&LISTING, rows, alone, |_| Vec::new());
    applied.outcome = applied.outcome.and(shown);
    applied
}

/// Deletes users.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let found = find(context, &args.who).await?;
    let mut plan = Plan::new("database user", "delete", "deleted");
    plan.refused = found.refused;
    for known in found.users {
        let user = known.user();
        plan.changes.push(Change {
            facts: summary(&known),
            call: users::delete_call(&found.project, &user.database_name, &user.username),
            object: known.name,
            expect: Expect::Gone,
        });
    }
    execute(context, plan, Some(&args.who.batch), &found.project).await.outcome
}

/// What a user is today.
fn summary(known: &Known) -> Vec<Fact> {
    let user = known.user();
    let roles: Vec<String> = user.roles.iter().map(role).collect();
    let mut facts = vec![
        Fact::new("database", user.database_name.clone()),
        Fact::new("roles", roles.join(", ")),
        Fact::new("scopes", describe(&scopes(user))),
    ];
    if let Cell::Time(time) = Cell::time(user.delete_after_date.as_deref()) {
        facts.push(Fact::new("expires", time.to_string()));
    }
    facts
}

/// An error of the command line about one user.
pub fn refuse(known: &Known, message: impl std::fmt::Display) -> Error {
    Error::usage(format!("database user {}: {message}", known.name))
}
