//! `spctl local reset`.

use std::path::Path;

use super::new_store::NewStoreArgs;
use super::would;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::ui::NoColumns;

pub(super) fn run(context: &Context, path: &Path, fresh: &NewStoreArgs) -> Result<()> {
    context.ui.check(&NoColumns)?;
    let mut admin = Admin::open(path, Clock::System)?;
    if context.dry_run {
        let what = format!("delete everything in {}, including keys", path.display());
        return would(context, &what);
    }
    let question = format!("Delete everything in {}, including keys?", path.display());
    if !context.ui.confirm(&question)? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    admin.reset(fresh.create())?;
    fresh.finish(&mut admin)?;
    context.ui.note(format!("reset {}", path.display()));
    Ok(())
}
