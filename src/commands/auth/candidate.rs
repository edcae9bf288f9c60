//! The credential that `spctl auth login` tries: from its options, or from answers.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::login::Args;
use crate::atlas::Credential;
use crate::config::secrets::{SecretStore, Secrets};
use crate::config::{
    BASE_URL, CredentialKind, DEFAULT_BASE_URL, GOV_BASE_URL, Profile, fit, is_private, keep,
    misplaced, not_blank, parse_base_url,
};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::secret_input::{NamedSecret, SecretSource};

/// The secret of a credential.
#[derive(Debug)]
pub(super) struct CredentialSecret;

impl NamedSecret for CredentialSecret {
    const NAME: &'static str = "secret";
    const WHAT: &'static str = "the secret";
}

/// Where the secret will be stored, before it is known.
pub(super) enum Destination {
    SecretStore(SecretStore),
    Command(String),
    Nowhere,
}

/// A credential that has not been tried yet.
pub(super) struct Candidate {
    pub(super) kind: CredentialKind,
    pub(super) base_url: Url,
    pub(super) id: Option<String>,
    pub(super) destination: Destination,
}

/// Everything but the secret. If nobody can answer, the error names what is missing.
pub(super) fn ask(context: &Context, login: &Args, old: &Profile, dir: &Path) -> Result<Candidate> {
    let kind = kind(context, login)?;
    let base_url = base_url(context, login, old)?;
    let given = match kind {
        CredentialKind::ServiceAccount => login.client_id.clone(),
        CredentialKind::ApiKey => login.public_key.clone(),
        CredentialKind::AccessToken => None,
    };
    let option = if kind == CredentialKind::ApiKey { "--public-key" } else { "--client-id" };
    let id = match (kind, given) {
        (CredentialKind::AccessToken, _) => None,
        (_, Some(id)) => Some(fit(option, &id)?.expose_secret().to_owned()),
        (_, None) => Some(needed(context, option, |ui| ui.ask_text(kind.id_name()))?),
    };
    let (kind, id) = recognise(context, kind, id)?;
    Ok(Candidate { kind, base_url, id, destination: destination(context, login, dir)? })
}

fn needed<T>(
    context: &Context,
    option: &str,
    ask: impl FnOnce(&crate::ui::Ui) -> Result<T>,
) -> Result<T> {
    match context.ui.can_ask() {
        true => ask(&context.ui),
        false => {
            Err(Error::usage(format!("{option} is missing, and there is no terminal to ask on"))
                .hint(
                    "add --kind, --client-id or --public-key, and --secret-stdin, --secret-file or \
                     --secret-env",
                ))
        }
    }
}

fn kind(context: &Context, login: &Args) -> Result<CredentialKind> {
    let told = match (&login.client_id, &login.public_key) {
        (Some(_), _) => Some((CredentialKind::ServiceAccount, "--client-id")),
        (_, Some(_)) => Some((CredentialKind::ApiKey, "--public-key")),
        _ => None,
    };
    match (login.kind, told) {
        (Some(kind), Some((other, option))) if kind != other => {
            Err(Error::usage(format!("--kind is {kind}, but {option} is for: {other}"))
                .hint("omit --kind"))
        }
        (Some(kind), _) | (None, Some((kind, _))) => Ok(kind),
        (None, None) => {
            let kinds = [
                CredentialKind::ServiceAccount,
                CredentialKind::ApiKey,
                CredentialKind::AccessToken,
            ];
            let choices = [
                "service account (recommended)".to_owned(),
                "API key".to_owned(),
                "access token (for an hour)".to_owned(),
            ];
            let chosen = needed(context, "--kind", |ui| {
                ui.ask_choice("which kind of credential", &choices, 0)
            })?;
            Ok(kinds[chosen])
        }
    }
}

fn base_url(context: &Context, login: &Args, old: &Profile) -> Result<Url> {
    if let Some(text) = &login.base_url {
        return parse_base_url(text, "--base-url");
    }
    if login.gov {
        return parse_base_url(GOV_BASE_URL, "--gov");
    }
    not_blank(&context.environment, BASE_URL)?;
    if let Some((name, text)) = context.environment.first(BASE_URL) {
        return parse_base_url(text, name);
    }
    if old.has_credential() || old.base_url.is_some() || !context.ui.can_ask() {
        return keep::address(old);
    }
    let choices = [
        format!("Atlas ({DEFAULT_BASE_URL})"),
        format!("Atlas for Government ({GOV_BASE_URL})"),
        "another address".to_owned(),
    ];
    match context.ui.ask_choice("where", &choices, 0)? {
        0 => parse_base_url(DEFAULT_BASE_URL, "the default"),
        1 => parse_base_url(GOV_BASE_URL, "--gov"),
        _ => parse_base_url(&context.ui.ask_text("base URL")?, "the answer"),
    }
}

/// Recognises the id of a service account that was given as an API key's public half.
fn recognise(
    context: &Context,
    kind: CredentialKind,
    id: Option<String>,
) -> Result<(CredentialKind, Option<String>)> {
    let Some(wrong) = misplaced(kind, id.as_deref().unwrap_or_default(), "") else {
        return Ok((kind, id));
    };
    let account = kind == CredentialKind::ApiKey && !is_private(id.as_deref().unwrap_or_default());
    if account && (context.ui.can_ask() || context.ui.assumes_yes()) {
        let question = format!("{wrong}. Sign in as that service account?");
        if context.ui.confirm(&question)? {
            return Ok((CredentialKind::ServiceAccount, id));
        }
    }
    let hint = match account {
        true => "use --client-id instead",
        false => {
            "give the id: mdb_sa_id_..., or an API key's public half; the secret was shown, so replace \
             it in Atlas"
        }
    };
    Err(Error::usage(wrong).hint(hint))
}

fn destination(context: &Context, login: &Args, dir: &Path) -> Result<Destination> {
    if let Some(line) = &login.credential_command {
        return Ok(Destination::Command(line.clone()));
    }
    if login.no_store {
        return Ok(Destination::Nowhere);
    }
    let secrets = Secrets::new(dir);
    let file =
        || secrets.check(SecretStore::File).map(|()| Destination::SecretStore(SecretStore::File));
    if login.insecure_storage {
        return file();
    }
    let Err(error) = Secrets::probe_keyring() else {
        return Ok(Destination::SecretStore(SecretStore::Keyring));
    };
    if !context.ui.can_ask() {
        return Err(error);
    }
    context.ui.note(error.to_string());
    let choices = [
        "store nothing, and print the environment to set".to_owned(),
        format!("store it in plain text in {}", secrets.describe(SecretStore::File)),
    ];
    match context.ui.ask_choice("where to store the secret", &choices, 0)? {
        0 => Ok(Destination::Nowhere),
        _ => file(),
    }
}

pub(super) fn secret(context: &Context, login: &Args, given: &Candidate) -> Result<SecretString> {
    if let Destination::Command(line) = &given.destination {
        return SecretSource::Helper(line.clone()).read(
            context.ui.known(),
            &context.environment,
            CredentialSecret::NAME,
        );
    }
    // On a terminal the secret is asked for, so that it is not echoed.
    let typed = login.secret.is_stdin() && context.ui.stdin_is_terminal();
    if !typed && let Some(secret) = login.secret.read(context.ui.known(), &context.environment)? {
        return Ok(secret);
    }
    needed(context, "--secret-stdin", |ui| ui.ask_hidden(given.kind.secret_name()))
}

pub(super) fn check(given: &Candidate, secret: &SecretString) -> Result<()> {
    match misplaced(given.kind, given.id.as_deref().unwrap_or_default(), secret.expose_secret()) {
        Some(wrong) => Err(Error::usage(wrong).hint(
            "a service account's id begins with mdb_sa_id_ and its secret with mdb_sa_sk_; an API \
                 key's private half has the form of a UUID",
        )),
        None => Ok(()),
    }
}

/// No token is cached on disk before the credential is stored.
pub(super) fn credential(given: &Candidate, secret: &SecretString) -> Credential {
    let (id, secret) = (given.id.clone().unwrap_or_default(), secret.clone());
    match given.kind {
        CredentialKind::ServiceAccount => Credential::ServiceAccount { id, secret, cache: None },
        CredentialKind::ApiKey => Credential::ApiKey { public: id, private: secret },
        CredentialKind::AccessToken => Credential::Bearer(secret),
    }
}
