//! What a command talks to. Local or remote is never in doubt.

use std::path::PathBuf;

use url::Url;

use super::profile::{self, ProfileKind};
use super::{DEFAULT_BASE_URL, Environment, Flags, Profile, credential};
use crate::atlas::Credential;
use crate::error::{Error, Result};

const BASE_URL: &[&str] = &["MONGODB_ATLAS_BASE_URL", "MONGODB_ATLAS_OPS_MANAGER_URL"];

/// What a command talks to.
#[derive(Debug, Clone)]
pub enum Target {
    /// The embedded control plane over this file.
    Local {
        /// The SQLite file.
        store: PathBuf,
    },
    /// The Admin API at an address.
    Atlas {
        /// Its base URL, without `/api/atlas/v2`.
        base_url: Url,
    },
}

/// Everything that is settled before a command begins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the command talks to.
    pub target: Target,
    /// The project, by id or name.
    pub project: Option<String>,
    /// The organisation, by id or name.
    pub org: Option<String>,
    /// A file of CA certificates (PEM) instead of the system's bundle.
    pub ca_file: Option<PathBuf>,
    /// Whether plain http may go to any host, and not to this one only.
    pub allow_http: bool,
    /// The profile's default of `-o`.
    pub output: Option<String>,
    environment: Environment,
}

impl Settings {
    /// Settles everything that needs no connection and no credential.
    ///
    /// # Errors
    /// Usage, where local and remote settings contradict each other; not found, where a profile
    /// does not exist.
    pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Settings> {
        let switched = match environment.get("SPCTL_LOCAL") {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(other) => {
                return Err(Error::usage(format!(
                    "SPCTL_LOCAL is {other:?}, and only 1 or 0 mean something"
                )));
            }
        };
        let by_name = flags.profile.as_deref().map(|name| (name, "--profile"));
        let by_variable = environment
            .get("MONGODB_ATLAS_PROFILE")
            .filter(|_| !flags.local && !switched)
            .map(|name| (name, "MONGODB_ATLAS_PROFILE"));
        let found = profile::load(&environment.config_dir()?, by_name.or(by_variable))?;
        let named = by_name.is_some();
        // A default profile steps back where --local or SPCTL_LOCAL asks for something else.
        let found = found
            .filter(|(_, p)| named || !(flags.local || switched) || p.kind == ProfileKind::Local);
        let (name, profile) = found.unwrap_or_default();
        if switched && !flags.local {
            refuse_ambiguity(flags, environment)?;
        }
        if flags.local && named && profile.kind == ProfileKind::Atlas {
            return Err(Error::usage(format!(
                "--local and the remote profile {name:?} contradict each other"
            ))
            .hint("leave one of them away"));
        }
        let local = flags.local || switched || profile.kind == ProfileKind::Local;
        if local && profile.base_url.is_some() {
            return Err(Error::usage(format!("the profile {name:?} has a base URL and is local"))
                .hint("take base_url out of the profile, or leave --local away"));
        }
        match local {
            true => Self::local(flags, environment, profile),
            false => Self::atlas(flags, environment, profile),
        }
    }

    fn local(flags: &Flags, environment: &Environment, profile: Profile) -> Result<Settings> {
        Ok(Settings {
            target: Target::Local { store: environment.data_dir()?.join("local.sqlite") },
            project: flags.project.clone().or(profile.project),
            org: flags.org.clone().or(profile.org),
            ca_file: None,
            allow_http: false,
            output: profile.output,
            environment: Environment::default(),
        })
    }

    fn atlas(flags: &Flags, environment: &Environment, profile: Profile) -> Result<Settings> {
        let variable = |name: &str| environment.get(name).map(str::to_owned);
        let elsewhere = || variable("SSL_CERT_FILE").or(profile.ca_file).map(PathBuf::from);
        let ca_file = flags.ca_file.clone().or_else(elsewhere);
        Ok(Settings {
            target: Target::Atlas { base_url: base_url(environment, profile.base_url.as_deref())? },
            project: flags
                .project
                .clone()
                .or(variable("MONGODB_ATLAS_PROJECT_ID"))
                .or(profile.project),
            org: flags.org.clone().or(variable("MONGODB_ATLAS_ORG_ID")).or(profile.org),
            ca_file,
            allow_http: flags.allow_http,
            output: variable("MONGODB_ATLAS_OUTPUT").or(profile.output),
            environment: environment.clone(),
        })
    }

    /// The credential for the Admin API, from the environment.
    ///
    /// # Errors
    /// Not permitted: none, half a pair, or two kinds at once.
    pub fn credential(&self) -> Result<Credential> {
        let cache = self.environment.cache_dir().ok().map(|dir| dir.join("token.json"));
        match credential::resolve(&self.environment, cache)? {
            Credential::None => Err(Error::new(
                crate::error::Kind::NotPermitted,
                "there are no credentials",
            )
            .hint(
                "set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET (a service account), \
                     or MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
            )
            .hint("without an account, try it with --local")),
            credential => Ok(credential),
        }
    }

    /// The proxy for https, and the hosts that go around it.
    pub fn proxy(&self) -> Option<(String, Option<String>)> {
        let (_, proxy) = self.environment.first(&["HTTPS_PROXY", "https_proxy"])?;
        let around = self.environment.first(&["NO_PROXY", "no_proxy"]);
        Some((proxy.to_owned(), around.map(|(_, hosts)| hosts.to_owned())))
    }
}

fn refuse_ambiguity(flags: &Flags, environment: &Environment) -> Result<()> {
    let remote = credential::variables(environment);
    let what = match (remote.first(), &flags.profile) {
        (Some(variable), _) => (*variable).to_owned(),
        (None, Some(_)) => "--profile".to_owned(),
        (None, None) => return Ok(()),
    };
    Err(Error::usage(format!("SPCTL_LOCAL=1 and {what} contradict each other"))
        .hint("unset one of them, or say --local to ignore every MONGODB_ATLAS_ variable"))
}

fn base_url(environment: &Environment, profile: Option<&str>) -> Result<Url> {
    let set: Vec<_> = BASE_URL.iter().filter_map(|n| environment.get(n).map(|v| (*n, v))).collect();
    if let [(a, left), (b, right)] = set.as_slice()
        && left.trim_end_matches('/') != right.trim_end_matches('/')
    {
        return Err(Error::usage(format!("{a} is {left} and {b} is {right}"))
            .hint("unset one of them, or give both the same address"));
    }
    let (from, text) = match (set.first(), profile) {
        (Some((name, text)), _) => (*name, *text),
        (None, Some(text)) => ("the profile's base_url", text),
        (None, None) => ("the default", DEFAULT_BASE_URL),
    };
    let unusable = |why: String| {
        Error::usage(format!("{from} is not a base URL: {text}: {why}"))
            .hint(format!("it looks like {DEFAULT_BASE_URL}"))
    };
    let url = Url::parse(text).map_err(|e| unusable(e.to_string()))?;
    match url.scheme() {
        "https" | "http" if url.has_host() => Ok(url),
        _ => Err(unusable("https:// and a host are needed".into())),
    }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
