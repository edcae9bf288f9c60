//! Ctrl-C and termination requests.
//!
//! From the first watch on, one thread handles the signals that end a command. While nothing watches,
//! they end the process as they would without it.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, pending};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::error::{Error, Kind, Result};

type Act = Arc<dyn Fn(i32) + Send + Sync>;

/// The signals that end a command. Clones watch through the same thread.
#[derive(Clone, Default)]
pub struct Signals(Arc<Mutex<Watchers>>);

#[derive(Default)]
struct Watchers {
    installed: bool,
    begun: u64,
    acts: BTreeMap<u64, Act>,
}

impl Signals {
    /// Calls `act` with each signal that comes before the watch is dropped, on the signals' thread.
    ///
    /// # Errors
    /// If the system does not allow them to be handled.
    pub fn watch(&self, act: impl Fn(i32) + Send + Sync + 'static) -> io::Result<Watch> {
        let mut watchers = self.watchers();
        let id = watchers.begun;
        watchers.begun += 1;
        watchers.acts.insert(id, Arc::new(act));
        let watch = Watch { signals: self.clone(), id };
        let installed = std::mem::replace(&mut watchers.installed, true);
        drop(watchers);
        if !installed && let Err(error) = self.install() {
            self.watchers().installed = false;
            return Err(error);
        }
        Ok(watch)
    }

    /// A watch to wait on. If signals cannot be handled, none ever arrives.
    pub fn incoming(&self) -> Signalled {
        let (tell, told) = unbounded_channel();
        let watch = self.watch(move |_| {
            let _ = tell.send(());
        });
        Signalled { told, _watch: watch.ok() }
    }

    /// Runs a future that must clean up when the user interrupts it: it is dropped.
    ///
    /// # Errors
    /// Those of the future; interrupted, after Ctrl-C or a request to end.
    pub async fn interruptible<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        let mut incoming = self.incoming();
        tokio::select! {
            outcome = future => outcome,
            () = incoming.next() => Err(Error::new(Kind::Interrupted, "interrupted")),
        }
    }

    /// Ends the process as a signal does that nobody handles.
    #[cfg(unix)]
    pub fn end(signal: i32) {
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }

    /// No signal gets as far as this.
    #[cfg(not(unix))]
    pub fn end(_: i32) {}

    #[cfg(unix)]
    fn install(&self) -> io::Result<()> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::iterator::Signals as Incoming;

        let hangup = (!ignores_hangup()).then_some(SIGHUP);
        let mut incoming = Incoming::new([SIGINT, SIGTERM].into_iter().chain(hangup))?;
        let signals = self.clone();
        std::thread::Builder::new().name("signals".into()).spawn(move || {
            for signal in incoming.forever() {
                let acts: Vec<Act> = signals.watchers().acts.values().cloned().collect();
                if acts.is_empty() {
                    Signals::end(signal);
                }
                acts.iter().for_each(|act| act(signal));
            }
        })?;
        Ok(())
    }

    /// No signals can be handled: Ctrl-C ends the process immediately.
    #[cfg(not(unix))]
    fn install(&self) -> io::Result<()> {
        Ok(())
    }

    fn watchers(&self) -> MutexGuard<'_, Watchers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Signals are watched for as long as this is held.
#[derive(Debug)]
#[must_use = "signals are watched until it is dropped"]
pub struct Watch {
    signals: Signals,
    id: u64,
}

impl fmt::Debug for Signals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signals")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.signals.watchers().acts.remove(&self.id);
    }
}

/// A watch to wait on: signals that arrive before anything waits are kept.
pub struct Signalled {
    told: UnboundedReceiver<()>,
    _watch: Option<Watch>,
}

impl Signalled {
    /// Waits for the next signal.
    pub async fn next(&mut self) {
        if self.told.recv().await.is_none() {
            pending().await
        }
    }
}

/// Whether the process was started to outlive its terminal, as by `nohup`: a handler would undo that.
/// Only on Linux can ignored signals be read without unsafe code; elsewhere, and if they cannot be
/// read, a hangup is left to the system.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    use signal_hook::consts::SIGHUP;
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_none_or(|mask| mask & 1 << (SIGHUP - 1) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_watch_ends_when_it_is_dropped() {
        let signals = Signals::default();
        for _ in 0..100 {
            signals.interruptible(async { Ok(()) }).await.expect("nobody interrupts");
        }
        let mut held: Vec<_> = (0..100).map(|_| signals.incoming()).collect();
        assert_eq!(signals.watchers().acts.len(), 100);
        held.truncate(1);
        assert_eq!(signals.watchers().acts.len(), 1);
    }
}
