//! Users as a record of `users lock` has them, or of another command that locks users as it does.

use std::path::Path;

use serde_json::{Map, Value};

use super::naming::NOUN;
use super::view::has_password;
use crate::atlas::users::User;
use crate::change::record::{Deed, Record, Step, StepState};
use crate::commands::record;
use crate::error::{Error, Result};

/// The command whose records these are.
pub const COMMAND: &str = "users lock";
/// The command that locks users among other things, in the same way.
pub const OFFBOARD: &str = "members offboard";

/// One user as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct LockedUser {
    /// `alice@admin`.
    pub name: String,
    /// How it was locked.
    pub how: LockMethod,
    /// What the API returned.
    pub definition: Map<String, Value>,
    /// How far the lock came.
    pub state: StepState,
    /// When it was last unlocked from this record, RFC 3339.
    pub unlocked_at: Option<String>,
}

/// How a user was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    fn of(step: &Step) -> Option<LockedUser> {
        let how = match step.deed {
            Deed::Secret => LockMethod::Password,
            Deed::Delete => LockMethod::Deleted,
            Deed::Create | Deed::Update => return None,
        };
        let definition = step.before.as_ref()?.as_object()?.clone();
        let (name, unlocked_at) = (step.name.clone(), step.undone_at.clone());
        Some(LockedUser { name, how, definition, state: step.state, unlocked_at })
    }

    /// The typed view of the definition.
    ///
    /// # Errors
    /// If the record was edited into something else.
    pub fn user(&self) -> Result<User> {
        serde_json::from_value(Value::Object(self.definition.clone()))
            .map_err(|e| Error::failed(format!("the record of {} is invalid", self.name)).source(e))
    }

    /// Whether it was, or may have been, locked and not unlocked since.
    pub fn is_locked(&self) -> bool {
        self.state != StepState::Failed && self.unlocked_at.is_none()
    }
}

/// Reads a record of locked users that an option names.
///
/// # Errors
/// Usage: a file that cannot be read, or is not such a record.
pub fn read(option: &str, path: &Path) -> Result<(Record, Vec<LockedUser>)> {
    let record = record::read(option, path)?;
    if ![COMMAND, OFFBOARD].contains(&record.command.as_str()) {
        let why =
            format!("{} is a record of {}, not of users lock", path.display(), record.command);
        let path = crate::shell::quote(&path.display().to_string()).into_owned();
        return Err(Error::usage(why).hint(format!("spctl policy rollback {path} undoes that")));
    }
    let steps = record.steps.iter().filter(|step| step.noun == NOUN);
    let users = steps.filter_map(LockedUser::of).collect();
    Ok((record, users))
}
