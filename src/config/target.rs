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
                ))
                .hint("unset it, or set it to 1 to stay on this machine"));
            }
        };
        let by_name = flag(flags.profile.as_ref(), "--profile");
        let by_variable = environment.sourced(&[PROFILE]).filter(|_| !flags.local && !switched);
        let named = by_name.is_some();
        let found = profile::load(&environment.config_dir()?, by_name.or(by_variable))?;
        // A default profile steps back where --local or SPCTL_LOCAL asks for something else.
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
                "--local and the remote profile {name:?} contradict each other"
            ))
            .hint("leave one of them away"));
        }
        let local = flags.local || switched || profile.kind == ProfileKind::Local;
        if local && profile.base_url.is_some() {
            return Err(Error::usage(format!("the profile {name:?} has a base URL and is local"))
                .hint("take base_url out of the profile, or leave --local away"));
        }
        if local && profile.has_credential() {
            return Err(Error::usage(format!(
                "the profile {name:?} has a credential and is local"
            ))
            .hint("the local control plane needs none: spctl auth logout, or take kind out"));
        }
        match local {
            true => Self::local(flags, environment, found, profile),
            false => Self::atlas(flags, environment, found, profile),
        }
    }

    /// Settings of no profile, for commands that put profiles right.
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

    /// As whom the command acts, and where that was said; none where nothing says it.
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

    /// The same for whoever signs out, of whom nothing is kept any more.
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
                .unchosen(Error::new(crate::error::Kind::NotPermitted, "there are no credentials"))
                .hint("sign in with spctl auth login")
                .hint(
                    "or set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET (a service \
                 account), or MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
                )
                .hint("without an account, try it with --local")),
        }
    }

    /// Names the profiles there are, where none is chosen.
    fn unchosen(&self, error: Error) -> Error {
        let known = self.environment.config_dir().and_then(|dir| super::edit::read(&dir));
        let names: Vec<String> = match (&self.profile, known) {
            (None, Ok(known)) => known.profiles.into_keys().collect(),
            _ => Vec::new(),
        };
        match names.is_empty() {
            true => error,
            false => error.hint(format!(
                "no profile is chosen: add --profile, or spctl profiles use NAME; there are {}",
                names.join(", ")
            )),
        }
    }

    /// The file that keeps a service account's token between runs.
    pub fn token_cache(&self) -> Option<PathBuf> {
        self.environment.cache_dir().ok().map(|dir| dir.join("token.json"))
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

fn base_url(environment: &Environment, profile: Option<Sourced<String>>) -> Result<Sourced<Url>> {
    not_blank(environment, BASE_URL)?;
    let set: Vec<_> = BASE_URL.iter().filter_map(|n| environment.get(n).map(|v| (*n, v))).collect();
    if let [(a, left), (b, right)] = set.as_slice()
        && left.trim_end_matches('/') != right.trim_end_matches('/')
    {
        let shown = |url: &str| redact::anonymous(url).unwrap_or_else(|| url.to_owned());
        return Err(Error::usage(format!("{a} is {} and {b} is {}", shown(left), shown(right)))
            .hint("unset one of them, or give both the same address"));
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

/// A base URL; `from` says in the error where it stands.
///
/// # Errors
/// Usage: what is no address of a web server.
pub fn parse_base_url(text: &str, from: &str) -> Result<Url> {
    // What stands before an @ may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    let unusable = |why: String| {
        Error::usage(format!("{from} is not a base URL: {shown}: {why}"))
            .hint(format!("it looks like {DEFAULT_BASE_URL}"))
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
        return Err(unusable("nothing can stand behind ? or #".into()));
    }
    if url.path().trim_end_matches('/').ends_with("/api/atlas/v2") {
        return Err(unusable("/api/atlas/v2 is put behind it anyway".into()));
    }
    match url.scheme() {
        "https" | "http" if url.has_host() => Ok(url),
        _ => Err(unusable("https:// and a host are needed".into())),
    }
}

#[cfg(test)]
#[path = "tests/target.rs"]
mod tests;
