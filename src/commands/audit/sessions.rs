//! `audit sessions`.

use std::num::NonZero;
use std::sync::Arc;

use futures_util::stream;
use serde::Serialize;
use serde_json::{Map, Value};

use super::acts::{self, ActRow};
use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::filter::Filter;
use crate::audit::folds::acts::{About, Act, Acts};
use crate::audit::folds::names::Names;
use crate::audit::folds::part::Part;
use crate::audit::folds::sessions::{ACTS, Chosen, MOST, Session, Sessions, State};
use crate::audit::scan::Tally;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::most::most;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::shell::option;
use crate::ui::{Cell, Column, Detail, Listing, plural, row};

/// How many of a session's lines are shown.
const MOST_ACTS: usize = 10_000;

/// Which sessions.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A session is what one connection did from its logon to its logoff. The filters choose \
sessions: those in which at least one event passes all of them, and these are shown whole, other users' \
events included. --since and --until, however, bound what is read: a session that reaches beyond is open, or \
began-before. Sessions are listed newest first.

States: closed, from logon to logoff; open, without a logoff in what was read, be it that the log does not hold \
it yet; began-before, without a logon, its logoff often says since when; refused, nothing but refused logons; \
acts-only, neither logon nor logoff, as calls of the API are. A logon whose line states no outcome is taken \
for refused if it names no actor; how many outcomes of a session are inferred is its column inferred.

--session shows a session with each of its events. Memory is bounded: of more than 131072 sessions, the \
sources are read once for every part of them, and without -n each part is in an order of its own.

Examples:
  spctl audit sessions orders payments --user dave --since 7d
  spctl audit sessions logs/ --event drop -o json
  spctl audit sessions orders --state refused --ip 198.51.100.0/24
  spctl audit sessions orders --session 0b2a5c1e-6f6e-4a56-9d0c-5b8d6f9b1c11"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// Only sessions in this state
    #[arg(long = "state", value_name = "STATE,…", num_args = 1..,
          value_parser = CommaListParser(parser()))]
    states: Vec<CommaList<State>>,
    /// Only so many, the newest
    #[arg(short = 'n', long = "newest", value_name = "N", value_parser = most)]
    newest: Option<NonZero<usize>>,
}

fn parser() -> impl clap::builder::TypedValueParser<Value = State> {
    use clap::builder::TypedValueParser;
    let named = |name: String| State::ALL.into_iter().find(|state| state.name() == name);
    clap::builder::PossibleValuesParser::new(State::ALL.map(State::name))
        .try_map(move |name| named(name).ok_or("no state"))
}

/// A session as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    session: Box<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    instance: Option<String>,
    state: &'static str,
    users: Vec<String>,
    roles: Vec<String>,
    addresses: Vec<String>,
    mechanisms: Vec<String>,
    processors: Vec<String>,
    /// Which of these lists have more than are kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    incomplete: Vec<&'static str>,
    logon: Option<String>,
    logoff: Option<String>,
    /// When it began, as its logoff says.
    login_time: Option<String>,
    /// Its first line and its last.
    first: Option<String>,
    last: Option<String>,
    /// How long it lasted, in seconds.
    seconds: Option<f64>,
    events: u64,
    acts: Map<String, Value>,
    logons: u64,
    refused_logons: u64,
    failures: u64,
    inferred: u64,
    /// Its lines, where one session is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    did: Option<Vec<ActRow>>,
    #[serde(skip)]
    of: Session,
}

impl Row {
    fn of(session: Session) -> Row {
        let list = |names: &Names| names.iter().map(str::to_owned).collect();
        let lists = [
            ("users", &session.users),
            ("roles", &session.roles),
            ("addresses", &session.addresses),
            ("mechanisms", &session.mechanisms),
            ("processors", &session.processors),
        ];
        let more = lists.iter().filter(|(_, names)| names.more);
        let acts = counts(&session).map(|(name, count)| (name.to_owned(), count.into()));
        Row {
            session: session.id.clone(),
            project: acts::own(&session.project),
            instance: acts::own(&session.instance),
            state: session.state().name(),
            users: list(&session.users),
            roles: list(&session.roles),
            addresses: list(&session.addresses),
            mechanisms: list(&session.mechanisms),
            processors: list(&session.processors),
            incomplete: more.map(|(name, _)| *name).collect(),
            logon: acts::text(session.logon),
            logoff: acts::text(session.logoff),
            login_time: acts::text(session.login_time),
            first: acts::text(session.first),
            last: acts::text(session.last),
            seconds: session.lasted().map(|micros| micros as f64 / 1e6),
            events: session.events,
            acts: acts.collect(),
            logons: session.logons,
            refused_logons: session.refused_logons,
            failures: session.failures,
            inferred: session.inferred,
            did: None,
            of: session,
        }
    }

    /// How often it did what: `3 .sample()`.
    fn did(&self) -> Vec<String> {
        counts(&self.of).map(|(name, count)| format!("{count} {name}")).collect()
    }

    fn lasted(&self) -> Cell {
        let lasted = self.of.lasted().map(jiff::SignedDuration::from_micros);
        lasted.map_or(Cell::Empty, Cell::Duration)
    }

    /// For people.
    fn detail(&self) -> Detail {
        let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
        let state = match self.of.state() {
            State::Open => "open: no logoff in what was read",
            State::BeganBefore => "began-before: no logon in what was read",
            State::Refused => "refused: no logon was let in",
            State::ActsOnly => "acts-only: neither logon nor logoff in what was read",
            State::Closed => "closed",
        };
        let lasted = match self.of.lasted() {
            Some(micros) => vec![
                Cell::Duration(jiff::SignedDuration::from_micros(micros))
                    .human(jiff::Timestamp::UNIX_EPOCH),
            ],
            None => Vec::new(),
        };
        let did = self.did.iter().flatten();
        let mut detail = vec![
            ("session", vec![self.session.to_string()]),
            ("instance", one(&self.instance)),
            ("users", self.users.clone()),
            ("roles", self.roles.clone()),
            ("from", self.addresses.clone()),
            ("mechanism", self.mechanisms.clone()),
            ("state", vec![state.to_owned()]),
            ("logon", one(&self.logon)),
            ("logged on", one(&self.login_time)),
            ("logoff", one(&self.logoff)),
            ("lasted", lasted),
            ("failures", vec![self.failures.to_string()]),
            ("events", did.map(|act| act.line(self.users.len() > 1)).collect()),
        ];
        detail.retain(|(_, values)| !values.is_empty());
        detail
    }
}

/// What was done in a session, and how often.
fn counts(session: &Session) -> impl Iterator<Item = (&str, u64)> {
    let known = ACTS.iter().zip(session.acts).map(|(kind, count)| (kind.name(None), count.into()));
    known.chain([("other", session.other_acts)]).filter(|(_, count)| *count > 0)
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("since", |row| acts::cell(row.of.seen_from())),
        Column::identifying("user", |row| Cell::List(row.users.clone())),
        Column::telling_apart("from", |row| Cell::List(row.addresses.clone())),
        Column::telling_apart("state", |row| row.state.into()),
        Column::telling_apart("lasted", Row::lasted),
        Column::telling_apart("did", |row| Cell::List(row.did())),
        Column::new("failures", |row| Cell::Count(row.failures)),
        Column::new("instance", |row| Cell::maybe(row.instance.as_deref())),
        Column::new("session", |row| Cell::Text(row.session.to_string())),
        Column::new("mechanism", |row| Cell::List(row.mechanisms.clone())),
        Column::new("processors", |row| Cell::List(row.processors.clone())),
        Column::new("roles", |row| Cell::List(row.roles.clone())),
        Column::new("logon", |row| acts::cell(row.of.logon)),
        Column::new("logoff", |row| acts::cell(row.of.logoff)),
        Column::new("events", |row| Cell::Count(row.events)),
        Column::new("inferred", |row| Cell::Count(row.inferred)),
    ],
    default: 9,
    name: |row| row.session.to_string(),
};

/// Lists sessions, or shows the one that is asked for.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let reading = reading::open(context, &args.from, &args.which)?.again()?;
    let (tally, found) = match &reading.filter.session {
        Some(id) => show(context, &reading, id, &args.from)?,
        None => (list(context, &reading, args)?, Ok(())),
    };
    reading.finish(context, tally)?;
    found
}

/// Which lines are read, and which of them choose sessions, if not all do.
fn filters(filter: &Filter) -> (Filter, Option<&Filter>) {
    let Filter { since, until, session, parses_all, .. } = filter.clone();
    let read = Filter { since, until, session, parses_all, ..Filter::default() };
    let rest = Filter { since: None, until: None, session: None, ..filter.clone() };
    (read, (!rest.is_empty()).then_some(filter))
}

/// Some sessions, and what was read to find them.
struct Found {
    sessions: Sessions,
    /// Of the first reading only.
    tally: Option<Tally>,
    /// How many events that are asked for belong to no session.
    without: u64,
}

/// The sessions of a part that are asked for, or of a part of it.
fn part(reading: &Reading, part: Part) -> Found {
    let (read, chooses) = filters(&reading.filter);
    let chosen = chooses.map(|filter| Arc::new(reading.refold(filter, || Chosen::new(part, MOST))));
    let new = || match &chosen {
        None => Sessions::new(part, MOST),
        Some(chosen) => Sessions::of(Arc::clone(chosen), MOST),
    };
    let (sessions, tally) = match part == Part::ALL {
        true => {
            let (sessions, tally) = reading.fold_of(&read, new);
            (sessions, Some(tally))
        }
        false => (reading.refold(&read, new), None),
    };
    let without = chosen.map_or(sessions.without, |chosen| chosen.without);
    Found { sessions, tally, without }
}

/// Part by part, each newest first; what was read is told of once.
struct Parts<'a> {
    reading: &'a Reading,
    left: Vec<Part>,
    states: &'a [State],
    /// What the first reading was like, and how many events that are asked for have no session.
    first: Option<(Tally, u64)>,
}

impl Iterator for Parts<'_> {
    type Item = Vec<Session>;

    fn next(&mut self) -> Option<Vec<Session>> {
        let whole = self.left.pop()?;
        let Found { sessions, tally, without } = part(self.reading, whole);
        self.left.extend(whole.without(sessions.part()));
        if let Some(tally) = tally {
            self.first = Some((tally, without));
        }
        let mut sessions = sessions.finish();
        let states = self.states;
        sessions.retain(|session| states.is_empty() || states.contains(&session.state()));
        Some(sessions)
    }
}

fn list(context: &Context, reading: &Reading, args: &Args) -> Result<Tally> {
    let states: Vec<State> = args.states.items().copied().collect();
    let states = &states;
    let mut parts = Parts { reading, left: vec![Part::ALL], states, first: None };
    let mut newest = Vec::new();
    if let Some(most) = args.newest {
        for part in &mut parts {
            newest.extend(part);
            newest.sort_unstable_by(Session::newest_first);
            newest.truncate(most.get());
        }
    } else {
        newest = parts.next().unwrap_or_default();
        if !parts.left.is_empty() {
            let why = format!(
                "there are more than {MOST} sessions: they are listed in parts, each newest first"
            );
            context.ui.warn(why);
            context.ui.hint("-n lists only the newest, in one order");
        }
    }
    let sessions = std::iter::once(newest).chain(&mut parts).flatten();
    let rows = stream::iter(sessions.map(|session| row::computed(Row::of(session))));
    context.block_on(context.ui.list(&LISTING, rows, "no sessions"))?;
    let (tally, without) = parts.first.take().unwrap_or_default();
    if without > 0 {
        let events = plural(usize::try_from(without).unwrap_or(usize::MAX), "event");
        context.ui.note(format!("{events} without a session: audit show shows them"));
    }
    Ok(tally)
}

/// Shows a session with its lines; one id in several instances is several sessions.
fn show(
    context: &Context,
    reading: &Reading,
    id: &str,
    from: &SourceArgs,
) -> Result<(Tally, Result<()>)> {
    let Found { sessions, tally, .. } = part(reading, Part::ALL);
    let (tally, (read, _)) = (tally.unwrap_or_default(), filters(&reading.filter));
    let acts = reading.refold(&read, || Acts::new(About::Anything, MOST_ACTS));
    let (acts, older) = acts.finish();
    let rows = sessions.finish().into_iter().map(|session| {
        let is_of =
            |act: &&Act| (&act.project, &act.instance) == (&session.project, &session.instance);
        let did = acts.iter().filter(is_of).map(ActRow::of).collect();
        row::computed(Row { did: Some(did), ..Row::of(session) })
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    if rows.is_empty() {
        let error = Error::not_found(format!("there is no session {id} in what was read"))
            .hint("ids are compared letter by letter; --since and --until bound what is read");
        return Ok((tally, Err(error)));
    }
    context.ui.show(&LISTING, rows, Row::detail)?;
    if older > 0 {
        context
            .ui
            .warn(format!("the newest {MOST_ACTS} events are shown, {older} older ones are not"));
        let (sources, session) = (from.typed().join(" "), option("--session", id));
        context.ui.hint(format!("spctl audit show {sources} {session} shows all"));
    }
    Ok((tally, Ok(())))
}
