//! `audit export`.

mod digested;
mod directory;
#[cfg(feature = "lake")]
mod objects;
mod planned;
mod to;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::reading::{self, FilterArgs, SourceArgs};
use crate::audit::event::Micros;
use crate::audit::scan::{Tally, What};
use crate::audit::sinks::{
    self, Conflict, Failure, Format, Lake, Layout, LeftOut, Line, State, Written,
};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::signals::{Signals, Watch};
use crate::ui::{Cell, Column, Listing, plural};
use to::To;

/// What to export, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Files are named by day and by where their lines are from, hold lines sorted by time, and are \
whole or not there. The same command again writes what is missing, leaves alone what is the same, and puts \
a file in the place of one whose lines it holds all; a file that holds other lines stays, unless --force is \
given. Days are exported whole: --since and --until reach to the ends of their days, which are UTC's. A line \
that comes much later in a log than others of its day ends up in a further file of that day. \
docs/audit-columns.md tells what the columns mean.

Amazon Security Lake's layout has one custom source a class, NAME-3002 (Authentication) and NAME-3004 (Entity \
Management); legacy lines are filed by what their events are. Lines of no class are left out and counted.

An access key for s3:// is taken from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. An \
upload that was killed leaves no object; its parts are invisible and are removed by a lifecycle rule of the \
bucket (AbortIncompleteMultipartUpload).

Examples:
  spctl audit export archive/ --to lake/
  spctl audit export archive/ --to s3://logs/atlas --region eu-west-1
  spctl audit export archive/ --to s3://lake --layout security-lake \\
      --region eu-west-1 --account 123456789012
  spctl audit export archive/ --to out/ --format ecs --event sample"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// A directory, or a place in a bucket
    #[arg(long, value_name = "DIR|s3://BUCKET/PREFIX")]
    to: String,
    /// What files hold
    #[arg(long, value_name = "FORMAT", default_value = "parquet")]
    format: Form,
    /// How files are laid out
    #[arg(long, value_name = "LAYOUT", default_value = "plain")]
    layout: Layed,
    /// Compress ndjson, csv and ecs
    #[arg(long)]
    gzip: bool,
    /// The region of the bucket, and of Security Lake's layout [default: AWS_REGION]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// The AWS account that Security Lake's layout names: twelve digits
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// What names of Security Lake's custom sources begin with
    #[arg(long, value_name = "NAME", default_value = "atlas-streams")]
    source_name: String,
    /// The address of a server that speaks like S3 [default: AWS_ENDPOINT_URL_S3]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Replace files even if they hold lines that this export has not
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Columns and the line itself, for query engines
    Parquet,
    /// The lines as they are
    Ndjson,
    /// Columns and the line itself, as comma-separated values
    Csv,
    /// Documents by the Elastic Common Schema
    Ecs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layed {
    /// A directory for each day, day=YYYY-MM-DD
    Plain,
    /// As Amazon Security Lake expects custom sources
    SecurityLake,
}

/// A file of the export.
#[derive(Debug, Serialize)]
struct Row {
    file: String,
    lines: u64,
    bytes: u64,
    first: Option<String>,
    last: Option<String>,
    state: &'static str,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("file", |row| row.file.as_str().into()),
        Column::telling_apart("lines", |row| Cell::Count(row.lines)),
        Column::telling_apart("bytes", |row| Cell::Count(row.bytes)),
        Column::new("first", |row| Cell::moment(row.first.as_deref())),
        Column::new("last", |row| Cell::moment(row.last.as_deref())),
        Column::telling_apart("state", |row| row.state.into()),
    ],
    default: 6,
    name: |row| row.file.clone(),
};

/// Exports.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let format = format(args)?;
    let layout = layout(context, args)?;
    let to = To::parse(&args.to)?;
    let mut target = to.open(context, args)?;
    let reading = reading::open_days(context, &args.from, &args.which)?;
    let mut tally = Tally::default();
    let is_told = Arc::new(AtomicBool::new(false));
    let _watch = stop_when_told(context, &is_told)?;
    let written = sinks::run(format, &layout, args.gzip, target.as_mut(), &mut |export| {
        tally = reading.each(&mut |seen| match seen.what {
            _ if is_told.load(Ordering::Relaxed) => ControlFlow::Break(()),
            What::Event(event) => {
                export.take(Line { event, bytes: seen.line, source: seen.place.source })
            }
            What::Fault(_) => ControlFlow::Continue(()),
        });
        match is_told.load(Ordering::Relaxed) {
            true => Err(interrupted().into()),
            false => Ok(()),
        }
    });
    let report = written.map_err(|failure| ours(failure, &to))?;
    say(context, &report.files, &report.left_out, args.force);
    let rows = report.files.into_iter().map(|file| row(&to, file));
    context.ui.list_computed(&LISTING, rows, "no events: nothing was written")?;
    reading.finish(context, tally)
}

/// What is under way is let go after a signal. After another nothing is waited for, such as a pipe from which
/// nothing comes.
fn stop_when_told(context: &Context, is_told: &Arc<AtomicBool>) -> Result<Watch> {
    let is_told = Arc::clone(is_told);
    let watch = context.signals.watch(move |signal| {
        if is_told.swap(true, Ordering::Relaxed) {
            Signals::end(signal);
        }
    });
    watch.map_err(|e| Error::failed("signals cannot be handled").source(e))
}

fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "interrupted")
        .hint("files that were written are whole; the same command writes the others")
}

/// Tells how much was exported, and what was not.
fn say(context: &Context, files: &[Written], left_out: &[LeftOut], forced: bool) {
    let count = |count: u64, noun| plural(usize::try_from(count).unwrap_or(usize::MAX), noun);
    let lines = files.iter().map(|file| file.rows).sum();
    if !files.is_empty() {
        let same = files.iter().filter(|file| file.state == State::Unchanged).count();
        let same = match same {
            0 => String::new(),
            same => format!(", {same} of which were there already"),
        };
        let replaced = files.iter().filter(|file| file.state == State::Replaced).count();
        let replaced = match (replaced, forced) {
            (0, _) => String::new(),
            (replaced, true) => format!(", {replaced} in the place of others"),
            (replaced, false) => {
                format!(", {replaced} in the place of others, whose lines they hold and more")
            }
        };
        let in_files = plural(files.len(), "file");
        context.ui.note(format!("{} in {in_files}{same}{replaced}", count(lines, "line")));
    }
    for LeftOut { why, lines } in left_out {
        let were = if *lines == 1 { "was" } else { "were" };
        let lines = count(*lines, "line");
        context.ui.warn(format!("{lines} {were} left out, {why}; --layout plain keeps them"));
    }
}

fn row(to: &To, file: Written) -> Row {
    let text = |time: Option<i64>| Micros(time?).timestamp().map(|time| time.to_string());
    let state = match file.state {
        State::Written => "written",
        State::Replaced => "replaced",
        State::Unchanged => "unchanged",
        State::Planned => "planned",
    };
    let Written { name, rows, bytes, first, last, .. } = file;
    Row { file: to.of(&name), lines: rows, bytes, first: text(first), last: text(last), state }
}

/// A file that is there has to stay.
fn conflict(file: &str, conflict: Conflict) -> Error {
    let what = match conflict {
        Conflict::Lines(lines) => {
            let lines = plural(usize::try_from(lines).unwrap_or(usize::MAX), "line");
            format!("{file} is there already, with {lines} that this export has not")
        }
        Conflict::Foreign => format!("{file} is there already and is of no export"),
    };
    Error::new(Kind::Conflict, what)
        .hint("add --force to lose what it holds, or export to another place")
}

/// An error of ours, which has come through a room that does not know it.
fn ours(failure: Failure, to: &To) -> Error {
    match failure.downcast::<Error>() {
        Ok(error) => *error,
        Err(failure) => Error::failed(format!("cannot export to {}", to.of(""))).source(failure),
    }
}

fn format(args: &Args) -> Result<Format> {
    if args.gzip && args.format == Form::Parquet {
        return Err(Error::usage(
            "--gzip is for ndjson, csv and ecs: Parquet is compressed within",
        )
        .hint("omit --gzip"));
    }
    match args.format {
        #[cfg(feature = "lake")]
        Form::Parquet => Ok(Format::Parquet),
        #[cfg(not(feature = "lake"))]
        Form::Parquet => Err(to::without_lake("Parquet")),
        Form::Ndjson => Ok(Format::Ndjson),
        Form::Csv => Ok(Format::Csv),
        Form::Ecs => Ok(Format::Ecs),
    }
}

fn layout(context: &Context, args: &Args) -> Result<Layout> {
    if args.layout == Layed::Plain {
        return match &args.account {
            Some(_) => Err(Error::usage("--account is for --layout security-lake")
                .hint("add --layout security-lake, or omit --account")),
            None => Ok(Layout::Plain),
        };
    }
    if args.format != Form::Parquet {
        return Err(Error::usage("Security Lake reads Parquet alone")
            .hint("omit --format, or --layout security-lake"));
    }
    let source = args.source_name.as_str();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // AWS allows 20, and a hyphen and the class follow.
    if source.is_empty() || source.len() > 15 || !source.chars().all(is_name) {
        return Err(Error::usage(format!("--source-name: {source:?} cannot name a custom source"))
            .hint("use at most 15 letters, digits, hyphens, dots and underscores: -3002 follows"));
    }
    let account = args.account.as_deref().unwrap_or_default();
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        let why = match &args.account {
            None => "--layout security-lake names the account, and --account is missing".to_owned(),
            Some(account) => format!("--account: {account:?} is no AWS account's id"),
        };
        return Err(Error::usage(why).hint("an id has twelve digits: --account 123456789012"));
    }
    let Some(region) = to::region(context, args) else {
        return Err(Error::usage("--layout security-lake names the region, and none is known")
            .hint("add --region, or set AWS_REGION"));
    };
    let is_region = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || !region.chars().all(is_region) {
        return Err(Error::usage(format!("{region:?} is no region"))
            .hint("regions are named like eu-west-1"));
    }
    Ok(Layout::SecurityLake(Lake {
        source: source.to_owned(),
        region,
        account: account.to_owned(),
    }))
}
