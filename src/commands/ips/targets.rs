//! `spctl ips targets`: what `--for` writes rules for.

use serde::Serialize;

use crate::brokers::targets::{Argument, TARGETS};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Column, Listing};

/// Nothing to choose.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl ips targets
  spctl ips targets --columns name,bites
  spctl ips --for kafka-acls --help")]
pub(super) struct Args {}

/// A target, and what there is to know before it is used.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    about: &'static str,
    needs: Vec<String>,
    takes: Vec<String>,
    applied: &'static str,
    bites: &'static str,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("name", |row| row.name.into()),
        Column::new("about", |row| row.about.into()),
        Column::new("needs", |row| row.needs.join(" ").into()),
        Column::new("applied", |row| row.applied.into()),
        Column::new("bites", |row| row.bites.into()),
        Column::new("takes", |row| row.takes.join(" ").into()),
    ],
    default: 5,
    name: |row| row.name.to_owned(),
};

/// Lists them.
pub(super) fn run(context: &Context, _: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let flags =
        |arguments: &[&Argument]| arguments.iter().map(|a| format!("--{}", a.flag)).collect();
    let rows = TARGETS.iter().map(|target| Row {
        name: target.name(),
        about: target.about(),
        needs: flags(target.needs()),
        takes: flags(target.takes()),
        applied: target.applied(),
        bites: target.bites(),
    });
    context.ui.list_computed(&LISTING, rows, "no targets").map(drop)
}
