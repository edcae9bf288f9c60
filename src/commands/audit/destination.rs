//! Where a downloaded log goes.

use std::path::PathBuf;

use super::log::LogArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::output::{self, Replace};

/// Where a log goes.
pub(super) enum LogDestination {
    Stdout,
    File(PathBuf),
    Directory(PathBuf),
}

/// The destination that `--out` names, if it can take so many logs.
pub(super) fn destination(
    context: &Context,
    args: &LogArgs,
    instances: usize,
) -> Result<LogDestination> {
    let Some(out) = &args.out else { return Ok(LogDestination::Directory(PathBuf::new())) };
    if out.as_os_str() == "-" {
        if !args.decompress && context.ui.stdout_is_terminal() {
            return Err(Error::usage("refusing to write gzip to a terminal")
                .hint("add --decompress, or name a file with --out"));
        }
        return Ok(LogDestination::Stdout);
    }
    let directory = out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
    match directory {
        true if !out.is_dir() => {
            Err(Error::not_found(format!("there is no directory {}", out.display()))
                .hint("create it first, or name a file"))
        }
        true => Ok(LogDestination::Directory(out.clone())),
        false if instances > 1 => Err(Error::usage(format!(
            "cannot write {instances} logs to one file, {}",
            out.display()
        ))
        .hint("name an existing directory, or - with --decompress")),
        false => {
            output::free(out, Replace::forced(args.force))?;
            Ok(LogDestination::File(out.clone()))
        }
    }
}
