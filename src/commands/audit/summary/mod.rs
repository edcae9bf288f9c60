//! `audit summary`: how often, from when to when, and how often in vain.

mod chart;
mod key;
mod row;

use std::num::NonZeroUsize;

use clap::builder::EnumValueParser;

use self::key::Key;
use self::row::Row;
use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::folds::summary::{By, Summary, Total};
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::most::most;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Listing, plural};

/// What to count by.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Several keys count by their combinations: --by user,event has a row for each user and event. Rows follow \
each other in time where a key is a time, else the largest comes first. Days and hours are UTC. What a line \
does not say is a row of its own, (none), in JSON null.

A failure that its line does not state is inferred: mongod, for example, writes no outcome of a logon. How \
many failures are inferred is told on stderr, and by the column \"inferred\".

On a terminal a histogram shows when the events were. Rows in JSON are
  {\"user\": \"admin.alice\", \"count\": 12, \"failures\": 1,
   \"first\": …, \"last\": …}

Examples:
  spctl audit summary orders --by user
  spctl audit summary orders --by day --since 30d
  spctl audit summary logs/ --by ip --event 'failed authentication' -n 10
  spctl audit summary logs/ --by user,event -o json")]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// What to count by [default: event]
    #[arg(long, value_name = "KEY,…", num_args = 1..,
        value_parser = CommaListParser(EnumValueParser::<Key>::new()))]
    by: Vec<CommaList<Key>>,
    /// Only the N largest
    #[arg(short = 'n', long, value_name = "N", value_parser = most)]
    top: Option<NonZeroUsize>,
}

impl Args {
    /// Each key once, in the order in which they are named.
    fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for key in self.by.items() {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        if keys.is_empty() { vec![Key::Event] } else { keys }
    }
}

/// Counts.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let ui = &context.ui;
    let keys = args.keys();
    let is_drawn = ui.stdout_is_terminal() && !ui.wants_data();
    // Days and hours are their own histogram.
    let has_bars = is_drawn && matches!(keys[..], [Key::Day | Key::Hour]);
    let columns = columns(&keys, has_bars);
    let default = columns.len() - 1;
    let listing = Listing { columns: &columns, default, name: Row::name };
    ui.check(&listing)?;
    let reading = reading::open(context, &args.from, &args.which)?;
    let by: Vec<By> = keys.iter().map(|key| key.by()).collect();
    let drawn = (is_drawn && !has_bars).then(|| chart::by(&keys));
    let new = || (Summary::new(by.clone()), drawn.map(|by| Summary::new([by])));
    let ((summary, drawn), tally) = reading.fold(new);
    let all = summary.all();
    let (mut groups, missing) = counted(&reading, summary)?.groups();
    let found = groups.len();
    groups.sort_by(|one, other| {
        other.total.count.cmp(&one.total.count).then_with(|| one.key.cmp(&other.key))
    });
    groups.truncate(args.top.map_or(usize::MAX, NonZeroUsize::get));
    let left_out = found - groups.len();
    let mut rows = row::rows(&keys, groups);
    if has_bars && left_out == 0 {
        row::fill(&mut rows);
    }
    for line in drawn.map(|drawn| chart::lines(drawn, ui.width())).into_iter().flatten() {
        ui.line(line)?;
    }
    let empty = if all.count == 0 { "no events" } else { "no value is frequent enough" };
    ui.list_computed(&listing, rows, empty)?;
    if left_out > 0 {
        ui.note(format!("{} left out", plural(left_out, "smaller row")));
    }
    tell(context, all, missing);
    reading.finish(context, tally)
}

/// What was counted, in a second reading where the first found too many groups.
fn counted(reading: &Reading, summary: Summary) -> Result<Summary> {
    let Some(again) = summary.again() else { return Ok(summary) };
    let (second, _) = reading.fold(again);
    match second.all() == summary.all() {
        true => Ok(second),
        false => Err(Error::failed(
            "there are too many values to be counted in one reading, and the second differs from the first",
        )
        .hint("save what comes from stdin in a file, and count in that")),
    }
}

fn tell(context: &Context, all: Total, missing: u64) {
    let plural = |count, noun| plural(usize::try_from(count).unwrap_or(usize::MAX), noun);
    if missing > 0 {
        context.ui.warn(format!(
            "there are too many values to list: those with up to {} are left out",
            plural(missing, "event")
        ));
    }
    if all.count == 0 {
        return;
    }
    let time = |time: Option<crate::audit::event::Micros>| time?.timestamp().map(rfc3339);
    let range = time(all.first).zip(time(all.last));
    let range = range.map(|(first, last)| format!(" from {first} to {last}")).unwrap_or_default();
    let inferred = match all.inferred {
        0 => String::new(),
        inferred if inferred == all.failures => ", inferred".to_owned(),
        inferred => format!(", {inferred} of them inferred"),
    };
    let failures = match all.failures {
        0 => String::new(),
        failures => format!("; {}{inferred}", plural(failures, "failure")),
    };
    context.ui.note(format!("{}{range}{failures}", plural(all.count, "event")));
}

/// The columns of these keys; the last is not in the default view.
fn columns(keys: &[Key], with_bars: bool) -> Vec<Column<'static, Row>> {
    let of = |(index, key): (usize, &Key)| Column::nth(key.name(), index, Row::cell).identifies();
    let counts = [
        Column::telling_apart("count", |row: &Row| Cell::Count(row.total.count)),
        Column::telling_apart("failures", |row: &Row| Cell::Count(row.total.failures)),
    ];
    let bars = Column::whole("events", |row: &Row| Cell::Bar {
        part: row.total.count,
        whole: row.largest,
    });
    let times = [
        Column::new("first", |row: &Row| row::moment(row.total.first)),
        Column::new("last", |row: &Row| row::moment(row.total.last)),
    ];
    let inferred = Column::new("inferred", |row: &Row| Cell::Count(row.total.inferred));
    let keys = keys.iter().enumerate().map(of);
    let shown = match with_bars {
        true => vec![bars],
        false => times.to_vec(),
    };
    keys.chain(counts).chain(shown).chain([inferred]).collect()
}
