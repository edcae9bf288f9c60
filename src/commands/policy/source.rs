//! Where a policy is read from: the project as it is, or a file.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::live;
use crate::atlas::redact;
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::policy::{self, Broken, Lines, Policy};
use crate::privileges::project::Project;

/// What a question about a project is answered from.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct SourceArgs {
    /// Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin
    #[arg(long, value_name = "FILE")]
    pub snapshot: Option<PathBuf>,
}

impl SourceArgs {
    /// The policy: of the file, or else of the project as it is now. What could not be read is in
    /// it, and is said by whoever it matters to.
    ///
    /// # Errors
    /// Usage: a file that is no policy. Those of the API, but for what may not be read.
    pub fn policy(&self, context: &Context) -> Result<Policy> {
        match &self.snapshot {
            Some(file) => read(context, "--snapshot", file),
            None => context.block_on(live::fetch(context)),
        }
    }

    /// What is known of the project, from the same source.
    ///
    /// # Errors
    /// Those of [`policy`](Self::policy).
    pub fn project(&self, context: &Context) -> Result<Project> {
        self.policy(context).map(|policy| policy.project())
    }
}

/// The policy of a file, or with `-` of stdin; `option` is what named it.
///
/// # Errors
/// Usage: it cannot be read, or is no policy.
pub fn read(context: &Context, option: &str, file: &Path) -> Result<Policy> {
    let text = text(context, option, file)?;
    let document = document(context, option, file, &text)?;
    of_document(context, option, file, &text, document)
}

/// The document of a policy's file, which may be none.
///
/// # Errors
/// Usage: it is neither JSON nor YAML.
pub fn document(context: &Context, option: &str, file: &Path, text: &str) -> Result<Value> {
    parse(context, text).map_err(|broken| {
        wrong(option, file, broken.at, &format!("neither JSON nor YAML: {}", broken.why))
    })
}

fn wrong(option: &str, file: &Path, at: Option<(usize, usize)>, why: &str) -> Error {
    let at = at.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    Error::usage(format!("{option}: {}{at}: {why}", input::name(file)))
}

/// The policy of a file's document; `text` is where its faults stand.
///
/// # Errors
/// Usage: it is no policy.
pub fn of_document(
    context: &Context,
    option: &str,
    file: &Path,
    text: &str,
    document: Value,
) -> Result<Policy> {
    let misspelled = policy::misspelled(&document);
    let mut policy = Policy::read(document).map_err(|faults| {
        let lines = Lines::of(text);
        let first = &faults[0];
        let path = policy::path(&first.place);
        let why = if path.is_empty() { String::new() } else { format!("{path}: ") };
        let error = wrong(option, file, lines.find(&first.place), &(why + &first.message));
        let error = first.hint.iter().fold(error, |error, hint| error.hint(hint.as_str()));
        match faults.len() {
            1 => error,
            _ => error.hint("spctl policy validate lists everything that is wrong with it"),
        }
    })?;
    let lines = if misspelled.is_empty() { Lines::default() } else { Lines::of(text) };
    for fault in misspelled {
        let at = lines.find(&fault.place).map(|(line, column)| format!(":{line}:{column}"));
        let (at, path) = (at.unwrap_or_default(), policy::path(&fault.place));
        let hint = fault.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        context.ui.warn(format!(
            "{option}: {}{at}: {path}: {}{hint}",
            input::name(file),
            fault.message
        ));
    }
    policy.taken.get_or_insert(context.ui.now());
    Ok(policy)
}

/// The text of a policy's file.
///
/// # Errors
/// Usage: it cannot be read, holds nothing, or is no text.
pub fn text(context: &Context, option: &str, file: &Path) -> Result<String> {
    let text = input::text(context, option, file)?;
    input::not_blank(option, file, text.as_bytes())?;
    Ok(text)
}

/// The document of a policy's text. Secrets that should not be in it are not shown, either.
///
/// # Errors
/// It is neither JSON nor YAML.
pub fn parse(context: &Context, text: &str) -> std::result::Result<Value, Broken> {
    let document = policy::parse(text)?;
    let plain = policy::without_references(&document);
    redact::learn(context.ui.known(), &plain, &plain);
    Ok(document)
}
