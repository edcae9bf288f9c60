//! What database users are called, in every noun: `alice`, or `alice@admin` and `alice@$external` if
//! two users of the project share a name.

use std::collections::HashSet;

use crate::atlas::users::User;

/// The databases that a user can authenticate against.
pub const DATABASES: [&str; 2] = ["admin", "$external"];

/// The names of a project's users.
#[derive(Debug, Clone, Default)]
pub struct UserNames {
    /// Names that mean more than one user.
    shared: HashSet<String>,
}

impl UserNames {
    /// Decides by all users of a project; or by some, if for each one all that share its name are
    /// among them.
    pub fn among<'a>(users: impl IntoIterator<Item = &'a User>) -> UserNames {
        UserNames::among_names(users.into_iter().map(|user| user.username.as_str()))
    }

    /// The same, by the names that users have without their databases.
    pub fn among_names<'a>(names: impl IntoIterator<Item = &'a str>) -> UserNames {
        let (mut seen, mut shared) = (HashSet::new(), HashSet::new());
        for name in names {
            if !seen.insert(name) {
                shared.insert(name.to_owned());
            }
        }
        UserNames { shared }
    }

    /// The shortest name that means this user alone.
    pub fn of(&self, user: &User) -> String {
        self.called(&user.username, &user.database_name)
    }

    /// The same of a user by its name and its database.
    pub fn called(&self, name: &str, database: &str) -> String {
        // A database alone is no name to pass on.
        match name.is_empty() || (is_short(name) && !self.shared.contains(name)) {
            true => name.to_owned(),
            false => format!("{name}@{database}"),
        }
    }
}

/// `alice@admin`: unambiguous, whatever other users exist.
pub fn full_name(user: &User) -> String {
    format!("{}@{}", user.username, user.database_name)
}

/// Splits the suffix off; only these two split, since user names may hold `@`.
pub fn split(name: &str) -> (&str, Option<&'static str>) {
    for database in DATABASES {
        if let Some(short) = name.strip_suffix(database).and_then(|rest| rest.strip_suffix('@')) {
            return (short, Some(database));
        }
    }
    (name, None)
}

/// Whether a user's name alone can mean it: not if it reads as one with a database.
fn is_short(name: &str) -> bool {
    split(name).1.is_none() && name != "-"
}
