//! `--report-shape`: which keys the lines have, without their values.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use crate::audit::key_paths::{KeyPath, KeyPaths};
use crate::audit::lines::Fault;
use crate::audit::scan::What;
use crate::commands::audit::reading::Reading;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// A key path, and what stands there.
#[derive(Debug, Serialize)]
struct Row {
    path: String,
    count: u64,
    types: BTreeMap<&'static str, u64>,
}

impl From<KeyPath> for Row {
    fn from(KeyPath { path, types }: KeyPath) -> Self {
        Row {
            path,
            count: types.iter().map(|(_, count)| count).sum(),
            types: types.into_iter().map(|(kind, count)| (kind.name(), count)).collect(),
        }
    }
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::whole("path", |row| row.path.as_str().into()),
        Column::identifying("count", |row| Cell::Count(row.count)),
        Column::whole("types", |row| {
            let one = |(name, count): (&&str, &u64)| match row.types.len() {
                1 => (*name).to_owned(),
                _ => format!("{name}: {count}"),
            };
            Cell::List(row.types.iter().map(one).collect())
        }),
    ],
    default: 3,
    name: |row| row.path.clone(),
};

/// Checks the output options.
pub(super) fn check(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)
}

/// Reports the shape of all lines that are asked for, JSON of any kind included.
pub(super) fn report(context: &Context, reading: Reading) -> Result<()> {
    let mut paths = KeyPaths::default();
    let tally = reading.each(&mut |seen| {
        match seen.what {
            What::Event(_) => paths.add(seen.line),
            What::Fault(Fault::Malformed) if reading.filter.passes_fault(seen.line) => {
                paths.add(seen.line);
            }
            What::Fault(_) => {}
        }
        ControlFlow::Continue(())
    });
    let rows = paths.paths().into_iter().map(Row::from);
    context.ui.list_computed(&LISTING, rows, "no lines of this kind")?;
    reading.finish(context, tally)
}
