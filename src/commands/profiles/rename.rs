//! `spctl profiles rename`.

use std::path::Path;

use super::{existing, is_dry};
use crate::config::{edit, keep};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

pub(super) fn run(context: &Context, dir: &Path, from: &str, to: &str) -> Result<()> {
    keep::check_name(to)?;
    let known = edit::read(dir)?;
    let profile = existing(&known, from)?;
    if from == to {
        context.ui.note(format!("{from}: unchanged"));
        return Ok(());
    }
    if known.profiles.contains_key(to) {
        return Err(Error::new(Kind::Conflict, format!("the profile {to:?} already exists")).hint(
            format!("remove it with spctl profiles remove {}, or choose another name", quote(to)),
        ));
    }
    context.ui.note(format!("profile {from} -> {to}"));
    match is_dry(context) {
        true => Ok(()),
        false => keep::rename(dir, from, to, profile),
    }
}
