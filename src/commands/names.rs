//! Names on the command line, or on stdin with `-`.

use std::io::BufRead;

use crate::atlas::Row;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Detail, Listing, plural};

/// What a command that shows named objects takes.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The names, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
}

/// Looks named objects up and shows those there are; each that is not there is an error of its own.
///
/// # Errors
/// The one failure, or the worst of several.
pub async fn show<T>(
    context: &Context,
    listing: &'static Listing<T>,
    noun: &str,
    given: &[String],
    fetch: impl AsyncFn(&str) -> Result<Row<T>>,
    detail: impl Fn(&T) -> Detail,
) -> Result<()> {
    context.ui.check(listing)?;
    let wanted = read(context, given)?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match fetch(name).await {
            Ok(row) => found.push((row.raw, row.view)),
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        context.ui.show(listing, found, detail)?;
    }
    failures(context, failed, wanted.len(), noun)
}

/// The names given, each once, in their order; `-` stands for the lines of stdin.
///
/// # Errors
/// Usage, where `-` was given and stdin has no names, or a person sits there and types.
pub fn read(context: &Context, given: &[String]) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in given {
        match name.as_str() {
            "-" => names.extend(lines(context)?),
            _ => names.push(name.clone()),
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    match names.is_empty() {
        true => Err(Error::usage("stdin held no names").hint("nothing was changed")),
        false => Ok(names),
    }
}

fn lines(context: &Context) -> Result<Vec<String>> {
    if context.ui.stdin_is_terminal() {
        return Err(Error::usage("- reads names from stdin, and stdin is a terminal")
            .hint("pipe names in, as in: spctl users list -q | spctl users get -"));
    }
    let mut names = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|e| Error::usage("cannot read names from stdin").source(e))?;
        let name = line.trim_end_matches('\r');
        if !name.trim().is_empty() {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// The end of a command that looked several objects up: each failure is shown, the worst decides.
///
/// # Errors
/// The one failure, or the worst of several.
pub fn failures(context: &Context, mut failed: Vec<Error>, asked: usize, noun: &str) -> Result<()> {
    let Some(kind) = Kind::worst(failed.iter().map(Error::kind)) else { return Ok(()) };
    if asked == 1
        && let Some(error) = failed.pop()
    {
        return Err(error);
    }
    for error in &failed {
        context.ui.error(error);
    }
    Err(Error::new(kind, format!("{} of {} failed", failed.len(), plural(asked, noun))))
}
