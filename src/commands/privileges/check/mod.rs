//! `privileges check`: the gates of a pipeline. Nothing is sent.

use std::path::Path;

use clap::Subcommand;

use super::asked::{ON_HOLDERS, say_unseen};
use crate::commands::policy::source::{self, SourceArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::policy::Policy;
use crate::privileges::project::Project;

mod no_new_access;
mod not_granted;

/// What to check.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check that a policy allows nothing that another one did not
    NoNewAccess(no_new_access::Args),
    /// Check that a policy lets nobody do an action on an instance
    NotGranted(not_granted::Args),
}

/// Runs one of them.
///
/// # Errors
/// Differs, if the answer is no; usage, for a file that is no policy; those of the API.
pub fn run(context: &Context, command: &Command) -> Result<()> {
    match command {
        Command::NoNewAccess(args) => no_new_access::run(context, args),
        Command::NotGranted(args) => not_granted::run(context, args),
    }
}

/// What stands for the project as it is now.
const LIVE: &str = "live";

/// What is known of a project: by a policy file, or with `live` as it is now.
fn policy(context: &Context, what: &str, file: &Path) -> Result<Policy> {
    match file.as_os_str() == LIVE {
        true => SourceArgs::default().policy(context),
        false => source::read(context, what, file),
    }
}

/// The project that a policy describes; what it does not tell is said.
fn seen(context: &Context, policy: &Policy) -> Project {
    let project = policy.project();
    say_unseen(context, &project, ON_HOLDERS);
    project
}

/// Refuses to read stdin twice.
fn apart(files: [&Path; 2]) -> Result<()> {
    match files.iter().all(|file| file.as_os_str() == "-") {
        false => Ok(()),
        true => Err(Error::usage("OLD and NEW are both -, and stdin can be read once only")
            .hint("name a file for one of them")),
    }
}
