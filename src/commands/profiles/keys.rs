//! The keys of one profile: which profile, which keys, and an edit of them.

use std::path::Path;

use super::is_dry;
use crate::config::edit::{Editor, KEYS};
use crate::config::secrets::helper;
use crate::config::{Profile, ProfileKind, Profiles, is_private, profile_named};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mask::MASK;
use crate::near;

/// One edit of one profile: reports what changes, and writes nothing if nothing does.
pub(super) fn edit(
    context: &Context,
    dir: &Path,
    name: &str,
    known: &Profiles,
    change: impl FnOnce(&mut Editor),
) -> Result<()> {
    let mut editor = Editor::open(dir)?;
    let is_new = !known.profiles.contains_key(name);
    let before: Vec<_> = KEYS.iter().map(|key| editor.get(name, key)).collect();
    change(&mut editor);
    let mut changes = 0;
    for (key, before) in KEYS.iter().zip(before) {
        let after = editor.get(name, key);
        if before != after {
            changes += 1;
            let show = |value: Option<String>| match value {
                None => "none".to_owned(),
                Some(line) if *key == "credential_command" => helper::program(&line),
                Some(id) if is_private(&id) => MASK.to_owned(),
                Some(value) => value,
            };
            context.ui.note(format!("{name}: {key}: {} -> {}", show(before), show(after)));
        }
    }
    if changes == 0 && !is_new {
        context.ui.note(format!("{name}: unchanged"));
        return Ok(());
    }
    // Checked before anything is written, and in a dry run too.
    let result = editor.result()?;
    let contradicts = |p: &Profile| p.kind == ProfileKind::Local && p.base_url.is_some();
    if result.profiles.get(name).is_some_and(contradicts) {
        return Err(Error::usage(format!("the profile {name:?} is local and has a base URL"))
            .hint("a local profile has none: remove it with spctl profiles unset base_url"));
    }
    match is_dry(context) {
        true => Ok(()),
        false => editor.save(),
    }
}

/// The profile to edit: the one named, or else the default one.
pub(super) fn chosen(context: &Context, known: &Profiles) -> Result<String> {
    let named = profile_named(&context.flags, &context.environment)?.map(|name| name.value);
    named.or_else(|| known.default_profile.clone()).ok_or_else(|| {
        Error::usage("no profile is given, and there is no default profile")
            .hint("add --profile, or set a default with spctl profiles use")
    })
}

/// Checks that profiles have this key.
pub(super) fn check_key(key: &str) -> Result<()> {
    if KEYS.contains(&key) {
        return Ok(());
    }
    let otherwise = format!("the keys are {}", KEYS.join(", "));
    let unknown = Error::usage(format!("a profile has no key {key:?}")).hint(near::hint(
        key,
        KEYS.iter().copied(),
        otherwise,
    ));
    let secret = ["secret", "password", "token", "private"].iter().any(|word| key.contains(word));
    Err(match secret {
        true => unknown.hint("spctl auth login stores secrets"),
        false => unknown,
    })
}
