//! Keeping a credential: all of it, or nothing.

use std::path::Path;

use secrecy::SecretString;
use url::Url;

use super::edit::{self, Editor};
use super::secrets::{SecretOwner, SecretStore, Secrets};
use super::target::parse_base_url;
use super::{DEFAULT_BASE_URL, Profile};
use crate::error::{Error, Result};

/// How the secret of a profile is stored.
#[derive(Debug, Clone)]
pub enum Keep {
    /// In a place of ours.
    At(SecretStore, SecretString),
    /// Elsewhere: this program prints it.
    Command(String),
    /// Not at all.
    Nothing,
}

/// The address that a profile's secret is for.
///
/// # Errors
/// Usage: the profile's base URL is none.
pub fn address(profile: &Profile) -> Result<Url> {
    let text = profile.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
    parse_base_url(text, "the profile's base_url")
}

/// Stores a profile, except for unknown keys: the secret first, then `config.toml`. If that fails, the
/// earlier secret is restored. What an earlier credential of the profile left behind is removed last;
/// the result says what could not be removed.
///
/// # Errors
/// Those of the place and of the file; nothing is changed then.
pub fn keep(dir: &Path, name: &str, profile: &Profile, how: &Keep) -> Result<Option<Error>> {
    let secrets = Secrets::new(dir);
    let old = edit::read(dir)?.profiles.remove(name);
    let base_url = address(profile)?;
    let owner = SecretOwner { profile: name, base_url: &base_url };
    let mut undo = None;
    if let Keep::At(place, secret) = how {
        undo = Some((*place, secrets.read(*place, owner)?));
        secrets.write(*place, owner, secret)?;
    }
    if let Err(error) = write(dir, name, profile, how) {
        return Err(
            match undo.map(|(place, before)| match before {
                Some(before) => secrets.write(place, owner, &before),
                None => secrets.remove(place, owner).map(drop),
            }) {
                Some(Err(left)) => error.hint(format!("the secret is stored nevertheless: {left}")),
                _ => error,
            },
        );
    }
    let Some(old) = old else { return Ok(None) };
    let Some(place) = old.secret else { return Ok(None) };
    let before = address(&old)?;
    // The file's one entry of the profile was replaced.
    let same = matches!(how, Keep::At(now, _)
        if *now == place && (place == SecretStore::File || before == base_url));
    let removed = match same {
        true => Ok(false),
        false => secrets.remove(place, SecretOwner { profile: name, base_url: &before }),
    };
    Ok(removed.err())
}

fn write(dir: &Path, name: &str, profile: &Profile, how: &Keep) -> Result<()> {
    let mut editor = Editor::open(dir)?;
    let (place, command) = match how {
        Keep::At(place, _) => (Some(place.to_string()), None),
        Keep::Command(line) => (None, Some(line.clone())),
        Keep::Nothing => (None, None),
    };
    editor.ensure(name);
    for (key, value) in [
        ("kind", None),
        ("base_url", profile.base_url.clone()),
        ("project", profile.project.clone()),
        ("org", profile.org.clone()),
        ("output", profile.output.clone()),
        ("client_id", profile.client_id.clone()),
        ("public_key", profile.public_key.clone()),
        ("secret", place),
        ("credential_command", command),
    ] {
        match value {
            Some(value) => editor.set(name, key, &value),
            None => editor.unset(name, key),
        }
    }
    if editor.result()?.default_profile.is_none() {
        editor.set_default(name);
    }
    editor.save()
}

/// Removes a profile's credential: its secret first, then its keys in `config.toml`.
///
/// # Errors
/// Those of the place and of the file; a second attempt takes up where the first one ended.
pub fn forget(dir: &Path, name: &str, profile: &Profile) -> Result<()> {
    let unfound = forget_secret(dir, name, profile)?;
    let mut editor = Editor::open(dir)?;
    for key in ["client_id", "public_key", "secret", "credential_command"] {
        editor.unset(name, key);
    }
    editor.save()?;
    unfound.map_or(Ok(()), Err)
}

/// Removes a profile's secret, wherever it is stored and whatever address it is for. The result says
/// what could not be found, and may still exist.
///
/// # Errors
/// Those of the place.
pub fn forget_secret(dir: &Path, name: &str, profile: &Profile) -> Result<Option<Error>> {
    let secrets = Secrets::new(dir);
    // Also one that the profile does not name any more.
    secrets.remove_from_file(name)?;
    if profile.secret != Some(SecretStore::Keyring) {
        return Ok(None);
    }
    let base_url = address(profile)?;
    let was_kept =
        secrets.remove(SecretStore::Keyring, SecretOwner { profile: name, base_url: &base_url })?;
    Ok((!was_kept).then(|| {
        Error::failed(format!(
            "the system's keyring holds no secret of the profile {name} for {base_url}: one that \
             was stored for another address may still exist"
        ))
        .hint(format!("remove it there: service spctl, account \"{name} ADDRESS\""))
    }))
}

/// Renames a profile and its secret, which at any time exists under one of the two names.
///
/// # Errors
/// Those of the place and of the file; the profile has its old name then.
pub fn rename(dir: &Path, from: &str, to: &str, profile: &Profile) -> Result<()> {
    let secrets = Secrets::new(dir);
    // The profile's address may have been changed since.
    let kept_for = match profile.secret {
        Some(SecretStore::File) => secrets.address_in_file(from)?,
        _ => None,
    };
    let base_url = match kept_for {
        Some(text) => parse_base_url(&text, "the base_url in credentials.toml")?,
        None => address(profile)?,
    };
    let (old, new) = (
        SecretOwner { profile: from, base_url: &base_url },
        SecretOwner { profile: to, base_url: &base_url },
    );
    let mut moved = None;
    if let Some(place) = profile.secret
        && let Some(secret) = secrets.read(place, old)?
    {
        secrets.write(place, new, &secret)?;
        moved = Some(place);
    }
    let renamed = Editor::open(dir).and_then(|mut editor| {
        editor.rename(from, to);
        editor.save()
    });
    let Some(place) = moved else { return renamed };
    match renamed {
        Ok(()) => secrets.remove(place, old).map(drop),
        Err(error) => {
            secrets.remove(place, new)?;
            Err(error)
        }
    }
}

/// Whether a name can be a profile's.
///
/// # Errors
/// Usage: what is empty, or has other characters than letters, digits, `.`, `_` and `-`.
pub fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    match !name.is_empty() && name.chars().all(fits) {
        true => Ok(()),
        false => Err(Error::usage(format!("{name:?} cannot be a profile's name"))
            .hint("use letters, digits, '.', '_' and '-'")),
    }
}
