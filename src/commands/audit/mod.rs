//! `spctl audit`: the audit logs of instances, downloaded whole or not at all.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;

use crate::atlas::audit_logs::{self, Window};
use crate::atlas::{ApiError, Download, Operation};
use crate::audit::name;
use crate::audit::unpack::{UnpackError, Unpacker};
use crate::change::{self, ObjectId};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::session::ProjectClient;
use crate::times::{self, rfc3339};
use crate::ui::{Ui, plural};

/// The earliest start that the contract's pattern has: 2008, before there was any log.
const BEGINNING: i64 = 1_199_145_600;

/// What to do with a part of a log that was passed on.
const THROW_AWAY: &str = "what came on stdout is not the whole log: throw it away";

/// What cannot be told of a log that came with neither a length nor chunks.
pub const UNFRAMED: &str = "the server announced no length; the log came to a proper end, but where \
it is made of several parts, nobody can tell whether more of them were to come";

/// What to do with audit logs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Download the audit logs of instances
    Download(DownloadArgs),
}

/// Which logs, from when to when, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The instance is not looked up first: its log outlives it by 30 days. Times are UTC; \
the API's own default is the last 30 days, and the log is older than that. An empty log is no error. \
Downloading a log is itself an event of the log.

Examples:
  spctl audit download orders
  spctl audit download orders --since all --out logs/
  spctl audit download orders --since 2026-11-01 --until 2026-11-02 --decompress --out - | jq .
  spctl instances list -q | spctl audit download - --since 7d"
)]
pub struct DownloadArgs {
    /// The instances, or - to read names from stdin
    #[arg(value_name = "INSTANCE", required = true)]
    instances: Vec<String>,
    #[command(flatten)]
    which: LogArgs,
}

/// Which part of a log, and where it goes: what every download of a log takes.
#[derive(Debug, clap::Args)]
pub struct LogArgs {
    /// The first moment: 7d, a date, seconds since 1970, or all
    #[arg(long, value_name = "7d|DATE|EPOCH|all")]
    since: Option<String>,
    /// The moment after the last; without it, up to now
    #[arg(long, value_name = "DATE|EPOCH|1h")]
    until: Option<String>,
    /// Only events of this stream processor
    #[arg(long, value_name = "NAME")]
    processor: Option<String>,
    /// A file, a directory, or - for stdout; the server's file name in this directory by default
    #[arg(long, value_name = "FILE|DIR|-")]
    out: Option<PathBuf>,
    /// Write plain lines instead of gzip
    #[arg(long)]
    decompress: bool,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

/// One of an instance's logs.
pub struct Log {
    /// `audit log`.
    noun: &'static str,
    /// What a line of it is: `event`.
    line: &'static str,
    /// The end of a file's name, where the server proposes none.
    suffix: &'static str,
    operation: &'static Operation,
}

static AUDIT: Log = Log {
    noun: "audit log",
    line: "event",
    suffix: "audit.log.gz",
    operation: &audit_logs::DOWNLOAD,
};

/// What processors say of their own running.
pub static OPERATIONAL: Log = Log {
    noun: "operational log",
    line: "line",
    suffix: "operational.log.gz",
    operation: &audit_logs::OPERATIONAL,
};

/// Where a log goes.
enum Destination {
    Stdout,
    File(PathBuf),
    Directory(PathBuf),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API, of the file system, and of a log that did not arrive whole.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let Command::Download(args) = command;
    fetch(context, &AUDIT, &args.instances, &args.which)
}

/// Downloads a log of each of the instances, or of those that stdin names.
///
/// # Errors
/// Those of the API, of the file system, and of a log that did not arrive whole.
pub fn fetch(context: &Context, log: &Log, instances: &[String], args: &LogArgs) -> Result<()> {
    let asked = context.ui.options();
    if asked.jq.is_some() || asked.columns.is_some() || asked.names {
        let why = "a log is written as it is: --jq, --columns and -q are for listings";
        return Err(Error::usage(why).hint("filter its lines: --decompress --out - | jq"));
    }
    let instances = names::read(context, instances)?;
    let window = window(context, args)?;
    let destination = destination(context, args, instances.len())?;
    let range = describe(&window);
    let downloads = context.signals.interruptible(async {
        let on = context.project().await?;
        if context.dry_run {
            // The log notes who looked at it: even this is asked for by nothing but a command.
            let call =
                |instance: &String| audit_logs::call(log.operation, &on.project, instance, &window);
            return change::shown(context, &instances.iter().map(call).collect::<Vec<_>>()).await;
        }
        let mut failed = Vec::new();
        for instance in &instances {
            context.ui.note(format!("{instance}: fetching {}s {range}", log.line));
            let object = ObjectId::new("instance", &on.project, instance);
            match download(context, on, log, &object, &window, &destination, args).await {
                Ok(()) => {}
                Err(error) if error.is_broken_pipe() => return Err(error),
                Err(error) if error.object().is_some() => failed.push(error),
                Err(error) => {
                    let error = error.context(format!("{} of {instance}", log.noun));
                    failed.push(error.about(object));
                }
            }
        }
        names::failures(context, failed, instances.len(), log.noun)
    });
    context.block_on(downloads).map_err(|error| match (error.kind(), &destination) {
        (Kind::Interrupted, Destination::Stdout) => error.hint(THROW_AWAY),
        (Kind::Interrupted, _) => error.hint("of the log that was under way nothing was kept"),
        _ => error,
    })
}

fn window(context: &Context, args: &LogArgs) -> Result<Window> {
    let now = context.now()?;
    let moment = |option: &str, text: &str| {
        let moment = times::parse(text).map_err(|e| Error::usage(format!("{option}: {e}")))?;
        Ok::<_, Error>(moment.ago(now).as_second())
    };
    let start = match args.since.as_deref() {
        None => None,
        Some("all") => Some(BEGINNING),
        Some(text) => Some(moment("--since", text)?.max(BEGINNING)),
    };
    if start.is_some_and(|start| start > now.as_second()) {
        return Err(Error::usage("--since lies in the future, so nothing is in the log yet")
            .hint("say how far back, as in 7d, or a date that has been"));
    }
    let end = args.until.as_deref().map(|text| moment("--until", text)).transpose()?;
    if let (Some(start), Some(end)) = (start, end)
        && start >= end
    {
        return Err(Error::usage("--since is not before --until, so nothing lies between them")
            .hint("spans count backwards from now: --since 7d --until 1d"));
    }
    if args.processor.as_deref().is_some_and(str::is_empty) {
        return Err(
            Error::usage("--processor is empty").hint("is a variable of the script not set?")
        );
    }
    Ok(Window { start, end, processor: args.processor.clone() })
}

fn describe(window: &Window) -> String {
    let utc = |second: i64| {
        jiff::Timestamp::from_second(second).map_or_else(|_| second.to_string(), rfc3339)
    };
    let end = window.end.map_or("now".to_owned(), |end| format!("{} (exclusive)", utc(end)));
    let range = match window.start {
        None => {
            format!("of the 30 days before {end}, the API's default (--since all: the whole log)")
        }
        Some(BEGINNING) => format!("from the beginning to {end}"),
        Some(start) => format!("from {} to {end}", utc(start)),
    };
    match &window.processor {
        None => range,
        Some(name) => format!("of processor {name} {range}"),
    }
}

fn destination(context: &Context, args: &LogArgs, instances: usize) -> Result<Destination> {
    let Some(out) = &args.out else { return Ok(Destination::Directory(PathBuf::new())) };
    if out.as_os_str() == "-" {
        if !args.decompress && context.ui.stdout_is_terminal() {
            return Err(Error::usage("gzip does not belong on a terminal")
                .hint("add --decompress, or name a file with --out"));
        }
        return Ok(Destination::Stdout);
    }
    let directory = out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
    match directory {
        true if !out.is_dir() => {
            Err(Error::not_found(format!("there is no directory {}", out.display()))
                .hint("make it first, or name a file"))
        }
        true => Ok(Destination::Directory(out.clone())),
        false if instances > 1 => Err(Error::usage(format!(
            "{instances} logs cannot go into one file, {}",
            out.display()
        ))
        .hint("name a directory that exists, or - with --decompress")),
        false => {
            output::free(out, Replace::forced(args.force))?;
            Ok(Destination::File(out.clone()))
        }
    }
}

async fn download(
    context: &Context,
    on: &ProjectClient,
    log: &Log,
    object: &ObjectId,
    window: &Window,
    destination: &Destination,
    args: &LogArgs,
) -> Result<()> {
    let instance = object.name.as_str();
    let begun = on.client.instance_log(log.operation, &on.project, instance, window).await;
    let mut file =
        begun.map_err(|error| named(error, object)).map_err(|error| match error.kind() {
            Kind::NotFound => error.hint(
                "spctl instances list shows the instances; a log outlives its instance by 30 days",
            ),
            _ => error,
        })?;
    let target = match destination {
        Destination::Stdout => None,
        Destination::File(path) => Some(path.clone()),
        Destination::Directory(dir) => {
            Some(dir.join(file_name(&file, log, instance, args.decompress)))
        }
    };
    let Some(target) = target else {
        // What was passed on cannot be taken back: whoever reads along has to be told.
        let sink = Stdout(&context.ui);
        let received = receive(context, &mut file, object, args.decompress, sink).await;
        let lines = received.map_err(|error| match error.is_broken_pipe() {
            true => error,
            false => error.hint(THROW_AWAY),
        })?;
        context.ui.flush()?;
        context.ui.note(format!("{instance}: {}", count(log, lines.0)));
        return Ok(());
    };
    let replace = Replace::forced(args.force);
    output::free(&target, replace)?;
    let cannot = |e| output::unwritten(&target, replace, e);
    let pending = Pending::create(&target).map_err(cannot)?;
    let received = receive(context, &mut file, object, args.decompress, pending).await;
    let (lines, pending) = received.map_err(|error| error.hint("nothing was kept; try again"))?;
    pending.keep(args.force).map_err(cannot)?;
    context.ui.note(format!("{instance}: {} -> {}", count(log, lines), target.display()));
    Ok(())
}

/// The error of a call that is worded with the instance's name.
fn named(error: ApiError, object: &ObjectId) -> Error {
    Error::from(error).about(object.clone())
}

fn file_name(file: &Download, log: &Log, instance: &str, decompress: bool) -> String {
    let fallback = format!("{instance}_{}", log.suffix);
    let name = name::harmless(file.filename.as_deref().unwrap_or(&fallback));
    match decompress {
        true => name::unpacked(&name).to_owned(),
        false => name,
    }
}

/// Passes the log on as it arrives, and checks that it is whole.
async fn receive<W: Write>(
    context: &Context,
    log: &mut Download,
    object: &ObjectId,
    decompress: bool,
    sink: W,
) -> Result<(u64, W)> {
    let instance = object.name.as_str();
    let progress = context.ui.progress_bytes(instance, log.length);
    let (packed, plain) = match decompress {
        true => (None, Some(sink)),
        false => (Some(sink), None),
    };
    let mut packed = packed;
    let mut unpacker = Unpacker::new(PlainSink(plain));
    while let Some(piece) = log.chunk().await.map_err(|error| named(error, object))? {
        if let Some(sink) = &mut packed {
            sink.write_all(&piece).map_err(unwritten)?;
        }
        unpacker = unpacker.feed(&piece).map_err(broken)?;
        progress.advance(piece.len() as u64);
    }
    let (lines, plain) = unpacker.finish().map_err(broken)?;
    if !log.framed {
        // A log may be several compressed parts, and a whole one before the cut looks like the last.
        context.ui.warn(format!("{instance}: {UNFRAMED}"));
    }
    let sink = packed.or(plain.0).ok_or_else(|| Error::failed("the log went nowhere"))?;
    Ok((lines, sink))
}

/// The plain lines' way: to the sink, or counted and dropped where the sink takes gzip.
struct PlainSink<W>(Option<W>);

impl<W: Write> Write for PlainSink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(bytes.len()), |sink| sink.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Stdout, written by the room that may.
struct Stdout<'a>(&'a Ui);

impl Write for Stdout<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map(|()| bytes.len()).map_err(|e| match e.is_broken_pipe() {
            true => io::ErrorKind::BrokenPipe.into(),
            false => io::Error::other(e),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn broken(problem: UnpackError) -> Error {
    match problem {
        UnpackError::Sink(error) => unwritten(error),
        UnpackError::Damaged(_) => Error::failed(problem.to_string()),
    }
}

fn unwritten(error: io::Error) -> Error {
    Error::failed("cannot write the log").source(error)
}

fn count(log: &Log, lines: u64) -> String {
    match lines {
        0 => format!("no {}s in this range", log.line),
        n => plural(usize::try_from(n).unwrap_or(usize::MAX), log.line),
    }
}
