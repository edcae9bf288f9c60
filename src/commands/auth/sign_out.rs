//! Signing out: forget a credential and its token, and revoke the token.

use jiff::Timestamp;

use crate::atlas::{Credential, RemovedToken};
use crate::config::{CredentialKind, Identity, Profile, Settings, Source, Target};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::rfc3339;
use crate::ui::relative;

/// What became of a sign-out.
pub(crate) struct SignedOut {
    /// Whether no token was stored.
    pub(crate) had_no_token: bool,
    failures: Vec<Error>,
}

impl SignedOut {
    /// Reports each failure; the last one is the result.
    pub(crate) fn report(mut self, context: &Context) -> Result<()> {
        let last = self.failures.pop();
        self.failures.iter().for_each(|failure| context.ui.error(failure));
        last.map_or(Ok(()), Err)
    }
}

/// Removes the stored token of a service account, then does what `forget` does, then revokes the
/// token.
pub(crate) fn sign_out(
    context: &Context,
    settings: &Settings,
    stored: Option<(&str, &Profile)>,
    forget: impl FnOnce() -> Result<()>,
) -> SignedOut {
    let identity = settings.identity();
    let revokes = matches!(&identity, Ok(Some(who)) if who.kind == CredentialKind::ServiceAccount);
    let kept = take_tokens(settings, stored, &identity);
    // A helper prints the secret at any time; a stored one must be read before it is removed.
    let is_helper = |who: &Identity| matches!(who.secret_source(), Source::Command(_));
    let wanted = matches!(&kept, Ok(Some(_))) && revokes;
    let early = wanted && !matches!(&identity, Ok(Some(who)) if is_helper(who));
    let credential = early.then(|| settings.last_credential());
    let forgotten = forget();
    let revoked = match &kept {
        Ok(Some(token)) => {
            let credential = credential.unwrap_or_else(|| settings.last_credential());
            revoke(context, settings, token, credential)
        }
        _ => Ok(()),
    };
    let had_no_token = matches!(kept, Ok(None));
    let failures = [kept.map(drop), forgotten, revoked].into_iter().filter_map(Result::err);
    SignedOut { had_no_token, failures: failures.collect() }
}

/// Removes the stored token of the account, whether or not it can be revoked.
fn take_tokens(
    settings: &Settings,
    stored: Option<(&str, &Profile)>,
    identity: &Result<Option<Identity>>,
) -> Result<Option<RemovedToken>> {
    let Some(path) = settings.token_cache() else { return Ok(None) };
    let mut whose = Vec::new();
    if let Ok(Some(who)) = identity
        && who.kind == CredentialKind::ServiceAccount
    {
        whose.extend(who.id.as_ref().map(|id| id.value.clone()));
    }
    whose.extend(stored.and_then(|(_, profile)| profile.client_id.clone()));
    whose.dedup();
    for id in whose {
        let taken = RemovedToken::take(&path, &id).map_err(|e| {
            Error::failed(format!("the token stored in {} cannot be removed", path.display()))
                .source(e)
                .hint("remove that file: anyone who reads it can use the token until it expires")
        })?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    Ok(None)
}

/// Revokes a token that is no longer stored. If that fails, anyone who has read it can still use
/// it.
fn revoke(
    context: &Context,
    settings: &Settings,
    token: &RemovedToken,
    credential: Result<Credential>,
) -> Result<()> {
    if !token.is_readable() {
        return Err(Error::failed(
            "a stored token was removed, but could not be read and so was not revoked: it expires \
             within the hour",
        )
        .hint(LEFT));
    }
    let ends = token.ends();
    if ends.is_some_and(|ends| ends <= Timestamp::now()) {
        context.ui.note("the stored token has expired");
        return Ok(());
    }
    let revoking = async {
        let Target::Atlas { base_url } = &settings.target else { return Ok(()) };
        let client = context.connect(base_url.clone(), credential?)?;
        client.revoke_removed(token).await.map_err(Error::from)
    };
    match context.block_on(context.signals.interruptible(revoking)) {
        Ok(()) => {
            context.ui.note("revoked the token");
            Ok(())
        }
        Err(error) => {
            let when = match ends {
                Some(at) => {
                    format!("expires at {}, {}", rfc3339(at), relative(at, Timestamp::now()))
                }
                None => "it is not known when it expires".to_owned(),
            };
            let kind = match error.kind() {
                Kind::Interrupted => Kind::Interrupted,
                _ => Kind::Failed,
            };
            let said =
                format!("the stored token was removed, but was not revoked, and {when}: {error}");
            let failed = Error::new(kind, said).api(error.api_facts().clone());
            Err(failed.hint(LEFT))
        }
    }
}

/// What to do about a token that was not revoked.
const LEFT: &str = "if somebody else may have it, delete the account's secret in Atlas";
