//! A change is a value: shown, asked about, sent, read back and verified by one executor.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt, StreamExt, stream};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::atlas::{Call, Row};
use crate::context::{Context, told_to_stop};
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Format, Listing, plural};

/// How many changes are under way at once.
const AT_ONCE: usize = 8;

/// What every command that changes several named objects takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Batch {
    /// Write the names that failed to this file, ready to be fed back with -
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}

/// One line of a preview: what is, and what will be.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What the line is about.
    pub label: &'static str,
    /// What is said of it.
    pub text: String,
}

impl Fact {
    /// Something that stays, or that only the new state has.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Fact { label, text: text.into() }
    }

    /// `before -> after`, or just the value where both are the same.
    pub fn change(label: &'static str, before: &str, after: &str) -> Self {
        match before == after {
            true => Fact::new(label, format!("{before} (unchanged)")),
            false => Fact::new(label, format!("{before} -> {after}")),
        }
    }
}

/// What reading back must show.
#[derive(Debug, Clone)]
pub enum Expect {
    /// The object is gone.
    Gone,
    /// The object goes later: an accepted request is enough, and only absence proves a lost one.
    Going,
    /// The object has these fields; lists are compared as sets. An empty object proves nothing.
    Has(Value),
    /// One request for several objects: each, by the key it is read back under, has its fields.
    Each(Vec<(String, Value)>),
}

/// The present state of a noun's objects, by name.
pub type ReadBack = HashMap<String, Box<RawValue>>;

impl Expect {
    fn holds(&self, object: &str, found: &ReadBack) -> bool {
        let has = |name: &str, fields: &Value| {
            found.get(name).is_some_and(|raw| {
                let found: Value = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
                includes(&found, fields)
            })
        };
        match self {
            Expect::Gone | Expect::Going => !found.contains_key(object),
            Expect::Has(fields) => has(object, fields),
            Expect::Each(objects) => objects.iter().all(|(name, fields)| has(name, fields)),
        }
    }

    /// Those of several objects that are not as they must be, for a message.
    fn lacking(&self, found: &ReadBack) -> String {
        let Expect::Each(objects) = self else { return String::new() };
        let one = |(name, fields): &(String, Value)| {
            let alone = Expect::Has(fields.clone());
            (!alone.holds(name, found)).then(|| name.clone())
        };
        let names: Vec<String> = objects.iter().filter_map(one).collect();
        format!(": {}", names.join(", "))
    }

    /// Whether a state that holds shows that the change was made.
    fn proves(&self) -> bool {
        !matches!(self, Expect::Has(Value::Object(fields)) if fields.is_empty())
    }
}

/// One change to one object.
#[derive(Debug, Clone)]
pub struct Change {
    /// The object's name, as the next command takes it; also the key of what is read back.
    pub object: String,
    /// The preview.
    pub facts: Vec<Fact>,
    /// What is sent.
    pub call: Call,
    /// What must be so afterwards.
    pub expect: Expect,
}

impl Change {
    /// The objects that it is about: more than one where one request changes several.
    fn objects(&self) -> Vec<String> {
        match &self.expect {
            Expect::Each(objects) => objects.iter().map(|(name, _)| name.clone()).collect(),
            _ => vec![self.object.clone()],
        }
    }
}

/// What a command wants to do.
#[derive(Debug)]
pub struct Plan {
    /// `database user`.
    pub noun: &'static str,
    /// `restrict`.
    pub verb: &'static str,
    /// `restricted`.
    pub done: &'static str,
    /// What is to be changed.
    pub changes: Vec<Change>,
    /// Objects that are as they should be already.
    pub unchanged: Vec<String>,
    /// Objects that the command refuses to change, and why.
    pub refused: Vec<(String, Error)>,
}

impl Plan {
    /// An empty plan.
    pub fn new(noun: &'static str, verb: &'static str, done: &'static str) -> Self {
        Plan { noun, verb, done, changes: Vec::new(), unchanged: Vec::new(), refused: Vec::new() }
    }

    /// Whether the plan says something of this object already: it may be named in two ways.
    pub fn has(&self, object: &str) -> bool {
        self.unchanged.iter().any(|name| name == object)
            || self.changes.iter().any(|change| change.object == object)
    }
}

/// A plan, and how to read back what it changes.
pub struct Stage<'a> {
    plan: Plan,
    read_back: Box<dyn FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>> + 'a>,
    before: Box<dyn FnOnce() -> Result<()> + 'a>,
}

impl<'a> Stage<'a> {
    /// `read_back` lists the objects' present state by name; it is called once, after the sending.
    pub fn new<F>(plan: Plan, read_back: impl FnOnce() -> F + 'a) -> Self
    where
        F: Future<Output = Result<ReadBack>> + 'a,
    {
        let read_back = Box::new(|| read_back().boxed_local());
        Stage { plan, read_back, before: Box::new(|| Ok(())) }
    }

    /// What must be done once the changes are confirmed, and before the first of them is sent.
    #[must_use]
    pub fn before(mut self, act: impl FnOnce() -> Result<()> + 'a) -> Self {
        self.before = Box::new(act);
        self
    }
}

/// Shows, asks, sends, reads back, verifies and reports. Returns the verified changes' names.
///
/// # Errors
/// Usage, where the change is not confirmed; otherwise the worst of what failed, after each
/// failure was shown.
pub async fn execute<'a, F>(
    context: &Context,
    plan: Plan,
    batch: Option<&Batch>,
    read_back: impl FnOnce() -> F + 'a,
) -> Result<Vec<String>>
where
    F: Future<Output = Result<ReadBack>> + 'a,
{
    execute_all(context, vec![Stage::new(plan, read_back)], batch).await
}

/// Like [`execute`], for changes that build on each other: all stages are shown and asked about at
/// once, and a stage is sent only when the ones before it were verified whole.
///
/// # Errors
/// As [`execute`]; what was not begun because of an earlier failure is said, and is a failure.
pub async fn execute_all(
    context: &Context,
    stages: Vec<Stage<'_>>,
    batch: Option<&Batch>,
) -> Result<Vec<String>> {
    let mut done = Vec::new();
    attempt(context, stages, batch, &mut done).await?;
    Ok(done)
}

/// Like [`execute_all`], for those who must know what was done even where something failed: the
/// verified changes' names are added to `done`.
///
/// # Errors
/// As [`execute_all`].
pub async fn attempt(
    context: &Context,
    mut stages: Vec<Stage<'_>>,
    batch: Option<&Batch>,
    done: &mut Vec<String>,
) -> Result<()> {
    let mut ends = Vec::new();
    for Stage { plan, .. } in &mut stages {
        let changed: usize = plan.changes.iter().map(|change| change.objects().len()).sum();
        let total = changed + plan.unchanged.len() + plan.refused.len();
        for object in &plan.unchanged {
            context.ui.note(format!("unchanged: {} {object}", plan.noun));
        }
        let failures = std::mem::take(&mut plan.refused);
        show(context, plan.noun, plan.verb, &plan.changes);
        let failed = failures.iter().map(|(object, _)| object.clone()).collect();
        ends.push(End { noun: plan.noun, total, failed, failures });
    }
    let changes: Vec<&Plan> =
        stages.iter().map(|stage| &stage.plan).filter(|plan| !plan.changes.is_empty()).collect();
    if context.global.dry_run && (!changes.is_empty() || ends.iter().any(|end| end.total > 1)) {
        let all: Vec<&Change> = changes.iter().flat_map(|plan| &plan.changes).collect();
        requests(context, &all).await?;
    } else if !changes.is_empty() {
        if !context.ui.confirm(&question(&changes))? {
            return Err(Error::usage("not confirmed; nothing was changed"));
        }
        context.say_where();
        let mut blocked = false;
        for (stage, end) in stages.into_iter().zip(&mut ends) {
            match blocked {
                true => end.skip(stage.plan),
                false => run(context, stage, end, done).await?,
            }
            blocked |= !end.failures.is_empty();
        }
    }
    finish(context, ends, batch)
}

/// Like [`execute`], with the objects of one listing, which go by the names it gives them; those
/// that were changed and are still there are written where a format was asked for.
///
/// # Errors
/// As [`execute`].
pub async fn apply<'a, T: 'static, F>(
    context: &Context,
    plan: Plan,
    batch: Option<&Batch>,
    listing: &'static Listing<T>,
    fetch: impl FnOnce() -> F + 'a,
) -> Result<Vec<String>>
where
    F: Future<Output = Result<Vec<Row<T>>>> + 'a,
{
    let (rows, mut done) = (RefCell::new(Vec::new()), Vec::new());
    let stage = Stage::new(plan, || async {
        let fetched = fetch().await?;
        let by_name = |row: &Row<T>| ((listing.name)(&row.view), row.raw.clone());
        let found = fetched.iter().map(by_name).collect();
        rows.replace(fetched);
        Ok(found)
    });
    let outcome = attempt(context, vec![stage], batch, &mut done).await;
    // Also where others failed: what was changed is data all the same.
    if wants_objects(context) && !done.is_empty() {
        let changed = |row: &Row<T>| done.contains(&(listing.name)(&row.view));
        let rows = rows.take().into_iter().filter(changed);
        context.ui.show(listing, rows.map(|row| (row.raw, row.view)).collect(), |_| Vec::new())?;
    }
    outcome.map(|()| done)
}

/// How a stage ended.
struct End {
    noun: &'static str,
    total: usize,
    /// The names of all that failed, also of those that failed together.
    failed: Vec<String>,
    failures: Vec<(String, Error)>,
}

impl End {
    /// Nothing of this plan was sent, because what it builds on is not there.
    fn skip(&mut self, plan: Plan) {
        for change in plan.changes {
            let why = "not begun, because what it builds on failed; unchanged";
            self.fail(change, Error::failed(why));
        }
    }

    fn fail(&mut self, change: Change, error: Error) {
        self.failed.extend(change.objects());
        self.failures.push((change.object, error));
    }
}

fn question(plans: &[&Plan]) -> String {
    let one = |plan: &&Plan| match plan.changes.as_slice() {
        [one] => format!("{} {} {}", plan.verb, plan.noun, one.object),
        many => format!("{} {}", plan.verb, plural(many.len(), plan.noun)),
    };
    format!("{}?", plans.iter().map(one).collect::<Vec<_>>().join(", then "))
}

async fn run(
    context: &Context,
    stage: Stage<'_>,
    end: &mut End,
    done: &mut Vec<String>,
) -> Result<()> {
    let Stage { plan, read_back, before } = stage;
    if plan.changes.is_empty() {
        return Ok(());
    }
    before()?;
    let sent = send(context, plan.changes).await?;
    for (change, outcome) in verify(context, sent, read_back).await {
        match outcome {
            Ok(()) => {
                context.ui.note(format!("{} {} {}", plan.done, plan.noun, change.object));
                done.extend(change.objects());
            }
            Err(error) => end.fail(change, error),
        }
    }
    Ok(())
}

fn show(context: &Context, noun: &str, verb: &str, changes: &[Change]) {
    for change in changes {
        context.ui.note(format!("{verb} {noun} {}", change.object));
        let width = change.facts.iter().map(|f| f.label.len()).max().unwrap_or(0) + 1;
        for fact in &change.facts {
            let label = format!("{}:", fact.label);
            context.ui.note(format!("  {label:width$}  {}", fact.text));
        }
    }
}

/// The requests that would be sent, on stdout.
async fn requests(context: &Context, changes: &[&Change]) -> Result<()> {
    struct Request(String, String, String);
    static LISTING: Listing<Request> = Listing {
        columns: &[
            Column { name: "method", value: |r| r.0.clone().into() },
            Column { name: "path", value: |r| r.1.clone().into() },
            Column { name: "body", value: |r| Cell::Text(r.2.clone()) },
        ],
        default: 3,
        name: |r| r.1.clone(),
    };
    let rows = changes.iter().map(|change| {
        let call = &change.call;
        let body = call.body_masked();
        let raw = to_raw_value(&json!({
            "method": call.method().as_str(), "path": call.target(), "body": body,
        }));
        let raw = raw.map_err(|e| Error::failed("cannot show a request").source(e))?;
        let body = body.map(|b| b.to_string()).unwrap_or_default();
        Ok((raw, Request(call.method().to_string(), call.target(), body)))
    });
    let nothing = "no request would be sent";
    context.ui.list(&LISTING, stream::iter(rows), nothing).await.map(drop)
}

type Sent = Vec<(Change, Result<()>)>;

async fn send(context: &Context, changes: Vec<Change>) -> Result<Sent> {
    let client = context.client()?;
    let progress = context.ui.progress_items("sending", changes.len() as u64);
    let mut waiting: Vec<Option<Change>> = changes.into_iter().map(Some).collect();
    let mut sent: Vec<(usize, Change, Result<()>)> = Vec::new();
    {
        let queue = waiting.iter_mut().enumerate().filter_map(|(i, c)| c.take().map(|c| (i, c)));
        // After Ctrl-C nothing new begins, and what is under way is waited for and reported.
        let interrupt = Box::pin(told_to_stop());
        let mut outcomes = stream::iter(queue)
            .take_until(interrupt)
            .map(|(index, change)| async move {
                let outcome = client.send(&change.call).await;
                (index, change, outcome.map(drop).map_err(Error::from))
            })
            .buffer_unordered(AT_ONCE);
        while let Some(outcome) = outcomes.next().await {
            progress.advance(1);
            sent.push(outcome);
        }
    }
    sent.sort_by_key(|(index, ..)| *index);
    let mut sent: Sent = sent.into_iter().map(|(_, change, outcome)| (change, outcome)).collect();
    let unsent = waiting.into_iter().flatten();
    sent.extend(unsent.map(|change| {
        let error = Error::new(Kind::Interrupted, "interrupted before it was sent; unchanged");
        (change, Err(error))
    }));
    Ok(sent)
}

/// Reads everything back once. An answer that was lost is decided by what is found.
async fn verify<'a>(
    context: &Context,
    sent: Sent,
    read_back: impl FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>>,
) -> Sent {
    let unclear =
        |error: &Error| error.api_facts().status.is_none() && error.kind() != Kind::Interrupted;
    let worth = sent.iter().any(|(_, o)| o.as_ref().map_or_else(unclear, |()| true));
    if !worth {
        return sent;
    }
    let found = match context.interruptible(read_back()).await {
        Ok(found) => found,
        Err(error) => {
            context.ui.warn(format!("what was sent could not be read back: {error}"));
            let kind = error.kind();
            let unverified = |(change, outcome): (Change, Result<()>)| {
                let outcome =
                    outcome.and_then(|()| Err(Error::new(kind, "sent, and not verified")));
                (change, outcome)
            };
            return sent.into_iter().map(unverified).collect();
        }
    };
    let judge = |(change, outcome): (Change, Result<()>)| {
        let holds = change.expect.holds(&change.object, &found);
        let outcome = match outcome {
            Ok(()) if holds || matches!(change.expect, Expect::Going) => Ok(()),
            Ok(()) => Err(Error::failed(format!(
                "accepted, but read back it is not as it should be{}",
                change.expect.lacking(&found)
            ))),
            Err(error) if unclear(&error) && holds && change.expect.proves() => {
                context
                    .ui
                    .note(format!("{}: the answer was lost; read back, it is done", change.object));
                Ok(())
            }
            Err(error) if unclear(&error) && !change.expect.proves() => {
                Err(error.hint("whether it was applied cannot be told"))
            }
            Err(error) => Err(error),
        };
        (change, outcome)
    };
    sent.into_iter().map(judge).collect()
}

fn finish(context: &Context, ends: Vec<End>, batch: Option<&Batch>) -> Result<()> {
    let failures = || ends.iter().flat_map(|end| &end.failures);
    if let Some(file) = batch.and_then(|b| b.failed.as_deref()) {
        keep(file, ends.iter().flat_map(|end| &end.failed))?;
    }
    let Some(kind) = Kind::worst(failures().map(|(_, e)| e.kind())) else {
        return Ok(());
    };
    let failed: usize = ends.iter().map(|end| end.failed.len()).sum();
    let mut totals: Vec<(&str, usize)> = Vec::new();
    for end in ends.iter().filter(|end| end.total > 0) {
        match totals.iter_mut().find(|(noun, _)| *noun == end.noun) {
            Some((_, total)) => *total += end.total,
            None => totals.push((end.noun, end.total)),
        }
    }
    let parts: Vec<String> = totals.iter().map(|(noun, total)| plural(*total, noun)).collect();
    let alone = ends.iter().map(|end| end.total).sum::<usize>() == 1;
    let about = |noun, (object, error): (String, Error)| match error.to_string().contains(&object) {
        true => error,
        false => error.context(format!("{noun} {object}")),
    };
    for end in ends {
        for failure in end.failures {
            let error = about(end.noun, failure);
            if alone {
                return Err(error);
            }
            context.ui.error(&error);
        }
    }
    Err(Error::new(kind, format!("{failed} of {} failed", parts.join(" and "))))
}

fn keep<'a>(file: &Path, failed: impl Iterator<Item = &'a String>) -> Result<()> {
    let names: String = failed.map(|object| format!("{object}\n")).collect();
    crate::files::replace(file, names.as_bytes())
        .map_err(|e| Error::failed(format!("cannot write {}", file.display())).source(e))
}

/// Whether `found` has every field of `wanted`; lists are compared as sets.
fn includes(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => wanted
            .iter()
            .all(|(key, value)| found.get(key).is_some_and(|found| includes(found, value))),
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len()
                && wanted.iter().all(|w| found.iter().any(|f| includes(f, w)))
        }
        (Value::String(found), Value::String(wanted)) => {
            found == wanted || same_moment(found, wanted)
        }
        (found, wanted) => found == wanted,
    }
}

/// `2026-01-01T00:00:00Z` and `2026-01-01T00:00:00.000Z` are one.
fn same_moment(left: &str, right: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    matches!((moment(left), moment(right)), (Some(l), Some(r)) if l == r)
}

/// Whether the verified objects should be written to stdout: only where a format was asked for.
pub fn wants_objects(context: &Context) -> bool {
    context.ui.format_is_explicit() && context.ui.format() != Format::Table
}
