//! `spctl local ips`: the control plane's addresses that the local store answers with.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Value, json};

use super::{show, would};
use crate::brokers::Problem;
use crate::brokers::addresses::{AddressList, document};
use crate::brokers::difference::Difference;
use crate::brokers::set::Entry;
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::ui::{NoColumns, plural};

/// What to do with the addresses.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the list, as the API answers it
    #[command(after_help = "Examples:
  spctl local ips show > list.json
  spctl local ips show --jq '.outbound.aws | keys'")]
    Show,
    /// Replace the list with one from a file
    ///
    /// The file is a list as the API answers it, or as ips --save writes it. It is not stored
    /// unless every entry can be read.
    #[command(after_help = "Examples:
  spctl local ips set list.json
  spctl local ips show | \\
      jq '.outbound.aws[\"us-east-1\"] += [\"203.0.113.99\"]' | \\
      spctl local ips set -")]
    Set {
        /// The list in JSON, or - for stdin
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// Replace the list with that of the sample
    #[command(after_help = "Example:
  spctl local ips reset")]
    Reset,
}

pub(super) fn run(context: &Context, path: &Path, command: Command) -> Result<()> {
    if let Command::Show = command {
        context.ui.check(&NoColumns)?;
        let stored = Admin::open(path, Clock::System)?.control_plane_addresses()?;
        let stored = stored.ok_or_else(|| {
            Error::not_found(format!("{} holds no control-plane addresses", path.display()))
                .hint("spctl local ips reset stores those of the sample")
        })?;
        return context.ui.document(&raw(&stored)?);
    }
    context.ui.check_record()?;
    let list = match &command {
        Command::Set { file } => {
            let bytes = input::bytes(context, "FILE", file)?;
            Some(read(&bytes).map_err(|problem| {
                Error::failed(problem.to_string())
                    .context(input::name(file))
                    .hint("nothing was changed")
            })?)
        }
        _ => None,
    };
    replace(context, path, list)
}

/// A list that can be stored, and its entries.
fn read(bytes: &[u8]) -> Result<(Value, Vec<Entry>), Problem> {
    Ok((document(bytes)?, entries(bytes)?))
}

fn entries(json: &[u8]) -> Result<Vec<Entry>, Problem> {
    Ok(AddressList::parse(json)?.all()?.entries().to_vec())
}

/// Stores a list, or that of the sample.
fn replace(context: &Context, path: &Path, list: Option<(Value, Vec<Entry>)>) -> Result<()> {
    let mut admin = Admin::open(path, Clock::System)?;
    let (document, after) = match list {
        Some(list) => list,
        None => {
            let sample = crate::local::sample::control_plane_addresses();
            let after = entries(sample.to_string().as_bytes()).unwrap_or_default();
            (sample, after)
        }
    };
    // What is there may be no list that can be read: it was stored by other means.
    let before = admin.control_plane_addresses()?.map(|stored| stored.to_string());
    let before = before.and_then(|stored| entries(stored.as_bytes()).ok()).unwrap_or_default();
    let change = Difference::between(&before, &after);
    tell(context, &change);
    if context.dry_run {
        let many = plural(after.len(), "entry");
        let what = format!("replace the control plane's addresses in {} by {many}", path.display());
        return would(context, &what);
    }
    admin.set_control_plane_addresses(&document)?;
    show(
        context,
        &json!({
            "entries": after.len(),
            "added": change.added.len(),
            "removed": change.removed.len(),
        }),
    )
}

/// Shows what is added and removed.
fn tell(context: &Context, change: &Difference) {
    let signed = |sign: char| move |entry: &Entry| (sign, entry.clone());
    let removed = change.removed.iter().map(signed('-'));
    for (sign, entry) in removed.chain(change.added.iter().map(signed('+'))) {
        context.ui.note(format!("{sign} {}  {}", entry.net, entry.label()));
    }
}

fn raw(document: &Value) -> Result<Box<serde_json::value::RawValue>> {
    serde_json::value::to_raw_value(document)
        .map_err(|e| Error::failed("cannot write the list").source(e))
}
