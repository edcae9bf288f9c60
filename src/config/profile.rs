//! Profiles: `config.toml`, one table a profile, nothing in it that is secret.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::credential::{Kind, is_private};
use super::keep;
use super::secrets::SecretStore;
use super::sourced::{Source, Sourced};
use crate::error::{self, Error, Result};
use crate::files::text::{utf8, without_mark};
use crate::mask::MASK;
use crate::near;
use crate::shell::quote;

/// Keys that a profile must never hold, by their names in other tools.
const SECRETS: &[&str] = &[
    "private_api_key",
    "public_api_key",
    "client_secret",
    "access_token",
    "refresh_token",
    "password",
];

/// The control plane that a profile uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProfileKind {
    /// The Atlas Admin API.
    #[default]
    Atlas,
    /// The embedded control plane.
    Local,
}

/// One profile.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The control plane that it uses.
    #[serde(default)]
    pub kind: ProfileKind,
    /// The address, unless it is that of the commercial cloud.
    pub base_url: Option<String>,
    /// The project, by id or name.
    pub project: Option<String>,
    /// The organisation, by id or name.
    pub org: Option<String>,
    /// The default of `-o`.
    pub output: Option<String>,
    /// Whose objects are ours, where several keep theirs in one project.
    pub owner: Option<String>,
    /// A file of CA certificates (PEM) instead of the system's.
    pub ca_file: Option<String>,
    /// The id of a service account, `mdb_sa_id_…`; not secret.
    pub client_id: Option<String>,
    /// The public half of an API key; not secret.
    pub public_key: Option<String>,
    /// Where its secret is stored. Without an id, the secret is an access token.
    pub secret: Option<SecretStore>,
    /// A program and its arguments, whose first line of output is the secret.
    pub credential_command: Option<String>,
}

impl Profile {
    /// Whether it names a credential, or a place for one.
    pub fn has_credential(&self) -> bool {
        self.client_id.is_some()
            || self.public_key.is_some()
            || self.secret.is_some()
            || self.credential_command.is_some()
    }

    /// Which kind of credential it names, if any.
    pub fn credential_kind(&self) -> Option<Kind> {
        match (&self.client_id, &self.public_key) {
            (Some(_), _) => Some(Kind::ServiceAccount),
            (None, Some(_)) => Some(Kind::ApiKey),
            (None, None) => self.has_credential().then_some(Kind::AccessToken),
        }
    }

    /// Its id as it may be shown: a secret may be in its place by mistake.
    pub fn shown_id(&self) -> Option<&str> {
        self.id().map(|id| if is_private(id) { MASK } else { id })
    }

    /// The id that is not secret, where its kind of credential has one.
    pub fn id(&self) -> Option<&str> {
        self.client_id.as_deref().or(self.public_key.as_deref())
    }
}

/// Everything that `config.toml` says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    /// The default profile.
    pub default_profile: Option<String>,
    /// The profiles, by name.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
}

/// Reads a file that may be absent.
pub(super) fn text(path: &Path) -> Result<String> {
    match std::fs::read(path).and_then(utf8) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(Error::failed(format!("cannot read {}", path.display())).source(e)),
    }
}

/// The error about a file that is not TOML: it names the line without quoting it, since it may be
/// a secret.
pub(super) fn not_toml(path: &Path, text: &str, error: &toml_edit::TomlError) -> Error {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    Error::failed(format!("{} is not TOML: line {line}", path.display()))
        .hint("fix that line, or move the file away")
}

/// The profile of this name, or the default one, and what named it; `None` if none is configured.
///
/// # Errors
/// A named profile that does not exist (not found), or a file that cannot be read.
pub(super) fn load(
    dir: &Path,
    wanted: Option<Sourced<String>>,
) -> Result<Option<(Sourced<String>, Profile)>> {
    let path = dir.join("config.toml");
    let mut file = parse(without_mark(&text(&path)?), &path)?;
    let by_default = || Some(Sourced::new(file.default_profile.clone()?, Source::DefaultProfile));
    let Some(found) = wanted.or_else(by_default) else { return Ok(None) };
    let (name, from) = (&found.value, &found.source);
    let Some(profile) = file.profiles.remove(name) else {
        let known: Vec<&str> = file.profiles.keys().map(String::as_str).collect();
        let all = match known.is_empty() {
            true => "it has none".to_owned(),
            false => format!("it has {}", known.join(", ")),
        };
        let known = near::hint(name, known, all);
        return Err(Error::new(
            error::Kind::NotFound,
            format!("there is no profile {name:?} ({from}) in {}", path.display()),
        )
        .hint(match keep::check_name(name) {
            Ok(()) => format!("{known}; spctl auth login --profile {} creates it", quote(name)),
            Err(_) => known,
        }));
    };
    Ok(Some((found, profile)))
}

/// What is wrong, without the value itself: of the reader's message only what is ours.
fn reason(message: &str) -> String {
    let what = match message {
        m if m.starts_with("unknown field") => "an unknown key",
        m if m.starts_with("unknown variant") => "an unknown value",
        m if m.starts_with("invalid type") || m.starts_with("invalid value") => {
            "a value of the wrong type"
        }
        m if m.starts_with("duplicate") => return "a duplicate key".to_owned(),
        _ => return "it is not TOML".to_owned(),
    };
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("{what}, expected {expected}"),
        None => what.to_owned(),
    }
}

/// Parses the text of the file at this path.
///
/// # Errors
/// A text that is not a configuration, or holds a secret; the error quotes no part of it.
pub(super) fn parse(text: &str, path: &Path) -> Result<Profiles> {
    toml_edit::de::from_str(text).map_err(|e| {
        let unreadable = Error::failed(format!("{} is not a configuration", path.display()));
        let message = e.message();
        match SECRETS.iter().find(|name| message.contains(&format!("`{name}`"))) {
            Some(name) => Error::failed(format!("{} holds `{name}`", path.display())).hint(
                "remove it; spctl auth login stores secrets where they belong, and they may \
                 come from the environment: MONGODB_ATLAS_CLIENT_ID and \
                 MONGODB_ATLAS_CLIENT_SECRET, or MONGODB_ATLAS_PUBLIC_API_KEY and \
                 MONGODB_ATLAS_PRIVATE_API_KEY",
            ),
            // No excerpt: it could show a secret.
            None => {
                let before = &text[..e.span().map_or(0, |span| span.start).min(text.len())];
                let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
                unreadable
                    .source(format!("line {line}: {}", reason(message)))
                    .hint(format!("fix it, or move {} away", path.display()))
            }
        }
    })
}
