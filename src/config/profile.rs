//! Profiles: `config.toml`, one table a profile, nothing in it that is secret.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Kind, Result};

/// The names of what a profile must never hold, as people know them from other tools.
const SECRETS: &[&str] = &[
    "private_api_key",
    "public_api_key",
    "client_id",
    "client_secret",
    "access_token",
    "refresh_token",
    "password",
];

/// What a profile talks to.
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
    /// What it talks to.
    #[serde(default)]
    pub kind: ProfileKind,
    /// Another Atlas than the commercial cloud.
    pub base_url: Option<String>,
    /// The project, by id or name.
    pub project: Option<String>,
    /// The organisation, by id or name.
    pub org: Option<String>,
    /// The default of `-o`.
    pub output: Option<String>,
    /// A file of CA certificates (PEM) instead of the system's.
    pub ca_file: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    default_profile: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

/// The profile of this name, or the default one; none where none is configured.
///
/// # Errors
/// A named profile that does not exist (not found), or a file that cannot be read.
pub(super) fn load(dir: &Path, wanted: Option<(&str, &str)>) -> Result<Option<(String, Profile)>> {
    let path = dir.join("config.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(Error::failed(format!("cannot read {}", path.display())).source(e)),
    };
    let mut file = parse(&text, &path)?;
    let (name, from) = match (wanted, &file.default_profile) {
        (Some((name, from)), _) => (name.to_owned(), from.to_owned()),
        (None, Some(name)) => (name.clone(), "default_profile".to_owned()),
        (None, None) => return Ok(None),
    };
    let Some(profile) = file.profiles.remove(&name) else {
        let known: Vec<&str> = file.profiles.keys().map(String::as_str).collect();
        let known = match known.is_empty() {
            true => "it has none".to_owned(),
            false => format!("it has {}", known.join(", ")),
        };
        return Err(Error::new(
            Kind::NotFound,
            format!("there is no profile {name:?} ({from}) in {}", path.display()),
        )
        .hint(format!("{known}; add a table [profiles.{name}]")));
    };
    Ok(Some((name, profile)))
}

fn parse(text: &str, path: &Path) -> Result<File> {
    toml_edit::de::from_str(text).map_err(|e| {
        let unreadable = Error::failed(format!("{} is not a configuration", path.display()));
        let message = e.message();
        match SECRETS.iter().find(|name| message.contains(&format!("`{name}`"))) {
            Some(name) => Error::failed(format!("{} holds `{name}`", path.display())).hint(
                "credentials come from the environment: MONGODB_ATLAS_CLIENT_ID and \
                 MONGODB_ATLAS_CLIENT_SECRET, or MONGODB_ATLAS_PUBLIC_API_KEY and \
                 MONGODB_ATLAS_PRIVATE_API_KEY",
            ),
            // The message alone: the excerpt could show what does not belong on a screen.
            None => unreadable.source(message.to_owned()),
        }
    })
}
