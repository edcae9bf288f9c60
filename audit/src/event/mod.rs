//! What a line of an audit log says, borrowed from the line.
//!
//! Three shapes are read, mixed in one log: the lines that mongod writes in OCSF's manner, lines that keep to
//! OCSF's schema, and MongoDB's own older audit JSON. No public sample of an instance's log is known, so
//! nothing is required of a line but that it is a JSON object; a field of an unexpected type is as good as
//! absent.

mod free;
mod json;
mod keys;
mod layout;
mod layouts;
mod line;
mod loose;
mod meaning;
pub mod names;
mod span;
mod time;
pub(crate) mod uuid;

use std::borrow::Cow;
use std::net::IpAddr;

use free::Free;
pub(crate) use json::is_object;
use layouts::Layouts;
pub use names::Kind;
pub use time::{DAY, Micros};

/// Which of the three shapes a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// As mongod writes it with `auditLog.schema: OCSF`: no `status_id`, `metadata.product` a text.
    Mongod,
    /// By OCSF's schema.
    Ocsf,
    /// MongoDB's own schema: `atype`, `ts`, `users`, `result`.
    Legacy,
    /// None of them: a JSON object without what tells them apart.
    #[default]
    Unknown,
}

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused, or failed.
    Failure,
}

impl Outcome {
    /// `success` or `failure`.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::Failure => "failure",
        }
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User<'a> {
    /// As the line has it: `admin.alice`; of a legacy line database and name joined in this way.
    pub text: Cow<'a, str>,
    /// Where the database ends in the text.
    dot: Option<usize>,
}

impl<'a> User<'a> {
    /// A user as OCSF lines name one: the database ends at the first dot. A person's email address, as an
    /// audit log names who read it in a browser, has dots but no database.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let dot = text.find('.').filter(|dot| !text[..*dot].contains('@'));
        User { text, dot }
    }

    /// A user as legacy lines name one.
    fn of(database: Option<Cow<'a, str>>, name: Cow<'a, str>) -> Self {
        match database {
            None => User { text: name, dot: None },
            Some(database) => {
                User { dot: Some(database.len()), text: format!("{database}.{name}").into() }
            }
        }
    }

    /// The authentication database, `admin` or `$external`; an API key or a service account has none.
    pub fn database(&self) -> Option<&str> {
        self.dot.map(|dot| &self.text[..dot])
    }

    /// The name without its database.
    pub fn name(&self) -> &str {
        self.dot.map_or(&self.text, |dot| &self.text[dot + 1..])
    }
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entity<'a> {
    /// A processor's or an instance's name.
    pub name: Option<Cow<'a, str>>,
    /// The object's id.
    pub uid: Option<Cow<'a, str>>,
    /// `stream_processor`, `audit_log`; mongod's own lines name the operation here.
    pub kind: Option<Cow<'a, str>>,
}

/// What a line says. Absent is what the line does not say, or says in a way that nobody knows.
#[derive(Debug, Clone, Default)]
pub struct Event<'a> {
    /// The shape that it was read in.
    pub shape: Shape,
    /// When.
    pub time: Option<Micros>,
    /// What was done.
    pub kind: Kind<'a>,
    /// Whether the kind is a guess from class and activity, which several kinds share.
    pub kind_is_ambiguous: bool,
    /// Who did it; on a refused logon who wanted to.
    pub user: Option<User<'a>>,
    /// The roles held at that moment, `admin.streamOperator`.
    pub roles: Vec<Cow<'a, str>>,
    /// How it ended; none only where the line is no act at all.
    pub outcome: Option<Outcome>,
    /// Whether the line does not state the outcome, so that it was inferred.
    pub outcome_is_inferred: bool,
    /// The server's error code: 13 Unauthorized, 18 AuthenticationFailed.
    pub code: Option<i64>,
    /// More about the outcome, in words.
    pub detail: Option<Cow<'a, str>>,
    /// The address that it came from.
    pub ip: Option<Cow<'a, str>>,
    /// The port that it came from.
    pub port: Option<u16>,
    /// The Unix socket or its like that it came through, where there is no address.
    pub interface: Option<Cow<'a, str>>,
    /// The host name of the instance, or its address.
    pub host: Option<Cow<'a, str>>,
    /// What ties the events of a session together.
    pub session: Option<Cow<'a, str>>,
    /// `SCRAM-SHA-256`, `MONGODB-X509`.
    pub mechanism: Option<Cow<'a, str>>,
    /// What it is about.
    pub entity: Entity<'a>,
    /// When the session that ends here began, where a logoff says it.
    pub login_time: Option<Micros>,
    /// OCSF's class: 3002 Authentication, 3004 Entity Management, 6003 API Activity.
    pub class_uid: Option<i64>,
    /// OCSF's activity within the class.
    pub activity_id: Option<i64>,
    /// Class and activity in one number.
    pub type_uid: Option<i64>,
    /// OCSF's severity, 1 Informational to 6 Fatal.
    pub severity_id: Option<i64>,
}

/// Reads many lines, and learns from each how the next will be laid out.
#[derive(Debug, Default)]
pub struct Parser {
    layouts: Layouts,
}

impl Parser {
    /// Reads a line; `None` if it is not one JSON object in UTF-8.
    pub fn parse<'a>(&mut self, line: &'a [u8]) -> Option<Event<'a>> {
        // Looked at once and as a whole, in texts that nobody reads too.
        let line = simdutf8::basic::from_utf8(line).ok()?;
        if let Some(event) = self.layouts.event(line) {
            return Some(event);
        }
        if !self.layouts.is_learning() {
            return line::read(line, &mut None).map(meaning::event);
        }
        let mut passed = Some(Vec::new());
        let fields = line::read(line, &mut passed)?;
        let free = Free::of(line, &fields, passed.unwrap_or_default());
        let event = meaning::event(fields);
        self.layouts.learn(line, &event, free);
        Some(event)
    }
}

impl<'a> Event<'a> {
    /// Reads a line; `None` if it is not one JSON object in UTF-8. Who reads many takes a [`Parser`].
    pub fn parse(line: &'a [u8]) -> Option<Event<'a>> {
        Parser::default().parse(line)
    }

    /// The event's name as on the product page; of other events as the line has it.
    pub fn name(&self) -> &str {
        self.kind.name(self.outcome)
    }

    /// The address that it came from, where that is one: without a port, brackets or a zone, and an IPv4
    /// address as such even where a line has it in its IPv6 form.
    pub fn address(&self) -> Option<IpAddr> {
        address(self.ip.as_deref()?)
    }

    /// The processor that it is about.
    pub fn processor(&self) -> Option<&str> {
        let is_processor = match self.entity.kind.as_deref() {
            Some(kind) => names::same(kind, "stream_processor"),
            None => self.kind.is_about_a_processor(),
        };
        self.entity.name.as_deref().filter(|_| is_processor || self.kind.is_about_a_processor())
    }
}

/// The address that a text begins with.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let ip = text.parse().ok().or_else(|| {
        let bare = match text.strip_prefix('[') {
            Some(rest) => rest.split(']').next()?,
            None if text.matches(':').count() == 1 => text.split(':').next()?,
            None => text,
        };
        bare.split('%').next()?.parse::<IpAddr>().ok()
    })?;
    Some(ip.to_canonical())
}

#[cfg(test)]
mod layouts_tests;
#[cfg(test)]
mod tests;
