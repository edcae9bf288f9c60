//! `audit summary`.

use serde::Serialize;

use super::reading::{self, FilterArgs, SourceArgs};
use crate::audit::event::Micros;
use crate::audit::folds::summary::{By, Summary, Total};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// What to count by.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl audit summary orders --by user
  spctl audit summary logs/ --by ip --event 'failed authentication'")]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// What to count by
    #[arg(long, value_name = "KEY", default_value = "event")]
    by: Key,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Key {
    User,
    Event,
    Ip,
}

#[derive(Debug, Serialize)]
struct Row {
    key: String,
    count: u64,
    failures: u64,
    first: Option<String>,
    last: Option<String>,
}

impl Row {
    fn of((key, total): (String, Total)) -> Row {
        let text = |time: Option<Micros>| time?.timestamp().map(|time| time.to_string());
        let Total { count, failures, first, last } = total;
        Row { key, count, failures, first: text(first), last: text(last) }
    }
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("key", |row| row.key.as_str().into()),
        Column::telling_apart("count", |row| Cell::Count(row.count)),
        Column::telling_apart("failures", |row| Cell::Count(row.failures)),
        Column::new("first", |row| Cell::moment(row.first.as_deref())),
        Column::new("last", |row| Cell::moment(row.last.as_deref())),
    ],
    default: 5,
    name: |row| row.key.clone(),
};

/// Counts.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let reading = reading::open(context, &args.from, &args.which)?;
    let by = match args.by {
        Key::User => By::User,
        Key::Event => By::Event,
        Key::Ip => By::Ip,
    };
    let (summary, tally) = reading.fold(|| Summary::new(by));
    let rows = summary.totals().into_iter().map(Row::of);
    context.ui.list_computed(&LISTING, rows, "no events")?;
    reading.finish(context, tally)
}
