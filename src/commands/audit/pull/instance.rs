//! One instance: what is to be read of its log, and what became of it.

use std::time::Duration;

use jiff::SignedDuration;

use super::answer::{self, Answered, Unread};
use super::target::Target;
use super::{Pulled, moment, range};
use crate::atlas::Call;
use crate::atlas::audit_logs::{self, DOWNLOAD};
use crate::audit::archive::manifest::{Entry, Header, Manifest};
use crate::audit::archive::moment::Moment;
use crate::audit::archive::plan::{self, Window};
use crate::audit::lines::Count;
use crate::change::ObjectId;
use crate::commands::audit::archive::{Found, Held, Store, damaged, manifest};
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
    /// The first second of a new archive, since 1970.
    pub(super) new_since: i64,
    /// The first second of any that does not go back further.
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
        if let Some(error) = damaged(&target.directory, &manifest.problems) {
            return Err(error);
        }
        Ok(self.planned(&manifest))
    }

    fn planned(&self, manifest: &Manifest) -> Vec<Window> {
        let begun = manifest.beginning().map(Moment::as_second);
        let since = begun.map_or(self.new_since, |begun| begun.min(self.since));
        plan::windows(&manifest.coverage, since, self.now)
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
        self.tell_of_unfinished(target, &object, &store);
        let (new, failed) = self.read(target, &object, &mut store, progress).await;
        // No head is told of an archive that cannot be read or written.
        let is_usable = !matches!(failed, Some(Unread::Archive(_)));
        let failed = match failed.map(|(Unread::Answer(error) | Unread::Archive(error))| error) {
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
        Outcome { row: is_usable.then(|| row(target, &store, &new)), failed }
    }

    /// Reads all windows; one that cannot be read is recorded as such, and others are read all the same.
    async fn read(
        &self,
        target: &Target,
        object: &ObjectId,
        store: &mut Store,
        progress: &Progress,
    ) -> (New, Option<Unread>) {
        let mut new = New::default();
        let mut failures: Vec<Error> = Vec::new();
        let mut in_a_row = 0;
        for window in self.planned(store.manifest()) {
            let read = self.window(target, object, store, window, &mut new).await;
            progress.advance(1);
            match read {
                Ok(()) => in_a_row = 0,
                Err(Unread::Answer(error))
                    if leaves_a_gap(&error) && in_a_row + 1 < MOST_FAILED =>
                {
                    in_a_row += 1;
                    let why = self.context.ui.known().mask(&error.to_string()).into_owned();
                    let entry = Entry { failed: Some(why), ..self.entry(window) };
                    if let Err(error) = store.commit(entry, None) {
                        return (new, Some(Unread::Archive(error)));
                    }
                    failures.push(error);
                }
                Err(unread) => return (new, Some(unread)),
            }
        }
        let count = failures.len();
        let failed = failures.pop().map(|error| match count {
            1 => error,
            n => error
                .context(format!("{} could not be read, the last because", plural(n, "window"))),
        });
        let again = "the rest is archived; the same command asks again for what is missing";
        (new, failed.map(|error| Unread::Answer(error.hint(again))))
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
    ) -> Result<(), Unread> {
        let mut wait = FIRST_WAIT;
        let mut attempt = 1;
        let Answered { taken, stage } = loop {
            match answer::read(self, target, object, store, window).await {
                Ok(answered) => break answered,
                Err(Unread::Answer(error)) if attempt < ATTEMPTS && may_help(&error) => {
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
        store.commit(entry, Some(stage)).map_err(Unread::Archive)?;
        new.lines += taken.new;
        if let Some(entry) = store.manifest().entries.last() {
            new.files += entry.files.len() as u64;
            new.bytes += entry.files.iter().map(|file| file.bytes).sum::<u64>();
        }
        Ok(())
    }

    /// Refuses the name of an instance that is not there, if nothing was ever archived of it.
    async fn check_name(&self, target: &Target, store: &Store) -> Result<()> {
        match store.is_new() && store.manifest().files().next().is_none() {
            true => instances::check(self.context, &target.on, &target.instance).await,
            false => Ok(()),
        }
    }

    fn tell_of_unfinished(&self, target: &Target, object: &ObjectId, store: &Store) {
        let (is_torn, files) = store.unfinished();
        let line = is_torn.then(|| "a line of the manifest".to_owned());
        let files = (files > 0).then(|| plural(files, "file"));
        let left: Vec<_> = line.into_iter().chain(files).collect();
        if !left.is_empty() {
            let what = format!("a run was killed before it had finished {}", left.join(" and "));
            let instance = &target.instance;
            let said = format!("{instance}: {what}; that never counted, and is read again");
            self.context.ui.note_about(object, said);
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
        let until = store.manifest().coverage.range().map_or(self.now, |(_, until)| until);
        if until > self.now {
            let until = moment(until).unwrap_or_default();
            ui.warn(format!(
                "{instance}: was the clock set back? the archive goes to {until}: lines of times that were \
                 read before are not looked for"
            ));
        }
        let begun = store.manifest().beginning().map(Moment::as_second);
        if is_whole
            && store.is_new()
            && begun == Some(self.new_since)
            && self.new_since > self.earliest
        {
            let from = moment(self.new_since).unwrap_or_default();
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
    let found = Found {
        project: Some(target.project.clone()),
        instance: target.instance.clone(),
        directory: store.directory().to_owned(),
    };
    let mut held = Held::of(&found, manifest);
    (held.lines, held.files, held.bytes) = (new.lines.all(), new.files, new.bytes);
    let gaps = crate::audit::archive::check::gaps(manifest).len() as u64;
    Pulled { held, gaps }
}
