//! Database users by the names that command lines and messages call them.

use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::facts::Facts;
use crate::atlas::Row;
use crate::atlas::users::User;
use crate::change::{ObjectId, Plan, ReadBack};
use crate::commands::names::{are_many, stands_in_a_url};
pub use crate::commands::user_names::{DATABASES, full_name};
use crate::commands::user_names::{UserNames, split};
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;

/// How many users are looked up at the same time.
const AT_ONCE: usize = 8;

/// A database user as commands handle it.
#[derive(Debug, Clone)]
pub struct NamedUser {
    /// The shortest name that means this user alone.
    pub name: String,
    /// The project's name, if several projects are listed.
    pub project: Option<String>,
    /// What the API returned.
    pub row: Row<User>,
    /// What is computed of it, if it is shown.
    pub facts: Option<Facts>,
}

impl NamedUser {
    /// A user of a project, under this name.
    pub fn new(name: String, row: Row<User>) -> Self {
        NamedUser { name, project: None, row, facts: None }
    }

    /// The typed view.
    pub fn user(&self) -> &User {
        &self.row.view
    }
}

/// Gives every user of a whole listing its shortest unambiguous name.
pub fn name_all(rows: Vec<Row<User>>) -> Vec<NamedUser> {
    let names = UserNames::among(rows.iter().map(|row| &row.view));
    rows.into_iter().map(|row| NamedUser::new(names.of(&row.view), row)).collect()
}

/// All database users of a project.
pub async fn fetch(on: &ProjectClient) -> Result<Vec<NamedUser>> {
    let rows: Vec<_> = on.client.users(&on.project).try_collect().await.map_err(Error::from)?;
    Ok(name_all(rows))
}

/// The users that any of these names can mean, and those that share a name with one of them, so that
/// each goes by the same name as in a listing of all. A few names are looked up one by one: a user is
/// known by its name and one of two databases, however many users the project has.
pub async fn fetch_meant(on: &ProjectClient, names: &[String]) -> Result<Vec<NamedUser>> {
    let keys: BTreeSet<_> = names.iter().flat_map(|name| [name.as_str(), split(name).0]).collect();
    if are_many(names.len()) || !keys.iter().all(|name| stands_in_a_url(name)) {
        return fetch(on).await;
    }
    let keys = keys.into_iter().flat_map(|name| DATABASES.map(|database| (name, database)));
    let one = async |(name, database)| find(on, database, name).await;
    let rows = stream::iter(keys.map(one)).buffered(AT_ONCE);
    Ok(name_all(rows.try_filter_map(async |found| Ok(found)).try_collect().await?))
}

/// These users again, under the names they had; without those that no longer exist.
pub async fn again(on: &ProjectClient, known: &[NamedUser]) -> Result<Vec<NamedUser>> {
    let one = async |known: &NamedUser| {
        let user = known.user();
        let row = find(on, &user.database_name, &user.username).await?;
        Ok(row.map(|row| NamedUser { row, ..known.clone() }))
    };
    let rows = stream::iter(known).map(one).buffered(AT_ONCE);
    rows.try_filter_map(async |found| Ok(found)).try_collect().await
}

async fn find(on: &ProjectClient, database: &str, name: &str) -> Result<Option<Row<User>>> {
    match on.client.user(&on.project, database, name).await.map_err(Error::from) {
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// The users that a plan is to change, to be read back.
pub struct ChangedUsers {
    existing: Vec<NamedUser>,
    new: Vec<String>,
}

impl ChangedUsers {
    /// Those of a plan.
    pub fn of(plan: &Plan) -> ChangedUsers {
        let mut changed = ChangedUsers { existing: Vec::new(), new: Vec::new() };
        for change in plan.changes() {
            let name = change.object().name.clone();
            let row = change.before().and_then(|raw| Row::parse(raw.to_owned()).ok());
            match row {
                Some(row) => changed.existing.push(NamedUser::new(name, row)),
                None => changed.new.push(name),
            }
        }
        changed
    }

    /// As they are now; if they are many, all users of the project.
    pub async fn fetch(&self, on: &ProjectClient) -> Result<Vec<NamedUser>> {
        if are_many(self.existing.len() + self.new.len()) {
            return fetch(on).await;
        }
        let mut users = again(on, &self.existing).await?;
        users.extend(fetch_meant(on, &self.new).await?);
        Ok(users)
    }
}

/// The users of [`fetch_meant`]; all of the project's if a name means none of them, since similar
/// names are looked for among all.
pub async fn fetch_named(
    on: &ProjectClient,
    names: &[String],
    auth_db: Option<&str>,
) -> Result<Vec<NamedUser>> {
    let known = fetch_meant(on, names).await?;
    let is_absent = |name: &String| {
        select(&known, name, auth_db).is_err_and(|error| error.kind() == Kind::NotFound)
    };
    match names.iter().any(is_absent) {
        true => fetch(on).await,
        false => Ok(known),
    }
}

/// What messages call a user.
pub const NOUN: &str = "database user";

/// How long a user lasts that expires.
pub const LONGEST: &str = "Atlas lets a database user expire within a week, or not at all";

/// A user by each of the names that it may be called.
pub fn objects(project: &str, known: &NamedUser) -> [ObjectId; 2] {
    let named = |name| ObjectId::new(NOUN, project, name);
    [named(full_name(known.user())), named(known.name.clone())]
}

/// A project's users, for a change that is read back.
pub fn read_back(project: &str, users: Vec<NamedUser>) -> ReadBack {
    let both = users
        .into_iter()
        .flat_map(|known| objects(project, &known).map(|object| (object, known.row.raw.clone())));
    both.collect()
}

/// The user that a name means.
///
/// # Errors
/// Not found, with a similar name; usage, if two users have the name.
pub fn select<'a>(
    users: &'a [NamedUser],
    name: &str,
    auth_db: Option<&str>,
) -> Result<&'a NamedUser> {
    let (short, suffix) = split(name);
    let exact = |known: &&NamedUser| {
        known.user().username == name && auth_db.is_none_or(|db| known.user().database_name == db)
    };
    let suffixed = |known: &&NamedUser| {
        suffix.is_some_and(|db| {
            known.user().username == short
                && known.user().database_name == db
                && auth_db.is_none_or(|wanted| wanted == db)
        })
    };
    let found: Vec<&NamedUser> = users.iter().filter(|k| exact(k) || suffixed(k)).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(missing(users, name, short, auth_db)),
        several => {
            let names: Vec<_> = several.iter().map(|k| full_name(k.user())).collect();
            Err(Error::usage(format!(
                "{} users are named {name}: {}",
                several.len(),
                names.join(", ")
            ))
            .hint("choose one with --auth-db, or use the longer name"))
        }
    }
}

/// The error about a user that is not there, if an instance has its name.
pub fn as_instance(error: Error, name: &str) -> Error {
    error.hint(format!(
        "{name} is an instance, not a database user: spctl users restrict takes it as --instance \
         {}",
        quote(name)
    ))
}

fn missing(users: &[NamedUser], name: &str, short: &str, auth_db: Option<&str>) -> Error {
    let error = Error::not_found(format!("there is no database user {name:?}"));
    if let Some(db) = auth_db
        && let Ok(elsewhere) = select(users, name, None)
    {
        let there = &elsewhere.user().database_name;
        return Error::not_found(format!("there is no database user {name:?} in {db}"))
            .hint(format!("{} is in {there}: omit --auth-db", elsewhere.name));
    }
    if let Some(hint) = near::parted(name, |part| users.iter().any(|known| known.name == part)) {
        return error.hint(hint);
    }
    let near = near::near(short, users.iter().map(|k| k.user().username.as_str()));
    let called = |near| users.iter().find(|k| k.user().username == near);
    let near = near.into_iter().filter_map(called).map(|known| known.name.as_str());
    error.hint(near::suggestion(near, "spctl users list shows the existing ones"))
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn users(names: &[(&str, &str)]) -> Vec<NamedUser> {
        let row = |(name, db): &(&str, &str)| {
            let json = serde_json::json!({"username": name, "databaseName": db}).to_string();
            Row::parse(RawValue::from_string(json).unwrap()).unwrap()
        };
        name_all(names.iter().map(row).collect())
    }

    #[test]
    fn every_listed_name_means_its_user() {
        let users = users(&[
            ("alice", "admin"),
            ("carol", "admin"),
            ("carol", "$external"),
            ("bob@admin", "admin"),
            ("bob", "$external"),
            ("CN=x@example.org", "$external"),
        ]);
        for known in &users {
            let found = select(&users, &known.name, None).unwrap();
            assert_eq!(full_name(found.user()), full_name(known.user()));
        }
        assert_eq!(users[0].name, "alice");
        assert_eq!(users[1].name, "carol@admin");
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_their_database() {
        let users = users(&[("carol", "admin"), ("carol", "$external")]);
        assert_eq!(select(&users, "carol", None).unwrap_err().kind(), Kind::Usage);
        let found = select(&users, "carol", Some("$external")).unwrap();
        assert_eq!(found.user().database_name, "$external");
        let other = select(&users, "carol@admin", Some("$external")).unwrap_err();
        assert_eq!(other.hints(), ["carol@admin is in admin: omit --auth-db"]);
    }

    #[test]
    fn a_typo_is_recognised() {
        let error = select(&users(&[("alice", "admin")]), "alcie", None).unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        assert!(error.hints()[0].contains("alice"));
    }
}
