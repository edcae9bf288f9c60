//! The credential: one kind, whole, from the environment or else from the profile.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;

use super::secrets::{SecretOwner, SecretStore, Secrets, bytes, helper};
use super::sourced::{Source, Sourced};
use super::{Environment, Profile, not_blank};
use crate::atlas::Credential;
use crate::error::{self, Error, Result};
use crate::shell::quote;

pub(super) const TOKEN: &[&str] = &["MONGODB_ATLAS_ACCESS_TOKEN"];
pub(super) const CLIENT_ID: &[&str] = &["MONGODB_ATLAS_CLIENT_ID"];
pub(super) const CLIENT_SECRET: &[&str] = &["MONGODB_ATLAS_CLIENT_SECRET"];
pub(super) const PUBLIC_KEY: &[&str] =
    &["MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PUBLIC_KEY"];
pub(super) const PRIVATE_KEY: &[&str] =
    &["MONGODB_ATLAS_PRIVATE_API_KEY", "MONGODB_ATLAS_PRIVATE_KEY"];

/// The secrets among their values, including what has the form of a secret in the place of an id.
pub(super) fn secrets(environment: &Environment) -> impl Iterator<Item = &str> {
    let named = [TOKEN, CLIENT_SECRET, PRIVATE_KEY].into_iter().flatten();
    let ids = [CLIENT_ID, PUBLIC_KEY].into_iter().flatten();
    let misplaced = ids.filter_map(|name| environment.get(name)).filter(|id| is_private(id));
    let around = |c: char| c.is_control() || c == '\u{feff}';
    named
        .filter_map(|name| environment.get(name))
        .chain(misplaced)
        .map(move |s| s.trim_matches(around))
}

/// The names of the credential variables that are set.
pub(super) fn variables(environment: &Environment) -> Vec<&'static str> {
    [TOKEN, CLIENT_ID, CLIENT_SECRET, PUBLIC_KEY, PRIVATE_KEY]
        .iter()
        .filter_map(|names| environment.first(names).map(|(name, _)| name))
        .collect()
}

/// The kinds of credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A service account: its tokens expire, and its secret can be replaced
    ServiceAccount,
    /// An API key: a public and a private half
    ApiKey,
    /// An access token, which expires within the hour and is not renewed
    AccessToken,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::ServiceAccount => "service account",
            Kind::ApiKey => "API key",
            Kind::AccessToken => "access token",
        })
    }
}

impl Kind {
    /// What its id is called.
    pub fn id_name(self) -> &'static str {
        match self {
            Kind::ServiceAccount => "client id",
            Kind::ApiKey => "public key",
            Kind::AccessToken => "id",
        }
    }

    /// What its secret is called.
    pub fn secret_name(self) -> &'static str {
        match self {
            Kind::ServiceAccount => "client secret",
            Kind::ApiKey => "private key",
            Kind::AccessToken => "access token",
        }
    }

    /// The environment variables that provide it: the id's, if it has one, and the secret's.
    pub fn variables(self) -> (Option<&'static str>, &'static str) {
        match self {
            Kind::ServiceAccount => (Some(CLIENT_ID[0]), CLIENT_SECRET[0]),
            Kind::ApiKey => (Some(PUBLIC_KEY[0]), PRIVATE_KEY[0]),
            Kind::AccessToken => (None, TOKEN[0]),
        }
    }
}

/// How Atlas begins the secrets of service accounts.
const SECRET: &str = "mdb_sa_sk_";

/// Whether a text is a secret by its form: that of a service account, or the private half of an API
/// key, which is a UUID.
pub fn is_private(text: &str) -> bool {
    text.starts_with(SECRET) || is_private_half(text)
}

fn is_private_half(text: &str) -> bool {
    // As files and other tools write it: in quotes or braces, and with or without its dashes.
    let around = |c: char| c.is_whitespace() || "\"'`{}<>()".contains(c);
    let groups: Vec<&str> = text.trim_matches(around).split('-').collect();
    let is_hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let [whole] = groups[..] {
        return whole.len() == 32 && is_hex(&whole);
    }
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(is_hex)
}

/// What is visibly wrong with the parts of a credential. In Atlas the ids of service accounts have one
/// prefix and their secrets another; private halves have a form of their own.
pub fn misplaced(kind: Kind, id: &str, secret: &str) -> Option<&'static str> {
    const ID: &str = "mdb_sa_id_";
    match kind {
        Kind::ApiKey if is_private_half(id) && !secret.is_empty() && !is_private(secret) => {
            Some("the public and the private half of the API key are swapped")
        }
        _ if is_private_half(id) => Some("the id is the private half of an API key"),
        Kind::ServiceAccount | Kind::AccessToken if is_private_half(secret) => {
            Some("this is the private half of an API key")
        }
        _ if id.starts_with(SECRET) && secret.starts_with(ID) => {
            Some("the id and the secret of the service account are swapped")
        }
        _ if id.starts_with(SECRET) => Some("the id is the secret of a service account"),
        _ if secret.starts_with(ID) => Some("the secret is the id of a service account"),
        Kind::ApiKey if id.starts_with(ID) => {
            Some("the API key's public half is the id of a service account")
        }
        Kind::ApiKey | Kind::AccessToken if secret.starts_with(SECRET) => {
            Some("this is the secret of a service account")
        }
        _ => None,
    }
}

/// Where a secret comes from when it is needed.
#[derive(Debug, Clone)]
enum SecretOrigin {
    Environment(SecretString, Source),
    Stored(SecretStore),
    Printed(String),
}

/// Who a command acts as, and the source of that. The secret is not fetched yet.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The kind of credential.
    pub kind: Kind,
    /// The id that is not secret; access tokens have none.
    pub id: Option<Sourced<String>>,
    profile: Option<String>,
    base_url: Url,
    hold: SecretOrigin,
}

impl Identity {
    /// Where the secret comes from.
    pub fn secret_source(&self) -> Source {
        match &self.hold {
            SecretOrigin::Environment(_, source) => source.clone(),
            SecretOrigin::Stored(SecretStore::Keyring) => Source::Keyring,
            SecretOrigin::Stored(SecretStore::File) => Source::File,
            SecretOrigin::Printed(line) => Source::Command(helper::program(line)),
        }
    }

    /// Whether it comes from the environment.
    pub fn is_from_environment(&self) -> bool {
        matches!(self.hold, SecretOrigin::Environment(..))
    }

    /// Checks that no secret is in the place of the id, so that it is neither sent nor shown as one.
    ///
    /// # Errors
    /// Usage, if the parts are swapped; none of them is shown.
    pub fn check(&self, secret: &str) -> Result<()> {
        let id = self.id.as_ref().map_or("", |id| id.value.as_str());
        let Some(wrong) = misplaced(self.kind, id, secret) else { return Ok(()) };
        let hint = match (&self.hold, wrong.starts_with("the API key's public half")) {
            (SecretOrigin::Environment(..), true) => {
                "set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET instead".to_owned()
            }
            (SecretOrigin::Environment(..), false) => {
                let (id, secret) = self.kind.variables();
                let names: Vec<_> = id.into_iter().chain([secret]).collect();
                format!("check {}", names.join(" and "))
            }
            _ => "sign in again with spctl auth login".to_owned(),
        };
        Err(Error::usage(wrong).hint(hint))
    }

    /// The secret, if it need not be fetched.
    fn given(&self) -> &str {
        match &self.hold {
            SecretOrigin::Environment(secret, _) => secret.expose_secret(),
            _ => "",
        }
    }

    /// The credential, its secret fetched from where it is.
    ///
    /// # Errors
    /// Not permitted: no secret is there. Those of [`Identity::check`], and of the keyring, the file
    /// or the command.
    pub fn credential(&self, secrets: &Secrets, cache: Option<PathBuf>) -> Result<Credential> {
        let secret = match &self.hold {
            SecretOrigin::Environment(secret, _) => secret.clone(),
            SecretOrigin::Printed(line) => helper::run(line)?,
            SecretOrigin::Stored(place) => {
                let profile = self.profile.as_deref().unwrap_or_default();
                let owner = SecretOwner { profile, base_url: &self.base_url };
                let stored = secrets.read(*place, owner)?.ok_or_else(|| {
                    refused(format!(
                        "{} holds no secret of the profile {profile:?} for {}",
                        secrets.describe(*place),
                        self.base_url
                    ))
                    .hint(format!("sign in again: spctl auth login --profile {}", quote(profile)))
                })?;
                fit(&secrets.describe(*place), stored.expose_secret())?
            }
        };
        self.check(secret.expose_secret())?;
        let id = self.id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
        Ok(match self.kind {
            Kind::ServiceAccount => Credential::ServiceAccount { id, secret, cache },
            Kind::ApiKey => Credential::ApiKey { public: id, private: secret },
            Kind::AccessToken => Credential::Bearer(secret),
        })
    }
}

/// The identity from the environment, if any.
///
/// # Errors
/// Not permitted: half a pair, or two kinds at once. Usage: what holds nothing, or a secret in the
/// place of an id. The variables are named, never their values.
pub(super) fn of_environment(
    environment: &Environment,
    base_url: &Url,
) -> Result<Option<Identity>> {
    let token = environment.first(TOKEN);
    let account = pair(environment, CLIENT_ID, CLIENT_SECRET)?;
    let key = pair(environment, PUBLIC_KEY, PRIVATE_KEY)?;
    let kinds = [token.is_some(), account.is_some(), key.is_some()];
    if kinds.into_iter().filter(|given| *given).count() > 1 {
        return Err(refused(format!(
            "more than one kind of credential is set: {}",
            variables(environment).join(", ")
        ))
        .hint("unset all but one kind"));
    }
    let fit = |(name, text): Given<'_>| fit(name, text).map(|text| (text, Source::Variable(name)));
    let identity = |kind, id: Option<Given<'_>>, secret: Given<'_>| -> Result<Identity> {
        let id = id.map(fit).transpose()?;
        let (secret, source) = fit(secret)?;
        Ok(Identity {
            kind,
            id: id.map(|(id, source)| Sourced::new(id.expose_secret(), source)),
            profile: None,
            base_url: base_url.clone(),
            hold: SecretOrigin::Environment(secret, source),
        })
    };
    let found = match (token, account, key) {
        (Some(token), ..) => identity(Kind::AccessToken, None, token),
        (_, Some((id, secret)), _) => identity(Kind::ServiceAccount, Some(id), secret),
        (.., Some((public, private))) => identity(Kind::ApiKey, Some(public), private),
        _ => {
            let all = [TOKEN, CLIENT_ID, CLIENT_SECRET, PUBLIC_KEY, PRIVATE_KEY].concat();
            return not_blank(environment, &all).map(|()| None);
        }
    }?;
    found.check(found.given())?;
    Ok(Some(found))
}

/// The identity from a profile, if it has a credential.
///
/// # Errors
/// Not permitted: parts that do not belong together, or an address that is not the profile's own.
pub(super) fn of_profile(
    name: &str,
    profile: &Profile,
    own: &Url,
    base_url: &Sourced<Url>,
) -> Result<Option<Identity>> {
    let Some(kind) = profile.credential_kind() else { return Ok(None) };
    let again = format!("spctl auth login --profile {}", quote(name));
    if profile.client_id.is_some() && profile.public_key.is_some() {
        return Err(refused(format!("the profile {name:?} has both a client_id and a public_key"))
            .hint(format!(
                "remove one of them: spctl profiles unset --profile {} KEY",
                quote(name)
            )));
    }
    let hold = match (profile.secret, &profile.credential_command) {
        (Some(_), Some(_)) => {
            return Err(refused(format!(
                "the profile {name:?} has both a stored secret and a credential_command"
            ))
            .hint(format!("remove the secret with spctl auth logout --profile {name}, or the command with spctl profiles unset --profile {name} credential_command", name = quote(name))));
        }
        (Some(place), None) => SecretOrigin::Stored(place),
        (None, Some(line)) => SecretOrigin::Printed(line.clone()),
        (None, None) => {
            return Err(refused(format!(
                "the profile {name:?} has a {}, but not the place of its secret",
                kind.id_name()
            ))
            .hint(format!("sign in with {again}, or set credential_command in the profile")));
        }
    };
    if base_url.value != *own {
        return Err(refused(format!(
            "the secret of the profile {name:?} is for {own}, but {} says {}",
            base_url.source, base_url.value
        ))
        .hint(format!("unset {}, or sign in there as another profile", base_url.source)));
    }
    let source = Source::Profile(name.to_owned());
    let id = profile.id().map(|id| fit(&format!("the {} of {source}", kind.id_name()), id));
    let found = Identity {
        kind,
        id: id.transpose()?.map(|id| Sourced::new(id.expose_secret(), source)),
        profile: Some(name.to_owned()),
        base_url: own.clone(),
        hold,
    };
    found.check(found.given())?;
    Ok(Some(found))
}

/// A part of a credential as it is used, which `place` gives: what is no part of a secret anywhere is
/// none of it either.
///
/// # Errors
/// Usage: what makes it unfit.
pub fn fit(place: &str, text: &str) -> Result<SecretString> {
    bytes::of_text(text)
        .map_err(|why| Error::usage(format!("{place} holds {why}")).hint(why.remedy()))
}

/// A variable and its value.
type Given<'a> = (&'static str, &'a str);

fn pair<'a>(
    environment: &'a Environment,
    left: &[&'static str],
    right: &[&'static str],
) -> Result<Option<(Given<'a>, Given<'a>)>> {
    match (environment.first(left), environment.first(right)) {
        (Some(left), Some(right)) => Ok(Some((left, right))),
        (None, None) => Ok(None),
        (Some((set, _)), None) => {
            not_blank(environment, right).and_then(|()| Err(half(set, right[0])))
        }
        (None, Some((set, _))) => {
            not_blank(environment, left).and_then(|()| Err(half(set, left[0])))
        }
    }
}

fn half(set: &str, missing: &str) -> Error {
    refused(format!("{set} is set, but {missing} is not"))
        .hint(format!("set {missing} too, or unset {set}"))
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(error::Kind::NotPermitted, message)
}
