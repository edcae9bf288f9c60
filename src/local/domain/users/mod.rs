//! Database users.

mod rights;
mod rules;
mod scram;
pub mod sign_in;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, require, text, without};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;
use crate::local::store::scram as verifiers;

pub use crate::local::store::scram::{Key, Verifier};
pub use rights::Held;
pub(super) use rules::grantable;

/// A database user, who is known by a name within a project and an authentication database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserName<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The authentication database.
    pub database: &'a str,
    /// The name.
    pub name: &'a str,
}

impl UserName<'_> {
    fn key(&self) -> String {
        docs::user_key(self.database, self.name)
    }
}

/// What a user is to become. The password is removed from the attributes, which still show that
/// there was one.
#[derive(Debug, Clone)]
pub struct UserSpec {
    attributes: Attributes,
    /// What becomes of the password: a refusal waits until its turn among the attributes has come.
    password: Option<Outcome<Verifier>>,
}

impl UserSpec {
    /// Takes the attributes, and derives the verifier of a password. That takes its time: before
    /// a transaction begins.
    pub fn of(mut attributes: Attributes) -> UserSpec {
        let password = attributes.get_mut("password").map(Value::take);
        let verifier = |password: Value| match password.as_str() {
            Some(password) => scram::derive(password),
            None => Err(scram::too_short()),
        };
        UserSpec { attributes, password: password.map(verifier) }
    }
}

/// A part of a project's users.
pub fn list(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    work.list(kind::DATABASE_USER, project, part)
}

/// One user.
pub fn get(work: &Work<'_>, user: UserName<'_>) -> Outcome {
    let found = work.get(kind::DATABASE_USER, user.project, &user.key())?;
    // A slash in a name could make one key of two other halves.
    found.filter(|found| found["username"] == user.name).ok_or_else(|| {
        let UserName { database, name, .. } = user;
        let detail = format!("No user with username {name} exists on database {database}.");
        Refusal::not_found(Subject::DatabaseUser, name, detail)
    })
}

/// What tells this user from others who had the name before; `None` if nobody has it.
fn row(work: &Work<'_>, user: UserName<'_>) -> Outcome<Option<i64>> {
    Ok(docs::row(work.db, work.now, kind::DATABASE_USER, user.project, &user.key())?)
}

/// What a user who signs in is checked against; `None` for a user without a password, and for
/// nobody at all.
pub fn verifier(work: &Work<'_>, user: UserName<'_>) -> Outcome<Option<Verifier>> {
    match get(work, user) {
        Ok(_) => Ok(verifiers::get(work.db, work.now, user.project, &user.key())?),
        Err(Refusal { reason: Reason::NotFound, .. }) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Creates a user.
pub fn create(work: &Work<'_>, project: &str, wanted: UserSpec) -> Outcome {
    require(&wanted.attributes, &["username", "roles"])?;
    let mut user = json!({
        "awsIAMType": "NONE",
        "databaseName": "admin",
        "groupId": project,
        "labels": [],
        "ldapAuthType": "NONE",
        "links": [],
        "oidcAuthType": "NONE",
        "roles": [],
        "scopes": [],
        "username": "",
        "x509Type": "NONE",
    });
    let verifier = merge(work, project, &mut user, wanted)?;
    rules::identity(&user, verifier.is_some())?;

    let limit = meta::limit(work.db, &meta::USER_LIMIT)?;
    let (name, database) = (text(&user, "username"), text(&user, "databaseName"));
    if let Some(most) = limit
        && docs::count(work.db, work.now, kind::DATABASE_USER, project)? >= most
    {
        let detail = format!("A project has at most {most} database users.");
        return Err(Refusal::new(Reason::LimitReached, Subject::DatabaseUser, name, detail));
    }
    let key = UserName { project, database, name }.key();
    let (db, now) = (work.db, work.now);
    if !docs::insert(db, now, kind::DATABASE_USER, project, &key, &user, expiry(&user))? {
        let detail = format!("The user {name}@{database} already exists in this project.");
        return Err(Refusal::taken(Subject::DatabaseUser, name, detail));
    }
    if let Some(verifier) = verifier {
        verifiers::set(db, project, &key, &verifier)?;
    }
    work.event(project, "MONGODB_USER_ADDED", &[("dbUserUsername", name)])?;
    Ok(user)
}

/// Changes what is named of a user; the rest stays as it is.
pub fn update(work: &Work<'_>, name: UserName<'_>, wanted: UserSpec) -> Outcome {
    let mut user = get(work, name)?;
    for attribute in ["username", "databaseName"] {
        if wanted.attributes.get(attribute).is_some_and(|value| *value != user[attribute]) {
            return Err(Refusal::invalid(attribute, "it cannot be changed"));
        }
    }
    let verifier = merge(work, name.project, &mut user, wanted)?;
    // The secret of a user who has one already need not be given again.
    let is_scram = rules::is_scram(&user);
    rules::identity(&user, is_scram || verifier.is_some())?;
    let key = name.key();
    docs::update(work.db, kind::DATABASE_USER, name.project, &key, &user, expiry(&user))?;
    match verifier {
        Some(verifier) => verifiers::set(work.db, name.project, &key, &verifier)?,
        // Who signs in by other means has no password that could come back.
        None if !is_scram => verifiers::remove(work.db, name.project, &key)?,
        None => {}
    }
    work.event(name.project, "MONGODB_USER_UPDATED", &[("dbUserUsername", name.name)])?;
    Ok(user)
}

/// Deletes a user, and what is stored of the password.
pub fn delete(work: &Work<'_>, user: UserName<'_>) -> Outcome<()> {
    get(work, user)?;
    docs::delete(work.db, work.now, kind::DATABASE_USER, user.project, &user.key())?;
    work.event(user.project, "MONGODB_USER_DELETED", &[("dbUserUsername", user.name)])
}

/// Applies the attributes, each by its own rule; returns the verifier of a new
/// password.
fn merge(
    work: &Work<'_>,
    project: &str,
    user: &mut Value,
    wanted: UserSpec,
) -> Outcome<Option<Verifier>> {
    let (mut verifier, mut password) = (None, wanted.password);
    for (name, value) in &wanted.attributes {
        match name.as_str() {
            "links" => continue,
            "groupId" if value == project => continue,
            "groupId" => {
                return Err(Refusal::invalid(name, "it differs from the path's project"));
            }
            "password" => {
                verifier = password.take().transpose()?;
                continue;
            }
            _ => {}
        }
        match rules::attribute(name, value, work.now)? {
            Some(value) => {
                if name == "roles" {
                    rules::roles(work, project, &value)?;
                }
                user[name] = value;
            }
            None => without(user, name),
        }
    }
    Ok(verifier)
}

fn expiry(user: &Value) -> Option<Timestamp> {
    text(user, "deleteAfterDate").parse().ok()
}
