//! `audit show`.

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use serde_json::value::RawValue;

use super::event_row::{EventRow, INFERRED, LISTING};
use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::backwards::{Backwards, Record};
use crate::audit::event::Event;
use crate::audit::scan::{Tally, What};
use crate::audit::source::Source;
use crate::commands::effective;
use crate::commands::most::most;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::{Format, Sink};

mod shape;

/// Which events, and how they are written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Events are shown in the order in which they stand. Options of one kind are an \"or\", those of \
several kinds an \"and\". Times are UTC. An outcome that a line does not state is inferred, and \
marked with *: mongod's lines about logons state none.

-o ndjson, json and yaml write the lines as they came, with one key at the end, effective: what was \
read from them, in the same words for all shapes of lines. --jq runs over one event after the \
other. --raw writes the lines alone, byte for byte: without a filter every line, whatever it is.

The log of an instance is fetched whole before it is read, which is recorded in it.

Examples:
  spctl audit show orders --since 7d --event drop
  spctl audit show orders --user alice --outcome failure -n 20 --reverse
  spctl audit show archive/ --ip 198.51.100.0/24 -o csv --columns time,user
  spctl audit show ./orders_audit.log.gz -o ndjson --jq .effective.user
  zcat *.gz | spctl audit show - --grep enrich --raw
  spctl audit show ./unknown.log --report-shape"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// Only the first N, or with --reverse the last N
    #[arg(short = 'n', long = "lines", value_name = "N",
          value_parser = most)]
    lines: Option<NonZeroUsize>,
    /// The last one first
    #[arg(long)]
    reverse: bool,
    /// Write the lines byte for byte, without a filter also those that are no event
    #[arg(long)]
    raw: bool,
    /// Show which keys the lines have, with the types of their values and counts, but no value
    #[arg(long, conflicts_with_all = ["lines", "reverse", "raw"])]
    report_shape: bool,
}

/// Shows events.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    check(context, args)?;
    let open = if args.raw || args.report_shape { reading::open_any } else { reading::open };
    let reading = open(context, &args.from, &args.which)?;
    if args.report_shape {
        return shape::report(context, reading);
    }
    let shown = match args.raw {
        true => Shown::Raw { context, is_begun: None, ends_all: args.reverse },
        false => Shown::Rows {
            sink: Box::new(Sink::of_any_number(&context.ui, &LISTING)?),
            is_document: context.ui.writes_documents(),
            has_inferred: false,
        },
    };
    let (shown, tally) = match args.reverse {
        true => backwards(&reading, args, shown)?,
        false => forwards(&reading, args, shown)?,
    };
    if shown.finish(context)? == 0 {
        context.ui.note("no events");
    }
    reading.finish(context, tally)
}

fn check(context: &Context, args: &Args) -> Result<()> {
    let asked = context.ui.options();
    if args.report_shape {
        return shape::check(context);
    }
    if asked.names {
        return Err(Error::usage("-q: events have no names")
            .hint("choose a column, as in: -o tsv --columns user"));
    }
    if args.raw && (asked.format.is_some() || asked.jq.is_some() || asked.columns.is_some()) {
        return Err(Error::usage("--raw writes lines as they are, in no other format")
            .hint("omit --raw, or -o, --jq and --columns"));
    }
    context.ui.check(&LISTING)
}

/// How many lines at most.
fn most_lines(args: &Args) -> Option<u64> {
    args.lines.and_then(|lines| u64::try_from(lines.get()).ok())
}

/// A line that is to be shown.
struct Line<'a> {
    bytes: &'a [u8],
    source: &'a Source,
    number: u64,
    is_ended: bool,
    /// None for what is shown though it is no event.
    event: Option<&'a Event<'a>>,
}

/// What takes lines, and writes them.
enum Shown<'a> {
    Raw {
        context: &'a Context,
        /// The line whose end has not been written.
        is_begun: Option<(String, u64)>,
        /// Whether the last line gets an end too: it stood elsewhere.
        ends_all: bool,
    },
    Rows {
        sink: Box<Sink<'a, EventRow>>,
        is_document: bool,
        has_inferred: bool,
    },
}

impl Shown<'_> {
    fn line(&mut self, line: &Line<'_>) -> Result<()> {
        match self {
            Shown::Raw { context, is_begun, .. } => {
                let ui = &context.ui;
                // A source may end within a line, and what follows is another line.
                let is_same = |(source, number): (String, u64)| {
                    *source == *line.source.label && number == line.number
                };
                if is_begun.take().is_some_and(|begun| !is_same(begun)) {
                    ui.write(b"\n")?;
                }
                ui.write(line.bytes)?;
                if !line.is_ended {
                    *is_begun = Some((line.source.label.as_ref().to_owned(), line.number));
                    return Ok(());
                }
                ui.write(b"\n")
            }
            Shown::Rows { sink, is_document, has_inferred } => {
                let Some(event) = line.event else { return Ok(()) };
                let row = EventRow::at(event, line.source, line.number);
                *has_inferred |= event.outcome_is_inferred;
                let document = match is_document {
                    true => effective::document(&raw(line.bytes)?, &row)?,
                    false => RawValue::NULL.to_owned(),
                };
                sink.row(&document, row)
            }
        }
    }

    /// How many rows there were; any number for lines as they are.
    fn finish(self, context: &Context) -> Result<u64> {
        match self {
            Shown::Raw { is_begun, ends_all, .. } => {
                if ends_all && is_begun.is_some() {
                    context.ui.write(b"\n")?;
                }
                context.ui.flush().map(|()| 1)
            }
            Shown::Rows { sink, is_document, has_inferred } => {
                let count = sink.finish()?;
                if has_inferred && !is_document && context.ui.format() == Format::Table {
                    context.ui.note(format!("{INFERRED} inferred: the line states no outcome"));
                }
                Ok(count)
            }
        }
    }
}

/// The document of a line, which is known to be one.
fn raw(line: &[u8]) -> Result<Box<RawValue>> {
    let text = std::str::from_utf8(line).map_err(io::Error::other);
    let document = text.and_then(|text| Ok(RawValue::from_string(text.trim_ascii().to_owned())?));
    document.map_err(|error| Error::failed("cannot write a line as JSON").source(error))
}

/// Passes on what is asked for in its order, until there is enough.
fn each(
    reading: &Reading,
    args: &Args,
    seen: &mut dyn FnMut(&Line<'_>) -> Result<()>,
) -> Result<Tally> {
    let most = most_lines(args).filter(|_| !args.reverse).unwrap_or(u64::MAX);
    let mut count = 0;
    let mut last = None;
    let mut failed = None;
    let tally = reading.each(&mut |line| {
        let event = match line.what {
            What::Event(event) => Some(event),
            What::Fault(_) if args.raw && reading.filter.passes_fault(line.line) => None,
            What::Fault(_) => return ControlFlow::Continue(()),
        };
        let place = (std::ptr::from_ref(line.place.source), line.place.line);
        // Parts of a line that is too long to be held are one line.
        if last.replace(place) != Some(place) {
            if count == most {
                return ControlFlow::Break(());
            }
            count += 1;
        }
        let line = Line {
            bytes: line.line,
            source: line.place.source,
            number: line.place.line,
            is_ended: line.is_ended,
            event,
        };
        match seen(&line) {
            // Whoever has enough need not wait for another line.
            Ok(()) if count == most && line.is_ended => ControlFlow::Break(()),
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failed.map_or(Ok(tally), Err)
}

fn forwards<'a>(
    reading: &Reading,
    args: &Args,
    mut shown: Shown<'a>,
) -> Result<(Shown<'a>, Tally)> {
    let tally = each(reading, args, &mut |line| shown.line(line))?;
    Ok((shown, tally))
}

/// The same from the end: nothing is shown before everything was read.
fn backwards<'a>(
    reading: &Reading,
    args: &Args,
    mut shown: Shown<'a>,
) -> Result<(Shown<'a>, Tally)> {
    let cannot = |error| reading::unkept("cannot hold the lines in a temporary file", error);
    let mut back = Backwards::new(most_lines(args), || Ok(Box::new(tempfile::tempfile()?) as _));
    let tally = each(reading, args, &mut |line| {
        let source = reading.sources.iter().position(|source| std::ptr::eq(source, line.source));
        let record = Record {
            bytes: line.bytes,
            source: source.and_then(|source| u32::try_from(source).ok()).unwrap_or_default(),
            line: line.number,
            is_event: line.event.is_some(),
        };
        back.push(&record).map_err(cannot)
    })?;
    let mut failed = None;
    let mut written = |record: Record<'_>| -> Result<()> {
        let Some(source) = reading.sources.get(record.source as usize) else { return Ok(()) };
        let event = Event::parse(record.bytes).filter(|_| record.is_event);
        shown.line(&Line {
            bytes: record.bytes,
            source,
            number: record.line,
            // What is written next is another line, or the next part of this one.
            is_ended: event.is_some(),
            event: event.as_ref(),
        })
    };
    back.each(&mut |record| match written(record) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })
    .map_err(cannot)?;
    failed.map_or(Ok((shown, tally)), Err)
}
