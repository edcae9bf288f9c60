//! What `users lock` writes down, and `users unlock` reads: users as they were.

use std::io::Write;
use std::iter;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::naming::full_name;
use super::view::has_password;
use crate::atlas::users::User;
use crate::commands::input;
use crate::error::{Error, Result};
use crate::files::Pending;

/// The version of the format.
const VERSION: u32 = 1;

/// A record of locked users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// What the file is, for anyone who finds it.
    spctl_locked_users: u32,
    /// The project's id.
    pub project: String,
    /// When, RFC 3339.
    pub locked_at: String,
    /// The users.
    pub users: Vec<LockedUser>,
}

/// One user as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LockedUser {
    /// `alice@admin`.
    pub name: String,
    /// How it was locked.
    pub how: LockMethod,
    /// What the API returned.
    pub definition: Map<String, Value>,
    /// Whether the lock was refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lock_failed: bool,
    /// Whether the outcome of the lock is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lock_unknown: bool,
    /// When it was last unlocked from this record, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlocked_at: Option<String>,
}

/// How a user was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LockMethod {
    /// Its password was replaced.
    Password,
    /// It was deleted, having no password.
    Deleted,
}

impl LockMethod {
    /// What locks this user out.
    pub fn of(user: &User) -> LockMethod {
        match has_password(user) {
            true => LockMethod::Password,
            false => LockMethod::Deleted,
        }
    }
}

impl LockedUser {
    /// Records a user.
    ///
    /// # Errors
    /// If the API returned no object.
    pub fn new(row: &RawValue) -> Result<LockedUser> {
        let unreadable = |e| Error::failed("cannot record a database user").source(e);
        let user: User = serde_json::from_str(row.get()).map_err(unreadable)?;
        let mut definition: Map<String, Value> =
            serde_json::from_str(row.get()).map_err(unreadable)?;
        // Links are not part of the definition.
        definition.remove("links");
        let (name, how) = (full_name(&user), LockMethod::of(&user));
        Ok(LockedUser {
            name,
            how,
            definition,
            lock_failed: false,
            lock_unknown: false,
            unlocked_at: None,
        })
    }

    /// The typed view of the definition.
    ///
    /// # Errors
    /// If the record was edited into something else.
    pub fn user(&self) -> Result<User> {
        serde_json::from_value(Value::Object(self.definition.clone()))
            .map_err(|e| Error::failed(format!("the record of {} is invalid", self.name)).source(e))
    }
}

impl Record {
    /// An empty record.
    pub fn new(project: &str, locked_at: String) -> Record {
        let project = project.to_owned();
        Record { spctl_locked_users: VERSION, project, locked_at, users: Vec::new() }
    }

    /// Records users who are about to be locked: first into a new file, which replaces nothing, then
    /// into the same file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn add(
        &mut self,
        path: &Path,
        pending: Option<Pending>,
        users: Vec<LockedUser>,
    ) -> Result<()> {
        self.users.retain(|old| users.iter().all(|user| user.name != old.name));
        self.users.extend(users);
        let Some(mut pending) = pending else { return self.rewrite(path) };
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Error::failed("cannot write the record").source(e))?;
        let written = writeln!(pending, "{text}").and_then(|()| pending.keep(false));
        written.map_err(|e| {
            Error::failed(format!("cannot write the record {}; nothing was sent", path.display()))
                .source(e)
        })
    }

    /// Notes who was unlocked, so that a second run replaces nobody's new password.
    ///
    /// # Errors
    /// What the file system says.
    pub fn note_unlocked(&mut self, path: &Path, names: &[String], now: &str) -> Result<()> {
        let is_back = |locked: &&mut LockedUser| names.contains(&locked.name);
        self.users.iter_mut().filter(is_back).for_each(|l| l.unlocked_at = Some(now.to_owned()));
        self.rewrite(path)
            .map_err(|error| error.hint("unlocking from it again would replace their passwords"))
    }

    /// Notes who was not locked, or may not have been, so that an unlock replaces no working
    /// password.
    ///
    /// # Errors
    /// What the file system says.
    pub fn note_locked(&mut self, path: &Path, done: &[String], unknown: &[String]) -> Result<()> {
        let failed = |locked: &&mut LockedUser| !done.contains(&locked.name);
        let mut any = false;
        for locked in self.users.iter_mut().filter(failed) {
            locked.lock_unknown = unknown.contains(&locked.name);
            locked.lock_failed = !locked.lock_unknown;
            any = true;
        }
        match any {
            true => self.rewrite(path).map_err(|error| {
                error.hint("when unlocking from it, name only the users that were locked")
            }),
            false => Ok(()),
        }
    }

    fn rewrite(&self, path: &Path) -> Result<()> {
        let failed = || Error::failed(format!("cannot record the outcome in {}", path.display()));
        let text = serde_json::to_string_pretty(self).map_err(|e| failed().source(e))?;
        crate::files::replace(path, format!("{text}\n").as_bytes()).map_err(|e| failed().source(e))
    }

    /// The users who were locked, and not unlocked since.
    pub fn still_locked(&self) -> impl Iterator<Item = &LockedUser> {
        self.users.iter().filter(|user| !user.lock_failed && user.unlocked_at.is_none())
    }

    /// Reads a record that an option names.
    ///
    /// # Errors
    /// Usage: a file that cannot be read, or is not a record.
    pub fn read(option: &str, path: &Path) -> Result<Record> {
        let bytes = input::file(option, path)?;
        input::not_blank(option, path, &bytes)?;
        let wrong = || {
            Error::usage(format!("{} is not a record of locked users", path.display()))
                .hint("spctl users lock writes one, and says where")
        };
        let record: Record = serde_json::from_slice(&bytes).map_err(|e| wrong().source(e))?;
        match record.spctl_locked_users {
            VERSION => Ok(record),
            _ => Err(wrong().hint("it was written by a newer spctl")),
        }
    }
}

/// The default path of a record: `locked-users-20260820T120000Z.json` in the current directory.
pub fn default_path(now: jiff::Timestamp) -> PathBuf {
    let stem = format!("locked-users-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    // Users may be locked one after another, within one second.
    let names = (2..).map(|n| format!("{stem}-{n}.json"));
    let mut paths = iter::once(format!("{stem}.json")).chain(names).map(PathBuf::from);
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_default()
}
