//! `--jq`: a jq filter over the JSON that the command would print.
//!
//! A filter is parsed, compiled and run by functions that call themselves, on a thread whose stack
//! is large enough for what [`depth`] lets through. What the filter itself does without end is its
//! writer's, whom Ctrl-C frees.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;
use std::{io, iter, thread};

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Exn, Vars};
use jaq_json::{Val, read};
use signal_hook::consts::SIGINT;
use signal_hook::{flag, low_level};

use super::Ui;
use crate::error::{Error, Kind, Result};
use crate::json;
use crate::signals::{Signals, Watch};

mod depth;
mod filters;
mod wrong;

use filters::Running;

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
    /// All that came of one document was said.
    Next,
    Stop,
}

/// Whether the filter compiles; called before anything is sent.
///
/// # Errors
/// A usage error that shows the filter.
pub(super) fn check(filter: &str) -> Result<()> {
    depth::check(filter)?;
    let filter = filter.to_owned();
    let checked =
        spawn(move || run_filter(&filter, &mut iter::empty(), &mut |_| ControlFlow::Break(())))?;
    checked.join().unwrap_or_else(|_| Err(Error::failed("the jq filter cannot be read")))
}

/// Runs the filter over one JSON document; each output is one line, strings without quotes.
pub(super) fn run(ui: &Ui, filter: &str, json: &str) -> Result<()> {
    Filtering::start(ui, filter)?.document(json)
}

/// A filter that runs over one document after the other.
pub(super) struct Filtering<'u> {
    ui: &'u Ui,
    documents: SyncSender<String>,
    said: Receiver<Produced>,
    /// Whether it has ended by itself, by `halt`.
    has_ended: bool,
    stopped: Arc<AtomicBool>,
    /// Where signals cannot be taken they end the process, as they would without this.
    _watch: Option<Watch>,
}

impl<'u> Filtering<'u> {
    /// Starts the filter, which then waits for documents.
    pub(super) fn start(ui: &'u Ui, filter: &str) -> Result<Self> {
        depth::check(filter)?;
        let (say, said) = sync_channel(WAITING);
        let (documents, received) = sync_channel(1);
        let stopped = Arc::new(AtomicBool::new(false));
        let watch = stop_when_told(&ui.signals, say.clone(), stopped.clone()).ok();
        let filter = filter.to_owned();
        spawn(move || filtered(&filter, &received, &say))?;
        Ok(Filtering { ui, documents, said, has_ended: false, stopped, _watch: watch })
    }

    /// Runs it over a document. A filter that has ended by `halt` passes over all that follow.
    pub(super) fn document(&mut self, json: &str) -> Result<()> {
        json::check(json.as_bytes())
            .map_err(|excess| Error::failed("the answer cannot be filtered").source(excess))?;
        if self.has_ended || self.documents.send(json.to_owned()).is_err() {
            return Ok(());
        }
        for said in &self.said {
            // A row is written whole or not begun.
            if self.stopped.load(Ordering::Relaxed) {
                break;
            }
            match said {
                Produced::Output(line) => self.ui.line(line)?,
                Produced::Failed(error) => return Err(error),
                Produced::Next => break,
                Produced::Stop => {
                    self.has_ended = true;
                    break;
                }
            }
        }
        match self.stopped.load(Ordering::Relaxed) {
            true => Err(Error::new(Kind::Interrupted, "interrupted while the jq filter ran")),
            false => Ok(()),
        }
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
fn filtered(filter: &str, documents: &Receiver<String>, say: &SyncSender<Produced>) {
    let not_json = |e: read::Error| Error::failed("the answer is not JSON").source(e.to_string());
    let mut inputs =
        documents.iter().map(|json| read::parse_single(json.as_bytes()).map_err(not_json));
    let outcome = run_filter(filter, &mut inputs, &mut |value| {
        let said = match value {
            None => Produced::Next,
            Some(Val::TStr(text)) => Produced::Output(String::from_utf8_lossy(text).into_owned()),
            Some(other) => Produced::Output(other.to_string()),
        };
        match say.send(said) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    // The sender that waits for signals lives on, so that the end has to be said.
    let _ = say.send(match outcome {
        Ok(()) => Produced::Stop,
        Err(error) => Produced::Failed(error),
    });
}

/// Runs the filter over each input; `each` is given what comes of it, and then nothing.
fn run_filter(
    filter: &str,
    inputs: &mut dyn Iterator<Item = Result<Val>>,
    each: &mut dyn FnMut(Option<&Val>) -> ControlFlow<()>,
) -> Result<()> {
    let arena = Arena::default();
    let modules = Loader::new(filters::definitions())
        .load(&arena, File { code: filter, path: () })
        .map_err(|errors| wrong::unreadable(filter, &errors))?;
    let compiled = Compiler::default()
        .with_funs(filters::natives())
        .compile(modules)
        .map_err(|errors| wrong::undefined(filter, errors.first().map_or(&[], |(_, all)| all)))?;
    let last_word = RefCell::default();
    for input in inputs {
        let running = Running { lut: &compiled.lut, last_word: &last_word };
        let context = Ctx::<filters::Kind>::new(running, Vars::new([]));
        for output in compiled.id.run((context, input?)) {
            let value = match output.map_err(Exn::get_err) {
                Ok(value) => value,
                Err(Ok(error)) => return Err(wrong::failed(filter, error)),
                Err(Err(halt)) => {
                    return match halt.get_halt() {
                        Ok(0) => Ok(()),
                        _ => Err(wrong::halted(filter, last_word.take())),
                    };
                }
            };
            if each(Some(&value)).is_break() {
                return Ok(());
            }
        }
        if each(None).is_break() {
            return Ok(());
        }
    }
    Ok(())
}
