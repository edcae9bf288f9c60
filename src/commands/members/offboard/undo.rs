//! Undoing what a record of `members offboard` tells of.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::home;
use super::super::role::displays;
use crate::atlas::members::{self, Home, Member};
use crate::change::record::{Deed, Record, Step};
use crate::change::{self, Change, Expect, Fact, ObjectId, Planned, Stage};
use crate::commands::members::execute;
use crate::commands::users::{self, PasswordSource};
use crate::commands::{orgs, policy, record};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::NoColumns;

/// Puts people and their database users back: people first, each part by itself, so that what was not
/// done is what the same command does next.
///
/// # Errors
/// Usage: it is a record of another project, or a password is needed and there is nobody to ask. Those of
/// the parts.
pub fn take_back(
    context: &Context,
    path: &Path,
    record: Record,
    changed_since: bool,
    password: PasswordSource,
) -> Result<()> {
    let standing = |noun: &str| record.standing().filter(|step| step.noun == noun).count();
    let org = home::noun(&Home::Org(String::new()));
    let project = home::noun(&Home::Project(String::new()));
    let (of_org, of_project, of_users) = (standing(org), standing(project), standing(users::NOUN));
    let is_secret = |step: &Step| step.noun == users::NOUN && step.deed == Deed::Secret;
    let needs_password = record.standing().any(is_secret);
    if needs_password && !(password.is_given() || context.dry_run || context.ui.can_ask()) {
        return Err(Error::usage("database users of the record need new passwords")
            .hint("add --generate-password, or name a source of the password"));
    }
    if of_org > 0 {
        context.block_on(invite_again(context, path, record.clone()))?;
    }
    if of_project > 0 {
        let record = match of_org {
            0 => record,
            _ => record::read("policy rollback", path)?,
        };
        policy::undo_steps(context, path, record, changed_since, &|step| step.noun == project)?;
    }
    match of_users {
        0 => Ok(()),
        _ => context.block_on(users::unlock(context, PathBuf::from(path), password)),
    }
}

/// Invites whoever was removed from the organisation to what they had in it.
async fn invite_again(context: &Context, path: &Path, mut record: Record) -> Result<()> {
    let on = context.project().await?;
    record::is_of(&record, path, on)?;
    let org = orgs::chosen(context).await?;
    let home = Home::Org(org.clone());
    let noun = home::noun(&home);
    let left: Vec<Step> = record.standing().filter(|step| step.noun == noun).cloned().collect();
    let client = context.client()?;
    let planned = Planned::by(async || {
        let known = home::direct(client, &home).await?;
        let mut plan = home::plan(&home, "invite again", "invited again");
        for step in &left {
            let object = plan.object(&step.name);
            let before = step.before.clone().unwrap_or_default();
            let member: Member = serde_json::from_value(before).map_err(|e| {
                Error::failed(format!("the record of {} is invalid", step.name)).source(e)
            })?;
            if known.iter().any(|row| home::is_called(&row.view, &step.name)) {
                plan.unchanged(object);
                continue;
            }
            let call = members::reinvite_call(&org, &step.name, &member.roles, &member.team_ids);
            let expect = Expect::Has(json!({ "roles": { "orgRoles": member.roles.own } }));
            let mut facts = vec![Fact::means("roles", displays(&member.roles.own))];
            for one in &member.roles.projects {
                let text = format!("in project {}: {}", one.group_id, displays(&one.group_roles));
                facts.push(Fact::means("roles", text));
            }
            facts.push(Fact::new("joins", "by accepting an invitation within 30 days"));
            plan.change(Change::new(object, call, expect).facts(facts));
        }
        Ok(plan)
    })
    .await?;
    let unchanged: Vec<ObjectId> = left
        .iter()
        .map(|step| planned.plan().object(&step.name))
        .filter(|object| !planned.plan().changes().iter().any(|change| change.object() == object))
        .collect();
    let place = &home;
    let stage = Stage::new(planned, async || {
        execute::read_back(place, &home::direct(client, place).await?, &[])
    });
    let applied = change::execute_all(context, vec![stage], None, &NoColumns).await;
    if context.dry_run {
        return applied.outcome;
    }
    applied
        .then(context, async |done| {
            let back = |step: &Step| {
                let mut all = done.iter().chain(&unchanged);
                step.noun == noun && all.any(|object| object.name == step.name)
            };
            record.note_undone(path, &context.ui.now().to_string(), back)
        })
        .await
}
