//! `policy diff`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::access::{self, AccessChange};
use super::source::{self, SourceArgs};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::{self, Difference, FieldChange, Policy};
use crate::ui::{Cell, Column, Listing, plural};

/// Which policies to compare.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl policy diff policy.yaml
  spctl policy diff proposed.yaml --snapshot today.yaml -o json
  spctl policy diff suggested.yaml --no-prune
  spctl policy export | spctl policy diff -

What is compared is the project, or the snapshot, with FILE: what would be added, removed and
changed to make the one the other, and who would gain and lose which access. Lists that only one
of them has are not compared. The exit code is 3 if anything differs. Objects that FILE does not
name are removed by apply --prune alone; --no-prune leaves them out, as apply does without it.")]
pub struct Args {
    /// The policy as it should be; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Leave out objects that FILE does not name
    #[arg(long)]
    no_prune: bool,
    #[command(flatten)]
    source: SourceArgs,
}

/// A difference, as it is written.
#[derive(Debug, Serialize)]
struct Row {
    change: &'static str,
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("change", |row| row.change.into()),
        Column::identifying("kind", |row| row.kind.into()),
        Column::identifying("name", |row| row.name.as_str().into()),
        Column::telling_apart("key", |row| Cell::maybe(row.key.clone())),
        Column::new("before", |row| value(row, &row.before)),
        Column::new("after", |row| value(row, &row.after)),
    ],
    default: 6,
    name: |row| row.name.clone(),
};

/// A value in a cell. The whole of an object is in the documents.
fn value(row: &Row, value: &Option<Value>) -> Cell {
    match value {
        Some(_) if row.key.is_none() => "(there)".into(),
        Some(Value::String(text)) => text.as_str().into(),
        Some(value) => value.to_string().into(),
        None => Cell::maybe(None::<String>),
    }
}

impl Row {
    fn of(difference: &Difference) -> Vec<Row> {
        let (kind, name) = (difference.kind.noun, difference.name());
        let change = match (&difference.before, &difference.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => {
                let row = |FieldChange { key, before, after }| Row {
                    change: "changed",
                    kind,
                    name: name.clone(),
                    key: Some(key),
                    before,
                    after,
                };
                return difference.fields().into_iter().map(row).collect();
            }
        };
        let (before, after) = (difference.before.clone(), difference.after.clone());
        vec![Row { change, kind, name, key: None, before, after }]
    }
}

impl Row {
    fn of_access(access: &AccessChange) -> Row {
        let places = Some(Value::from(access.places.to_string()));
        let (before, after) = if access.is_gain { (None, places) } else { (places, None) };
        Row {
            change: if access.is_gain { "gains" } else { "loses" },
            kind: "access",
            name: access.who.to_string(),
            key: Some(access.actions.join(", ")),
            before,
            after,
        }
    }
}

/// Compares the project, or a snapshot, with a file.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let is_stdin = |file: &Path| file.as_os_str() == "-";
    if is_stdin(&args.file) && args.source.snapshot.as_deref().is_some_and(is_stdin) {
        return Err(Error::usage(
            "FILE and --snapshot are both -, and stdin can be read once only",
        )
        .hint("name a file for one of them"));
    }
    let after = source::read(context, "policy diff", &args.file)?;
    let before = args.source.policy(context)?;
    say_what_is_compared(context, &before, &after);
    let (before, after, is_narrowed) = policy::comparable(before, after);
    let mut found = policy::differences(&before, &after);
    if args.no_prune {
        found.objects.retain(|one| one.after.is_some());
    }
    found.uncompared.extend(is_narrowed.then(|| policy::OF_ORGANISATION.to_owned()));
    if !found.uncompared.is_empty() {
        let lists = found.uncompared.join(", ");
        context.ui.note(format!("not compared, since only one side has them: {lists}"));
    }
    let access = match found.is_empty() {
        true => Vec::new(),
        false => access::changes(&before, &after, !args.no_prune),
    };
    let rows = found.objects.iter().flat_map(Row::of).chain(access.iter().map(Row::of_access));
    context.ui.list_computed(&LISTING, rows, "the policies are the same")?;
    if found.is_empty() {
        return Ok(());
    }
    let count = |is: fn(&Difference) -> bool| found.objects.iter().filter(|one| is(one)).count();
    let added = count(|one| one.before.is_none());
    let removed = count(|one| one.after.is_none());
    let changed = found.objects.len() - added - removed;
    let gaining = access.iter().filter(|access| access.is_gain).map(|access| &access.who);
    let gaining: BTreeSet<_> = gaining.collect();
    let access = match (access.is_empty(), gaining.len()) {
        (true, _) => "access stays as it is".to_owned(),
        (false, 0) => "nobody gains access".to_owned(),
        (false, 1) => "1 gains access".to_owned(),
        (false, count) => format!("{count} gain access"),
    };
    Err(Error::new(
        Kind::Differs,
        format!(
            "the policies differ: {} added, {removed} removed, {changed} changed; {access}",
            plural(added, "object")
        ),
    ))
}

/// Says if the two are of different projects, which may be meant.
fn say_what_is_compared(context: &Context, before: &Policy, after: &Policy) {
    let (one, other) = (&before.project, &after.project);
    let are_known = !one.id.is_empty() && !other.id.is_empty();
    if are_known && one.id != other.id {
        context
            .ui
            .warn(format!("the policies are of two projects: {} and {}", one.name, other.name));
    }
}
