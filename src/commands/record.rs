//! Records that commands are given: read, and held against what asks for them.

use std::iter;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::change::record::{Deed, Record, Step, StepState, VERSION};
use crate::commands::input;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// Reads a record that an option or an argument names.
///
/// # Errors
/// Usage: a file that cannot be read, or is not a record.
pub fn read(option: &str, path: &Path) -> Result<Record> {
    let bytes = input::file(option, path)?;
    input::not_blank(option, path, &bytes)?;
    let wrong = || {
        Error::usage(format!("{} is not a record of spctl", path.display()))
            .hint("spctl users lock, members offboard, privileges trim and policy apply write one, and say where")
    };
    let written: Written = serde_json::from_slice(&bytes).map_err(|e| wrong().source(e))?;
    let record = match written {
        Written::Now(record) => record,
        Written::Earlier(locked) if locked.spctl_locked_users == 1 => locked.into(),
        Written::Earlier(_) => return Err(wrong()),
    };
    match record.spctl_record {
        VERSION => Ok(record),
        _ => Err(wrong().hint("it was written by a newer spctl")),
    }
}

/// Refuses a record of another project.
///
/// # Errors
/// Usage.
pub fn is_of(record: &Record, path: &Path, on: &ProjectClient) -> Result<()> {
    match on.project == record.project {
        true => Ok(()),
        false => Err(Error::usage(format!(
            "{} is for project {}, not for {}",
            path.display(),
            record.project,
            on.project
        ))
        .hint(format!("add --project {}", record.project))),
    }
}

/// The default path of a record in the current directory: `locked-users-20260820T120000Z.json`.
pub fn default_path(what: &str, now: jiff::Timestamp) -> PathBuf {
    let stem = format!("{what}-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    // Several may be written one after another, within one second.
    let names = (2..).map(|n| format!("{stem}-{n}.json"));
    let mut paths = iter::once(format!("{stem}.json")).chain(names).map(PathBuf::from);
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Now(Record),
    Earlier(LockedUsers),
}

/// What `users lock` wrote before there was one kind of record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LockedUsers {
    spctl_locked_users: u32,
    project: String,
    locked_at: String,
    users: Vec<LockedUser>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LockedUser {
    name: String,
    how: LockMethod,
    definition: Value,
    #[serde(default)]
    lock_failed: bool,
    #[serde(default)]
    lock_unknown: bool,
    #[serde(default)]
    unlocked_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum LockMethod {
    Password,
    Deleted,
}

impl From<LockedUsers> for Record {
    fn from(locked: LockedUsers) -> Record {
        let step = |user: LockedUser| Step {
            noun: super::users::NOUN.to_owned(),
            name: user.name,
            deed: match user.how {
                LockMethod::Password => Deed::Secret,
                LockMethod::Deleted => Deed::Delete,
            },
            state: match (user.lock_failed, user.lock_unknown) {
                (true, _) => StepState::Failed,
                (_, true) => StepState::Unknown,
                _ => StepState::Done,
            },
            before: Some(user.definition),
            after: None,
            undone_at: user.unlocked_at,
        };
        let mut record = Record::new("users lock", &locked.project, locked.locked_at);
        record.steps = locked.users.into_iter().map(step).collect();
        record
    }
}
