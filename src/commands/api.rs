//! `spctl api`: any operation of the Admin API, signed and paged.

use crate::context::Context;
use crate::error::{Error, Result};

/// Which call.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Makes the call.
///
/// # Errors
/// Those of the API.
pub fn run(_: &Context, _: Args) -> Result<()> {
    Err(Error::failed("not there yet"))
}
