//! The verbs that change `config.toml`.

use std::path::Path;

use super::existing;
use crate::commands::auth::logout;
use crate::commands::names;
use crate::config::edit::{self, Editor, KEYS};
use crate::config::keep;
use crate::config::secrets::helper;
use crate::config::{Flags, Profile, ProfileKind, Profiles, Settings, is_private, parse_base_url};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::mask::MASK;
use crate::ui::{Format, plural};

pub(super) fn make_default(context: &Context, dir: &Path, name: &str) -> Result<()> {
    let known = edit::read(dir)?;
    existing(&known, name)?;
    if known.default_profile.as_deref() == Some(name) {
        context.ui.note(format!("{name} is the default profile already: unchanged"));
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

pub(super) fn set(context: &Context, dir: &Path, pairs: &[String]) -> Result<()> {
    let pairs: Vec<_> = pairs.iter().map(|pair| split(pair)).collect::<Result<_>>()?;
    for (index, (key, _)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(earlier, _)| earlier == key) {
            return Err(Error::usage(format!("{key} is given twice")).hint("a key has one value"));
        }
    }
    let known = edit::read(dir)?;
    let name = chosen(context, &known)?;
    keep::check_name(&name)?;
    let kept = known.profiles.get(&name).is_some_and(|profile| profile.secret.is_some());
    const BOUND: [&str; 5] = ["kind", "base_url", "client_id", "public_key", "credential_command"];
    if let Some((key, _)) = pairs.iter().find(|(key, _)| kept && BOUND.contains(key)) {
        return Err(Error::new(
            Kind::Conflict,
            format!("a secret is kept for the profile {name:?}, and {key} belongs to it"),
        )
        .hint(format!("spctl auth login --profile {name} changes both, spctl auth logout --profile {name} removes it")));
    }
    edit(context, dir, &name, &known, |editor| {
        for (key, value) in &pairs {
            editor.set(&name, key, value);
        }
    })
}

pub(super) fn unset(context: &Context, dir: &Path, keys: &[String]) -> Result<()> {
    for key in keys {
        match key.as_str() {
            "secret" => {
                return Err(Error::usage("the secret is kept elsewhere")
                    .hint("spctl auth logout removes it"));
            }
            key => check_key(key)?,
        }
    }
    let known = edit::read(dir)?;
    let name = chosen(context, &known)?;
    let profile = existing(&known, &name)?;
    const BOUND: [&str; 3] = ["base_url", "client_id", "public_key"];
    if let Some(key) = keys.iter().find(|key| BOUND.contains(&key.as_str()))
        && profile.secret.is_some()
    {
        return Err(Error::new(
            Kind::Conflict,
            format!("a secret is kept for the profile {name:?}, and {key} belongs to it"),
        )
        .hint(format!("spctl auth logout --profile {name} removes both")));
    }
    edit(context, dir, &name, &known, |editor| {
        for key in keys {
            editor.unset(&name, key);
        }
    })
}

/// One edit of one profile: what changes is said, and nothing is written where nothing does.
fn edit(
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
    // Judged before anything is written, and also where nothing will be.
    let judged = editor.result()?;
    let contradicts = |p: &Profile| p.kind == ProfileKind::Local && p.base_url.is_some();
    if judged.profiles.get(name).is_some_and(contradicts) {
        return Err(Error::usage(format!("the profile {name:?} is local and has a base URL"))
            .hint("a local profile has none: spctl profiles unset base_url takes it out"));
    }
    match is_dry(context) {
        true => Ok(()),
        false => editor.save(),
    }
}

pub(super) fn remove(context: &Context, dir: &Path, names: &[String]) -> Result<()> {
    let known = edit::read(dir)?;
    let mut failed = Vec::new();
    let mut there = Vec::new();
    for name in names {
        match existing(&known, name) {
            Ok(_) => there.push(name),
            Err(error) => failed.push(error),
        }
    }
    if there.is_empty() {
        return names::failures(context, failed, names.len(), "profile");
    }
    for name in &there {
        let secret = known.profiles[*name].secret;
        let secret = secret.map(|place| format!(", with its secret ({place})")).unwrap_or_default();
        context.ui.note(format!("remove the profile {name}{secret}"));
    }
    if is_dry(context) {
        return names::failures(context, failed, names.len(), "profile");
    }
    let question = format!("Remove {}?", plural(there.len(), "profile"));
    if !context.ui.confirm(&question)? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    for name in there {
        let profile = &known.profiles[name];
        let flags = Flags { profile: Some(name.clone()), ..context.flags.clone() };
        let settings = Settings::resolve(&flags, &context.environment);
        let done = logout::sign_out(
            context,
            settings.as_ref().unwrap_or(&context.settings),
            Some((name, profile)),
            || {
                let unfound = keep::forget_secret(dir, name, profile)?;
                let mut editor = Editor::open(dir)?;
                editor.remove(name);
                editor.save()?;
                context.ui.note(format!("removed the profile {name}"));
                unfound.map_or(Ok(()), Err)
            },
        );
        failed.extend(done.told(context).err());
    }
    names::failures(context, failed, names.len(), "profile")
}

pub(super) fn rename(context: &Context, dir: &Path, from: &str, to: &str) -> Result<()> {
    keep::check_name(to)?;
    let known = edit::read(dir)?;
    let profile = existing(&known, from)?;
    if from == to {
        context.ui.note(format!("{from}: unchanged"));
        return Ok(());
    }
    if known.profiles.contains_key(to) {
        return Err(Error::new(Kind::Conflict, format!("there is a profile {to:?} already"))
            .hint(format!("spctl profiles remove {to}, or choose another name")));
    }
    context.ui.note(format!("profile {from} -> {to}"));
    match is_dry(context) {
        true => Ok(()),
        false => keep::rename(dir, from, to, profile),
    }
}

/// The profile that is meant: the one named, or else the default one.
fn chosen(context: &Context, known: &Profiles) -> Result<String> {
    let variable = context.environment.get("MONGODB_ATLAS_PROFILE");
    let named = context.flags.profile.as_deref().or(variable);
    named.or(known.default_profile.as_deref()).map(str::to_owned).ok_or_else(|| {
        Error::usage("no profile is named, and there is no default one")
            .hint("add --profile, or choose one with spctl profiles use")
    })
}

fn split(pair: &str) -> Result<(&str, &str)> {
    let Some((key, value)) = pair.split_once('=') else {
        // The text is not repeated: it may be what nobody should see.
        return Err(Error::usage("a pair has no '='").hint("write it as project=orders-prod"));
    };
    let key = key.trim();
    check_key(key)?;
    let unusable = |may: &str| Error::usage(format!("{key} cannot be {value:?}")).hint(may);
    match key {
        _ if value.is_empty() => {
            return Err(Error::usage(format!("{key} has no value"))
                .hint(format!("spctl profiles unset {key} takes it out")));
        }
        "kind" if !matches!(value, "atlas" | "local") => {
            return Err(unusable("it is atlas or local"));
        }
        "output" if <Format as clap::ValueEnum>::from_str(value, true).is_err() => {
            return Err(unusable("it is table, json, ndjson, yaml, csv or tsv"));
        }
        "base_url" => drop(parse_base_url(value, "base_url")?),
        "client_id" | "public_key" if is_private(value) => {
            return Err(Error::usage(format!("{key}: this is a secret, not an id")).hint(
                "spctl auth login keeps secrets; this one was shown, so replace it in Atlas",
            ));
        }
        _ => {}
    }
    Ok((key, value))
}

fn check_key(key: &str) -> Result<()> {
    if KEYS.contains(&key) {
        return Ok(());
    }
    let unknown = Error::usage(format!("a profile has no key {key:?}"))
        .hint(format!("the keys are {}", KEYS.join(", ")));
    let secret = ["secret", "password", "token", "private"].iter().any(|word| key.contains(word));
    Err(match secret {
        true => unknown.hint("spctl auth login keeps secrets"),
        false => unknown,
    })
}

pub(super) fn is_dry(context: &Context) -> bool {
    if context.dry_run {
        context.ui.note("dry run: nothing was changed");
    }
    context.dry_run
}
