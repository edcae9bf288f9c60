//! Which events are asked for, as options.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::Timestamp;

use crate::audit::event::{Outcome, names};
use crate::audit::filter::{Filter, WantedUser};
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::times;

/// Which events.
#[derive(Debug, clap::Args)]
pub(in crate::commands::audit) struct FilterArgs {
    /// The start of the range: 7d, a date, or seconds since 1970
    #[arg(long, value_name = "7d|DATE|EPOCH")]
    since: Option<String>,
    /// The end of the range, exclusive
    #[arg(long, value_name = "DATE|EPOCH|1h")]
    until: Option<String>,
    /// Only events by these users: alice, alice@admin or admin.alice
    #[arg(long = "user", value_name = "USER")]
    users: Vec<String>,
    /// Only these events, named as on the product page in any spelling: "failed authentication",
    /// dropStreamProcessor, sample
    #[arg(long = "event", value_name = "EVENT,…", num_args = 1..)]
    events: Vec<CommaList<String>>,
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
    /// Parse every line, even one without what is asked for: slower, and every fault is seen
    #[arg(long)]
    no_prefilter: bool,
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
}

impl FilterArgs {
    /// The range that the options name.
    pub(in crate::commands::audit) fn range(&self, context: &Context) -> Result<Range> {
        if self.since.is_none() && self.until.is_none() {
            return Ok(Range::default());
        }
        let now = context.now()?;
        let moment = |option: &str, text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            let moment = times::parse(text).map_err(|e| Error::usage(format!("{option}: {e}")))?;
            Ok::<_, Error>(Some(moment.ago(now)))
        };
        let range = Range {
            since: moment("--since", &self.since)?,
            until: moment("--until", &self.until)?,
        };
        if let Range { since: Some(since), until: Some(until) } = range
            && since >= until
        {
            return Err(Error::usage(
                "--since is not before --until, so nothing lies between them",
            )
            .hint("spans count backwards from now: --since 7d --until 1d"));
        }
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

    /// Whether events of an instance are asked for.
    pub(in crate::commands::audit) fn has_instance(&self, name: Option<&str>) -> bool {
        let mut wanted = self.instances.items().peekable();
        wanted.peek().is_none() || wanted.any(|wanted| Some(wanted.as_str()) == name)
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
        let network = |text: &String| {
            let net = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            net.map(|net| net.trunc()).map_err(|_| {
                Error::usage(format!("--ip: {text:?} is neither an address nor a network"))
                    .hint("write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32")
            })
        };
        Ok(Filter {
            since: range.since.map(Into::into),
            until: range.until.map(Into::into),
            users: self.users.iter().map(|name| WantedUser::named(name)).collect(),
            events: self.events.items().map(|name| names::Wanted::named(name)).collect(),
            outcome: self.outcome.map(|ended| match ended {
                Ended::Success => Outcome::Success,
                Ended::Failure => Outcome::Failure,
            }),
            networks: self.networks.items().map(network).collect::<Result<_>>()?,
            processors: self.processors.items().cloned().collect(),
            session: self.session.clone(),
            grep: self.grep.clone(),
            parses_all: self.no_prefilter,
        })
    }
}

fn empty(option: &str) -> Error {
    Error::usage(format!("{option} is empty")).hint("is a variable of the script not set?")
}
