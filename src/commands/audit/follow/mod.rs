//! `audit follow`: new events as they appear.

mod look;
mod output;
mod patience;
mod state;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use self::look::Look;
use self::output::Output;
use self::patience::Patience;
use self::state::State;
use super::log::AUDIT;
use super::reading::{self, FilterArgs, is_path};
use crate::atlas::audit_logs;
use crate::audit::event::Micros;
use crate::audit::filter::Filter;
use crate::audit::overlap::{MARGIN, Overlap};
use crate::audit::source::Source;
use crate::change::{self, ObjectId};
use crate::commands::state_file::StateFile;
use crate::commands::{names, range};
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::shell::quote;
use crate::signals::Signalled;
use crate::times;
use crate::ui::plural;

/// Which logs, and how often.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("since", |arg| arg.help("The start of the range: 7d, a date, seconds since 1970, or all [default: now]")),
    // What has no meaning here is refused, in words of its own.
    mut_arg("until", |arg| arg.hide(true)),
    mut_arg("bad", |arg| arg.hide(true)),
    mut_arg("no_prefilter", |arg| arg.hide(true)),
    after_help = "\
An event can take five minutes to appear. Each look therefore reads the last ten minutes again and leaves out \
the lines that were there before, counted: two equal lines that are both genuine are both written. Events \
come in the order in which they appear, instance by instance. Each look is itself recorded in the log that \
it reads, and so is an event of the next one.

With --state, a run goes on where the one before it ended: no event is missed, however long ago that was, \
and none is written twice. The state is made ready on the disk before events are written, and gets its name \
right after. A run that is killed just between the two (or that loses its reader there) leaves up to 256 KiB \
of events that the next run writes once more; none is ever left out.

If the network or Atlas fails, that is told once, and following goes on. An instance that is not there, or \
may not be read, is given up; the others are followed on.

Examples:
  spctl audit follow orders
  spctl audit follow orders payments --since 1h --outcome failure
  spctl audit follow orders --state /var/lib/spctl/orders.state -o ndjson
  spctl audit follow orders --state o.state --once --raw >>orders.log"
)]
pub struct Args {
    /// The instances, or - to read names from stdin
    #[arg(value_name = "INSTANCE", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    which: FilterArgs,
    /// The time between two looks
    #[arg(long, value_name = "TIME", default_value = "1m", value_parser = times::interval)]
    interval: Duration,
    /// The file that keeps what is known between runs; a new one is created
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Look once, and end; needs --state
    #[arg(long, requires = "state")]
    once: bool,
    /// Write lines byte for byte, as -o ndjson does
    #[arg(long)]
    raw: bool,
}

/// An instance whose log is followed.
struct Followed {
    object: ObjectId,
    /// Events before this moment were there before; none once it is known which.
    begin: Option<Micros>,
    patience: Patience,
    due: Instant,
}

impl Followed {
    fn name(&self) -> &str {
        &self.object.name
    }
}

/// What all looks have in common.
struct Follow<'a> {
    context: &'a Context,
    args: &'a Args,
    filter: Filter,
    output: Output<'a>,
    /// Those of the whole run: one that comes between two looks is not lost.
    signals: Signalled,
    /// When it began, by the clock that spans are relative to and by that which only goes on.
    begun: (Timestamp, Instant),
}

/// Why a look came to nothing.
enum Trouble {
    /// The log could not be had.
    Log(Error),
    /// Something here: the state, stdout, Ctrl-C.
    Here(Error),
}

/// Follows, until interrupted or with `--once` one time.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    if args.state.is_some() {
        StateFile::check(args.state.as_deref())?;
        context.ui.check_stdout()?;
    }
    if args.which.has_end() {
        return Err(Error::usage("--until: a log that is followed has no end")
            .hint("spctl audit show reads a range that has one"));
    }
    if args.which.bad.is_some() {
        return Err(Error::usage("--bad: lines that are no event are counted here, and not kept")
            .hint("--raw without a filter writes them, too"));
    }
    let names = names::read(context, &args.names)?;
    if let Some(path) = names.iter().find(|name| is_path(name)) {
        let why = format!("{path:?} is no instance: only the log of an instance can be followed");
        let hint = format!("spctl audit show {} reads files and directories", quote(path));
        return Err(Error::usage(why).hint(hint));
    }
    let range = args.which.range(context)?;
    range::has_begun(range.since, context.now()?)?;
    // What was not there yet when the last run ended may be older than the start.
    let filter = Filter { since: None, ..args.which.filter(&range)? };
    let output = Output::new(context, args.raw)?;
    context.block_on(async {
        let begun = (context.now()?, Instant::now());
        let signals = context.signals.incoming();
        let mut follow = Follow { context, args, filter, output, signals, begun };
        let on = follow.project().await?;
        let mut state = State::open(args.state.as_deref(), place(context, on))?;
        let followed = names.iter().filter(|name| args.which.has_instance(Some(name)));
        let mut instances = Vec::new();
        for name in followed {
            instances.push(Followed {
                object: ObjectId::new("instance", &on.project, name),
                begin: state.known(name).is_none().then(|| range.since.unwrap_or(begun.0).into()),
                patience: Patience::default(),
                due: begun.1,
            });
        }
        if instances.is_empty() {
            return Err(Error::usage("--instance names none of the instances that are followed")
                .hint("omit it: the names alone say which"));
        }
        if context.dry_run {
            return follow.shown(on, &state, &instances).await;
        }
        follow.follow(on, &mut state, instances).await
    })
}

/// Where the logs are.
fn place(context: &Context, on: &ProjectClient) -> String {
    let target = match &context.settings.target {
        Target::Atlas { base_url } => base_url.to_string(),
        Target::Local { store } => store.display().to_string(),
    };
    format!("project {}, from {target}", on.project)
}

impl<'a> Follow<'a> {
    /// The project, once it can be had.
    async fn project(&mut self) -> Result<&'a ProjectClient> {
        let mut patience = Patience::default();
        loop {
            let looked = tokio::select! {
                looked = self.context.project() => looked,
                () = self.signals.next() => return Err(interrupted()),
            };
            match looked {
                Ok(on) => {
                    patience.ended(&self.context.ui, "the project");
                    return Ok(on);
                }
                Err(error) if self.args.once || !patience::may_pass(&error) => return Err(error),
                Err(error) => {
                    let pause = patience.pause(&self.context.ui, &error, self.args.interval);
                    self.sleep_until(Instant::now() + pause).await?;
                }
            }
        }
    }

    async fn follow(
        &mut self,
        on: &ProjectClient,
        state: &mut State,
        mut instances: Vec<Followed>,
    ) -> Result<()> {
        let asked = instances.len();
        let mut failed = Vec::new();
        loop {
            let mut followed = Vec::new();
            for mut instance in instances {
                if instance.due > Instant::now() {
                    followed.push(instance);
                    continue;
                }
                let (ui, interval) = (&self.context.ui, self.args.interval);
                match self.look(on, state, &mut instance).await {
                    Ok(()) => {
                        instance.patience.ended(ui, &instance.object.name);
                        instance.due = Instant::now() + interval;
                        followed.push(instance);
                    }
                    Err(Trouble::Here(error)) => return Err(error),
                    Err(Trouble::Log(error)) if !self.args.once && patience::may_pass(&error) => {
                        instance.due =
                            Instant::now() + instance.patience.pause(ui, &error, interval);
                        followed.push(instance);
                    }
                    Err(Trouble::Log(error)) => {
                        let error = error.of(&instance.object);
                        if !self.args.once && asked > 1 {
                            ui.warn(format!("{error}; it is not followed any more"));
                        }
                        failed.push(error);
                    }
                }
            }
            instances = followed;
            let Some(due) = instances.iter().map(|instance| instance.due).min() else {
                return names::failures(self.context, failed, asked, "instance");
            };
            if self.args.once {
                return names::failures(self.context, failed, asked, "instance");
            }
            self.sleep_until(due).await?;
        }
    }

    async fn sleep_until(&mut self, due: Instant) -> Result<()> {
        tokio::select! {
            () = tokio::time::sleep_until(due) => Ok(()),
            () = self.signals.next() => Err(interrupted()),
        }
    }

    /// Looks at a log once, and writes what is new.
    async fn look(
        &mut self,
        on: &ProjectClient,
        state: &mut State,
        instance: &mut Followed,
    ) -> Result<(), Trouble> {
        let mut known = known(state, instance);
        let log = match self.fetched(on, instance, &known).await {
            Err(Trouble::Log(error)) if is_ahead(&error, instance.begin, self.args) => {
                // By the server's clock the last 30 days end now.
                known = Overlap::since(0);
                self.fetched(on, instance, &known).await?
            }
            fetched => fetched?,
        };
        let now = self.now();
        let signals = &mut self.signals;
        let mut look = Look {
            instance: instance.name(),
            filter: &self.filter,
            output: &mut self.output,
            state,
            begin: instance.begin,
            now,
            stopped: &mut || match signals.next().now_or_never() {
                Some(()) => Err(interrupted()),
                None => Ok(()),
            },
        };
        let faults = look.read(log, known).map_err(Trouble::Here)?;
        if instance.begin.take().is_some() && !self.args.once {
            let from = self.args.which.has_start();
            let note = if from { "following" } else { "following from now on" };
            self.context.ui.note_about(&instance.object, format!("{}: {note}", instance.name()));
        }
        if faults > 0 {
            let many = plural(usize::try_from(faults).unwrap_or(usize::MAX), "line");
            let are = if faults == 1 { "is" } else { "are" };
            self.context.ui.warn(format!("{}: {many} {are} no event", instance.name()));
        }
        Ok(())
    }

    /// The log from what is known on.
    async fn fetched(
        &mut self,
        on: &ProjectClient,
        instance: &Followed,
        known: &Overlap,
    ) -> Result<Source, Trouble> {
        let window = look::window(known);
        tokio::select! {
            fetched = reading::fetched(self.context, on, &instance.object, &window) => {
                fetched.map_err(Trouble::Log)
            }
            () = self.signals.next() => Err(Trouble::Here(interrupted())),
        }
    }

    fn now(&self) -> Timestamp {
        let (begun, at) = self.begun;
        let passed = SignedDuration::try_from(at.elapsed()).unwrap_or_default();
        begun.checked_add(passed).unwrap_or(begun)
    }

    /// What would be asked for.
    async fn shown(&self, on: &ProjectClient, state: &State, instances: &[Followed]) -> Result<()> {
        let call = |instance: &Followed| {
            let window = look::window(&known(state, instance));
            audit_logs::call(AUDIT.operation, &on.project, instance.name(), &window)
        };
        change::shown(self.context, &instances.iter().map(call).collect::<Vec<_>>()).await
    }
}

/// What is known of a log, even before the first look.
fn known(state: &State, instance: &Followed) -> Overlap {
    let begin = instance.begin.map_or(0, |Micros(begin)| begin);
    state
        .known(instance.name())
        .cloned()
        .unwrap_or_else(|| Overlap::since(begin.saturating_sub(MARGIN)))
}

/// Whether the server refuses a start that is this machine's time: its own clock is behind, as the local
/// control plane's may be on purpose.
fn is_ahead(error: &Error, begin: Option<Micros>, args: &Args) -> bool {
    begin.is_some() && !args.which.has_start() && error.api_facts().status == Some(400)
}

fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "interrupted")
}
