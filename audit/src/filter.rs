//! Which events are asked for.

use ipnet::IpNet;
use memchr::memmem::{self, Finder};

use crate::event::names::Wanted;
use crate::event::{Event, Micros, Outcome, User, uuid};

/// A user as people name one: `alice`, `alice@admin`, `admin.alice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedUser {
    text: String,
    /// Name and database, if it was named as `alice@admin`.
    parts: Option<(String, &'static str)>,
}

impl WantedUser {
    /// What a name means. Only `@admin` and `@$external` are taken for databases.
    pub fn named(text: &str) -> WantedUser {
        let split = |database: &'static str| {
            let name = text.strip_suffix(database)?.strip_suffix('@')?;
            Some((name.to_owned(), database))
        };
        WantedUser { text: text.to_owned(), parts: split("admin").or_else(|| split("$external")) }
    }

    fn matches(&self, user: &User<'_>) -> bool {
        if user.text == self.text {
            // Where a line holds database and name apart, the name must be the one that was meant.
            return user.database().is_none() || user.name() == self.name();
        }
        match &self.parts {
            Some((name, database)) => user.name() == name && user.database() == Some(database),
            None => user.name() == self.text,
        }
    }

    /// The name without its database, which every line of the user holds in one piece.
    fn name(&self) -> &str {
        match &self.parts {
            Some((name, _)) => name,
            None => {
                let database = User::new(self.text.as_str()).database().map(str::len);
                database.map_or(&self.text, |length| &self.text[length + 1..])
            }
        }
    }
}

/// What an event must be. What is named several times is an "or", what is named of several kinds an "and".
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The first moment.
    pub since: Option<Micros>,
    /// The moment after the last.
    pub until: Option<Micros>,
    /// Who.
    pub users: Vec<WantedUser>,
    /// What.
    pub events: Vec<Wanted>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// From where.
    pub networks: Vec<IpNet>,
    /// Which processors it is about.
    pub processors: Vec<String>,
    /// In which session.
    pub session: Option<String>,
    /// What the line holds, byte for byte.
    pub grep: Option<String>,
    /// Whether every line is parsed, even one that holds nothing of what is asked for.
    pub parses_all: bool,
}

impl Filter {
    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        !self.is_of_events() && self.grep.is_none()
    }

    /// Whether something is asked for that only events have.
    fn is_of_events(&self) -> bool {
        let Filter { since, until, users, events, outcome, networks, processors, .. } = self;
        let has_time = since.is_some() || until.is_some();
        has_time
            || outcome.is_some()
            || self.session.is_some()
            || !(users.is_empty() && events.is_empty())
            || !(networks.is_empty() && processors.is_empty())
    }

    /// Whether a line that is no event is asked for: it has neither a user nor a time, but a text.
    pub fn passes_fault(&self, line: &[u8]) -> bool {
        !self.is_of_events() && self.has_text(line)
    }

    fn has_text(&self, line: &[u8]) -> bool {
        self.grep.as_ref().is_none_or(|text| memmem::find(line, text.as_bytes()).is_some())
    }

    /// Whether an event is asked for. One without a time is in no range of time.
    pub fn passes(&self, event: &Event<'_>, line: &[u8]) -> bool {
        let any = |is_empty: bool, found: bool| is_empty || found;
        self.since.is_none_or(|since| event.time.is_some_and(|time| time >= since))
            && self.until.is_none_or(|until| event.time.is_some_and(|time| time < until))
            && self.outcome.is_none_or(|outcome| event.outcome == Some(outcome))
            && any(self.events.is_empty(), {
                self.events.iter().any(|wanted| wanted.matches(&event.kind, event.outcome))
            })
            && any(self.users.is_empty(), {
                let user = event.user.as_ref();
                user.is_some_and(|user| self.users.iter().any(|wanted| wanted.matches(user)))
            })
            && any(self.processors.is_empty(), {
                let name = event.processor();
                name.is_some_and(|name| self.processors.iter().any(|wanted| wanted == name))
            })
            && self.session.as_ref().is_none_or(|id| event.session.as_deref() == Some(id))
            && any(self.networks.is_empty(), {
                event.address().is_some_and(|ip| self.networks.iter().any(|net| net.contains(&ip)))
            })
            && self.has_text(line)
    }

    /// The look at a line's bytes that spares most lines the parsing, if one is possible.
    pub(crate) fn prefilter(&self) -> Option<Prefilter> {
        if self.parses_all {
            return None;
        }
        if let Some(text) = self.grep.as_deref().filter(|text| !text.is_empty()) {
            return Some(Prefilter::of(&[text], false));
        }
        let users: Vec<&str> = self.users.iter().map(WantedUser::name).collect();
        let processors: Vec<&str> = self.processors.iter().map(String::as_str).collect();
        // Older lines hold the bytes of a UUID in base64, whose slashes JSON may escape.
        let bytes = self.session.as_deref().and_then(uuid::to_base64);
        let bytes = bytes.as_ref().and_then(|text| text.split('/').max_by_key(|part| part.len()));
        let session: Vec<&str> = self.session.as_deref().into_iter().chain(bytes).collect();
        let groups = [session, processors, users];
        let group = groups.iter().find(|group| {
            !group.is_empty() && group.iter().all(|text| is_written_as_it_is(text))
        })?;
        Some(Prefilter::of(group, true))
    }
}

/// Whether JSON writes a text as it is, or with `\u` throughout.
fn is_written_as_it_is(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '/');
    !text.is_empty() && text.chars().all(plain)
}

/// A look at a line's bytes.
pub(crate) struct Prefilter {
    texts: Vec<Finder<'static>>,
    /// Finds letters that are written as `\u0061`, so that a text cannot be looked for.
    escapes: Option<Finder<'static>>,
}

impl Prefilter {
    fn of(texts: &[&str], may_be_escaped: bool) -> Prefilter {
        let finder = |text: &&str| Finder::new(text.as_bytes()).into_owned();
        Prefilter {
            texts: texts.iter().map(finder).collect(),
            escapes: may_be_escaped.then(|| Finder::new(b"\\u00")),
        }
    }

    /// Looks at lines that stand one behind the other.
    pub(crate) fn over<'b>(&'b self, bytes: &'b [u8]) -> Hits<'b> {
        let finders = self.texts.iter().chain(&self.escapes);
        Hits { bytes, next: finders.map(|finder| (finder, None)).collect() }
    }
}

/// Where the texts are in many lines: each is looked for once, and not line by line.
pub(crate) struct Hits<'b> {
    bytes: &'b [u8],
    /// Where each text is first, from the last line on that was asked about.
    next: Vec<(&'b Finder<'static>, Option<usize>)>,
}

impl Hits<'_> {
    /// Whether the line at these bytes may be asked for; lines are asked about in their order.
    #[inline]
    pub(crate) fn any_in(&mut self, line: std::ops::Range<usize>) -> bool {
        let mut any = false;
        for (finder, next) in &mut self.next {
            let at = match *next {
                Some(at) if at >= line.start => at,
                _ => {
                    let found = finder.find(&self.bytes[line.start..]);
                    found.map_or(usize::MAX, |found| line.start + found)
                }
            };
            *next = Some(at);
            any |= at < line.end;
        }
        any
    }
}
