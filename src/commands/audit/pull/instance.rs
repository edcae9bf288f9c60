//! One instance: what is to be read of its log, and what became of it.

use std::time::Duration;

use jiff::SignedDuration;

use super::answer::{self, Answered};
use super::target::Target;
use super::{Pulled, moment, range};
use crate::atlas::Call;
use crate::atlas::audit_logs::{self, DOWNLOAD};
use crate::audit::archive::manifest::{Entry, Header};
use crate::audit::archive::moment::Moment;
use crate::audit::archive::plan::{self, Window};
use crate::audit::lines::Count;
use crate::change::ObjectId;
use crate::commands::audit::archive::{Store, manifest};
use crate::commands::audit::log;
use crate::commands::instances;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Progress, plural};

/// How often a window is asked for, beyond what the client repeats by itself.
const ATTEMPTS: u32 = 5;

/// The wait before the second attempt; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// After so many windows in a row that could not be read, the rest is left for the next time.
const MOST_FAILED: u32 = 3;

/// By how much this machine's clock may be ahead: less than windows take to be settled.
const MOST_AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// What all instances have in common.
pub(super) struct Puller<'a> {
    pub(super) context: &'a Context,
    /// The first second that is asked for, since 1970.
    pub(super) since: i64,
    /// The second after the last.
    pub(super) now: i64,
    /// What `--since all` means.
    pub(super) earliest: i64,
    pub(super) checks_clock: bool,
}

/// What became of an instance.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) row: Option<Pulled>,
    pub(super) failed: Option<Error>,
}

/// What was new.
#[derive(Default)]
struct New {
    lines: Count,
    files: u64,
    bytes: u64,
}

impl Puller<'_> {
    /// The windows that would be read.
    pub(super) fn windows(&self, target: &Target) -> Result<Vec<Window>> {
        let manifest = manifest(&target.directory)?;
        let since = manifest.beginning().map_or(self.since, |b| b.as_second().min(self.since));
        Ok(plan::windows(&manifest.coverage, since, self.now))
    }

    /// The requests for them.
    pub(super) fn calls(&self, target: &Target) -> Result<Vec<Call>> {
        let windows = self.windows(target)?.into_iter();
        Ok(windows.map(|window| call(target, window)).collect())
    }

    /// Archives what is new.
    pub(super) async fn pull(&self, target: &Target, progress: &Progress) -> Outcome {
        let object = ObjectId::new("instance", &target.on.project, &target.instance);
        let begun = Moment::second(self.now);
        let header = Header::new(&target.on.project, &target.instance, begun);
        let mut store = match Store::open(target.directory.clone(), header) {
            Ok(store) => store,
            Err(error) => return Outcome { failed: Some(error.of(&object)), row: None },
        };
        let (new, failed) = self.read(target, &object, &mut store, progress).await;
        let failed = match failed {
            None => self.check_name(target, &store).await.err(),
            Some(error) if target.is_archived_only && error.kind() == Kind::NotFound => {
                let gone = "the instance and its log are gone; what is archived of it stays";
                self.context.ui.note_about(&object, format!("{}: {gone}", target.instance));
                return Outcome::default();
            }
            failed => failed,
        };
        let is_nothing = failed.as_ref().is_some_and(|error| error.kind() == Kind::NotFound)
            || store.manifest().entries.is_empty();
        let failed = failed.map(|error| error.of(&object));
        if is_nothing && store.manifest().files().next().is_none() {
            store.abandon();
            return Outcome { row: None, failed };
        }
        self.tell(target, &object, &store, &new, failed.is_none());
        Outcome { row: Some(row(target, &store, &new)), failed }
    }

    /// Reads all windows; one that cannot be read is recorded as such, and others are read all the same.
    async fn read(
        &self,
        target: &Target,
        object: &ObjectId,
        store: &mut Store,
        progress: &Progress,
    ) -> (New, Option<Error>) {
        let mut new = New::default();
        let mut failures: Vec<Error> = Vec::new();
        let mut in_a_row = 0;
        let begun = store.manifest().beginning();
        let since = begun.map_or(self.since, |begun| begun.as_second().min(self.since));
        for window in plan::windows(&store.manifest().coverage, since, self.now) {
            let read = self.window(target, object, store, window, &mut new).await;
            progress.advance(1);
            match read {
                Ok(()) => in_a_row = 0,
                Err(error) if leaves_a_gap(&error) && in_a_row + 1 < MOST_FAILED => {
                    in_a_row += 1;
                    let why = self.context.ui.known().mask(&error.to_string()).into_owned();
                    let entry = Entry { failed: Some(why), ..self.entry(window) };
                    if let Err(error) = store.commit(entry, None) {
                        return (new, Some(error));
                    }
                    failures.push(error);
                }
                Err(error) => return (new, Some(error)),
            }
        }
        let count = failures.len();
        let failed = failures.pop().map(|error| match count {
            1 => error,
            n => error
                .context(format!("{} could not be read, the last because", plural(n, "window"))),
        });
        let again = "the rest is archived; the same command asks again for what is missing";
        (new, failed.map(|error| error.hint(again)))
    }

    fn entry(&self, window: Window) -> Entry {
        Entry {
            previous: String::new(),
            number: 0,
            read: Moment::second(self.now),
            from: Moment::second(window.from),
            until: Moment::second(window.until),
            again: 0,
            vanished: 0,
            failed: None,
            files: Vec::new(),
        }
    }

    /// Reads one window and archives what is new in it.
    async fn window(
        &self,
        target: &Target,
        object: &ObjectId,
        store: &mut Store,
        window: Window,
        new: &mut New,
    ) -> Result<()> {
        let mut wait = FIRST_WAIT;
        let mut attempt = 1;
        let Answered { taken, stage } = loop {
            match answer::read(self, target, object, store, window).await {
                Ok(answered) => break answered,
                Err(error) if attempt < ATTEMPTS && may_help(&error) => {
                    tracing::info!("{}: {error}; trying again", target.instance);
                    tokio::time::sleep(wait).await;
                    (attempt, wait) = (attempt + 1, wait * 2);
                }
                Err(error) => return Err(error),
            }
        };
        if taken.vanished > 0 {
            let lines = plural(usize::try_from(taken.vanished).unwrap_or(usize::MAX), "line");
            self.context.ui.warn(format!(
                "{}: the log of {} lacks {lines} that were there before; they stay in the archive",
                target.instance,
                range(window)
            ));
        }
        let entry = Entry { again: taken.again, vanished: taken.vanished, ..self.entry(window) };
        store.commit(entry, Some(stage))?;
        new.lines += taken.new;
        if let Some(entry) = store.manifest().entries.last() {
            new.files += entry.files.len() as u64;
            new.bytes += entry.files.iter().map(|file| file.bytes).sum::<u64>();
        }
        Ok(())
    }

    /// Refuses the name of an instance that is not there, if nothing was ever archived of it.
    async fn check_name(&self, target: &Target, store: &Store) -> Result<()> {
        match store.manifest().files().next() {
            None => instances::check(self.context, &target.on, &target.instance).await,
            Some(_) => Ok(()),
        }
    }

    fn tell(&self, target: &Target, object: &ObjectId, store: &Store, new: &New, is_whole: bool) {
        let instance = &target.instance;
        let ui = &self.context.ui;
        let lines = log::count(&log::AUDIT, new.lines);
        match new.lines.all() {
            0 if is_whole => ui.note_about(object, format!("{instance}: nothing new")),
            0 => {}
            _ => {
                let said = format!("{instance}: {lines} -> {}", store.directory().display());
                ui.note_about(object, said);
            }
        }
        let begun = store.manifest().beginning().map(Moment::as_second);
        if is_whole && store.is_new() && begun == Some(self.since) && self.since > self.earliest {
            let from = moment(self.since).unwrap_or_default();
            ui.note_about(
                object,
                format!("{instance}: the archive begins at {from}; --since all goes back further"),
            );
        }
    }

    /// Refuses to go by a clock that is ahead: windows would be taken for past that are yet to come.
    pub(super) fn check_clock(&self, ahead: Option<SignedDuration>) -> Result<()> {
        match ahead.filter(|ahead| self.checks_clock && *ahead > MOST_AHEAD) {
            None => Ok(()),
            Some(ahead) => Err(Error::new(
                Kind::Usage,
                format!(
                    "this machine's clock is {} ahead of the server's",
                    crate::times::span_of(ahead)
                ),
            )
            .hint("set the clock: the archive would take for read what is yet to come")),
        }
    }
}

/// The request for a window of a log.
pub(super) fn call(target: &Target, window: Window) -> Call {
    audit_logs::call(&DOWNLOAD, &target.on.project, &target.instance, &asked(window))
}

/// A window as the API takes it.
pub(super) fn asked(window: Window) -> audit_logs::Window {
    audit_logs::Window { start: Some(window.from), end: Some(window.until), processor: None }
}

/// Whether a window may be read later, and others now.
fn leaves_a_gap(error: &Error) -> bool {
    matches!(error.kind(), Kind::Failed | Kind::Unavailable)
}

/// Whether another attempt may go better: not where the server says what is wrong with the request.
fn may_help(error: &Error) -> bool {
    let is_refusal = error.api_facts().status.is_some_and(|status| (400..500).contains(&status));
    leaves_a_gap(error) && !is_refusal
}

fn row(target: &Target, store: &Store, new: &New) -> Pulled {
    let manifest = store.manifest();
    let coverage = &manifest.coverage;
    let range = coverage.range();
    let gaps = crate::audit::archive::check::gaps(manifest);
    Pulled {
        project: target.project.clone(),
        instance: target.instance.clone(),
        lines: new.lines.all(),
        files: new.files,
        bytes: new.bytes,
        from: range.and_then(|(from, _)| moment(from)),
        until: range.and_then(|(_, until)| moment(until)),
        settled: coverage.settled().and_then(moment),
        gaps: gaps.len() as u64,
        head: manifest.head().unwrap_or_default().to_owned(),
        path: store.directory().display().to_string(),
    }
}
