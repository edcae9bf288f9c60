//! `audit detect`: what in a log somebody should look at.

use std::path::PathBuf;

use jiff::Timestamp;

use self::row::FindingRow;
use super::reading::{self, FilterArgs, SourceArgs};
use crate::audit::detect::{
    self, Beside, Digest, Finding, Findings, Log, Settings, Severity, span,
};
use crate::audit::detect::{ocsf, sarif};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in;
use crate::shell::option;
use crate::times::rfc3339;
use crate::ui::{Format, plural, row as document};

mod explain;
mod project;
mod row;
mod rules_file;

pub(super) use project::{own_name, users};

/// Which logs, and what to look for.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("sources", |arg| arg.required(false).required_unless_present("explain")),
    after_help = "Exit code 3 means that something was found, 0 that nothing was. A finding names lines that prove it, \
five at most, and has the same fingerprint when it is found again.

What is first seen is held against the log's first days (--learn), or against an earlier log \
(--baseline). Whether users are still there is asked of the project, if it can be reached; a rule that \
cannot look says so. With -o sarif the findings go to code scanning services, with -o ocsf, as \
Detection Findings, to security lakes.

A file of rules is TOML: a table per rule, named as --explain lists them.

  learn = \"14d\"
  [failed-logons-by-address]
  count = 50
  except-addresses = [\"198.51.100.0/24\"]
  [administrator-activity]
  enabled = false

Examples:
  spctl audit detect orders
  spctl audit detect archive/ --since 7d --baseline archive/ -o json
  spctl audit detect archive/ --rules rules.toml -o sarif > findings.sarif
  spctl audit detect --explain
  spctl audit detect --explain drop-burst"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// A file of rules, or builtin
    #[arg(long, value_name = "builtin|FILE", default_value = "builtin")]
    rules: PathBuf,
    /// An earlier log, which shows who and what is usual; of the range, what came before
    #[arg(long, value_name = "SOURCE")]
    baseline: Vec<String>,
    /// How much of the beginning of each log is learned from [default: 7d, or the first half]
    #[arg(long, value_name = "SPAN")]
    learn: Option<String>,
    /// Records of users lock: users who are locked since then
    #[arg(long, value_name = "FILE")]
    locked: Vec<PathBuf>,
    /// Explain a rule, or list all of them
    #[arg(long, value_name = "RULE", num_args = 0..=1, conflicts_with = "sources")]
    explain: Option<Option<String>>,
}

impl Args {
    /// Whether a format that only findings have is one of this command's.
    pub(super) fn writes(&self, format: Format) -> bool {
        self.explain.is_none() && matches!(format, Format::Sarif | Format::Ocsf)
    }
}

/// Looks for what somebody should look at.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    if let Some(rule) = &args.explain {
        return explain::run(context, rule.as_deref());
    }
    context.ui.check(&row::LISTING)?;
    let mut settings = rules_file::read(&args.rules)?;
    if let Some(text) = &args.learn {
        settings.learn = Some(span::parse(text).ok_or_else(|| {
            Error::usage(format!("--learn: {text:?} is no span")).hint("write 36h, 7d or 2w")
        })?);
    }
    let is_stdin = |source: &String| source == "-";
    if args.baseline.iter().any(is_stdin) && args.from.words().iter().any(is_stdin) {
        // The second would be found empty, and nothing in it.
        return Err(Error::usage("stdin is both the log and its baseline, and can be read once")
            .hint("save it in a file, and name that"));
    }
    let locked = project::locked(&args.locked)?;
    let baseline = match args.baseline.is_empty() {
        true => None,
        false => Some(baseline(context, args, &settings)?),
    };
    let reading = reading::open(context, &args.from, &args.which)?;
    let (digest, tally) = reading.fold(|| Digest::new(&settings, is_administrator));
    let log = digest.finish();
    let beside = Beside {
        baseline: baseline.as_ref(),
        users: project::users(context, &reading.sources, &settings, locked)?,
        own_name: project::own_name(context),
        is_whole: reading.has_all_events(),
        settings: &settings,
    };
    let found = detect::detect(&log, &beside);
    write(context, args, &found, &log)?;
    tell(context, &found, &log);
    if let Some(baseline) = &baseline {
        tell_covered(context, baseline, &log, &settings);
    }
    reading.finish(context, tally)?;
    match found.findings.as_slice() {
        [] => Ok(()),
        [first, ..] => {
            let found = Error::new(Kind::Differs, summary(&found.findings));
            let explain = format!("spctl audit detect --explain {}", first.rule);
            Err(found.hint(explain).hint(next(first, &args.from.typed())))
        }
    }
}

/// What is in an earlier log; what the range asks for is not learned from.
fn baseline(context: &Context, args: &Args, settings: &Settings) -> Result<Log> {
    let from = SourceArgs::named(&args.baseline);
    let reading = reading::open(context, &from, &args.which.before());
    let without = |error: Error| error.context("--baseline").hint(reading::NO_BASELINE);
    let reading = reading.map_err(without)?.into_baseline();
    let (digest, tally) = reading.fold(|| Digest::new(settings, is_administrator));
    reading.finish(context, tally)?;
    Ok(digest.finish())
}

/// Whether a role of the log is an administrator's: of everything, or of the project.
pub(super) fn is_administrator(role: &str) -> bool {
    built_in::administers(role)
}

fn write(context: &Context, args: &Args, found: &Findings, log: &Log) -> Result<()> {
    const TOOL: [&str; 2] = ["spctl", env!("CARGO_PKG_VERSION")];
    let [tool, version] = TOOL;
    match context.ui.format() {
        Format::Sarif => {
            context.ui.document(&document::document(&sarif::document(found, log, tool, version))?)
        }
        Format::Ocsf => {
            let now = context.now()?.as_microsecond();
            found.findings.iter().try_for_each(|finding| {
                let event = ocsf::event(finding, log, tool, version, now);
                context.ui.document(&document::document(&event)?)
            })
        }
        _ => {
            let sources = args.from.typed();
            let rows = found.findings.iter().map(|finding| {
                let next = context.ui.pasteable(&next(finding, &sources));
                FindingRow::new(finding, log, next)
            });
            context.ui.list_computed(&row::LISTING, rows, "nothing was found").map(drop)
        }
    }
}

/// The command line that shows the events that a finding is about, and those around; sources as they are typed.
fn next(finding: &Finding, sources: &[String]) -> String {
    let mut words = vec!["spctl audit show".to_owned()];
    words.extend_from_slice(sources);
    // Neither nothing nor NUL can be asked for on a command line.
    if let [user] = finding.users.as_slice()
        && !user.is_empty()
        && !user.contains('\0')
    {
        words.push(option("--user", user));
    }
    if let [address] = finding.addresses.as_slice() {
        words.push(format!("--ip {address}"));
    }
    let moments = [("--since", finding.first - BEFORE), ("--until", finding.last + AFTER)];
    for (option, micros) in moments {
        if let Ok(moment) = Timestamp::from_microsecond(micros) {
            words.push(format!("{option} {}", rfc3339(moment)));
        }
    }
    words.join(" ")
}

/// So much of what came before belongs to it, and of what was done next, in microseconds.
const BEFORE: i64 = 60_000_000;
const AFTER: i64 = 15 * 60_000_000;

/// Says what no rule saw, and which rules did not look.
fn tell(context: &Context, found: &Findings, log: &Log) {
    if found.findings.is_empty() && context.ui.format().is_for_findings() {
        context.ui.note("nothing was found");
    }
    for (page, why) in &found.skipped {
        context.ui.note(format!("{} was skipped: {}", page.id, why.0));
    }
    if log.is_crowded() {
        context.ui.warn(
            "there are too many users, addresses or moments to tell all apart: what those of the \
             fewest events did counts together, and may not be found",
        );
        context.ui.hint("a shorter range, or a log at a time, is looked at more closely");
    }
    if log.untimed() > 0 {
        let events = plural(usize::try_from(log.untimed()).unwrap_or(usize::MAX), "event");
        context.ui.warn(format!("no rule saw {events} without a time, or with one that cannot be"));
    }
}

/// Says that a baseline shows as usual what is to be looked at.
fn tell_covered(context: &Context, baseline: &Log, log: &Log, settings: &Settings) {
    let learners = detect::LEARNERS
        .into_iter()
        .filter(|id| detect::page(id).is_some_and(|page| settings.of(page).is_on()));
    let learners: Vec<&str> = learners.collect();
    let (Some((_, until)), Some((begin, _))) = (baseline.range(), log.range()) else { return };
    if until < begin || learners.is_empty() {
        return;
    }
    let moment = |micros| Timestamp::from_microsecond(micros).map(rfc3339).unwrap_or_default();
    context.ui.warn(format!(
        "the baseline goes on until {}, and the log begins at {}: who and what is first seen in the \
         time of both passes for usual, and is not found ({})",
        moment(until),
        moment(begin),
        learners.join(", ")
    ));
    context
        .ui
        .hint("give an earlier log; or --since MOMENT, and only what came before is learned from");
}

/// `3 findings: 1 critical, 2 low`
fn summary(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let counts = Severity::ALL.into_iter().rev().map(|severity| (count(severity), severity.name()));
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, name)| format!("{count} {name}")).collect();
    format!("{}: {}", plural(findings.len(), "finding"), counts.join(", "))
}
