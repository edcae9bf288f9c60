//! `spctl profiles get`.

use std::path::Path;

use super::entry::{LISTING, ListedProfile, detail};
use super::existing;
use crate::commands::names::{self, Named};
use crate::config::edit;
use crate::context::Context;
use crate::error::Result;

pub(super) fn run(context: &Context, dir: &Path, named: &Named) -> Result<()> {
    let known = edit::read(dir)?;
    let fetch = async |name: &str, _: bool| {
        let profile = existing(&known, name)?.clone();
        let is_default = known.default_profile.as_deref() == Some(name);
        ListedProfile { name: name.to_owned(), is_default, profile }.row()
    };
    context.block_on(names::show(context, &LISTING, "profile", &named.names, fetch, detail))
}
