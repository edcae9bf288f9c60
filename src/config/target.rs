//! What a command talks to. Local or remote is never in doubt.

use std::path::PathBuf;

use url::Url;

use super::credential::{self, Identity};
use super::profile::{self, ProfileKind};
use super::secrets::Secrets;
use super::sourced::{Source, Sourced, flag, from_profile};
use super::{DEFAULT_BASE_URL, Environment, Flags, Profile, not_blank};
use crate::atlas::{Credential, redact};
use crate::error::{Error, Result};

const PROFILE: &str = "MONGODB_ATLAS_PROFILE";
/// The variables that name the address, the first that is set before the others.
pub const BASE_URL: &[&str] = &["MONGODB_ATLAS_BASE_URL", "MONGODB_ATLAS_OPS_MANAGER_URL"];

/// The control plane that a command uses.
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

/// Everything that is known before a command begins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The control plane that the command uses.
    pub target: Target,
    /// What gave the base URL.
    pub base_url_source: Source,
    /// The profile in use, and what named it.
    pub profile: Option<Sourced<String>>,
    /// The project, by id or name.
    pub project: Option<Sourced<String>>,
    /// The organisation, by id or name.
    pub org: Option<Sourced<String>>,
    /// A file of CA certificates (PEM) instead of the system's bundle.
    pub ca_file: Option<PathBuf>,
    /// Whether plain http may go to any host, and not to this one only.
    pub allow_http: bool,
    /// The profile's default of `-o`.
    pub output: Option<Sourced<String>>,
    environment: Environment,
    configured: Profile,
}

impl Settings {
    /// Resolves everything that needs no connection and no credential.
    ///
    /// # Errors
    /// Usage, if local and remote settings conflict; not found, if a profile does not exist.
    pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Settings> {
        let switched = match environment.get("SPCTL_LOCAL") {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(other) => {
                return Err(Error::usage(format!(
                    "SPCTL_LOCAL is {other:?}, which is neither 1 nor 0"
                ))
                .hint("unset it, or set it to 1 to stay on this machine"));
            }
        };
        let by_name = flag(flags.profile.as_ref(), "--profile");
        let by_variable = environment.sourced(&[PROFILE]).filter(|_| !flags.local && !switched);
        let named = by_name.is_some();
        let found = profile::load(&environment.config_dir()?, by_name.or(by_variable))?;
        // --local or SPCTL_LOCAL takes precedence over a default profile.
        let found = found
            .filter(|(_, p)| named || !(flags.local || switched) || p.kind == ProfileKind::Local);
        let (found, profile) = match found {
            Some((name, profile)) => (Some(name), profile),
            None => (None, Profile::default()),
        };
        let name = found.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        if switched && !flags.local {
            refuse_ambiguity(flags, environment)?;
        }
        if flags.local && named && profile.kind == ProfileKind::Atlas {
            return Err(Error::usage(format!(
                "--local conflicts with the remote profile {name:?}"
            ))
            .hint("omit one of them"));
        }
        let local = flags.local || switched || profile.kind == ProfileKind::Local;
        if local && profile.base_url.is_some() {
            return Err(Error::usage(format!("the profile {name:?} is local, but has a base URL"))
                .hint("unset base_url in the profile, or omit --local"));
        }
        if local && profile.has_credential() {
            return Err(Error::usage(format!(
                "the profile {name:?} is local, but has a credential"
            ))
            .hint("the local control plane needs none: run spctl auth logout, or unset kind"));
        }
        match local {
            true => Self::local(flags, environment, found, profile),
            false => Self::atlas(flags, environment, found, profile),
        }
    }

    /// Settings without a profile, for commands that repair profiles.
    ///
    /// # Errors
    /// Usage: a base URL in the environment that is none.
    pub fn without_profile(flags: &Flags, environment: &Environment) -> Result<Settings> {
        let environment = environment.clone().without_blanks();
        Self::atlas(flags, &environment, None, Profile::default())
    }

    fn local(
        flags: &Flags,
        environment: &Environment,
        name: Option<Sourced<String>>,
        profile: Profile,
    ) -> Result<Settings> {
        let named = name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        Ok(Settings {
            base_url_source: Source::Default,
            profile: name,
            target: Target::Local { store: environment.data_dir()?.join("local.sqlite") },
            project: flag(flags.project.as_ref(), "--project")
                .or(from_profile(profile.project, &named)),
            org: flag(flags.org.as_ref(), "--org").or(from_profile(profile.org, &named)),
            ca_file: None,
            allow_http: false,
            output: from_profile(profile.output, &named),
            environment: Environment::default(),
            configured: Profile::default(),
        })
    }

    fn atlas(
        flags: &Flags,
        environment: &Environment,
        name: Option<Sourced<String>>,
        profile: Profile,
    ) -> Result<Settings> {
        let named = name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        let variable = |name: &str| environment.get(name).map(str::to_owned);
        let given = |name, value: &Option<String>| {
            environment.sourced(&[name]).or(from_profile(value.clone(), &named))
        };
        let elsewhere = || variable("SSL_CERT_FILE").or(profile.ca_file.clone()).map(PathBuf::from);
        let ca_file = flags.ca_file.clone().or_else(elsewhere);
        let base_url = base_url(environment, from_profile(profile.base_url.clone(), &named))?;
        Ok(Settings {
            target: Target::Atlas { base_url: base_url.value },
            base_url_source: base_url.source,
            profile: name,
            project: flag(flags.project.as_ref(), "--project")
                .or(given("MONGODB_ATLAS_PROJECT_ID", &profile.project)),
            org: flag(flags.org.as_ref(), "--org").or(given("MONGODB_ATLAS_ORG_ID", &profile.org)),
            ca_file,
            allow_http: flags.allow_http,
            output: given("MONGODB_ATLAS_OUTPUT", &profile.output),
            environment: environment.clone(),
            configured: profile,
        })
    }

    /// Who the command acts as, and the source of that; `None` if nothing names a credential.
    ///
    /// # Errors
    /// Not permitted: half a pair, two kinds at once, or a profile's secret for another address.
    pub fn identity(&self) -> Result<Option<Identity>> {
        let Target::Atlas { base_url } = &self.target else { return Ok(None) };
        if let Some(identity) = credential::of_environment(&self.environment, base_url)? {
            return Ok(Some(identity));
        }
        let Some(name) = &self.profile else { return Ok(None) };
        let own = self.configured.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let own = parse_base_url(own, "the profile's base_url")?;
        let base_url = Sourced::new(base_url.clone(), self.base_url_source.clone());
        credential::of_profile(&name.value, &self.configured, &own, &base_url)
    }

    /// The credential for the Admin API, its secret fetched.
    ///
    /// # Errors
    /// Not permitted: none, half a pair, or two kinds at once; a secret that cannot be fetched.
    pub fn credential(&self) -> Result<Credential> {
        self.credential_from(Secrets::new(&self.environment.config_dir()?))
    }

    /// The same for signing out, after which nothing is stored any more.
    ///
    /// # Errors
    /// Those of [`Settings::credential`], but for a file of secrets that others may read.
    pub fn last_credential(&self) -> Result<Credential> {
        self.credential_from(Secrets::new(&self.environment.config_dir()?).for_the_last_time())
    }

    fn credential_from(&self, secrets: Secrets) -> Result<Credential> {
        match self.identity()? {
            Some(identity) => identity.credential(&secrets, self.token_cache()),
            None => Err(self
                .unchosen(Error::new(
                    crate::error::Kind::NotPermitted,
                    "no credential is configured",
                ))
                .hint("sign in with spctl auth login")
                .hint(
                    "or set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET (a service \
                 account), or MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
                )
                .hint("to try it without an account, add --local")),
        }
    }

    /// Lists the profiles in a hint if none is chosen.
    fn unchosen(&self, error: Error) -> Error {
        let known = self.environment.config_dir().and_then(|dir| super::edit::read(&dir));
        let names: Vec<String> = match (&self.profile, known) {
            (None, Ok(known)) => known.profiles.into_keys().collect(),
            _ => Vec::new(),
        };
        match names.is_empty() {
            true => error,
            false => error.hint(format!(
                "no profile is chosen: add --profile, or run spctl profiles use NAME; the profiles are {}",
                names.join(", ")
            )),
        }
    }

    /// The file that caches a service account's token between runs.
    pub fn token_cache(&self) -> Option<PathBuf> {
        self.environment.cache_dir().ok().map(|dir| dir.join("token.json"))
    }

    /// The proxy for https, and the hosts that bypass it.
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
    Err(Error::usage(format!("SPCTL_LOCAL=1 conflicts with {what}"))
        .hint("unset one of them, or add --local to ignore every MONGODB_ATLAS_ variable"))
}

fn base_url(environment: &Environment, profile: Option<Sourced<String>>) -> Result<Sourced<Url>> {
    not_blank(environment, BASE_URL)?;
    let set: Vec<_> = BASE_URL.iter().filter_map(|n| environment.get(n).map(|v| (*n, v))).collect();
    if let [(a, left), (b, right)] = set.as_slice()
        && left.trim_end_matches('/') != right.trim_end_matches('/')
    {
        let shown = |url: &str| redact::anonymous(url).unwrap_or_else(|| url.to_owned());
        return Err(Error::usage(format!("{a} is {}, but {b} is {}", shown(left), shown(right)))
            .hint("unset one of them, or set both to the same address"));
    }
    let found = environment
        .sourced(BASE_URL)
        .or(profile)
        .unwrap_or_else(|| Sourced::new(DEFAULT_BASE_URL, Source::Default));
    let from = match &found.source {
        Source::Profile(_) => "the profile's base_url".to_owned(),
        other => other.to_string(),
    };
    Ok(Sourced { value: parse_base_url(&found.value, &from)?, source: found.source })
}

/// A base URL; `from` names its source in errors.
///
/// # Errors
/// Usage: what is no address of a web server.
pub fn parse_base_url(text: &str, from: &str) -> Result<Url> {
    // What stands before an @ may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    let unusable = |why: String| {
        Error::usage(format!("{from} is not a base URL: {shown}: {why}"))
            .hint(format!("use a URL such as {DEFAULT_BASE_URL}"))
    };
    let url = Url::parse(text).map_err(|e| unusable(e.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::usage(format!("{from} holds a user or a password before {shown}"))
            .hint(
                "an address holds no credentials: spctl auth login keeps them, or name them in \
                   the MONGODB_ATLAS_ variables",
            ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(unusable("it must have no query and no fragment".into()));
    }
    if url.path().trim_end_matches('/').ends_with("/api/atlas/v2") {
        return Err(unusable("omit /api/atlas/v2, which is appended anyway".into()));
    }
    match url.scheme() {
        "https" | "http" if url.has_host() => Ok(url),
        _ => Err(unusable("it needs https:// and a host".into())),
    }
}

#[cfg(test)]
#[path = "tests/target.rs"]
mod tests;
