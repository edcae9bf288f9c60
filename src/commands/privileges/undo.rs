//! Undoing what `privileges trim` did, by its record.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

use crate::atlas::roles;
use crate::atlas::users::Role;
use crate::change::record::{Deed, Record, Step};
use crate::change::{self, Applied, Change, Expect, Fact, Plan, Planned, Remark, Stage};
use crate::commands::record;
use crate::commands::roles::{NOUN as ROLE, view};
use crate::commands::users::{self, NOUN as USER, NamedUser, UserPatch};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::scopes::{Scope, ScopeKind, Scopes};
use crate::session::ProjectClient;
use crate::ui::NoColumns;

/// Gives users back the roles that they had, then deletes the roles that were created for them, unless
/// somebody else uses those by now.
pub async fn run(context: &Context, path: &Path) -> Result<()> {
    let mut record = record::read("--undo", path)?;
    if record.command != super::trim::COMMAND {
        let why = format!("{} is a record of {}", path.display(), record.command);
        return Err(Error::usage(why).hint("spctl users unlock restores users that were locked"));
    }
    let on = context.project().await?;
    record::is_of(&record, path, on)?;
    let steps = |noun: &str, deed: Deed| -> Vec<Step> {
        let is_it = |step: &&Step| step.noun == noun && step.deed == deed;
        record.standing().filter(is_it).cloned().collect()
    };
    let (given, made) = (steps(USER, Deed::Update), steps(ROLE, Deed::Create));
    if given.is_empty() && made.is_empty() {
        context.ui.note(format!("unchanged: nothing of {} is left to undo", path.display()));
        return Ok(());
    }
    let first = Planned::by(async || give_back(on, &given).await).await?;
    let restored =
        Stage::new(first, async || Ok(users::read_back(&on.project, users::fetch(on).await?)));
    let back: HashSet<&str> = given.iter().map(|step| step.name.as_str()).collect();
    let second = delete_roles(on, &made, &back).await?;
    let deleted =
        Stage::new(second, async || Ok(view::read_back(&on.project, view::fetch(on).await?)));
    let applied = change::execute_all(context, vec![restored, deleted], None, &NoColumns).await;
    let noted = note(context, &mut record, path, &applied);
    applied.outcome.and(noted)
}

/// Notes what was undone, so that a second run undoes nothing that was done since.
fn note(context: &Context, record: &mut Record, path: &Path, applied: &Applied) -> Result<()> {
    if applied.done.is_empty() {
        return Ok(());
    }
    let now = context.ui.now().to_string();
    let is_done = |step: &Step| {
        applied.done.iter().any(|object| {
            let names = [object.name.clone(), format!("{}@admin", object.name)];
            object.noun == step.noun && names.contains(&step.name)
        })
    };
    record.note_undone(path, &now, is_done)
}

async fn give_back(on: &ProjectClient, steps: &[Step]) -> Result<Plan> {
    let known = users::fetch(on).await?;
    let mut plan = Plan::new(&on.project, USER, "restore", "restored");
    for step in steps {
        let user = match users::select(&known, &step.name, None) {
            Ok(user) => user,
            Err(error) => {
                plan.refuse(plan.object(&step.name), error);
                continue;
            }
        };
        let roles = step.before.as_ref().map(|before| before["roles"].clone());
        let Ok(roles) = serde_json::from_value::<Vec<Role>>(roles.unwrap_or(Value::Null)) else {
            let why = format!("the record does not say which roles {} had", step.name);
            plan.refuse(plan.object(&user.name), Error::usage(why));
            continue;
        };
        if is_changed(step, user) {
            plan.note(Remark::Warning(format!(
                "the roles of {} have changed since it was trimmed; that change goes too",
                user.name
            )));
        }
        let scopes = step.before.as_ref().map(scopes);
        let patch = users::roles_change(&user.user().roles, &roles);
        match users::and_scopes(patch, user, scopes.as_ref()) {
            UserPatch::Unchanged => plan.unchanged(plan.object(&user.name)),
            UserPatch::Send { fields, expect, facts } => {
                plan.change(users::patch(&plan, user, fields, expect, facts));
            }
        }
    }
    Ok(plan)
}

/// The scopes of a user's document.
fn scopes(document: &Value) -> Scopes {
    let scope = |scope: &Value| {
        let kind = ScopeKind::from_api(scope["type"].as_str()?)?;
        Some(Scope::new(kind, scope["name"].as_str()?))
    };
    document["scopes"].as_array().into_iter().flatten().filter_map(scope).collect()
}

/// Whether a user's roles are neither those of before nor those of after.
fn is_changed(step: &Step, user: &NamedUser) -> bool {
    let own = &user.user().roles;
    let same = |document: &Option<Value>| {
        let roles = document.as_ref().map(|document| document["roles"].clone());
        let roles = serde_json::from_value::<Vec<Role>>(roles.unwrap_or(Value::Null));
        roles.is_ok_and(|roles| {
            roles.len() == own.len() && roles.iter().all(|role| own.contains(role))
        })
    };
    !same(&step.before) && !same(&step.after)
}

async fn delete_roles(on: &ProjectClient, steps: &[Step], back: &HashSet<&str>) -> Result<Plan> {
    let mut plan = Plan::new(&on.project, ROLE, "delete", "deleted");
    if steps.is_empty() {
        return Ok(plan);
    }
    let (users, roles) = (users::fetch(on).await?, view::fetch(on).await?);
    let graph = view::graph(&roles);
    for step in steps {
        let name = step.name.as_str();
        let Some(row) = roles.iter().find(|row| row.view.role_name == name) else { continue };
        let holds = |user: &&NamedUser| {
            let full = format!("{}@{}", user.user().username, user.user().database_name);
            let own = user.user().roles.iter();
            !back.contains(full.as_str())
                && own.map(|role| &role.role_name).any(|held| held == name)
        };
        let holders: Vec<&str> =
            users.iter().filter(holds).map(|user| user.name.as_str()).collect();
        let heirs: Vec<String> = graph.heirs(name).into_iter().map(|heir| heir.role).collect();
        if !holders.is_empty() || !heirs.is_empty() {
            let others = [holders, heirs.iter().map(String::as_str).collect()].concat().join(", ");
            plan.note(format!("custom role {name} stays: by now it is used by {others}"));
            continue;
        }
        let call = roles::delete_call(&on.project, name);
        let fact = Fact::new("created by", super::trim::COMMAND);
        let change = Change::new(plan.object(name), call, Expect::Gone).was(row.raw.clone());
        plan.change(change.fact(fact));
    }
    Ok(plan)
}
