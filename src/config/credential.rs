//! The credential in the environment: one kind, whole.

use std::path::PathBuf;

use super::Environment;
use crate::atlas::Credential;
use crate::error::{Error, Kind, Result};

const TOKEN: &[&str] = &["MONGODB_ATLAS_ACCESS_TOKEN"];
const CLIENT_ID: &[&str] = &["MONGODB_ATLAS_CLIENT_ID"];
const CLIENT_SECRET: &[&str] = &["MONGODB_ATLAS_CLIENT_SECRET"];
const PUBLIC_KEY: &[&str] = &["MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PUBLIC_KEY"];
const PRIVATE_KEY: &[&str] = &["MONGODB_ATLAS_PRIVATE_API_KEY", "MONGODB_ATLAS_PRIVATE_KEY"];

/// The names of the credential variables that are set.
pub(super) fn variables(environment: &Environment) -> Vec<&'static str> {
    [TOKEN, CLIENT_ID, CLIENT_SECRET, PUBLIC_KEY, PRIVATE_KEY]
        .iter()
        .filter_map(|names| environment.first(names).map(|(name, _)| name))
        .collect()
}

/// The credential that the environment gives; [`Credential::None`] where it gives none.
///
/// # Errors
/// Not permitted: half a pair, or two kinds at once. The variables are named, never their values.
pub(super) fn resolve(environment: &Environment, cache: Option<PathBuf>) -> Result<Credential> {
    let token = environment.first(TOKEN);
    let account = pair(environment, CLIENT_ID, CLIENT_SECRET)?;
    let key = pair(environment, PUBLIC_KEY, PRIVATE_KEY)?;
    let kinds = [token.is_some(), account.is_some(), key.is_some()];
    if kinds.into_iter().filter(|given| *given).count() > 1 {
        return Err(Error::new(
            Kind::NotPermitted,
            format!(
                "more than one kind of credential is set: {}",
                variables(environment).join(", ")
            ),
        )
        .hint("unset all but one kind, so that it is never in doubt which one acts"));
    }
    if let Some((_, token)) = token {
        return Ok(Credential::Bearer(token.to_owned().into()));
    }
    if let Some((id, secret)) = account {
        return Ok(Credential::ServiceAccount {
            id: id.into(),
            secret: secret.to_owned().into(),
            cache,
        });
    }
    let Some((public, private)) = key else { return Ok(Credential::None) };
    if public.starts_with("mdb_sa_id_") {
        return Err(Error::new(
            Kind::NotPermitted,
            "the API key's public half is the id of a service account",
        )
        .hint("set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET instead"));
    }
    Ok(Credential::ApiKey { public: public.into(), private: private.to_owned().into() })
}

fn pair<'a>(
    environment: &'a Environment,
    left: &[&'static str],
    right: &[&'static str],
) -> Result<Option<(&'a str, &'a str)>> {
    match (environment.first(left), environment.first(right)) {
        (Some((_, left)), Some((_, right))) => Ok(Some((left, right))),
        (None, None) => Ok(None),
        (Some((set, _)), None) => Err(half(set, right[0])),
        (None, Some((set, _))) => Err(half(set, left[0])),
    }
}

fn half(set: &str, missing: &str) -> Error {
    Error::new(Kind::NotPermitted, format!("{set} is set and {missing} is not"))
        .hint(format!("set {missing} too, or unset {set}"))
}
