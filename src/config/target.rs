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

/// The variables that name the profile: ours, and the one that MongoDB's own tool has.
pub(super) const PROFILE: [&str; 2] = ["SPCTL_PROFILE", "MONGODB_ATLAS_PROFILE"];
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
    /// What chose the target: for Atlas, what gave the base URL.
    pub target_source: Source,
    /// The profile in use, and what named it.
    pub profile: Option<Sourced<String>>,
    /// The project, by id or name.
    pub project: Option<Sourced<String>>,
    /// The organisation, by id or name.
    pub org: Option<Sourced<String>>,
    /// A file of CA certificates (PEM) instead of the system's bundle.
    pub ca_file: Option<Sourced<PathBuf>>,
    /// Whether plain http may go to any host, and not to this one only.
    pub allow_http: bool,
    /// The profile's default of `-o`.
    pub output: Option<Sourced<String>>,
    /// Whose objects are ours, as the profile says.
    pub owner: Option<Sourced<String>>,
    environment: Environment,
    configured: Profile,
}

impl Settings {
    /// Resolves everything that needs no connection and no credential.
    ///
    /// # Errors
    /// Usage, if local and remote settings conflict; not found, if a profile does not exist.
    pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Settings> {
        let switched = is_switched(environment)?;
        let named = profile_named(flags, environment)?;
        let (is_named, source) = (named.is_some(), named.as_ref().map(|name| name.source.clone()));
        let found = profile::load(&environment.config_dir()?, named)?;
        // --local or SPCTL_LOCAL takes precedence over a default profile.
        let found = found.filter(|(_, p)| {
            is_named || !(flags.local || switched) || p.kind == ProfileKind::Local
        });
        let (found, profile) = match found {
            Some((name, profile)) => (Some(name), profile),
            None => (None, Profile::default()),
        };
        let name = found.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        if switched && !flags.local {
            refuse_ambiguity(environment, source.as_ref())?;
        }
        if flags.local
            && profile.kind == ProfileKind::Atlas
            && let Some(source) = source
        {
            return Err(Error::usage(format!(
                "--local conflicts with the remote profile {name:?} ({source})"
            ))
            .hint(format!("omit --local, or {}", without(&source))));
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
            target_source: match flags.local {
                true => Source::Flag("--local"),
                false if is_switched(environment)? => Source::Variable("SPCTL_LOCAL"),
                false => Source::Profile(named.clone()),
            },
            profile: name,
            target: Target::Local { store: environment.data_dir()?.join("local.sqlite") },
            project: flag(flags.project.as_ref(), "--project")
                .or(from_profile(profile.project, &named)),
            org: flag(flags.org.as_ref(), "--org").or(from_profile(profile.org, &named)),
            ca_file: None,
            allow_http: false,
            output: from_profile(profile.output, &named),
            owner: from_profile(profile.owner, &named),
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
        let given = |name, value: &Option<String>| {
            environment.sourced(&[name]).or(from_profile(value.clone(), &named))
        };
        let path = |text: Sourced<String>| Sourced::new(text.value, text.source);
        let by_flag = flags.ca_file.clone();
        let ca_file = by_flag.map(|file| Sourced::new(file, Source::Flag("--ca-file")));
        let ca_file = ca_file.or_else(|| given("SSL_CERT_FILE", &profile.ca_file).map(path));
        let base_url = base_url(environment, from_profile(profile.base_url.clone(), &named))?;
        Ok(Settings {
            target: Target::Atlas { base_url: base_url.value },
            target_source: base_url.source,
            profile: name,
            project: flag(flags.project.as_ref(), "--project")
                .or(given("MONGODB_ATLAS_PROJECT_ID", &profile.project)),
            org: flag(flags.org.as_ref(), "--org").or(given("MONGODB_ATLAS_ORG_ID", &profile.org)),
            ca_file,
            allow_http: flags.allow_http,
            output: given("MONGODB_ATLAS_OUTPUT", &profile.output),
            owner: from_profile(profile.owner.clone(), &named),
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
        let base_url = Sourced::new(base_url.clone(), self.target_source.clone());
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

    /// The file that keeps the last list of addresses of this Atlas; none of a local control plane.
    pub fn addresses_cache(&self) -> Option<PathBuf> {
        let Target::Atlas { base_url } = &self.target else { return None };
        // Hosts whose names come to the same tell their answers apart by what is in the file.
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' };
        let host: String = base_url.authority().chars().map(plain).collect();
        let directory = self.environment.cache_dir().ok()?.join("addresses").join(host);
        Some(directory.join("addresses.json"))
    }

    /// The proxy for https, and the hosts that bypass it.
    pub fn proxy(&self) -> Option<(Sourced<String>, Option<String>)> {
        let proxy = self.environment.sourced(&["HTTPS_PROXY", "https_proxy"])?;
        let around = self.environment.first(&["NO_PROXY", "no_proxy"]);
        Some((proxy, around.map(|(_, hosts)| hosts.to_owned())))
    }
}

/// The profile that the command line or else the environment names. Variables that are not ours do not
/// count where everything is local.
///
/// # Errors
/// Usage: an option without a name, or SPCTL_LOCAL with another value than 1 and 0.
pub fn profile_named(flags: &Flags, environment: &Environment) -> Result<Option<Sourced<String>>> {
    if flags.profile.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::usage("--profile is empty").hint("is a variable of the script not set?"));
    }
    let local = flags.local || is_switched(environment)?;
    let names = if local { &PROFILE[..1] } else { &PROFILE };
    Ok(flag(flags.profile.as_ref(), "--profile").or_else(|| environment.sourced(names)))
}

/// Whether every command is local.
fn is_switched(environment: &Environment) -> Result<bool> {
    match environment.get("SPCTL_LOCAL") {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(other) => {
            Err(Error::usage(format!("SPCTL_LOCAL is {other:?}, which is neither 1 nor 0"))
                .hint("unset it, or set it to 1 to stay on this machine"))
        }
    }
}

/// `named` is what named a profile, where one is named.
fn refuse_ambiguity(environment: &Environment, named: Option<&Source>) -> Result<()> {
    let conflict = |what: &str| Error::usage(format!("SPCTL_LOCAL=1 conflicts with {what}"));
    match (credential::variables(environment).first(), named) {
        (Some(variable), _) => Err(conflict(variable)
            .hint("unset one of them, or add --local to ignore every MONGODB_ATLAS_ variable")),
        (None, Some(source)) => Err(conflict(&source.to_string())
            .hint(format!("unset SPCTL_LOCAL, or {}", without(source)))),
        (None, None) => Ok(()),
    }
}

/// How not to name what this names.
fn without(source: &Source) -> String {
    match source {
        Source::Variable(name) => format!("unset {name}"),
        other => format!("omit {other}"),
    }
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
