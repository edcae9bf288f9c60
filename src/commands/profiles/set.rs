//! `spctl profiles set`.

use std::path::Path;

use super::keys::{self, check_key};
use crate::config::edit;
use crate::config::secrets::bytes::Unfit;
use crate::config::{is_private, keep, parse_base_url};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;
use crate::ui::Format;

pub(super) fn run(context: &Context, dir: &Path, pairs: &[String]) -> Result<()> {
    let pairs: Vec<_> = pairs.iter().map(|pair| split(pair)).collect::<Result<_>>()?;
    for (index, (key, _)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(earlier, _)| earlier == key) {
            return Err(
                Error::usage(format!("{key} is given more than once")).hint("a key has one value")
            );
        }
    }
    let known = edit::read(dir)?;
    let name = keys::chosen(context, &known)?;
    keep::check_name(&name)?;
    let kept = known.profiles.get(&name).is_some_and(|profile| profile.secret.is_some());
    const BOUND: [&str; 5] = ["kind", "base_url", "client_id", "public_key", "credential_command"];
    if let Some((key, _)) = pairs.iter().find(|(key, _)| kept && BOUND.contains(key)) {
        return Err(Error::new(
            Kind::Conflict,
            format!("the profile {name:?} has a stored secret, and {key} belongs to it"),
        )
        .hint(format!("spctl auth login --profile {name} changes both, spctl auth logout --profile {name} removes it", name = quote(&name))));
    }
    keys::edit(context, dir, &name, &known, |editor| {
        for (key, value) in &pairs {
            editor.set(&name, key, value);
        }
    })
}

fn split(pair: &str) -> Result<(&str, &str)> {
    let Some((key, value)) = pair.split_once('=') else {
        // The text is not repeated: it may be a secret.
        return Err(Error::usage("a pair has no '='").hint("write it as project=orders-prod"));
    };
    let key = key.trim();
    check_key(key)?;
    let unusable = |may: &str| Error::usage(format!("{key} cannot be {value:?}")).hint(may);
    match key {
        _ if value.is_empty() => {
            return Err(Error::usage(format!("{key} has no value"))
                .hint(format!("spctl profiles unset {key} removes it")));
        }
        "kind" if !matches!(value, "atlas" | "local") => {
            return Err(unusable("use atlas or local"));
        }
        "output"
            if !<Format as clap::ValueEnum>::from_str(value, true)
                .is_ok_and(|format| !format.is_for_findings()) =>
        {
            return Err(unusable("use table, json, ndjson, yaml, csv or tsv"));
        }
        "base_url" => drop(parse_base_url(value, "base_url")?),
        "client_id" | "public_key" if is_private(value) => {
            return Err(Error::usage(format!("{key} is a secret, not an id")).hint(
                "spctl auth login stores secrets; this one was exposed, so replace it in Atlas",
            ));
        }
        _ => {}
    }
    if let Some(c) = value.chars().find(|c| c.is_control()) {
        return Err(Error::usage(format!("the value of {key} holds {}", Unfit::Control(c)))
            .hint("give it without; nothing was changed"));
    }
    Ok((key, value))
}
