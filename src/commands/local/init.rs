//! `spctl local init`.

use std::path::Path;

use super::new_store::NewStoreArgs;
use super::would;
use crate::context::Context;
use crate::error::Result;
use crate::local::Clock;
use crate::local::admin::{self, Admin};
use crate::ui::NoColumns;

/// What to create, and over what.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to create.
    #[command(flatten)]
    fresh: NewStoreArgs,
    /// Delete an existing store first
    #[arg(long)]
    force: bool,
}

pub(super) fn run(context: &Context, path: &Path, args: &Args) -> Result<()> {
    context.ui.check(&NoColumns)?;
    if context.dry_run {
        if admin::is_there(path)? && !args.force {
            return Err(admin::there_already(path));
        }
        return would(context, &format!("create {}", path.display()));
    }
    let mut admin = Admin::init(path, args.fresh.create(), Clock::System, args.force)?;
    args.fresh.finish(&mut admin)?;
    context.ui.note(format!("created {}", path.display()));
    Ok(())
}
