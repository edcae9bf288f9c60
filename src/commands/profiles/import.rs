//! `spctl profiles import`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use super::is_dry;
use crate::config::keep::{self, Keep};
use crate::config::official::{self, ForeignProfile};
use crate::config::secrets::{self, SecretStore, Secrets};
use crate::config::{DEFAULT_BASE_URL, Profiles, edit};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;
use crate::ui::plural;

/// What to import.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The tool's configuration file, if it is not in its usual place
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Store secrets in plain text, in a file that only you can read
    #[arg(long)]
    insecure_storage: bool,
    /// Do not import secrets
    #[arg(long, conflicts_with = "insecure_storage")]
    no_secrets: bool,
    /// The profiles to import; all by default
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

pub(super) fn run(context: &Context, dir: &Path, args: Args) -> Result<()> {
    let path = args.from.clone().map_or_else(official::path, Ok)?;
    let trouble = RefCell::new(None);
    let look = |service: &str, account: &str| {
        // A missing keyring is asked once, and reported once.
        if args.no_secrets || trouble.borrow().is_some() {
            return None;
        }
        secrets::foreign(service, account).unwrap_or_else(|error| {
            trouble.replace(Some(error));
            None
        })
    };
    let found = official::read(&path, look)?;
    for (secret, _) in found.iter().filter_map(|found| found.secret.as_ref()) {
        context.ui.known().learn(secret.expose_secret());
    }
    let known = edit::read(dir)?;
    let taken = select(context, found, &args.names, &known, &path)?;
    if taken.is_empty() {
        context.ui.note(format!("{} has nothing to import", path.display()));
        return Ok(());
    }
    let place = match args.insecure_storage {
        true => SecretStore::File,
        false => SecretStore::Keyring,
    };
    let has_secrets = !args.no_secrets && taken.iter().any(|found| found.secret.is_some());
    for found in &taken {
        preview(context, found, has_secrets.then_some(place));
    }
    if let Some(error) = trouble.into_inner() {
        context.ui.warn(error.to_string());
    }
    if is_dry(context) {
        return Ok(());
    }
    if has_secrets {
        Secrets::new(dir)
            .check(place)
            .map_err(|error| error.hint("--no-secrets imports everything but the secrets"))?;
    }
    let question = format!("Import {}?", plural(taken.len(), "profile"));
    if !context.ui.confirm(&question)? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    for ForeignProfile { name, profile, secret, .. } in taken {
        let how = match secret.filter(|_| !args.no_secrets) {
            Some((secret, _)) => Keep::At(place, secret),
            None => Keep::Nothing,
        };
        let signed_in = matches!(how, Keep::At(..));
        keep::keep(dir, &name, &profile, &how)?;
        context.ui.note(format!("imported the profile {name}"));
        if !signed_in {
            context.ui.hint(format!("sign in with spctl auth login --profile {}", quote(&name)));
        }
    }
    Ok(())
}

/// Those that were named, or all that are new. An existing profile is never overwritten.
fn select(
    context: &Context,
    found: Vec<ForeignProfile>,
    names: &[String],
    known: &Profiles,
    path: &Path,
) -> Result<Vec<ForeignProfile>> {
    if let Some(name) = names.iter().find(|name| !found.iter().any(|f| f.name == **name)) {
        let there: Vec<_> = found.iter().map(|f| f.name.as_str()).collect();
        return Err(Error::not_found(format!("{} has no profile {name:?}", path.display()))
            .hint(format!("it has {}", there.join(", "))));
    }
    let mut taken = Vec::new();
    for found in found {
        let named = names.contains(&found.name);
        if !named && !names.is_empty() {
            continue;
        }
        match (known.profiles.contains_key(&found.name), named) {
            (false, _) => match keep::check_name(&found.name) {
                Ok(()) => taken.push(found),
                Err(error) if named => return Err(error),
                Err(error) => context.ui.warn(error.to_string()),
            },
            (true, true) => {
                return Err(Error::new(
                    Kind::Conflict,
                    format!("the profile {:?} already exists", found.name),
                )
                .hint(
                    "rename it with spctl profiles rename, or remove it with spctl profiles remove",
                ));
            }
            (true, false) => {
                context.ui.note(format!("{}: this profile already exists: skipped", found.name));
            }
        }
    }
    Ok(taken)
}

fn preview(context: &Context, found: &ForeignProfile, place: Option<SecretStore>) {
    let ForeignProfile { name, profile, secret, left } = found;
    let note = |text: String| context.ui.note(text);
    note(format!("profile {name}"));
    note(format!("  base URL: {}", profile.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL)));
    for (label, value) in
        [("project", &profile.project), ("organisation", &profile.org), ("output", &profile.output)]
    {
        if let Some(value) = value {
            note(format!("  {label}: {value}"));
        }
    }
    match (profile.credential_kind(), profile.shown_id()) {
        (Some(kind), Some(id)) => note(format!("  {kind}: {id}")),
        _ => note("  credential: none that can be imported".to_owned()),
    }
    match (secret, place) {
        (Some((_, true)), Some(place)) => {
            note(format!("  secret: found in plain text; a copy goes to the {place}"));
        }
        (Some(_), Some(place)) => {
            note(format!("  secret: found in the keyring; a copy goes to the {place}"))
        }
        (Some(_), None) => note("  secret: not imported".to_owned()),
        (None, _) => {}
    }
    for left in left {
        note(format!("  not imported: {left}"));
    }
}
