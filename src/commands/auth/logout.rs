//! `spctl auth logout`.

use jiff::Timestamp;

use super::not_local;
use crate::atlas::{Credential, TakenToken};
use crate::config::{CredentialKind, Identity, Profile, Source, Target, edit, keep};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::relative;

pub(super) fn run(context: &Context) -> Result<()> {
    not_local(context, "keeps no credential")?;
    let dir = context.environment.config_dir()?;
    let stored = match &context.settings.profile {
        Some(name) => {
            edit::read(&dir)?.profiles.remove(&name.value).map(|p| (name.value.clone(), p))
        }
        None => None,
    };
    let stored = stored.filter(|(_, profile)| profile.has_credential());
    // A credential that cannot be used any more is still removed.
    let identity = context.settings.identity();
    let revokes = matches!(&identity, Ok(Some(who)) if who.kind == CredentialKind::ServiceAccount);
    if stored.is_none() && !revokes {
        context.ui.note("no credential is kept; nothing was changed");
        say_environment(context, &identity);
        return Ok(());
    }
    preview(context, stored.as_ref(), revokes);
    if context.global.dry_run {
        context.ui.note("dry run: nothing was changed");
        return Ok(());
    }
    if !context.ui.confirm("Sign out?")? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    let kept = take_tokens(context, stored.as_ref(), &identity);
    // A helper prints the secret at any time; what is kept here must be read before it goes.
    let is_helper = |who: &Identity| matches!(who.secret_source(), Source::Command(_));
    let wanted = matches!(&kept, Ok(Some(_))) && revokes;
    let early = wanted && !matches!(&identity, Ok(Some(who)) if is_helper(who));
    let credential = early.then(|| context.settings.last_credential());
    let forgotten = match &stored {
        Some((name, profile)) => keep::forget(&dir, name, profile).map(|_| {
            context.ui.note(format!("signed out of the profile {name}"));
        }),
        None => Ok(()),
    };
    let revoked = match &kept {
        Ok(Some(token)) => {
            let credential = credential.unwrap_or_else(|| context.settings.last_credential());
            revoke(context, token, credential)
        }
        _ => Ok(()),
    };
    if let Ok(None) = &kept
        && revokes
    {
        context.ui.note("no token was in use");
    }
    say_environment(context, &identity);
    // Each that failed is told; the worst of them last.
    let failures = [kept.map(drop), forgotten, revoked].into_iter().filter_map(Result::err);
    let mut failures: Vec<Error> = failures.collect();
    let last = failures.pop();
    failures.iter().for_each(|failure| context.ui.error(failure));
    last.map_or(Ok(()), Err)
}

/// Takes the token away that is kept of whoever is signed out, whether or not it can be revoked.
fn take_tokens(
    context: &Context,
    stored: Option<&(String, Profile)>,
    identity: &Result<Option<Identity>>,
) -> Result<Option<TakenToken>> {
    let Some(path) = context.settings.token_cache() else { return Ok(None) };
    let mut whose = Vec::new();
    if let (Ok(Some(who)), Target::Atlas { base_url }) = (identity, &context.settings.target)
        && who.kind == CredentialKind::ServiceAccount
        && let Some(id) = &who.id
    {
        whose.push((base_url.clone(), id.value.clone()));
    }
    if let Some((_, profile)) = stored
        && let (Some(id), Ok(base_url)) = (&profile.client_id, keep::address(profile))
    {
        whose.push((base_url, id.clone()));
    }
    for (base_url, id) in whose {
        let taken = TakenToken::take(&path, &base_url, &id).map_err(|e| {
            Error::failed(format!("the token kept in {} cannot be removed", path.display()))
                .source(e)
                .hint("remove that file: whoever reads it can use the token until it ends")
        })?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    Ok(None)
}

/// Revokes a token that is kept here no longer. Where that fails it can still be used by whoever
/// has read it.
fn revoke(context: &Context, token: &TakenToken, credential: Result<Credential>) -> Result<()> {
    let ends = token.ends();
    if ends.is_some_and(|ends| ends <= Timestamp::now()) {
        context.ui.note("the token that was kept has ended");
        return Ok(());
    }
    let revoking = async {
        let Target::Atlas { base_url } = &context.settings.target else { return Ok(()) };
        let client = context.connect(base_url.clone(), credential?)?;
        client.revoke_taken(token).await.map_err(Error::from)
    };
    match context.block_on(context.interruptible(revoking)) {
        Ok(()) => {
            context.ui.note("revoked the token");
            Ok(())
        }
        Err(error) => {
            let when = match ends {
                Some(at) => {
                    format!("ends by itself at {at:.0}, {}", relative(at, Timestamp::now()))
                }
                None => "it is not known when it ends".to_owned(),
            };
            let kind = match error.kind() {
                Kind::Interrupted => Kind::Interrupted,
                _ => Kind::Failed,
            };
            let said = format!(
                "what was kept here is removed, but the token was not revoked, and {when}: {error}"
            );
            let failed = Error::new(kind, said).api(error.api_facts().clone());
            Err(failed.hint("where somebody may have it, delete the account's secret in Atlas"))
        }
    }
}

fn preview(context: &Context, stored: Option<&(String, Profile)>, revokes: bool) {
    if revokes {
        context.ui.note("revoke the service account's token in use, if there is one");
    }
    let Some((name, profile)) = stored else { return };
    if let Some(place) = profile.secret {
        context.ui.note(format!("remove the secret of the profile {name} ({place})"));
    }
    let line = profile.credential_kind().map(|kind| match profile.shown_id() {
        Some(id) => format!("take the {kind} {id} out of the profile {name}"),
        None => format!("take the {kind} out of the profile {name}"),
    });
    if let Some(line) = line {
        context.ui.note(line);
    }
}

fn say_environment(context: &Context, identity: &Result<Option<Identity>>) {
    if let Ok(Some(identity)) = identity
        && identity.is_from_environment()
    {
        let (id, secret) = identity.kind.variables();
        let names: Vec<_> = id.into_iter().chain([secret]).collect();
        context
            .ui
            .note(format!("the environment still gives a credential: unset {}", names.join(" ")));
    }
}
