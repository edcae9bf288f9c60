//! What is known beside the log: who is a user of the project, who was, and who asks.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use futures_util::TryStreamExt;
use jiff::Timestamp;

use crate::atlas::events::EventFilter;
use crate::atlas::users::User;
use crate::audit::detect::{Gone, Settings, Users, name_in_log, page};
use crate::audit::source::Source;
use crate::commands::user_names::DATABASES;
use crate::commands::users::locked_users;
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::{ProjectClient, project_id};

/// The rule that all this is for.
const RULE: &str = "unknown-user";
const ADDED: &str = "MONGODB_USER_ADDED";
const DELETED: &str = "MONGODB_USER_DELETED";
/// What somebody is called who acts on the local control plane without a credential.
const LOCAL: &str = "local";

/// What the log calls whoever runs this command.
pub(in crate::commands::audit) fn own_name(context: &Context) -> Option<String> {
    match context.settings.target {
        Target::Local { .. } => Some(LOCAL.to_owned()),
        Target::Atlas { .. } => context.settings.identity().ok().flatten()?.id.map(|id| id.value),
    }
}

/// The users whom records say to be locked.
///
/// # Errors
/// Usage: a file that is no record.
pub(super) fn locked(files: &[PathBuf]) -> Result<Vec<Gone>> {
    let mut gone = Vec::new();
    for file in files {
        let (record, users) = locked_users("--locked", file)?;
        let at: Timestamp = record.at.parse().map_err(|e| {
            Error::usage(format!("--locked: {} has no time", file.display())).source(e)
        })?;
        for locked in users.iter().filter(|locked| locked.is_locked()) {
            let user = locked.user()?;
            gone.push(Gone {
                user: name_in_log(&user.database_name, &user.username),
                since: at.as_microsecond(),
                how: "was locked",
            });
        }
    }
    Ok(gone)
}

/// The users of the project, or why they are not known.
///
/// # Errors
/// Only that the user has interrupted it.
pub(in crate::commands::audit) fn users(
    context: &Context,
    sources: &[Source],
    settings: &Settings,
    locked: Vec<Gone>,
) -> Result<std::result::Result<Users, String>> {
    let is_on = page(RULE).is_some_and(|page| settings.of(page).is_on());
    if !is_on {
        return Ok(Err("it is switched off".to_owned()));
    }
    let asked = context.signals.interruptible(async {
        let on = context.project().await?;
        for project in
            sources.iter().filter_map(|source| source.project.as_deref()).collect::<HashSet<_>>()
        {
            if project_id(&on.client, project).await? != on.project {
                return Err(Error::failed(format!(
                    "the log is of project {project}, and another one is chosen"
                )));
            }
        }
        of_project(on, locked).await
    });
    match context.block_on(asked) {
        Ok(users) => Ok(Ok(users)),
        Err(error) if error.kind() == Kind::Interrupted => Err(error),
        Err(error) => Ok(Err(format!("the project's users are not known: {error}"))),
    }
}

async fn of_project(on: &ProjectClient, locked: Vec<Gone>) -> Result<Users> {
    let rows: Vec<_> = on.client.users(&on.project).try_collect().await.map_err(Error::from)?;
    let users: Vec<&User> = rows.iter().map(|row| &row.view).collect();
    let name = |user: &&User| name_in_log(&user.database_name, &user.username);
    let there: Vec<String> = users.iter().map(name).collect();
    // When they were deleted only events tell; without them, somebody is gone since some time.
    let deleted = deleted(on).await.unwrap_or_default();
    let is_there: HashSet<&str> = there.iter().map(String::as_str).collect();
    let gone = deleted.into_iter().flat_map(|(name, since)| {
        let names = DATABASES.map(|database| name_in_log(database, &name));
        names.map(|user| Gone { user, since, how: "was deleted" })
    });
    let gone = gone.filter(|gone| !is_there.contains(&*gone.user)).chain(locked).collect();
    let is = |kind: &Option<String>, group: &str| kind.as_deref() == Some(group);
    let has_groups = users
        .iter()
        .any(|user| is(&user.oidc_auth_type, "IDP_GROUP") || is(&user.ldap_auth_type, "GROUP"));
    Ok(Users { there, gone, has_groups })
}

/// When users were last deleted, by their names.
async fn deleted(on: &ProjectClient) -> Result<HashMap<String, i64>> {
    let wanted =
        EventFilter { types: vec![ADDED.to_owned(), DELETED.to_owned()], ..EventFilter::default() };
    let events = on.client.events(&on.project, &wanted);
    let events: Vec<_> = events.try_collect().await.map_err(Error::from)?;
    let mut deleted = HashMap::new();
    // The newest first: what happened to a user last.
    let mut seen = HashSet::new();
    for event in events.into_iter().map(|row| row.view) {
        let name =
            event.about().find(|(field, _)| NAMES.contains(field)).map(|(_, name)| name.to_owned());
        let time = event.created.as_deref().and_then(|time| time.parse::<Timestamp>().ok());
        let (Some(name), Some(time)) = (name, time) else { continue };
        if seen.insert(name.clone()) && event.event_type_name == DELETED {
            deleted.insert(name, time.as_microsecond());
        }
    }
    Ok(deleted)
}

/// Under which an event names the user that it is about.
const NAMES: [&str; 2] = ["dbUserUsername", "targetUsername"];
