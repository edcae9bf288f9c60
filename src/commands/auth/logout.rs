//! `spctl auth logout`.

use super::not_local;
use super::sign_out::sign_out;
use crate::config::{CredentialKind, Identity, Profile, edit, keep};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

pub(super) fn run(context: &Context) -> Result<()> {
    not_local(context, "stores no credential")?;
    let dir = context.environment.config_dir()?;
    let stored = match &context.settings.profile {
        Some(name) => {
            edit::read(&dir)?.profiles.remove(&name.value).map(|p| (name.value.clone(), p))
        }
        None => None,
    };
    let stored = stored.filter(|(_, profile)| profile.has_credential());
    // A credential that is no longer usable is still removed.
    let identity = context.settings.identity();
    let revokes = matches!(&identity, Ok(Some(who)) if who.kind == CredentialKind::ServiceAccount);
    if stored.is_none() && !revokes {
        context.ui.note("no credential is stored; nothing was changed");
        say_environment(context, &identity);
        return Ok(());
    }
    preview(context, stored.as_ref(), revokes);
    if context.dry_run {
        context.ui.note("dry run: nothing was changed");
        return Ok(());
    }
    if !context.ui.confirm("Sign out?")? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    let dir = dir.as_path();
    let stored = stored.as_ref().map(|(name, profile)| (name.as_str(), profile));
    let done = sign_out(context, &context.settings, stored, || match stored {
        Some((name, profile)) => keep::forget(dir, name, profile).map(|()| {
            context.ui.note(format!("signed out of the profile {name}"));
        }),
        None => Ok(()),
    });
    if done.had_no_token && revokes {
        context.ui.note("no token was in use");
    }
    say_environment(context, &identity);
    done.report(context)
}

fn preview(context: &Context, stored: Option<&(String, Profile)>, revokes: bool) {
    if revokes {
        context.ui.note("revoke the service account's current token, if there is one");
    }
    let Some((name, profile)) = stored else { return };
    if let Some(place) = profile.secret {
        context.ui.note(format!("remove the secret of the profile {name} ({place})"));
    }
    let line = profile.credential_kind().map(|kind| match profile.shown_id() {
        Some(id) => format!("remove the {kind} {id} from the profile {name}"),
        None => format!("remove the {kind} from the profile {name}"),
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
        context.ui.note(format!(
            "the environment still provides a credential: unset {}",
            names.join(" ")
        ));
    }
}
