//! `policy validate`.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::source;
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::{self, Fault, Level, Lines};
use crate::ui::{Cell, Column, Listing, plural};

/// Which files to check.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl policy validate policy.yaml
  spctl policy validate policies/*.yaml -o json
  spctl policy export | spctl policy validate -

Errors make the exit code 1: what is no policy, and what cannot be meant, as a role that nobody
defines. Warnings do not: what may be meant, as a scope on an instance that is yet to come.
docs/policy.schema.json describes the files for editors.")]
pub struct Args {
    /// Policy files; - is stdin
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// A fault, as it is written.
#[derive(Debug, Serialize)]
struct Row {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    level: Level,
    /// Where in the document, `users[3].roles[0].roleName`.
    key: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::whole("place", |row| {
            let numbers = [row.line, row.column].into_iter().flatten();
            let at = numbers.map(|number| format!(":{number}")).collect::<String>();
            format!("{}{at}", row.file).into()
        }),
        Column::identifying("level", |row| level(row.level).into()),
        Column::whole("key", |row| row.key.as_str().into()),
        Column::whole("fault", |row| match &row.hint {
            Some(hint) => format!("{}; {hint}", row.message).into(),
            None => row.message.as_str().into(),
        }),
        Column::new("file", |row| row.file.as_str().into()),
        Column::new("line", |row| Cell::maybe(row.line.map(|line| line.to_string()))),
        Column::new("column", |row| Cell::maybe(row.column.map(|column| column.to_string()))),
    ],
    default: 4,
    name: |row| row.file.clone(),
};

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

/// Checks the files, each by itself.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let mut rows = Vec::new();
    let mut unread = None;
    for file in &args.files {
        match faults(context, file) {
            Ok(faults) => rows.extend(faults),
            // What is wrong with the others is said all the same.
            Err(error) if args.files.len() > 1 && error.kind() != Kind::Interrupted => {
                context.ui.warn(format!("{}: not read: {error}", file.display()));
                unread.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    let count = |wanted: Level| rows.iter().filter(|row| row.level == wanted).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let files = plural(args.files.len(), "file");
    let nothing = match unread {
        None => format!("nothing is wrong with {files}"),
        Some(_) => "nothing is wrong with the files that could be read".to_owned(),
    };
    context.ui.list_computed(&LISTING, rows, &nothing)?;
    if let Some(error) = unread {
        return Err(error);
    }
    match (errors, warnings) {
        (0, 0) => Ok(()),
        (0, warnings) => {
            context.ui.note(format!("{} in {files}", plural(warnings, "warning")));
            Ok(())
        }
        (errors, warnings) => Err(Error::failed(format!(
            "{} and {} in {files}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ))),
    }
}

fn faults(context: &Context, file: &Path) -> Result<Vec<Row>> {
    let text = source::text(context, "policy validate", file)?;
    let name = input::name(file);
    let row = |fault: Fault, at: Option<(usize, usize)>| Row {
        file: name.clone(),
        line: at.map(|(line, _)| line),
        column: at.map(|(_, column)| column),
        level: fault.level,
        key: policy::path(&fault.place),
        message: fault.message,
        hint: fault.hint,
    };
    let document = match source::parse(context, &text) {
        Ok(document) => document,
        Err(broken) => {
            let message = format!("it is neither JSON nor YAML: {}", broken.why);
            return Ok(vec![row(Fault::error(&[], message), broken.at)]);
        }
    };
    let faults = policy::check(&document);
    if faults.is_empty() {
        return Ok(Vec::new());
    }
    let lines = Lines::of(&text);
    Ok(faults
        .into_iter()
        .map(|fault| {
            let at = lines.find(&fault.place);
            row(fault, at)
        })
        .collect())
}
