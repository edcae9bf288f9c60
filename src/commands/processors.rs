//! `spctl processors`.

use clap::Subcommand;

use crate::context::Context;
use crate::error::{Error, Result};

/// What to do with stream processors.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List them
    #[command(alias = "ls")]
    List,
}

/// Runs one of them.
///
/// # Errors
/// Those of the API.
pub fn run(_: &Context, _: Command) -> Result<()> {
    Err(Error::failed("not there yet"))
}
