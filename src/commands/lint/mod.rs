//! `spctl lint`: what of a project's privileges and of its exposure somebody should mend.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use self::baseline::{Baseline, Compared};
use self::place::Places;
use self::row::{FindingRow, LISTING, Status};
use self::suppress::Suppressions;
use crate::commands::policy::{self, SourceArgs};
use crate::commands::unseen;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::findings::{self, Facts, Findings, Severity};
use crate::privileges::project::{Project, Unseen};
use crate::times::{Moment, parse};
use crate::ui::{Format, plural, row as document};

mod baseline;
mod beside;
mod explain;
mod junit;
mod manual;
mod place;
mod row;
mod sarif;
mod suppress;

pub use manual::page;

/// What to look at, and what counts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 3 means that something at or above --fail-on was found that is neither known (--baseline) nor \
suppressed. Every finding has the number of its rule, the object, and the command that mends it; what \
only you can supply stands there in capitals. A rule that cannot look says so: those that need the log \
need --audit, and those that need the project's events need the project itself, not a snapshot.

A finding of the baseline is known as long as it is no graver and extends to nothing more: one by which \
somebody has come to do or reach more since is new.

With -o sarif findings go to code scanning services, each with its line of the snapshot; with -o junit to \
what shows the results of tests.

A file of suppressions is YAML, a list. Each names a rule, why its findings are accepted, and until \
when; without an object, all of the rule:

  - rule: SP102
    object: database user dave
    reason: break-glass account, reviewed every quarter
    until: 2027-01-31

Examples:
  spctl lint
  spctl lint --snapshot policy.yaml --fail-on medium
  spctl lint --audit orders payments telemetry --stale 30d
  spctl lint -o json > known.json; spctl lint --baseline known.json
  spctl lint --snapshot policy.yaml -o sarif > findings.sarif
  spctl lint --explain SP105")]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
    /// Audit logs, for the rules that need them: instances, archives or files
    #[arg(long, value_name = "SOURCE", num_args = 1..)]
    audit: Vec<String>,
    /// How long a user was not seen who is stale
    #[arg(long, value_name = "SPAN", default_value = "30d", requires = "audit")]
    stale: String,
    /// Findings that are known: what an earlier lint -o json wrote. Unless they have grown since,
    /// they are told and fail nothing
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Findings that are accepted: a file of suppressions
    #[arg(long, value_name = "FILE")]
    suppress: Option<PathBuf>,
    /// The least severity that fails: low, medium, high, critical, or never
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    fail_on: FailOn,
    /// Explain a rule by its number or name, or list all of them
    #[arg(long, value_name = "RULE", num_args = 0..=1)]
    #[arg(conflicts_with_all = ["snapshot", "audit", "baseline", "suppress"])]
    explain: Option<Option<String>>,
}

impl Args {
    /// Whether a format that only findings have is one of this command's.
    pub fn writes(&self, format: Format) -> bool {
        self.explain.is_none() && matches!(format, Format::Sarif | Format::Junit)
    }
}

/// From which severity on findings fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    Low,
    Medium,
    High,
    Critical,
    Never,
}

impl FailOn {
    fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Low => true,
            FailOn::Medium => severity >= Severity::Medium,
            FailOn::High => severity >= Severity::High,
            FailOn::Critical => severity >= Severity::Critical,
            FailOn::Never => false,
        }
    }
}

/// A run: what was looked at, what was found, and what of it counts.
struct Run<'a> {
    found: &'a Findings,
    rows: Vec<FindingRow>,
    /// Whether the finding of the same number fails.
    fails: Vec<bool>,
}

/// Looks for what somebody should mend.
///
/// # Errors
/// Usage; those of the API; that something was found that fails.
pub fn run(context: &Context, args: &Args) -> Result<()> {
    if let Some(rule) = &args.explain {
        return explain::run(context, rule.as_deref());
    }
    context.ui.check(&LISTING)?;
    let stale = stale(&args.stale)?;
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?.unwrap_or_default();
    let suppressions = args.suppress.as_deref().map(Suppressions::read).transpose()?;
    let mut suppressions = suppressions.unwrap_or_default();
    let (project, places) = project(context, &args.source)?;
    let now = now(context, args, &project)?;
    let extents = args.baseline.is_some() || context.ui.writes_documents();
    let known = Facts { stale, extents, ..Facts::at(now) };
    let facts = beside::facts(context, args, &project, known)?;
    let found = findings::lint(&project, &facts);
    let (mut grown, mut old) = (Vec::new(), 0);
    let row = |finding: &findings::Finding| {
        let status = match suppressions.of(finding, now) {
            Some(suppression) => Status::Suppressed(suppression),
            None => match baseline.compare(finding) {
                Compared::New => Status::New,
                Compared::Known { may_have_grown } => {
                    old += usize::from(may_have_grown);
                    Status::Known
                }
                Compared::Grown(how) => {
                    let (rule, object) = (finding.rule.id, &finding.object);
                    grown.push(format!("{rule} {object} is known by the baseline, but {how}"));
                    Status::Grown
                }
            },
        };
        let place = places.as_ref().and_then(|places| places.of(&finding.object));
        let remedy = context.ui.pasteable(&finding.remedy);
        FindingRow::new(finding, status, place, remedy)
    };
    let rows: Vec<FindingRow> = found.findings.iter().map(row).collect();
    let fails = found.findings.iter().zip(&rows);
    let fails = fails.map(|(finding, row)| row.is_new() && args.fail_on.fails(finding.severity));
    let run = Run { fails: fails.collect(), found: &found, rows };
    let failing = found.findings.iter().zip(&run.fails);
    let failing: Vec<_> =
        failing.filter(|(_, fails)| **fails).map(|(finding, _)| finding).collect();
    let notes = notes(&run);
    if run.rows.is_empty() && context.ui.format().is_for_findings() {
        context.ui.note("nothing was found");
    }
    write(context, run)?;
    notes.into_iter().chain(grown).for_each(|note| context.ui.note(note));
    if old > 0 {
        let findings = plural(old, "finding");
        context.ui.warn(format!(
            "the baseline does not say what {findings} extended to, so that growth is not seen"
        ));
        context.ui.hint("spctl lint -o json > FILE writes one that does");
    }
    tell_unseen(context, &project);
    suppressions.tell(context, now);
    match failing.first() {
        None => Ok(()),
        Some(first) => {
            let severities = failing.iter().map(|finding| finding.severity);
            let error = Error::new(Kind::Differs, counted(&severities.collect::<Vec<_>>()));
            let explain = format!("spctl lint --explain {}", first.rule.id);
            Err(error.hint(explain).hint(first.remedy.as_str()))
        }
    }
}

/// What is known of the project, and where in the file that it is from.
fn project(context: &Context, from: &SourceArgs) -> Result<(Project, Option<Places>)> {
    const OPTION: &str = "--snapshot";
    let Some(file) = &from.snapshot else { return Ok((from.project(context)?, None)) };
    let text = policy::text(context, OPTION, file)?;
    let document = policy::document(context, OPTION, file, &text)?;
    let places = Places::new(file.display().to_string(), &document, &text);
    let project = policy::of_document(context, OPTION, file, &text, document)?.project();
    Ok((project, Some(places)))
}

/// The moment that ends and ages are reckoned from: for a snapshot not before it was taken.
fn now(context: &Context, args: &Args, project: &Project) -> Result<Timestamp> {
    match args.source.snapshot.is_some() {
        true => Ok(context.ui.now().max(project.taken)),
        false => context.now(),
    }
}

fn stale(text: &str) -> Result<SignedDuration> {
    match parse(text) {
        Ok(Moment::Span(span)) if span.is_positive() => Ok(span),
        _ => {
            Err(Error::usage(format!("--stale: {text:?} is no span")).hint("write 30d, 8w or 72h"))
        }
    }
}

fn write(context: &Context, run: Run<'_>) -> Result<()> {
    const TOOL: [&str; 2] = ["spctl", env!("CARGO_PKG_VERSION")];
    match context.ui.format() {
        Format::Sarif => context.ui.document(&document::document(&sarif::document(&run, TOOL))?),
        Format::Junit => context.ui.line(junit::document(&run)),
        _ => {
            let shown = run.rows.into_iter().filter(|row| !row.is_suppressed());
            context.ui.list_computed(&LISTING, shown, "nothing was found").map(drop)
        }
    }
}

/// What no rule is about, so that it being unseen hides no finding.
const BESIDE: &[&str] = &["API keys", "service accounts", "VPC peerings", "private links"];

/// Says what could not be read.
fn tell_unseen(context: &Context, project: &Project) {
    let matters = |one: &&Unseen| !BESIDE.contains(&one.what.as_str());
    unseen::say(context, project.unseen.iter().filter(matters));
}

/// What is said of what is not among the rows, or does not count.
fn notes(run: &Run<'_>) -> Vec<String> {
    let skipped = run.found.skipped.iter();
    let skipped =
        skipped.map(|(rule, why)| format!("{} {} was skipped: {}", rule.id, rule.name, why.0));
    let count = |is: fn(&FindingRow) -> bool| run.rows.iter().filter(|row| is(row)).count();
    let counts = [
        (count(FindingRow::is_known), "known by the baseline"),
        (count(FindingRow::is_suppressed), "suppressed"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| {
        let are = if count == 1 { "is" } else { "are" };
        format!("{} {are} {what}", plural(count, "finding"))
    });
    skipped.chain(counts).collect()
}

/// `3 findings: 1 critical, 2 low`
fn counted(severities: &[Severity]) -> String {
    let count = |of: Severity| severities.iter().filter(|one| **one == of).count();
    let counts = Severity::ALL.into_iter().rev().map(|severity| (count(severity), severity.name()));
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, name)| format!("{count} {name}")).collect();
    format!("{}: {}", plural(severities.len(), "finding"), counts.join(", "))
}
