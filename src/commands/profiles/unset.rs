//! `spctl profiles unset`.

use std::path::Path;

use super::existing;
use super::keys::{self, check_key};
use crate::config::edit;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

pub(super) fn run(context: &Context, dir: &Path, given: &[String]) -> Result<()> {
    for key in given {
        match key.as_str() {
            "secret" => {
                return Err(Error::usage("the secret is not stored in config.toml")
                    .hint("spctl auth logout removes it"));
            }
            key => check_key(key)?,
        }
    }
    let known = edit::read(dir)?;
    let name = keys::chosen(context, &known)?;
    let profile = existing(&known, &name)?;
    const BOUND: [&str; 3] = ["base_url", "client_id", "public_key"];
    if let Some(key) = given.iter().find(|key| BOUND.contains(&key.as_str()))
        && profile.secret.is_some()
    {
        return Err(Error::new(
            Kind::Conflict,
            format!("the profile {name:?} has a stored secret, and {key} belongs to it"),
        )
        .hint(format!("spctl auth logout --profile {} removes both", quote(&name))));
    }
    keys::edit(context, dir, &name, &known, |editor| {
        for key in given {
            editor.unset(&name, key);
        }
    })
}
