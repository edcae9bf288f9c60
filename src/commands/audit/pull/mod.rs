//! `audit pull`: an archive that grows by what is new.

use std::path::PathBuf;

use futures_util::StreamExt;
use futures_util::stream;
use jiff::Timestamp;
use serde::Serialize;

use self::instance::Puller;
use self::target::Target;
use crate::audit::archive::plan;
use crate::change;
use crate::commands::audit::archive::{Held, Holds};
use crate::commands::names;
use crate::commands::range;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times;
use crate::ui::{Cell, Column, Listing, plural};

mod answer;
mod instance;
mod target;

/// What `--since all` means: February 2023, the version of the API that first knew instances. No log is
/// older.
const ALL: &str = "2023-02-01";

/// How far back an archive goes if nothing else is asked for.
const NEW: &str = "365d";

/// Which logs are archived, from when on, and where.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The archive is DIR/project=NAME/instance=NAME/day=YYYY-MM-DD/*.ndjson.gz, by the UTC day of each \
line, with a manifest.jsonl per instance. A run adds what is new. Lines may appear five minutes \
late, says Atlas, so each part of the log is read again until it was read an hour after its end, and \
what is archived already is not added twice; a line that appears later still is not found. Files are \
written once and never again. A run that is killed leaves nothing that counts, and the next goes on \
from there: nothing is missing then, and nothing is there twice. An earlier --since adds what came \
before.

The row of an instance ends with its head, a hash that vouches for everything archived so far. \
Keep it elsewhere: spctl audit verify --head HASH proves later that nothing was changed since. No \
head is added to an archive that is damaged as far as a run sees: it reads the manifest, the sizes \
of all files, and the files of the last hours; spctl audit verify reads all of it.

--all archives what is listed, and what the archive holds already: the log of an instance can be \
read for 30 days after its deletion. Reading a log is itself recorded in it: one event for each \
window, of which there are 14 for a new archive of a year, and one or two later on.

Examples:
  spctl audit pull orders --to archive
  spctl audit pull --all --since all --to archive
  spctl audit pull --all-projects --to archive -o json --jq '.[].head'"
)]
pub struct Args {
    #[command(flatten)]
    which: target::Which,
    /// How far back the archive goes: 365d, a date, seconds since 1970, or all [default: a new one
    /// 365d, another as far as it does]
    #[arg(long, value_name = "365d|DATE|EPOCH|all", allow_hyphen_values = true)]
    since: Option<String>,
    /// The directory of the archive; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// How many instances are read at the same time
    #[arg(long, value_name = "N", default_value = "4",
          value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,
}

/// What was archived of an instance.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pulled {
    /// Of lines, files and bytes those that are new.
    #[serde(flatten)]
    held: Held,
    gaps: u64,
}

impl Holds for Pulled {
    fn held(&self) -> &Held {
        &self.held
    }
}

static LISTING: Listing<Pulled> = Listing {
    columns: &[
        Pulled::INSTANCE,
        Pulled::LINES,
        Pulled::UNTIL,
        Column::new("gaps", |p| Cell::Count(p.gaps)),
        Pulled::HEAD,
        Pulled::PROJECT,
        Pulled::FILES,
        Pulled::BYTES,
        Pulled::FROM,
        Pulled::SETTLED,
        Pulled::PATH,
    ],
    default: 5,
    name: |p| p.held.instance.clone(),
};

/// Archives what is new.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let now = context.now()?;
    let new_since = since(args.since.as_deref().unwrap_or(NEW), now)?;
    let earliest = times::parse(ALL).map_err(Error::failed)?.ago(now).as_second();
    if args.to.exists() && !args.to.is_dir() {
        return Err(Error::usage(format!("--to: {} is no directory", args.to.display()))
            .hint("name the directory of the archive, or one that is not there yet"));
    }
    let puller = Puller {
        context,
        new_since,
        since: args.since.as_ref().map_or(i64::MAX, |_| new_since),
        now: now.as_second(),
        earliest,
        checks_clock: checks_clock(context),
    };
    let pulls = context.signals.interruptible(async {
        let (targets, failed) = target::all(context, &args.which, &args.to).await?;
        match context.dry_run {
            true => dry(&puller, &targets, failed).await,
            false => pull(&puller, &targets, failed, args.jobs).await,
        }
    });
    context.block_on(pulls).map_err(|error| match error.kind() {
        Kind::Interrupted => {
            error.hint("the archive is sound; the same command goes on from there")
        }
        _ => error,
    })
}

/// The first second that is asked for.
fn since(text: &str, now: Timestamp) -> Result<i64> {
    let earliest = || range::moment("--since", ALL, now);
    let moment = range::since(text, now)?.map_or_else(earliest, Ok)?;
    range::has_begun(Some(moment), now)?;
    if moment == now {
        return Err(Error::usage("--since is now, and there is nothing yet to archive")
            .hint("give a span such as 365d, or a date in the past"));
    }
    Ok(moment.max(ancient()).as_second())
}

/// No event is older than 1970, and no request may ask for less.
fn ancient() -> Timestamp {
    Timestamp::from_second(0).unwrap_or(Timestamp::MIN)
}

/// The local control plane's clock may have been moved; it dates its answers by the machine's.
fn checks_clock(context: &Context) -> bool {
    !matches!(context.settings.target, crate::config::Target::Local { .. })
}

/// Shows the requests.
async fn dry(puller: &Puller<'_>, targets: &[Target], mut failed: Vec<Error>) -> Result<()> {
    let asked = targets.len() + failed.len();
    let mut calls = Vec::new();
    for target in targets {
        match puller.calls(target) {
            Ok(of_target) => calls.extend(of_target),
            Err(error) => failed.push(error),
        }
    }
    change::shown(puller.context, &calls).await?;
    names::failures(puller.context, failed, asked, "audit log")
}

async fn pull(
    puller: &Puller<'_>,
    targets: &[Target],
    mut failed: Vec<Error>,
    jobs: u16,
) -> Result<()> {
    let context = puller.context;
    let asked = targets.len() + failed.len();
    let mut windows = 0;
    for target in targets {
        // One that cannot be read stops no other.
        windows += puller.windows(target).map_or(0, |windows| windows.len() as u64);
    }
    let progress = context.ui.progress_items("windows of the log", windows);
    let pulls = targets.iter().enumerate().map(|(index, target)| {
        let progress = &progress;
        async move { (index, puller.pull(target, progress).await) }
    });
    let mut pulls = stream::iter(pulls).buffer_unordered(jobs.into());
    let (mut rows, mut gone) = (Vec::new(), 0);
    while let Some((index, outcome)) = pulls.next().await {
        gone += usize::from(outcome.row.is_none() && outcome.failed.is_none());
        rows.extend(outcome.row.map(|row| (index, row)));
        failed.extend(outcome.failed);
    }
    drop(pulls);
    drop(progress);
    rows.sort_by_key(|(index, _)| *index);
    if !rows.is_empty() || failed.is_empty() {
        let rows = rows.into_iter().map(|(_, row)| row);
        let nothing = match gone {
            0 => "there is no instance to archive".to_owned(),
            1 => "nothing to archive: the instance is gone".to_owned(),
            n => format!("nothing to archive: {} are gone", plural(n, "instance")),
        };
        context.ui.list_computed(&LISTING, rows, &nothing)?;
    }
    names::failures(context, failed, asked, "audit log")
}

/// A moment of a manifest as rows have it.
fn moment(second: i64) -> Option<String> {
    Timestamp::from_second(second).ok().map(times::rfc3339)
}

/// The end of a window in words.
fn range(window: plan::Window) -> String {
    let moment = |second| moment(second).unwrap_or_default();
    format!("{} to {} (exclusive)", moment(window.from), moment(window.until))
}
