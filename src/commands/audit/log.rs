//! The logs of instances, and how they are downloaded: whole or not at all.

use std::path::PathBuf;

use super::destination::{LogDestination, destination};
use super::reading::is_path;
use super::receive::{Stdout, named, receive};
use super::window::{describe, window};
use crate::atlas::audit_logs::{self, Window};
use crate::atlas::{Download, Operation};
use crate::audit::lines::Count;
use crate::audit::name;
use crate::change::{self, ObjectId};
use crate::commands::{instances, names, processors};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;
use crate::ui::plural;

/// What to do with an incomplete log on stdout.
const INCOMPLETE: &str = "the log on stdout is incomplete: discard it";

/// Which part of a log, and where it goes: what every download of a log takes.
#[derive(Debug, clap::Args)]
pub struct LogArgs {
    /// The start of the range: 7d, a date, seconds since 1970, or all
    #[arg(long, value_name = "7d|DATE|EPOCH|all", allow_hyphen_values = true)]
    pub(super) since: Option<String>,
    /// The end of the range, exclusive [default: now]
    #[arg(long, value_name = "DATE|EPOCH|1h", allow_hyphen_values = true)]
    pub(super) until: Option<String>,
    /// Only events of this stream processor
    #[arg(long, value_name = "NAME")]
    pub(super) processor: Option<String>,
    /// A file, a directory, or - for stdout [default: the server's file name, in this directory]
    #[arg(long, value_name = "FILE|DIR|-")]
    pub(super) out: Option<PathBuf>,
    /// Write plain lines instead of gzip
    #[arg(long)]
    pub(super) decompress: bool,
    /// Replace existing files
    #[arg(long)]
    pub(super) force: bool,
}

/// One of an instance's logs.
pub struct Log {
    /// `audit log`.
    noun: &'static str,
    /// What it holds, one per line: `event`.
    holds: &'static str,
    /// Whether what it holds is told apart from lines that are something else.
    is_of_events: bool,
    /// The suffix of the file name if the server proposes none.
    suffix: &'static str,
    pub(super) operation: &'static Operation,
}

pub(super) static AUDIT: Log = Log {
    noun: "audit log",
    holds: "event",
    is_of_events: true,
    suffix: "audit.log.gz",
    operation: &audit_logs::DOWNLOAD,
};

/// What processors log about their own operation.
pub static OPERATIONAL: Log = Log {
    noun: "operational log",
    holds: "line",
    is_of_events: false,
    suffix: "operational.log.gz",
    operation: &audit_logs::OPERATIONAL,
};

/// Downloads a log of each of the instances, or of those that stdin names.
///
/// # Errors
/// Those of the API, of the file system, and of a log that did not arrive whole.
pub fn fetch(context: &Context, log: &Log, instances: &[String], args: &LogArgs) -> Result<()> {
    let asked = context.ui.options();
    if asked.jq.is_some() || asked.columns.is_some() || asked.names {
        let why = "a log is written unchanged: --jq, --columns and -q are for listings";
        return Err(Error::usage(why).hint("filter its lines: --decompress --out - | jq"));
    }
    let instances = names::read(context, instances)?;
    let window = window(context, args)?;
    let destination = destination(context, args, instances.len())?;
    let range = describe(&window);
    let downloads = context.signals.interruptible(async {
        let on = context.project().await?;
        if context.dry_run {
            // The log records who read it, so a dry run does not fetch it.
            let call =
                |instance: &String| audit_logs::call(log.operation, &on.project, instance, &window);
            return change::shown(context, &instances.iter().map(call).collect::<Vec<_>>()).await;
        }
        let mut failed = Vec::new();
        for instance in &instances {
            let object = ObjectId::new("instance", &on.project, instance);
            let begun = format!("{instance}: fetching {}s {range}", log.holds);
            context.ui.note_about(&object, begun);
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
        (Kind::Interrupted, LogDestination::Stdout) => error.hint(INCOMPLETE),
        (Kind::Interrupted, _) => error.hint("the incomplete log was discarded"),
        _ => error,
    })
}

async fn download(
    context: &Context,
    on: &ProjectClient,
    log: &Log,
    object: &ObjectId,
    window: &Window,
    destination: &LogDestination,
    args: &LogArgs,
) -> Result<()> {
    let instance = object.name.as_str();
    let begun = on.client.instance_log(log.operation, &on.project, instance, window).await;
    let mut file = match begun.map_err(|error| named(error, object)) {
        Ok(file) => file,
        Err(error) => return Err(not_found(on, instance, error).await),
    };
    let target = match destination {
        LogDestination::Stdout => None,
        LogDestination::File(path) => Some(path.clone()),
        LogDestination::Directory(dir) => {
            Some(dir.join(file_name(&file, log, instance, args.decompress)))
        }
    };
    let Some(target) = target else {
        // What was passed on cannot be taken back, so the reader must be told.
        let sink = Stdout(&context.ui);
        let received = receive(context, &mut file, object, args.decompress, sink).await;
        let lines = received.map_err(|error| match error.is_broken_pipe() {
            true => error,
            false => error.hint(INCOMPLETE),
        })?;
        context.ui.flush()?;
        context.ui.note_about(object, format!("{instance}: {}", count(log, lines.0)));
        if lines.0.all() == 0 {
            check_names(context, on, instance, args).await?;
        }
        return Ok(());
    };
    let replace = Replace::forced(args.force);
    output::free(&target, replace)?;
    let cannot = |e| output::unwritten(&target, replace, e);
    let pending = Pending::create(&target).map_err(cannot)?;
    let received = receive(context, &mut file, object, args.decompress, pending).await;
    let (lines, pending) =
        received.map_err(|error| error.hint("the incomplete log was discarded; try again"))?;
    if lines.all() == 0 {
        check_names(context, on, instance, args).await?;
    }
    pending.keep(args.force).map_err(cannot)?;
    let kept = format!("{instance}: {} -> {}", count(log, lines), target.display());
    context.ui.note_about(object, kept);
    Ok(())
}

/// The error, with the name that was meant where it is that there is no such instance.
pub(super) async fn not_found(on: &ProjectClient, instance: &str, error: Error) -> Error {
    if error.kind() != Kind::NotFound {
        return error;
    }
    if is_path(instance) {
        let hint = format!("spctl audit show {} reads files and directories", quote(instance));
        return error.hint(hint);
    }
    let known = instances::names(on).await.unwrap_or_default();
    let otherwise =
        "spctl instances list shows the instances; a log outlives its instance by 30 days";
    error.hint(near::hint(instance, known.iter().map(String::as_str), otherwise))
}

/// Refuses names that a log without a line is about, if nothing has them: a log outlives its instance
/// and its processors, so they are not looked up before.
async fn check_names(
    context: &Context,
    on: &ProjectClient,
    instance: &str,
    args: &LogArgs,
) -> Result<()> {
    let looked = match &args.processor {
        Some(name) => processors::check(context, on, instance, name).await,
        None => instances::check(context, on, instance).await,
    };
    match looked {
        Err(error) if error.kind() == Kind::NotFound => {
            Err(error.hint("the log holds nothing of it in this range either"))
        }
        Err(error) => {
            // The log is whole, whatever became of the question.
            context.ui.warn(format!("{instance}: not checked whether it is there: {error}"));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn file_name(file: &Download, log: &Log, instance: &str, decompress: bool) -> String {
    let fallback = format!("{instance}_{}", log.suffix);
    let name = name::harmless(file.filename.as_deref().unwrap_or(&fallback));
    match decompress {
        true => name::unpacked(&name).to_owned(),
        false => name,
    }
}

/// `2 events, 3 lines that are no event (1 blank, 2 malformed)`
pub(super) fn count(log: &Log, lines: Count) -> String {
    let plural = |count: u64, noun| plural(usize::try_from(count).unwrap_or(usize::MAX), noun);
    let (held, others) = match log.is_of_events {
        true => (lines.events, lines.others()),
        false => (lines.all(), 0),
    };
    let said = match held {
        0 => format!("no {}s in this range", log.holds),
        n => plural(n, log.holds),
    };
    if others == 0 {
        return said;
    }
    let are = if others == 1 { "is" } else { "are" };
    format!("{said}, {} that {are} no {} ({})", plural(others, "line"), log.holds, lines.kinds())
}
