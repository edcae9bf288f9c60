//! `spctl policy`: a project's policy as a file.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

pub(in crate::commands) mod access;
mod apply;
mod diff;
mod export;
mod live;
mod rollback;
pub mod source;
mod validate;

pub use apply::{administrators, confirmed};
pub use rollback::{undo, undo_steps};
pub use source::{SourceArgs, document, of_document, read, text};

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write all that a project's policy is as one YAML document
    Export(export::Args),
    /// Make the project what a policy says
    Apply(apply::Args),
    /// Put back what a record says was there before
    Rollback(rollback::Args),
    /// Compare the project with a policy file: what would have to change
    Diff(diff::Args),
    /// Say everything that is wrong with policy files; nothing is asked or sent
    #[command(alias = "check")]
    Validate(validate::Args),
}

/// Runs a subcommand.
///
/// # Errors
/// Those of the API; usage, of a file that is no policy.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::Export(args) => export::run(context, &args),
        Command::Apply(args) => apply::run(context, &args),
        Command::Rollback(args) => rollback::run(context, &args),
        Command::Diff(args) => diff::run(context, &args),
        Command::Validate(args) => validate::run(context, &args),
    }
}
