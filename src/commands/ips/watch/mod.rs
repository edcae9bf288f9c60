//! `ips watch`: what changes in a list, passed on as it happens, unless too much of it is gone.

mod change;
mod exec;
mod state;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};

use self::change::Change;
use self::exec::Exec;
use self::state::State;
use super::selection::{Selected, SelectionArgs, select};
use crate::brokers::difference::{Difference, Removals};
use crate::commands::state_file::StateFile;
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::signals::Signalled;
use crate::times::{self, rfc3339};
use crate::ui::{Format, plural, relative};

/// What is watched, how often, and what becomes of a change.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The first look records the list and reports no change. Each change after it is one line of JSON on \
stdout, and --exec gets the same line on stdin:
  {\"time\": …, \"regions\": [\"aws us-east-1\"],
   \"counts\": {\"added\": 1, \"removed\": 0, \"before\": 5, \"after\": 6},
   \"added\": [{\"cidr\": \"203.0.113.9/32\", \"provider\": \"aws\", …}],
   \"removed\": []}

Addresses are compared, not text or regions: an address that moves from one selected region to \
another is no change. A change is known, and --state advances, once --exec has succeeded, or without \
--exec once the line is written. Until then it is tried again at each interval.

A change that removes more than --max-change of the known blocks is not passed on: the command ends \
with exit code 1. One or two removals always pass, and an empty list never does. If Atlas cannot be \
reached, watching goes on; with --once the exit code is 7.

Examples:
  spctl ips watch --provider aws --region us-east-1
  spctl ips watch --instance orders --state /var/lib/spctl/orders.json \\
      --exec /usr/local/bin/apply-addresses
  spctl ips watch --instance orders --state orders.json --once
  spctl ips watch --instance orders --state orders.json --once --accept")]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// The time between two looks
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = times::interval)]
    interval: Duration,
    /// The program that gets each change on stdin, with its arguments; run without a shell
    #[arg(long, value_name = "COMMAND", value_parser = Exec::parse)]
    exec: Option<Exec>,
    /// The largest share of the known blocks that a change may remove
    #[arg(long, value_name = "PERCENT", default_value = "10%", value_parser = percent)]
    max_change: f64,
    /// Pass on the first change even if it removes more than --max-change
    #[arg(long)]
    accept: bool,
    /// Look once, and end; needs --state
    #[arg(long, requires = "state")]
    once: bool,
    /// The file that keeps what is known between runs; a new one is created
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.strip_suffix('%').unwrap_or(text).parse().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| "give a percentage from 0% to 100%".to_owned())
}

impl Args {
    fn check(&self, context: &Context) -> Result<()> {
        context.ui.check_record()?;
        self.selection.check()?;
        let source = &self.selection.list.source;
        let unfit =
            [("--save", source.save.is_some()), ("--allow-stale", source.allow_stale.is_some())];
        if let Some((option, _)) = unfit.into_iter().find(|(_, given)| *given) {
            return Err(Error::usage(format!("{option} cannot be used with ips watch"))
                .hint("a watch keeps what it knows with --state, and says how old that is"));
        }
        if source.from_file.as_deref() == Some("-") {
            return Err(Error::usage("--from-file - can be read once only")
                .hint("name a file: it is read again at each look"));
        }
        StateFile::check(self.state.as_deref())?;
        // A change that only stdout tells of is known once it is written.
        match self.state.is_some() && self.exec.is_none() {
            true => context.ui.check_stdout(),
            false => Ok(()),
        }
    }
}

/// A watch under way.
struct Watch<'a> {
    context: &'a Context,
    args: &'a Args,
    state: State,
    accept: bool,
    /// Those of the whole watch: one that comes between two steps is not lost.
    signals: Signalled,
    /// The change that was written last and is not known yet.
    pending: Option<Difference>,
}

/// Watches, until interrupted or with `--once` one time.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    args.check(context)?;
    let selection = selection(context, &args);
    let state = State::open(args.state.as_deref(), selection)?;
    let accept = args.accept;
    let signals = context.signals.incoming();
    let mut watch = Watch { context, args: &args, state, accept, signals, pending: None };
    loop {
        watch.look().await?;
        context.ui.flush()?;
        if args.once {
            return Ok(());
        }
        tokio::select! {
            () = tokio::time::sleep(args.interval) => {}
            () = watch.signals.next() => return Err(interrupted()),
        }
    }
}

/// What is watched, and where.
fn selection(context: &Context, args: &Args) -> String {
    let source = match (&args.selection.list.source.from_file, &context.settings.target) {
        (Some(file), _) => file.clone(),
        (None, Target::Atlas { base_url }) => base_url.to_string(),
        (None, Target::Local { store }) => store.display().to_string(),
    };
    let project = context.settings.project.as_ref().map(|project| project.value.as_str());
    let project = project.filter(|_| args.selection.regions.instance.is_some());
    let project = project.map(|project| format!(", project {project}")).unwrap_or_default();
    format!("{}{project}, from {source}", args.selection.described())
}

impl Watch<'_> {
    /// Looks once, and passes on what has changed.
    async fn look(&mut self) -> Result<()> {
        let selected = tokio::select! {
            selected = select(self.context, &self.args.selection) => selected,
            () = self.signals.next() => return Err(interrupted()),
        };
        match selected {
            Ok(selected) => self.compare(&selected).await,
            Err(error) if error.kind() == Kind::Unavailable => self.unavailable(error),
            Err(error) => Err(self.stopped(error)),
        }
    }

    async fn compare(&mut self, selected: &Selected) -> Result<()> {
        let (ui, now) = (&self.context.ui, Timestamp::now());
        let new = selected.set.entries();
        let Some(known) = &self.state.known else {
            selected.say(self.context);
            let many = plural(selected.set.blocks().count(), "block");
            if self.context.dry_run {
                ui.note(format!("would record {many}; nothing was done"));
                return Ok(());
            }
            self.state.advance(new, now)?;
            let until = if self.args.once { "the next look" } else { "now on" };
            ui.note(format!("recorded {many}; changes are reported from {until}"));
            return Ok(());
        };
        let difference = Difference::of_addresses(&known.entries, new);
        if difference.is_empty() {
            self.pending = None;
            if self.args.once {
                ui.note(format!("no change since {}", rfc3339(known.checked)));
            }
            return if self.context.dry_run { Ok(()) } else { self.state.advance(new, now) };
        }
        self.within_limit(Removals::between(&known.entries, new), &difference)?;
        let change = Change::new(&difference, &known.entries, new, now);
        let line = to_raw_value(&change)
            .map_err(|error| Error::failed("cannot write the change").source(error))?;
        if self.pending.as_ref() != Some(&difference) {
            self.tell(&line)?;
            self.pending = Some(difference);
        }
        if self.context.dry_run {
            let exec = self.args.exec.as_ref();
            let what = exec.map_or("know this".to_owned(), |exec| format!("run {}", exec.name()));
            ui.note(format!("would {what} from now on; nothing was done"));
            return Ok(());
        }
        let mut was_interrupted = false;
        if let Some(exec) = &self.args.exec {
            match exec.run(self.context, &mut self.signals, format!("{line}\n")).await {
                Ok(signalled) => was_interrupted = signalled,
                Err(error) => return self.not_passed_on(error),
            }
        }
        self.state.advance(new, now)?;
        (self.pending, self.accept) = (None, false);
        if was_interrupted { Err(interrupted()) } else { Ok(()) }
    }

    /// Refuses a change that removes too much, unless it is accepted.
    fn within_limit(&self, removals: Removals, difference: &Difference) -> Result<()> {
        let most = self.args.max_change;
        if self.accept || !removals.exceed(most) {
            return Ok(());
        }
        let removed = || difference.removed.iter();
        for entry in removed().take(SHOWN) {
            self.context.ui.note(format!("- {}  {}", entry.net, entry.label()));
        }
        if let Some(more @ 1..) = removed().count().checked_sub(SHOWN) {
            self.context.ui.note(format!("and {more} more"));
        }
        let Removals { gone, known } = removals;
        let share = removals.percent();
        let why = format!(
            "the new list lacks {gone} of {known} known blocks ({share:.0}%), more than \
             --max-change {most}%: the change was not passed on"
        );
        Err(Error::failed(why).hint("if Atlas means it, pass it on once with --accept"))
    }

    /// Writes the line. That nobody reads it any more keeps it from nobody where there is a program to take it.
    fn tell(&self, line: &RawValue) -> Result<()> {
        match self.write(line) {
            Err(error) if error.is_broken_pipe() && self.args.exec.is_some() => Ok(()),
            written => written,
        }
    }

    fn write(&self, line: &RawValue) -> Result<()> {
        let ui = &self.context.ui;
        match ui.options().jq.is_some() || ui.options().format == Some(Format::Yaml) {
            true => ui.document(line)?,
            false => ui.line(line.get())?,
        }
        ui.flush()
    }

    /// The program did not take the change, which stays unknown.
    fn not_passed_on(&self, error: Error) -> Result<()> {
        let again = match self.state.is_stored() && self.args.once {
            true => "the next look passes the change on again".to_owned(),
            false => format!("the change is passed on again in {}", times::span_of(self.pause())),
        };
        if self.args.once || error.kind() == Kind::Interrupted {
            return Err(error.hint(again));
        }
        self.context.ui.warn(format!("{error}; {again}"));
        Ok(())
    }

    /// There is no new list: what is known grows old.
    fn unavailable(&self, error: Error) -> Result<()> {
        let known = self.state.known.as_ref().map(|known| known.checked);
        let age = known.map_or("no list is known yet".to_owned(), |checked| {
            let old = relative(checked, Timestamp::now());
            format!("the list that is known is of {} ({old})", rfc3339(checked))
        });
        match self.args.once {
            true => Err(Error::new(Kind::Unavailable, error.to_string()).hint(age)),
            false => {
                let again = times::span_of(self.pause());
                self.context.ui.warn(format!("{error}; {age}; trying again in {again}"));
                Ok(())
            }
        }
    }

    /// Something other than the network is wrong. Where there was a list, that is no change to pass on.
    fn stopped(&self, error: Error) -> Error {
        match error.kind() {
            Kind::Failed | Kind::NotFound if self.state.known.is_some() => {
                let hints = error.hints().to_vec();
                let why = format!("there is no list any more, and nothing was passed on: {error}");
                hints.into_iter().fold(Error::failed(why), Error::hint)
            }
            _ => error,
        }
    }

    fn pause(&self) -> jiff::SignedDuration {
        self.args.interval.try_into().unwrap_or(jiff::SignedDuration::MAX)
    }
}

fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "interrupted")
}

/// So many removals are shown of a change that is refused.
const SHOWN: usize = 10;
