//! The profiles of MongoDB's own command-line tool, read and never written.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use toml_edit::{DocumentMut, Item, TableLike};

use super::credential::Kind;
use super::secrets::bytes;
use super::{GOV_BASE_URL, Profile, profile};
use crate::error::{Error, Result};
use crate::files::text::{utf8, without_mark};

/// One of its profiles, as ours.
#[derive(Debug)]
pub struct ForeignProfile {
    /// Its name there.
    pub name: String,
    /// What it becomes, without a place for the secret.
    pub profile: Profile,
    /// The secret, and whether it was in the file in plain text.
    pub secret: Option<(SecretString, bool)>,
    /// Keys without an equivalent here, with a reason if there is one.
    pub left: Vec<String>,
}

/// Where the tool stores its profiles.
///
/// # Errors
/// No home directory.
pub fn path() -> Result<PathBuf> {
    use etcetera::BaseStrategy;
    let dirs = etcetera::base_strategy::choose_native_strategy().map_err(|e| {
        Error::failed("there is no home directory").source(e).hint("name the file with --from")
    })?;
    Ok(dirs.config_dir().join("atlascli").join("config.toml"))
}

/// Reads its profiles; `keyring` looks up an entry of the keyring by service and account.
///
/// # Errors
/// Not found: no such file. One that cannot be read; no part of it is shown.
pub fn read(
    path: &Path,
    keyring: impl Fn(&str, &str) -> Option<SecretString>,
) -> Result<Vec<ForeignProfile>> {
    let text = std::fs::read(path).and_then(utf8).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::not_found(format!("there is no {}", path.display()))
            .hint("name the file with --from"),
        _ => Error::failed(format!("cannot read {}", path.display())).source(e),
    })?;
    let text = without_mark(&text);
    let document: DocumentMut = text.parse().map_err(|e| profile::not_toml(path, text, &e))?;
    let profiles = document.iter().filter_map(|(name, item)| Some((name, item.as_table_like()?)));
    Ok(profiles.map(|(name, table)| found(name, table, &keyring)).collect())
}

fn found(
    name: &str,
    table: &dyn TableLike,
    keyring: &impl Fn(&str, &str) -> Option<SecretString>,
) -> ForeignProfile {
    let text = |key: &str| table.get(key).and_then(Item::as_str).filter(|text| !text.is_empty());
    let service = format!("atlascli_{name}");
    let mut unfit = Vec::new();
    let mut stored = |key: &str| {
        let (text, is_plain) = match text(key) {
            Some(text) => (SecretString::from(text), true),
            None => (unwrapped(keyring(&service, key)?), false),
        };
        let fit = bytes::of_text(text.expose_secret());
        let fit = fit.inspect_err(|why| unfit.push(format!("{key}: it holds {why}"))).ok()?;
        Some((fit, is_plain))
    };
    let mut used = vec!["project_id", "org_id", "service", "ops_manager_url", "auth_type"];
    let mut left = Vec::new();
    let mut profile = Profile {
        project: text("project_id").map(str::to_owned),
        org: text("org_id").map(str::to_owned),
        ..Profile::default()
    };
    profile.base_url = match (text("ops_manager_url"), text("service")) {
        (Some(url), _) => Some(url.to_owned()),
        (None, Some("cloudgov")) => Some(GOV_BASE_URL.to_owned()),
        (None, Some("cloud") | None) => None,
        (None, Some(other)) => {
            left.push(format!("service = {other:?}: it has no known address"));
            None
        }
    };
    if text("output") == Some("json") {
        profile.output = Some("json".to_owned());
        used.push("output");
    }
    let kind = match text("auth_type") {
        Some("service_account") => Some(Kind::ServiceAccount),
        Some("api_keys") => Some(Kind::ApiKey),
        Some("user_account") => None,
        _ if text("client_id").is_some() => Some(Kind::ServiceAccount),
        _ if text("public_api_key").is_some() => Some(Kind::ApiKey),
        _ => None,
    };
    let secret = match kind {
        Some(Kind::ServiceAccount) => {
            used.extend(["client_id", "client_secret"]);
            profile.client_id = stored("client_id").map(|(id, _)| id.expose_secret().to_owned());
            stored("client_secret")
        }
        Some(_) => {
            used.extend(["public_api_key", "private_api_key"]);
            profile.public_key =
                stored("public_api_key").map(|(id, _)| id.expose_secret().to_owned());
            stored("private_api_key")
        }
        None => None,
    };
    for (key, _) in table.iter().filter(|(key, _)| !used.contains(key)) {
        left.push(match key {
            "access_token" | "refresh_token" => format!("{key}: a person's sign-in expires soon"),
            _ => key.to_owned(),
        });
    }
    left.extend(unfit);
    let secret = secret.filter(|_| profile.id().is_some());
    ForeignProfile { name: name.to_owned(), profile, secret, left }
}

/// A keyring entry as it was before the tool's library encoded it, which it does on macOS.
fn unwrapped(entry: SecretString) -> SecretString {
    let encoded = entry.expose_secret().strip_prefix("go-keyring-base64:");
    let decoded = encoded.and_then(|text| BASE64_STANDARD.decode(text).ok());
    decoded.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(entry, SecretString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_profile_becomes_ours() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(
            &path,
            "version = 2\n\
             [plain]\npublic_api_key = \"abcdefgh\"\nprivate_api_key = \"canary\"\n\
             project_id = \"p\"\nservice = \"cloudgov\"\ntelemetry_enabled = true\n\
             [kept]\nauth_type = \"service_account\"\noutput = \"plaintext\"\n\
             [person]\nauth_type = \"user_account\"\naccess_token = \"t\"\n",
        )
        .unwrap();
        let keyring = |service: &str, account: &str| match (service, account) {
            ("atlascli_kept", "client_id") => Some("mdb_sa_id_1".into()),
            ("atlascli_kept", "client_secret") => Some("go-keyring-base64:bWRiX3NhX3NrXzE=".into()),
            _ => None,
        };
        let found = read(&path, keyring).unwrap();
        let [plain, kept, person] = &found[..] else { panic!("{found:?}") };
        assert_eq!(plain.profile.public_key.as_deref(), Some("abcdefgh"));
        assert_eq!(plain.profile.base_url.as_deref(), Some(GOV_BASE_URL));
        assert_eq!(plain.left, ["telemetry_enabled"]);
        assert!(plain.secret.as_ref().unwrap().1, "it stood in the file");
        assert_eq!(kept.profile.client_id.as_deref(), Some("mdb_sa_id_1"));
        let (secret, plain) = kept.secret.as_ref().unwrap();
        assert!(secret.expose_secret() == "mdb_sa_sk_1" && !plain);
        assert_eq!(kept.left, ["output"]);
        assert!(person.secret.is_none() && person.left.len() == 1);
        assert!(!format!("{found:?}").contains("canary"));
    }
}
