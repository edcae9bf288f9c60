//! `--jq`: a jq filter over the JSON that the command would print.
//!
//! A filter is parsed, compiled and run by functions that call themselves, on a thread whose stack
//! is large enough for what [`depth`] lets through. What the filter itself does without end is its
//! writer's, whom Ctrl-C frees.

use std::fmt;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, DataT, Exn, Vars, data, native, unwrap_valr};
use jaq_json::{Val, read};
use signal_hook::consts::SIGINT;
use signal_hook::{flag, low_level};

use super::Ui;
use crate::error::{Error, Kind, Result};
use crate::json;
use crate::signals::{Signals, Watch};

mod depth;

/// How long a row that is being written has, after an interruption.
const SETTLING: Duration = Duration::from_millis(300);

/// The stack of the thread that filters run on, in bytes.
const STACK: usize = 64 << 20;

/// Outputs that wait to be written.
const WAITING: usize = 64;

/// What the filter's thread has to say, or who ends it.
enum Produced {
    Output(String),
    Failed(Error),
    Stop,
}

/// Whether the filter compiles; called before anything is sent.
///
/// # Errors
/// A usage error that shows the filter.
pub(super) fn check(filter: &str) -> Result<()> {
    depth::check(filter)?;
    let filter = filter.to_owned();
    let checked = spawn(move || run_filter(&filter, None, &mut |_| ControlFlow::Break(())))?;
    checked.join().unwrap_or_else(|_| Err(Error::failed("the jq filter cannot be read")))
}

/// Runs the filter over one JSON document; each output is one line, strings without quotes.
pub(super) fn run(ui: &Ui, filter: &str, json: &str) -> Result<()> {
    json::check(json.as_bytes())
        .map_err(|excess| Error::failed("the answer cannot be filtered").source(excess))?;
    depth::check(filter)?;
    let (say, said) = sync_channel(WAITING);
    let stopped = Arc::new(AtomicBool::new(false));
    // Where signals cannot be taken they end the process, as they would without this.
    let _watch = stop_when_told(&ui.signals, say.clone(), stopped.clone()).ok();
    let (filter, json) = (filter.to_owned(), json.to_owned());
    spawn(move || filtered(&filter, json, &say))?;
    for said in said {
        // A row is written whole or not begun.
        if stopped.load(Ordering::Relaxed) {
            break;
        }
        match said {
            Produced::Output(line) => ui.line(line)?,
            Produced::Failed(error) => return Err(error),
            Produced::Stop => break,
        }
    }
    match stopped.load(Ordering::Relaxed) {
        true => Err(Error::new(Kind::Interrupted, "interrupted while the jq filter ran")),
        false => Ok(()),
    }
}

fn spawn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<thread::JoinHandle<T>> {
    let thread = thread::Builder::new().name("jq".into()).stack_size(STACK);
    thread.spawn(work).map_err(|e| Error::failed("cannot start the jq filter").source(e))
}

/// Has a signal end the reading of outputs, and a second one the process. One that comes when all
/// was read is heeded as if it had not been taken.
fn stop_when_told(
    signals: &Signals,
    say: SyncSender<Produced>,
    stopped: Arc<AtomicBool>,
) -> io::Result<Watch> {
    signals.watch(move |signal| {
        let _ = flag::register_conditional_default(SIGINT, Arc::new(AtomicBool::new(true)));
        stopped.store(true, Ordering::Relaxed);
        // The receiver is gone where all was read.
        let all_read = matches!(say.try_send(Produced::Stop), Err(TrySendError::Disconnected(_)));
        if !all_read {
            // Where nobody reads what is written, a row that is begun would wait for ever.
            thread::sleep(SETTLING);
        }
        let still_writes =
            matches!(say.try_send(Produced::Stop), Ok(()) | Err(TrySendError::Full(_)));
        if all_read || still_writes {
            let _ = low_level::emulate_default_handler(signal);
        }
    })
}

/// Runs the filter, and says what comes of it until nobody listens any more.
fn filtered(filter: &str, json: String, say: &SyncSender<Produced>) {
    let parsed = read::parse_single(json.as_bytes());
    drop(json);
    let outcome = match parsed {
        Err(e) => Err(Error::failed("the answer is not JSON").source(e.to_string())),
        Ok(input) => run_filter(filter, Some(input), &mut |value| {
            let line = match value {
                Val::TStr(text) => String::from_utf8_lossy(text).into_owned(),
                other => other.to_string(),
            };
            match say.send(Produced::Output(line)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        }),
    };
    // The sender that waits for signals lives on, so that the end has to be said.
    let _ = say.send(match outcome {
        Ok(()) => Produced::Stop,
        Err(error) => Produced::Failed(error),
    });
}

fn run_filter(
    filter: &str,
    input: Option<Val>,
    each: &mut dyn FnMut(&Val) -> ControlFlow<()>,
) -> Result<()> {
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let funs = jaq_json::funs().filter(|(name, ..)| *name != "fromjson").chain([fromjson()]);
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(funs);
    let arena = Arena::default();
    let modules = Loader::new(defs)
        .load(&arena, File { code: filter, path: () })
        .map_err(|_| unusable(filter))?;
    let compiled =
        Compiler::default().with_funs(funs).compile(modules).map_err(|_| unusable(filter))?;
    let Some(input) = input else { return Ok(()) };
    let context = Ctx::<data::JustLut<Val>>::new(&compiled.lut, Vars::new([]));
    for output in compiled.id.run((context, input)).map(unwrap_valr) {
        let value = output.map_err(|e| Error::failed(format!("the jq filter failed: {e}")))?;
        if each(&value).is_break() {
            break;
        }
    }
    Ok(())
}

/// jq's own, within the limits of JSON from outside: a text of the answer may hold anything.
fn fromjson<D: for<'a> DataT<V<'a> = Val>>() -> native::Fun<D> {
    native::run(("fromjson", native::v(0), |(_, value)| {
        let refused =
            |why: &dyn fmt::Display| jaq_core::Error::str(format_args!("fromjson: {why}"));
        let parsed = value.try_as_utf8_bytes_owned().map(|text| match json::check(&text) {
            Err(excess) => vec![Err(refused(&excess))],
            Ok(()) => read::parse_many(&text).map(|row| row.map_err(|e| refused(&e))).collect(),
        });
        let rows = parsed.unwrap_or_else(|error| vec![Err(error)]);
        Box::new(rows.into_iter().map(|row| row.map_err(Exn::from)))
    }))
}

fn unusable(filter: &str) -> Error {
    Error::usage(format!("--jq: not a jq filter: {filter}"))
        .hint("filter a list as in --jq '.[].name'; -o json shows the document")
}
