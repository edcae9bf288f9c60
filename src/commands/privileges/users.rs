//! The database users of a project by the names that command lines call them.

use crate::commands::user_names::{UserNames, split};
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::project::{DatabaseUser, Project};

/// What users are called.
pub struct Called<'a> {
    users: &'a [DatabaseUser],
    names: UserNames,
}

impl<'a> Called<'a> {
    /// The users of a project.
    pub fn of(project: &'a Project) -> Self {
        let names = UserNames::among_names(project.users.iter().map(|user| user.name.as_str()));
        Called { users: &project.users, names }
    }

    /// The shortest name that means this user alone.
    pub fn name(&self, user: &DatabaseUser) -> String {
        self.names.called(&user.name, &user.database)
    }

    /// The same by name and database; what has no database is called by its name.
    pub fn by(&self, name: &str, database: Option<&str>) -> String {
        database.map_or_else(|| name.to_owned(), |database| self.names.called(name, database))
    }

    /// The user that a name means.
    ///
    /// # Errors
    /// Not found, with similar names; usage, if two users have the name.
    pub fn find(&self, given: &str) -> Result<&'a DatabaseUser> {
        let (short, suffix) = split(given);
        let is_meant = |user: &&DatabaseUser| {
            user.name == given
                || suffix.is_some_and(|database| user.name == short && user.database == database)
        };
        let found: Vec<&DatabaseUser> = self.users.iter().filter(is_meant).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => {
                let near = near::near(short, self.users.iter().map(|user| user.name.as_str()));
                let is_near = |user: &&DatabaseUser| near.contains(&user.name.as_str());
                let names: Vec<String> =
                    self.users.iter().filter(is_near).map(|user| self.name(user)).collect();
                let otherwise = "spctl users list shows the existing ones";
                Err(Error::not_found(format!("there is no database user {given:?}"))
                    .hint(near::suggestion(names.iter().map(String::as_str), otherwise)))
            }
            several => {
                let names: Vec<_> = several.iter().map(|user| self.name(user)).collect();
                let why =
                    format!("{} users are named {given}: {}", several.len(), names.join(", "));
                Err(Error::usage(why).hint("use the longer name"))
            }
        }
    }
}
