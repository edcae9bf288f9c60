//! Which events are asked for, as options.

use std::ffi::OsStr;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use ipnet::IpNet;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::audit::event::Outcome;
use crate::audit::event::names::{self, Wanted};
use crate::audit::filter::{Filter, WantedUser};
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::range;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::{near, shell};

/// Which events.
#[derive(Debug, Default, clap::Args)]
pub(in crate::commands::audit) struct FilterArgs {
    /// The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the
    /// last 30 days, of anything else all]
    #[arg(long, value_name = "7d|DATE|EPOCH|all", allow_hyphen_values = true)]
    since: Option<String>,
    /// The end of the range, exclusive
    #[arg(long, value_name = "DATE|EPOCH|1h", allow_hyphen_values = true)]
    until: Option<String>,
    /// Only events by these users: alice, alice@admin or admin.alice
    #[arg(long = "user", value_name = "USER")]
    pub(super) users: Vec<String>,
    /// Only these events, in any spelling: "failed authentication", drop_stream_processor
    #[arg(long = "event", value_name = "EVENT,…", num_args = 1..,
          value_parser = CommaListParser(EventParser))]
    events: Vec<CommaList<String>>,
    /// Look for event names that are not known here as well, as lines have them
    #[arg(long)]
    verbatim: bool,
    /// Only events that ended so
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<Ended>,
    /// Only events from these addresses or networks
    #[arg(long = "ip", value_name = "IP|CIDR,…", num_args = 1..)]
    networks: Vec<CommaList<String>>,
    /// Only events about these stream processors
    #[arg(long = "processor", value_name = "NAME,…", num_args = 1..)]
    processors: Vec<CommaList<String>>,
    /// Only events of these instances, of sources that hold several
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Only events of this session
    #[arg(long, value_name = "ID")]
    session: Option<String>,
    /// Only lines that hold this text
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,
    /// Parse even lines without what is asked for: slower, and every fault is seen
    #[arg(long)]
    no_prefilter: bool,
    /// Keep the lines that are no event in this file, as JSON lines with where they stand and why;
    /// every line is parsed
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands::audit) bad: Option<PathBuf>,
}

/// How an event ended.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Ended {
    Success,
    Failure,
}

/// From when to when.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::commands::audit) struct Range {
    pub(in crate::commands::audit) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    /// Whether there is expressly no beginning.
    pub(super) is_whole: bool,
    /// Where an instance's log begins if nothing says it; else it is for the server to say.
    pub(super) default_start: Option<Timestamp>,
}

impl Range {
    /// The range of the days, in UTC, that it has part in. What a log has of a day by default is all of it.
    pub(super) fn in_days(self, now: Timestamp) -> Range {
        let day = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).start_of_day();
        let begin = |moment| day(moment).map_or(moment, |day| day.timestamp());
        let end = |moment: Timestamp| match begin(moment) == moment {
            true => moment,
            false => day(moment)
                .and_then(|day| day.tomorrow())
                .map_or(moment, |tomorrow| tomorrow.timestamp()),
        };
        let month = SignedDuration::from_hours(DEFAULT_DAYS * 24);
        Range {
            since: self.since.map(begin),
            // Of a day that has not ended, all there is.
            until: self.until.map(end).filter(|until| *until <= now),
            default_start: now.checked_sub(month).ok().map(begin),
            ..self
        }
    }
}

/// How many days of a log an instance hands out unless it is told.
const DEFAULT_DAYS: i64 = 30;

impl FilterArgs {
    /// The range that the options name.
    pub(in crate::commands::audit) fn range(&self, context: &Context) -> Result<Range> {
        if self.since.is_none() && self.until.is_none() {
            return Ok(Range::default());
        }
        let now = context.now()?;
        let since = self.since.as_deref().map(|text| range::since(text, now)).transpose()?;
        let until = self.until.as_deref().map(|text| range::moment("--until", text, now));
        let range = Range {
            since: since.flatten(),
            until: until.transpose()?,
            is_whole: since == Some(None),
            default_start: None,
        };
        range::check(range.since, range.until)?;
        Ok(range)
    }

    /// Whether the range begins at a moment that was named.
    pub(in crate::commands::audit) fn has_start(&self) -> bool {
        self.since.is_some()
    }

    /// Whether the range ends at a moment that was named.
    pub(in crate::commands::audit) fn has_end(&self) -> bool {
        self.until.is_some()
    }

    /// All events since a moment.
    pub(in crate::commands::audit) fn since(moment: Timestamp) -> FilterArgs {
        FilterArgs { since: Some(moment.to_string()), ..FilterArgs::default() }
    }

    /// All events by these users.
    pub(in crate::commands::audit) fn by(users: Vec<String>) -> FilterArgs {
        FilterArgs { users, ..FilterArgs::default() }
    }

    /// All events before the range.
    pub(in crate::commands::audit) fn before(&self) -> FilterArgs {
        FilterArgs { until: self.since.clone(), ..FilterArgs::default() }
    }

    /// Whether events of an instance are asked for.
    pub(in crate::commands::audit) fn has_instance(&self, name: Option<&str>) -> bool {
        let mut wanted = self.instances.items().peekable();
        wanted.peek().is_none() || wanted.any(|wanted| Some(wanted.as_str()) == name)
    }

    /// The instances whose events are asked for; none where any is as good.
    pub(super) fn instances(&self) -> Vec<&str> {
        self.instances.items().map(String::as_str).collect()
    }

    /// What an event has to meet beside the range, each as it is written on a command line.
    pub(in crate::commands::audit) fn conditions(&self) -> Vec<String> {
        let each = |name: &'static str, values: Vec<&String>| {
            values.into_iter().map(move |value| shell::option(name, value)).collect::<Vec<_>>()
        };
        // Of a list, a comma would begin the next value.
        let listed = |name: &'static str, values: &Vec<CommaList<String>>| {
            let values = values.items().map(|value| value.replace(',', "\\,"));
            values.map(|value| shell::option(name, &value)).collect::<Vec<_>>()
        };
        let outcome = self.outcome.as_ref().and_then(clap::ValueEnum::to_possible_value);
        let outcome = outcome.map(|value| value.get_name().to_owned());
        [
            each("--user", self.users.iter().collect()),
            listed("--event", &self.events),
            each("--outcome", outcome.iter().collect()),
            listed("--ip", &self.networks),
            listed("--processor", &self.processors),
            listed("--instance", &self.instances),
            each("--session", self.session.iter().collect()),
            each("--grep", self.grep.iter().collect()),
        ]
        .concat()
    }

    /// The filter that the options name.
    pub(in crate::commands::audit) fn filter(&self, range: &Range) -> Result<Filter> {
        for (option, text) in [("--session", &self.session), ("--grep", &self.grep)] {
            if text.as_deref().is_some_and(str::is_empty) {
                return Err(empty(option));
            }
        }
        let named = [
            ("--user", self.users.iter().collect::<Vec<_>>()),
            ("--event", self.events.items().collect()),
            ("--processor", self.processors.items().collect()),
            ("--instance", self.instances.items().collect()),
        ];
        if let Some((option, _)) =
            named.iter().find(|(_, names)| names.iter().any(|n| n.is_empty()))
        {
            return Err(empty(option));
        }
        Ok(Filter {
            since: range.since.map(Into::into),
            until: range.until.map(Into::into),
            users: self.users.iter().map(|name| WantedUser::named(name)).collect(),
            events: self.events.items().map(|name| self.event(name)).collect::<Result<_>>()?,
            outcome: self.outcome.map(|ended| match ended {
                Ended::Success => Outcome::Success,
                Ended::Failure => Outcome::Failure,
            }),
            networks: self.networks.items().map(network).collect::<Result<_>>()?,
            processors: self.processors.items().cloned().collect(),
            session: self.session.clone(),
            grep: self.grep.clone(),
            parses_all: self.no_prefilter || self.bad.is_some(),
        })
    }

    /// The event that a name means.
    fn event(&self, name: &str) -> Result<Wanted> {
        let wanted = Wanted::named(name);
        if self.verbatim || wanted.is_known() {
            return Ok(wanted);
        }
        let near = near::near(name, names::spellings().map(|(spelling, _)| spelling));
        let page = near.iter().filter_map(|near| {
            names::spellings().find(|(spelling, _)| spelling == near).map(|(_, page)| page)
        });
        let all = format!("the events are {}", names::all().collect::<Vec<_>>().join(", "));
        Err(Error::usage(format!("--event: there is no event {name:?}"))
            .hint(near::suggestion(page, all))
            .hint("--verbatim looks for it all the same, as lines of other commands name it"))
    }
}

/// Reads an event's name in any spelling; shells complete those of the product page, each in one word.
#[derive(Debug, Clone, Copy)]
struct EventParser;

impl TypedValueParser for EventParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(names::words().map(PossibleValue::new)))
    }
}

/// A network or an address; one in an IPv6 form of IPv4 addresses is an IPv4 network.
fn network(text: &String) -> Result<IpNet> {
    let trimmed = text.trim();
    let net = trimmed.parse().or_else(|_| trimmed.parse().map(|ip: IpAddr| IpNet::from(ip)));
    let net: IpNet = net.map_err(|_| {
        Error::usage(format!("--ip: {text:?} is neither an address nor a network"))
            .hint("write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32")
    })?;
    let net = net.trunc();
    let mapped = match (net, net.addr().to_canonical()) {
        (IpNet::V6(net), ip @ IpAddr::V4(_)) if net.prefix_len() >= 96 => {
            IpNet::new(ip, net.prefix_len() - 96).ok()
        }
        _ => None,
    };
    Ok(mapped.unwrap_or(net))
}

fn empty(option: &str) -> Error {
    Error::usage(format!("{option} is empty")).hint("is a variable of the script not set?")
}
