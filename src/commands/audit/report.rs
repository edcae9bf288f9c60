//! `audit report`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::detect;
use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::detect::{Beside, Settings};
use crate::audit::report::{self, Asked, Frame, Gathered};
use crate::audit::scan::Tally;
use crate::audit::source::Source;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::ui::{self, plural};

/// Which logs, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The page needs no network and holds no script: it opens in any browser, prints, and \
can be attached to a ticket. It tells what is covered and what is not, when there was how much, who \
acted from where, what failed, the sessions, and the findings of audit detect. Times are UTC. The same \
logs make the same page, but for the moment at its end.

With conditions such as --user everything on the page is about such events only, its gaps included.

Examples:
  spctl audit report orders --out report.html
  spctl audit report archive/ --since 2026-11-01 --until 2026-12-01 \\
      --out november.html
  spctl audit report orders payments --since 7d --out - > week.html"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// The file to write; - is stdout
    #[arg(long, value_name = "FILE|-")]
    out: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    force: bool,
}

/// Writes the page.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let file = (args.out.as_os_str() != "-").then_some(args.out.as_path());
    if let Some(path) = file {
        output::free(path, Replace::forced(args.force))?;
    }
    let reading = reading::open(context, &args.from, &args.which)?;
    // With --force, the page would take the place of the evidence.
    if let Some(path) = file.filter(|path| reading.reads(path)) {
        return Err(Error::usage(format!("--out: {} is one of the logs", path.display()))
            .hint("name another file for the page"));
    }
    let settings = Settings::default();
    let (mut gathered, tally) = reading.fold(|| Gathered::new(&settings, detect::is_administrator));
    if let Some(again) = gathered.again() {
        let (again, _) = reading.fold(again);
        if !gathered.recounted(again) {
            return Err(differs());
        }
    }
    let made = context.now()?.as_microsecond();
    let filter = &reading.filter;
    let asked = Asked {
        since: filter.since.map(|moment| moment.0),
        until: filter.until.map(|moment| moment.0),
        until_now: reading.sources.iter().any(is_live),
        conditions: args.which.conditions(),
    };
    let frame = Frame {
        program: concat!("spctl ", env!("CARGO_PKG_VERSION")).to_owned(),
        made,
        asked,
        sources: &reading.sources,
        lines: tally.lines,
        unreadable: unreadable(&reading, &tally),
    };
    let beside = Beside {
        baseline: None,
        users: detect::users(context, &reading.sources, &settings, Vec::new())?,
        own_name: detect::own_name(context),
        is_whole: reading.has_all_events(),
        settings: &settings,
    };
    let page = report::page(&gathered.report(frame, &beside), ui::harmless);
    match file {
        Some(path) => write(path, &page, args.force)?,
        None => {
            context.ui.write(page.as_bytes())?;
            context.ui.flush()?;
        }
    }
    let events = plural(usize::try_from(tally.passed).unwrap_or(usize::MAX), "event");
    let to = file.map(|path| format!(" -> {}", path.display())).unwrap_or_default();
    context.ui.note(format!("{events}{to}"));
    reading.finish(context, tally)
}

/// Whether it is the log of an instance as it is now, rather than a file.
fn is_live(source: &Source) -> bool {
    source.instance.as_ref() == Some(&source.label)
}

/// What could not be read: which source, if it could be opened, and why.
fn unreadable(reading: &Reading, tally: &Tally) -> Vec<(Option<String>, String)> {
    let not_opened = reading.failed().map(|error| (None, error));
    let broken = tally.unreadable.iter().map(|unreadable| {
        let lines = plural(usize::try_from(unreadable.lines).unwrap_or(usize::MAX), "line");
        let reason = format!("nothing beyond {lines}: {}", unreadable.error);
        (Some(unreadable.label.to_string()), reason)
    });
    broken.chain(not_opened).collect()
}

fn write(path: &Path, page: &str, force: bool) -> Result<()> {
    let cannot = |error| output::unwritten(path, Replace::forced(force), error);
    let mut pending = Pending::create(path).map_err(cannot)?;
    pending.write_all(page.as_bytes()).map_err(cannot)?;
    pending.keep(force).map_err(cannot)
}

fn differs() -> Error {
    Error::failed(
        "there are too many users, addresses or failures to be counted in one reading, and the second \
         differs from the first",
    )
    .hint("save what comes from stdin in a file, and name that")
}
