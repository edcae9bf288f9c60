//! `policy export`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::source::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::policy;
use crate::ui::{Format, row};

/// Where to write the policy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl policy export > policy.yaml
  spctl policy export --to policy.yaml --force
  spctl policy export -o json | jq '.users[].username'")]
pub struct Args {
    /// Write a file that only you can read, whole or not at all
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "to")]
    force: bool,
    /// Leave out when it was read, so that the file changes only when the policy does
    #[arg(long)]
    undated: bool,
    #[command(flatten)]
    source: SourceArgs,
}

/// Writes the policy.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check_record()?;
    let replace = Replace::forced(args.force);
    if let Some(file) = &args.to {
        output::free(file, replace)?;
    }
    let mut policy = args.source.policy(context)?;
    if args.undated {
        policy.taken = None;
    }
    for unseen in &policy.unseen {
        context.ui.warn(format!("not seen: {}: {}", unseen.what, unseen.why));
    }
    let document = policy.value();
    let is_json = matches!(context.ui.format(), Format::Json | Format::Ndjson);
    let unwritten = |why: String| Error::failed("cannot write the policy as YAML").source(why);
    match &args.to {
        None if is_json || context.ui.options().jq.is_some() => {
            context.ui.document(&row::document(&document)?)
        }
        None => context.ui.write(policy::yaml(&document).map_err(unwritten)?.as_bytes()),
        Some(file) => {
            let text = match is_json {
                true => format!("{document:#}\n"),
                false => policy::yaml(&document).map_err(unwritten)?,
            };
            write(file, &text, replace)
        }
    }
}

/// Writes the whole file, or none.
fn write(file: &Path, text: &str, replace: Replace) -> Result<()> {
    let unwritten = |error| output::unwritten(file, replace, error);
    let mut partial = Pending::create(file).map_err(unwritten)?;
    partial.write_all(text.as_bytes()).map_err(unwritten)?;
    partial.keep(replace == Replace::Forced).map_err(unwritten)
}
