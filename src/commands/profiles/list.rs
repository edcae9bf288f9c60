//! `spctl profiles list`.

use std::path::Path;

use super::entry::{LISTING, ListedProfile};
use crate::config::edit;
use crate::context::Context;
use crate::error::Result;

pub(super) fn run(context: &Context, dir: &Path) -> Result<()> {
    let known = edit::read(dir)?;
    let default = known.default_profile;
    let rows = known.profiles.into_iter().map(|(name, profile)| {
        let is_default = default.as_ref() == Some(&name);
        ListedProfile { name, is_default, profile }.row().map(|row| (row.raw, row.view))
    });
    let empty = "there are no profiles; spctl auth login creates one";
    context.ui.list_all(&LISTING, rows, empty).map(drop)
}
