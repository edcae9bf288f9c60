//! `spctl generate DIR`: the completions, man pages, schema and pages of rules that are kept with the sources.

use std::fs;
use std::path::{Path, PathBuf};

use clap_complete::Shell;

use crate::commands::{completion, lint};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::policy;

mod after_help;
mod man;

pub use after_help::examples;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The directory in which completions/, man/ and docs/ are written
    dir: PathBuf,
}

/// Writes completions, man pages and the schema.
///
/// # Errors
/// What the file system says.
pub fn run(_: &Context, args: Args, spctl: clap::Command) -> Result<()> {
    for (path, text) in files(spctl).map_err(|e| Error::failed("cannot generate").source(e))? {
        write(&args.dir.join(path), &text)?;
    }
    write(&args.dir.join("docs/lint.md"), lint::page().as_bytes())?;
    write(&args.dir.join("docs/policy.schema.json"), schema().as_bytes())
}

/// The schema of policies, as it is published.
pub fn schema() -> String {
    format!("{:#}\n", policy::schema())
}

/// Every file generated from the root command: its path below the directory, and its text.
///
/// # Errors
/// None that is known: the text is written to memory.
pub fn files(spctl: clap::Command) -> std::io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for (shell, name) in [
        (Shell::Bash, "completions/spctl.bash"),
        (Shell::Zsh, "completions/_spctl"),
        (Shell::Fish, "completions/spctl.fish"),
    ] {
        let script = completion::script(shell, spctl.clone());
        files.push((PathBuf::from(name), script.into_bytes()));
    }
    let mut command = spctl.disable_help_subcommand(true);
    command.build();
    pages(&command, "spctl", &mut files)?;
    Ok(files)
}

fn pages(
    command: &clap::Command,
    name: &str,
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> std::io::Result<()> {
    if command.is_hide_set() {
        return Ok(());
    }
    files.push((PathBuf::from(format!("man/{name}.1")), man::page(command, name)?));
    for sub in command.get_subcommands() {
        pages(sub, &format!("{name}-{}", sub.get_name()), files)?;
    }
    Ok(())
}

fn write(path: &Path, text: &[u8]) -> Result<()> {
    let written =
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|e| Error::failed(format!("cannot write {}", path.display())).source(e))
}
