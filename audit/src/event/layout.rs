//! How a line is laid out.

use std::borrow::Cow;
use std::ops::Range;

use super::free::Free;
use super::json::Json;
use super::loose::Port;
use super::span::Span;
use super::{Entity, Event, Kind, Micros, User};

/// How a line is laid out, and what all lines mean that are laid out so.
#[derive(Debug)]
pub(super) struct Layout {
    /// The line that it was learned from, its free values, and which of them differed from line to line.
    line: Box<str>,
    free: Box<[Span]>,
    varying: Box<[bool]>,
    /// What is between the values that vary.
    fixed: Box<[u8]>,
    values: Box<[Value]>,
    /// What the line meant, without its texts.
    event: Event<'static>,
    texts: Texts,
    /// The numbers of these values, if they vary.
    time: Option<usize>,
    login_time: Option<usize>,
    port: Option<usize>,
}

/// A value that varies.
#[derive(Debug)]
struct Value {
    /// The fixed bytes before it.
    before: Range<usize>,
    kind: Type,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    /// An object, an array or a word, which means nothing.
    Other,
}

/// Where the texts of an event stand.
#[derive(Debug)]
struct Texts {
    other: Option<Place>,
    user: Option<Place>,
    roles: Box<[Place]>,
    detail: Option<Place>,
    ip: Option<Place>,
    interface: Option<Place>,
    host: Option<Place>,
    session: Option<Place>,
    mechanism: Option<Place>,
    name: Option<Place>,
    uid: Option<Place>,
    kind: Option<Place>,
}

#[derive(Debug, Clone)]
enum Place {
    /// The value of that number.
    Value(usize),
    /// In the fixed bytes before the value of that number.
    Fixed(usize, Range<usize>),
}

impl Layout {
    /// Of a line and what it says; none if some of that is not written there.
    pub(super) fn new(
        line: &str,
        event: &Event<'_>,
        free: Free,
        varying: Vec<bool>,
    ) -> Option<Layout> {
        let spans = free.spans.iter().zip(&varying).filter(|(_, varies)| **varies);
        let spans: Vec<Span> = spans.map(|(span, _)| *span).collect();
        let (fixed, values) = pieces(line, &spans)?;
        let number = |span: Span| spans.binary_search(&span).ok();
        Some(Layout {
            texts: Texts::of(event, &|text| place(text, line, &spans))?,
            event: without_texts(event),
            time: free.time.and_then(number),
            login_time: free.login_time.and_then(number),
            port: free.port.and_then(number),
            line: line.into(),
            free: free.spans.into(),
            varying: varying.into(),
            fixed: fixed.into(),
            values: values.into(),
        })
    }

    /// If a line differs from this one in free values only: which of them vary, here or in lines before.
    pub(super) fn varying(&self, line: &str, free: &Free) -> Option<Vec<bool>> {
        if self.free.len() != free.spans.len() {
            return None;
        }
        let (mut varying, mut at) = (self.varying.to_vec(), (0, 0));
        for ((mine, its), varies) in self.free.iter().zip(&free.spans).zip(&mut varying) {
            if self.line.get(at.0..mine.begin())? != line.get(at.1..its.begin())? {
                return None;
            }
            *varies |= self.line.get(mine.range())? != line.get(its.range())?;
            at = (mine.end(), its.end());
        }
        (self.line[at.0..] == line[at.1..]).then_some(varying)
    }

    /// Whether a line is laid out so; and where its values begin and end.
    #[inline]
    pub(super) fn fits(&self, line: &str, bounds: &mut Vec<usize>) -> bool {
        let bytes = line.as_bytes();
        bounds.clear();
        let (mut at, mut fixed) = (0, 0);
        for value in &self.values {
            let before = &self.fixed[value.before.clone()];
            let Some(rest) = bytes[at..].strip_prefix(before) else { return false };
            at += before.len();
            let length = match value.kind {
                Type::Text => text(rest),
                Type::Number => number(rest),
                Type::Other => Json::new(&line[at..]).length().unwrap_or(0),
            };
            if length == 0 {
                return false;
            }
            bounds.push(at);
            at += length;
            bounds.push(at);
            fixed = value.before.end;
        }
        bytes[at..] == self.fixed[fixed..]
    }

    /// What a line that fits says; none if a moment in it is no moment.
    #[inline]
    pub(super) fn event<'a>(&self, line: &'a str, bounds: &[usize]) -> Option<Event<'a>> {
        let value = |number: usize| &line[bounds[2 * number]..bounds[2 * number + 1]];
        let text = |place: &Place| {
            Cow::Borrowed(match place {
                Place::Value(number) => value(*number),
                Place::Fixed(number, range) => {
                    let from = number.checked_sub(1).map_or(0, |before| bounds[2 * before + 1]);
                    &line[from + range.start..from + range.end]
                }
            })
        };
        let maybe = |place: &Option<Place>| place.as_ref().map(text);
        let moment = |number: Option<usize>, same: Option<Micros>| match number {
            None => Some(same),
            Some(number) if self.values[number].kind == Type::Text => {
                Micros::of_text(value(number)).map(Some)
            }
            Some(number) => Micros::of_epoch(value(number).parse().ok()?).map(Some),
        };
        let (event, texts) = (&self.event, &self.texts);
        Some(Event {
            shape: event.shape,
            time: moment(self.time, event.time)?,
            kind: maybe(&texts.other).map_or_else(|| event.kind.clone(), Kind::Other),
            kind_is_ambiguous: event.kind_is_ambiguous,
            user: maybe(&texts.user).map(User::new),
            roles: texts.roles.iter().map(text).collect(),
            outcome: event.outcome,
            outcome_is_inferred: event.outcome_is_inferred,
            code: event.code,
            detail: maybe(&texts.detail),
            ip: maybe(&texts.ip),
            port: match self.port {
                Some(number) => value(number).parse::<i64>().ok().and_then(Port::of),
                None => event.port,
            },
            interface: maybe(&texts.interface),
            host: maybe(&texts.host),
            session: maybe(&texts.session),
            mechanism: maybe(&texts.mechanism),
            entity: Entity {
                name: maybe(&texts.name),
                uid: maybe(&texts.uid),
                kind: maybe(&texts.kind),
            },
            login_time: moment(self.login_time, event.login_time)?,
            class_uid: event.class_uid,
            activity_id: event.activity_id,
            type_uid: event.type_uid,
            severity_id: event.severity_id,
        })
    }
}

impl Texts {
    /// The places of an event's texts, unless one has none, being made rather than written.
    fn of(event: &Event<'_>, place: &dyn Fn(&str) -> Option<Place>) -> Option<Texts> {
        let place = |text: &Cow<'_, str>| match text {
            Cow::Borrowed(text) => place(text),
            Cow::Owned(_) => None,
        };
        let maybe = |text: Option<&Cow<'_, str>>| match text {
            Some(text) => place(text).map(Some),
            None => Some(None),
        };
        let other = match &event.kind {
            Kind::Other(name) => Some(name),
            _ => None,
        };
        Some(Texts {
            other: maybe(other)?,
            user: maybe(event.user.as_ref().map(|user| &user.text))?,
            roles: event.roles.iter().map(place).collect::<Option<_>>()?,
            detail: maybe(event.detail.as_ref())?,
            ip: maybe(event.ip.as_ref())?,
            interface: maybe(event.interface.as_ref())?,
            host: maybe(event.host.as_ref())?,
            session: maybe(event.session.as_ref())?,
            mechanism: maybe(event.mechanism.as_ref())?,
            name: maybe(event.entity.name.as_ref())?,
            uid: maybe(event.entity.uid.as_ref())?,
            kind: maybe(event.entity.kind.as_ref())?,
        })
    }
}

/// What an event says in other ways than texts.
fn without_texts(event: &Event<'_>) -> Event<'static> {
    Event {
        shape: event.shape,
        time: event.time,
        kind: event.kind.clone().into_owned(),
        kind_is_ambiguous: event.kind_is_ambiguous,
        outcome: event.outcome,
        outcome_is_inferred: event.outcome_is_inferred,
        code: event.code,
        port: event.port,
        login_time: event.login_time,
        class_uid: event.class_uid,
        activity_id: event.activity_id,
        type_uid: event.type_uid,
        severity_id: event.severity_id,
        ..Event::default()
    }
}

/// A line in pieces: what is fixed, and the values between.
fn pieces(line: &str, spans: &[Span]) -> Option<(Vec<u8>, Vec<Value>)> {
    let bytes = line.as_bytes();
    let (mut fixed, mut values, mut last) = (Vec::new(), Vec::new(), 0);
    for span in spans {
        let begin = fixed.len();
        fixed.extend_from_slice(bytes.get(last..span.begin())?);
        let kind = match (fixed.last()?, bytes.get(span.begin())?) {
            (b'"', _) => Type::Text,
            (_, b'-' | b'0'..=b'9') => Type::Number,
            _ => Type::Other,
        };
        values.push(Value { before: begin..fixed.len(), kind });
        last = span.end();
    }
    fixed.extend_from_slice(&bytes[last..]);
    Some((fixed, values))
}

/// Where a text stands among the values of a line, or between them.
fn place(text: &str, line: &str, spans: &[Span]) -> Option<Place> {
    let span = Span::of(text, line)?;
    if let Ok(number) = spans.binary_search(&span) {
        return Some(Place::Value(number));
    }
    let number = spans.partition_point(|value| *value < span);
    let from = number.checked_sub(1).map_or(0, |before| spans[before].end());
    let is_between = spans.get(number).is_none_or(|next| span.end() <= next.begin());
    let begin = span.begin().checked_sub(from).filter(|_| is_between)?;
    Some(Place::Fixed(number, begin..span.end() - from))
}

/// The lowest bit of each of eight bytes.
const ONES: u64 = u64::MAX / 255;

/// How long the text is that comes: up to a quote, an escape or what no text holds.
#[inline]
fn text(bytes: &[u8]) -> usize {
    // The lowest bit that is set in such a difference is exact.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*eight);
        let quote = zeros(word ^ (ONES * u64::from(b'"')));
        let backslash = zeros(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (quote | backslash | control) & (ONES << 7);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '));
    rest.map_or(bytes.len(), |rest| at + rest)
}

/// How long the whole number is that comes; none if it has more digits than are read, or JSON forbids it.
#[inline]
fn number(bytes: &[u8]) -> usize {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut digits = 0;
    while let Some(eight) = bytes[sign + digits..].first_chunk() {
        // A digit becomes its value; what is more than nine reaches the highest bit.
        let values = u64::from_le_bytes(*eight) ^ (ONES * u64::from(b'0'));
        let others = (values.wrapping_add(ONES * 0x76) | values) & (ONES << 7);
        if others != 0 {
            digits += others.trailing_zeros() as usize / 8;
            break;
        }
        digits += 8;
    }
    if bytes.len() - sign - digits < 8 {
        digits += bytes[sign + digits..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    }
    match digits {
        1 => sign + 1,
        2..=18 if bytes[sign] != b'0' => sign + digits,
        _ => 0,
    }
}
