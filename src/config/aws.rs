//! What AWS' own tools read from the environment about an object store.

use secrecy::SecretString;

use super::{Environment, Sourced};
use crate::error::{Error, Result};

pub(super) const KEY_ID: &[&str] = &["AWS_ACCESS_KEY_ID"];
pub(super) const SECRET: &[&str] = &["AWS_SECRET_ACCESS_KEY"];
pub(super) const TOKEN: &[&str] = &["AWS_SESSION_TOKEN"];
pub(super) const REGION: &[&str] = &["AWS_REGION", "AWS_DEFAULT_REGION"];
pub(super) const ENDPOINT: &[&str] = &["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];

/// The secrets among their values.
pub(super) fn secrets(environment: &Environment) -> impl Iterator<Item = &str> {
    [SECRET, TOKEN].into_iter().flatten().filter_map(|name| environment.get(name)).map(str::trim)
}

/// An access key, and where it is used.
#[derive(Debug, Clone)]
pub struct Aws {
    /// The key's id.
    pub key_id: String,
    /// Its secret.
    pub secret: SecretString,
    /// What temporary keys come with.
    pub token: Option<SecretString>,
    /// The region.
    pub region: Option<Sourced<String>>,
    /// The address of a server other than AWS' own.
    pub endpoint: Option<Sourced<String>>,
}

impl Aws {
    /// Reads the environment. Neither files of other tools nor the metadata of a machine are asked: the
    /// latter keeps a laptop waiting, and what is in force should be in sight.
    ///
    /// # Errors
    /// Not permitted, if there is no key.
    pub fn of(environment: &Environment) -> Result<Aws> {
        let first = |names| environment.first(names).map(|(_, value)| value.trim().to_owned());
        let missing = |names: &[&str]| {
            Error::new(crate::error::Kind::NotPermitted, format!("{} is not set", names[0])).hint(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for profiles, single sign-on and \
                 roles: eval \"$(aws configure export-credentials --format env)\"",
            )
        };
        Ok(Aws {
            key_id: first(KEY_ID).ok_or_else(|| missing(KEY_ID))?,
            secret: first(SECRET).ok_or_else(|| missing(SECRET))?.into(),
            token: first(TOKEN).map(Into::into),
            region: Aws::region(environment),
            endpoint: environment.sourced(ENDPOINT),
        })
    }

    /// The region alone.
    pub fn region(environment: &Environment) -> Option<Sourced<String>> {
        environment.sourced(REGION)
    }
}
