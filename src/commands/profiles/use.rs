//! `spctl profiles use`.

use std::path::Path;

use super::{existing, is_dry};
use crate::config::edit::{self, Editor};
use crate::config::{Source, Sourced, profile_named};
use crate::context::Context;
use crate::error::Result;

pub(super) fn run(context: &Context, dir: &Path, name: &str) -> Result<()> {
    let known = edit::read(dir)?;
    existing(&known, name)?;
    if let Some(Sourced { value, source: source @ Source::Variable(_) }) =
        profile_named(&context.flags, &context.environment)?
    {
        context.ui.warn(format!("{source} names {value}, and beats the default profile"));
    }
    if known.default_profile.as_deref() == Some(name) {
        context.ui.note(format!("{name} is already the default profile: unchanged"));
        return Ok(());
    }
    let before = known.default_profile.as_deref().unwrap_or("none");
    context.ui.note(format!("default profile: {before} -> {name}"));
    if is_dry(context) {
        return Ok(());
    }
    let mut editor = Editor::open(dir)?;
    editor.set_default(name);
    editor.save()
}
