//! Settings and their sources: flag, environment, profile, default, in this order.
//!
//! Secrets come from the environment, the keyring, a file of their own or a helper program, and
//! are fetched when a command needs them. Nothing here opens a connection to the API.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;

#[cfg(feature = "lake")]
mod aws;
mod credential;
pub mod edit;
mod flags;
pub mod keep;
mod lines;
pub mod official;
mod places;
mod profile;
pub mod secrets;
mod sourced;
mod target;
mod variables;

#[cfg(feature = "lake")]
pub use aws::Aws;
pub use credential::{Identity, Kind as CredentialKind, fit, is_private, misplaced};
pub use flags::Flags;
pub use places::{PLACES, Place};
pub use profile::{Profile, ProfileKind, Profiles};
pub use sourced::{Source, Sourced};
pub use target::{BASE_URL, Settings, Target, parse_base_url, profile_named};
pub use variables::{VARIABLES, Variable};

use crate::error::{Error, Result};
use crate::mask::Known;

/// The base URL of Atlas' commercial cloud.
pub const DEFAULT_BASE_URL: &str = "https://cloud.mongodb.com";
/// The base URL of Atlas' cloud for the government.
pub const GOV_BASE_URL: &str = "https://cloud.mongodbgov.com";

/// The environment at the start of the process. An empty variable counts as unset if nothing depends on
/// it.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    set: BTreeMap<String, String>,
    /// Variables that are set but empty, or not text.
    blank: BTreeSet<String>,
}

impl Environment {
    /// The process' own.
    pub fn of_the_process() -> Self {
        let name = |name: OsString| name.into_string().ok();
        let all = std::env::vars_os().filter_map(|(n, value)| Some((name(n)?, value)));
        all.map(|(name, value)| (name, value.into_string().unwrap_or_default())).collect()
    }

    /// The first of these variables that is set but empty.
    pub fn blank(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.blank.contains(*name))
    }

    /// The same with empty variables unset: for commands that contact no server.
    #[must_use]
    pub fn without_blanks(mut self) -> Self {
        self.blank.clear();
        self
    }

    /// Adds its secrets to the masked ones: credentials, and the passwords of proxies.
    pub fn learn_secrets(&self, known: &Known) {
        credential::secrets(self).for_each(|secret| known.learn(secret));
        #[cfg(feature = "lake")]
        aws::secrets(self).for_each(|secret| known.learn(secret));
        for name in ["HTTPS_PROXY", "https_proxy"] {
            let Some(proxy) = self.get(name) else { continue };
            match proxy.contains("://") {
                true => known.learn_address(proxy),
                false => known.learn_address(&format!("http://{proxy}")),
            }
        }
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.set.get(name).map(String::as_str)
    }

    /// The first of several variables that is set to more than blanks, with its name.
    pub fn first<'a>(&'a self, names: &[&'static str]) -> Option<(&'static str, &'a str)> {
        let set = |name: &'static str| self.get(name).map(|value| (name, value));
        names.iter().filter_map(|name| set(name)).find(|(_, value)| !value.trim().is_empty())
    }

    /// The first of several variables that is set, as a value with its source.
    pub fn sourced(&self, names: &[&'static str]) -> Option<Sourced<String>> {
        self.first(names).map(|(name, value)| Sourced::new(value, Source::Variable(name)))
    }

    /// Where the configuration is: `SPCTL_CONFIG_DIR`, else the platform's place.
    pub fn config_dir(&self) -> Result<PathBuf> {
        self.dir("SPCTL_CONFIG_DIR", |dirs| dirs.config_dir())
    }

    /// Where the local control plane stores its file: `SPCTL_DATA_DIR`, else the platform's place.
    pub fn data_dir(&self) -> Result<PathBuf> {
        self.dir("SPCTL_DATA_DIR", |dirs| dirs.data_dir())
    }

    /// Where tokens and addresses are cached: `SPCTL_CACHE_DIR`, else the platform's place.
    pub fn cache_dir(&self) -> Result<PathBuf> {
        self.dir("SPCTL_CACHE_DIR", |dirs| dirs.cache_dir())
    }

    fn dir(
        &self,
        name: &str,
        place: impl Fn(&dyn etcetera::BaseStrategy) -> PathBuf,
    ) -> Result<PathBuf> {
        if let Some(dir) = self.get(name) {
            return Ok(PathBuf::from(dir));
        }
        let dirs = etcetera::choose_base_strategy().map_err(|e| {
            Error::failed("there is no home directory").source(e).hint(format!("set {name}"))
        })?;
        Ok(place(&dirs).join("spctl"))
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(variables: T) -> Self {
        let mut environment = Environment::default();
        for (name, value) in variables {
            if value.trim().is_empty() {
                environment.blank.insert(name.clone());
            }
            if !value.is_empty() {
                environment.set.insert(name, value);
            }
        }
        environment
    }
}

/// Sees to it that none of these variables is there and holds nothing: a script whose own variable
/// is not set would act elsewhere, or as somebody else, than it says.
///
/// # Errors
/// Usage, naming the variable.
pub fn not_blank(environment: &Environment, names: &[&'static str]) -> Result<()> {
    match environment.blank(names) {
        None => Ok(()),
        Some(name) => Err(Error::usage(format!("{name} is there and holds nothing"))
            .hint("unset it, or give it a value: is a variable of the script not set?")),
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(vars: [(&str, &str); N]) -> Self {
        vars.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    }
}
