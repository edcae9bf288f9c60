//! What an apply could take from whoever runs it, or from everybody: it is said, and needs a word.

use serde_json::Value;

use super::owned::{Key, Owned};
use super::wanted::{Wanted, objects};
use crate::atlas::access_lists::AccessEntry;
use crate::commands::access_lists::entry::{EntryTarget, Lease};
use crate::commands::access_lists::guard::{self, Lockout};
use crate::config::{CredentialKind as Credential, Target};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::{Policy, kind};
use crate::privileges::catalogue::{atlas_roles, built_in};
use crate::privileges::project::{PrincipalKind, Project};

/// The policy of a project once it is as it is wanted, as far as access depends on it.
pub fn afterwards(live: &Policy, wanted: &Wanted) -> Policy {
    let mut after = live.clone();
    let mut all = objects(live);
    for (key, document) in &wanted.objects {
        match document {
            Some(document) => drop(all.insert(key.clone(), document.clone())),
            None => drop(all.remove(key)),
        }
    }
    for owned in wanted.kinds() {
        let of_kind = || all.iter().filter(|(key, _)| key.kind == owned);
        match (owned, kind(owned.key())) {
            (Owned::Members, Some(kind)) => {
                let members = live.each(kind.key).iter().map(|member| with_roles(member, wanted));
                let new = of_kind().filter(|(key, _)| !is_member(live, &key.name));
                after.set(kind, members.chain(new.map(|(_, document)| document.clone())));
            }
            (Owned::Entries | Owned::Roles | Owned::Users, Some(kind)) => {
                after.set(kind, of_kind().map(|(_, document)| document.clone()));
            }
            _ => {}
        }
    }
    let mut instances = after.instances.take().unwrap_or_default();
    for (key, document) in &all {
        if key.kind == Owned::Instances && !instances.iter().any(|one| one.name() == key.name) {
            let document = document.clone();
            instances.push(crate::policy::Instance {
                document,
                connections: Some(Vec::new()),
                processors: Some(Vec::new()),
            });
        }
    }
    for instance in &mut instances {
        let name = instance.name().to_owned();
        let of_instance = |key: &Key| key.instance() == Some(&*name);
        let connections = all.iter().filter(|(key, _)| of_instance(key));
        instance.connections = instance
            .connections
            .take()
            .map(|_| connections.map(|(_, document)| document.clone()).collect());
    }
    after.set_instances(instances);
    after
}

fn is_member(live: &Policy, name: &str) -> bool {
    live.each("members").iter().any(|member| member["username"] == name)
}

/// Somebody with the roles that are wanted, and what is held by other ways.
fn with_roles(member: &Value, wanted: &Wanted) -> Value {
    let name = member["username"].as_str().unwrap_or_default().to_owned();
    let mut member = member.clone();
    match wanted.objects.get(&Key { kind: Owned::Members, name }) {
        Some(Some(document)) => member["roles"] = document["roles"].clone(),
        Some(None) => member["roles"] = Value::Array(Vec::new()),
        None => {}
    }
    member
}

/// What is dangerous, each a sentence.
///
/// # Errors
/// Those of asking for the caller's address.
pub async fn dangers(
    context: &Context,
    (live, after): (&Policy, &Policy),
    (old, new): (&Project, &Project),
) -> Result<Vec<String>> {
    let mut dangers = entries(context, live, after).await?;
    dangers.extend(administrators(context, old, new)?);
    Ok(dangers)
}

async fn entries(context: &Context, live: &Policy, after: &Policy) -> Result<Vec<String>> {
    let (before, then) = (leases(live), leases(after));
    if before == then {
        return Ok(Vec::new());
    }
    let targets = |leases: &[Lease]| -> Vec<EntryTarget> {
        leases.iter().map(|lease| lease.target.clone()).collect()
    };
    let (stood, stands) = (targets(&before).into_iter(), targets(&then).into_iter());
    let mut dangers = Vec::new();
    let lockout = Lockout::new(false);
    let removes = before.iter().any(|lease| !then.iter().any(|one| one.target == lease.target));
    let shuts_out = match lockout.own_address(context).await? {
        Some(_) => lockout.check(context, stood, stands).await,
        None => {
            let untold = "entries are removed, and whether you reach the databases by one of them \
                          cannot be told: the server does not report your current address";
            dangers.extend(removes.then(|| untold.to_owned()));
            Ok(())
        }
    };
    let emptied = guard::emptied(then.is_empty() && !before.is_empty(), false);
    let checks = [emptied, guard::anywhere(&before, &then, false), shuts_out];
    for check in checks {
        match check {
            Err(error) if error.kind() == Kind::Usage => dangers.push(error.to_string()),
            other => other?,
        }
    }
    Ok(dangers)
}

fn leases(policy: &Policy) -> Vec<Lease> {
    let lease = |document: &Value| {
        let entry: AccessEntry = serde_json::from_value(document.clone()).ok()?;
        let until = entry.delete_after_date.as_ref();
        let until = until.map(|at| at.parse().unwrap_or(jiff::Timestamp::MIN));
        Some(Lease { target: EntryTarget::of(&entry)?, until })
    };
    policy.each("accessList").iter().filter_map(lease).collect()
}

/// What of the access of administrators would be lost, each a sentence: that of the last one, or the
/// caller's own; where that cannot be told, it counts as lost.
///
/// # Errors
/// Those of the settings.
pub fn administrators(context: &Context, old: &Project, new: &Project) -> Result<Vec<String>> {
    let mut dangers = Vec::new();
    let administers = |project: &Project| {
        project.users.iter().any(|user| {
            let is_there = user.expires.is_none_or(|end| end > project.taken);
            let closure = project.roles.closure(user.roles.iter().cloned());
            is_there && closure.0.iter().any(|reached| built_in::administers(&reached.role.role))
        })
    };
    if administers(old) && !administers(new) {
        dangers.push("no database user would administer the databases any more".to_owned());
    }
    let owners = |project: &Project| -> Vec<String> {
        let people = project.principals.iter().filter(|one| one.kind == PrincipalKind::Person);
        let owns = |role: &str| atlas_roles::includes(role, atlas_roles::PROJECT_OWNER.api);
        people
            .filter(|one| one.roles.iter().any(|held| owns(&held.role)))
            .map(|one| one.name.clone())
            .collect()
    };
    let roles = |project: &Project| {
        let mut roles: Vec<_> =
            project.principals.iter().map(|one| (one.name.clone(), one.roles.clone())).collect();
        roles.sort();
        roles
    };
    if roles(old) == roles(new) {
        return Ok(dangers);
    }
    if owners(new).is_empty() {
        dangers.push("nobody who is seen would own the project any more".to_owned());
    }
    // An access token says nothing about whose it is, and keys and accounts are not changed here.
    let is_local = matches!(context.settings.target, Target::Local { .. });
    let identity = if is_local { None } else { context.settings.identity()? };
    let may_be_a_person = identity.is_some_and(|identity| identity.kind == Credential::AccessToken);
    let loses = old.principals.iter().any(|one| {
        let held = new.principals.iter().find(|other| other.name == one.name);
        one.roles.iter().any(|role| held.is_none_or(|held| !held.roles.contains(role)))
    });
    if may_be_a_person && loses {
        dangers.push(
            "people lose roles, and whether you are one of them cannot be told from an access token"
                .to_owned(),
        );
    }
    Ok(dangers)
}

/// Whether the word is asked for, and the danger said with the question.
pub fn asks(context: &Context, given: Option<&str>) -> bool {
    let can = context.ui.can_ask() && !context.ui.assumes_yes() && !context.dry_run;
    given.is_none() && can
}

/// Asks for the word that goes with the danger, where it was not given on the command line. What the
/// danger is stands before the question.
///
/// # Errors
/// Usage: the word is another one, or there is nobody to ask.
pub fn confirmed(
    context: &Context,
    dangers: &[String],
    word: &str,
    given: Option<&str>,
) -> Result<()> {
    if dangers.is_empty() || context.dry_run && given.is_none() {
        return Ok(());
    }
    let needs = || {
        Error::usage(format!("this needs the project's name in full: {}", dangers.join("; ")))
            .hint(format!("add --confirm {} if it is intended", crate::shell::quote(word)))
    };
    let typed = match given {
        Some(given) => given.to_owned(),
        None if asks(context, given) => {
            dangers.iter().for_each(|danger| context.ui.warn(danger));
            context.ui.ask_text(&format!("type {word} to go on"))?
        }
        None => return Err(needs()),
    };
    match typed == word {
        true => Ok(()),
        false => Err(needs()),
    }
}
