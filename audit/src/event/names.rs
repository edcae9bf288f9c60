//! What was done: the events of the product page, and the names under which lines and people know them.

use std::borrow::Cow;

use super::Outcome;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind<'a> {
    /// A client authenticated, or tried to.
    Logon,
    /// A connection ended.
    Logoff,
    /// `startStreamProcessor`
    Start,
    /// `createStreamProcessor`
    Create,
    /// `stopStreamProcessor`
    Stop,
    /// `dropStreamProcessor`
    Drop,
    /// `.process()`: a pipeline run without being stored.
    Process,
    /// `.sample()`: output of a running processor looked at.
    Sample,
    /// The audit log was downloaded, or somebody tried to.
    LogAccessed,
    /// Another event, as the line names it.
    Other(Cow<'a, str>),
}

impl Default for Kind<'_> {
    fn default() -> Self {
        Kind::Other(Cow::Borrowed(UNNAMED))
    }
}

/// What an event is called that has no name.
pub const UNNAMED: &str = "unnamed";

/// A kind, and the spellings of its name in lines; the first of a kind is the product page's. Compared by
/// [`same`].
#[rustfmt::skip]
const SPELLINGS: &[(Kind<'static>, &[&str])] = &[
    (Kind::Logon, &["authenticate", "authentication", "logon", "login"]),
    (Kind::Logoff, &["Connection Termination", "logout", "logoff", "connection terminated", "end session"]),
    (Kind::Start, &["startStreamProcessor"]),
    (Kind::Create, &["createStreamProcessor"]),
    (Kind::Stop, &["stopStreamProcessor"]),
    (Kind::Drop, &["dropStreamProcessor", "deleteStreamProcessor"]),
    (Kind::Process, &[".process()", "processStreamProcessor"]),
    (Kind::Sample, &[".sample()", "sampleStreamProcessor", "startSampleStreamProcessor", "getMoreSampleStreamProcessor"]),
    (Kind::LogAccessed, &["Audit log accessed", "audit log access", "access audit log", "auditLog", "downloadAuditLogs", "download audit log"]),
];

/// Names of a logon that say how it ended; the first of each is the product page's.
#[rustfmt::skip]
const LOGONS: [(Outcome, &[&str]); 2] = [
    (Outcome::Success, &["Successful Authentication", "authentication succeeded", "successful logon", "successful login"]),
    (Outcome::Failure, &["Failed Authentication", "authentication failed", "failed logon", "failed login", "logon failed", "login failed"]),
];

/// Names that people use; in a line `drop` would be that of a collection.
const SHORT: [(&str, Kind<'static>); 5] = [
    ("start", Kind::Start),
    ("create", Kind::Create),
    ("stop", Kind::Stop),
    ("drop", Kind::Drop),
    ("delete", Kind::Drop),
];

/// The server's error codes that lines name in words.
const CODES: [(i64, &str); 6] = [
    (0, "OK"),
    (0, "Success"),
    (13, "Unauthorized"),
    (18, "AuthenticationFailed"),
    (26, "NamespaceNotFound"),
    (334, "MechanismUnavailable"),
];

/// The error code that a word stands for, or a number does.
pub(super) fn code(text: &str) -> Option<i64> {
    let named = || CODES.iter().find(|(_, name)| same(name, text)).map(|(code, _)| *code);
    text.trim().parse().ok().or_else(named)
}

/// How an event ended, where its name says so.
pub(super) fn outcome(name: &str) -> Option<Outcome> {
    let says = |(_, names): &&(_, &[&str])| names.iter().any(|known| same(known, name));
    LOGONS.iter().find(says).map(|(outcome, _)| *outcome)
}

impl<'a> Kind<'a> {
    /// The kind that a line means by a name, if it is one of the product page's.
    pub fn named(name: &str) -> Option<Kind<'static>> {
        // Nearly all lines have one exact spelling.
        let exact = SPELLINGS.iter().find(|(_, names)| names.contains(&name));
        let alike = || SPELLINGS.iter().find(|(_, names)| names.iter().any(|one| same(one, name)));
        let found = exact.or_else(alike);
        found.map(|(kind, _)| kind.clone()).or_else(|| outcome(name).map(|_| Kind::Logon))
    }

    /// The name on the product page, or the line's own.
    pub fn name(&self, outcome: Option<Outcome>) -> &str {
        match (self, outcome) {
            (Kind::Logon, Some(Outcome::Failure)) => LOGONS[1].1[0],
            (Kind::Logon, _) => LOGONS[0].1[0],
            (Kind::Other(name), _) => name,
            _ => SPELLINGS.iter().find(|(kind, _)| kind == self).map_or("", |(_, names)| names[0]),
        }
    }

    /// Whether it is done to a stream processor.
    pub fn is_about_a_processor(&self) -> bool {
        !matches!(self, Kind::Logon | Kind::Logoff | Kind::LogAccessed | Kind::Other(_))
    }

    /// The same, for keeping.
    pub fn into_owned(self) -> Kind<'static> {
        match self {
            Kind::Other(name) => Kind::Other(Cow::Owned(name.into_owned())),
            Kind::Logon => Kind::Logon,
            Kind::Logoff => Kind::Logoff,
            Kind::Start => Kind::Start,
            Kind::Create => Kind::Create,
            Kind::Stop => Kind::Stop,
            Kind::Drop => Kind::Drop,
            Kind::Process => Kind::Process,
            Kind::Sample => Kind::Sample,
            Kind::LogAccessed => Kind::LogAccessed,
        }
    }
}

/// The names of the product page, as they are shown.
pub fn all() -> impl Iterator<Item = &'static str> {
    let logons = LOGONS.iter().map(|(_, names)| names[0]);
    logons.chain(SPELLINGS[1..].iter().map(|(_, names)| names[0]))
}

/// The same in one word, as shells complete it: `failedAuthentication`.
pub fn words() -> impl Iterator<Item = String> {
    all().map(|name| {
        let words =
            name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.enumerate().map(|(index, word)| {
            let (first, rest) = word.split_at(1);
            match index {
                0 => first.to_ascii_lowercase() + rest,
                _ => first.to_ascii_uppercase() + rest,
            }
        });
        words.collect()
    })
}

/// Every spelling that is known, with the product page's name of what it means.
pub fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let logons = LOGONS.iter().flat_map(|(_, names)| names.iter().map(|name| (*name, names[0])));
    let others =
        SPELLINGS[1..].iter().flat_map(|(_, names)| names.iter().map(|name| (*name, names[0])));
    let short = SHORT.iter().map(|(name, kind)| {
        let page = SPELLINGS.iter().find(|(known, _)| known == kind);
        (*name, page.map_or(*name, |(_, names)| names[0]))
    });
    logons.chain(others).chain(short)
}

/// Events that a person asks for by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    kind: Kind<'static>,
    outcome: Option<Outcome>,
}

impl Wanted {
    /// What a name means; one that is not known means events that lines call so.
    pub fn named(name: &str) -> Wanted {
        let short = SHORT.iter().find(|(short, _)| same(short, name)).map(|(_, kind)| kind.clone());
        let kind = short.or_else(|| Kind::named(name));
        let kind = kind.unwrap_or_else(|| Kind::Other(Cow::Owned(name.to_owned())));
        Wanted { kind, outcome: outcome(name) }
    }

    /// Whether it is one of the product page's events.
    pub fn is_known(&self) -> bool {
        !matches!(self.kind, Kind::Other(_))
    }

    /// Whether an event is of this kind.
    pub fn matches(&self, kind: &Kind<'_>, outcome: Option<Outcome>) -> bool {
        let is_kind = match (&self.kind, kind) {
            (Kind::Other(wanted), Kind::Other(name)) => same(wanted, name),
            (wanted, kind) => wanted == kind,
        };
        is_kind && self.outcome.is_none_or(|wanted| outcome == Some(wanted))
    }
}

/// Whether two names are one but for case, spaces, `_`, `-`, `.` and `()`.
pub fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    letters(one).eq(letters(other))
}

/// What counts of a name.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    let is_letter = |byte: &u8| !matches!(byte, b' ' | b'_' | b'-' | b'.' | b'(' | b')');
    text.bytes().filter(is_letter).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_means_the_event_that_the_product_page_names() {
        for (spelling, page) in spellings() {
            let wanted = Wanted::named(spelling);
            assert_eq!(wanted, Wanted::named(page), "{spelling}");
            assert!(wanted.is_known(), "{spelling}");
        }
        for (name, word) in all().zip(words()) {
            assert_eq!(Wanted::named(&word), Wanted::named(name), "{word}");
            assert!(word.chars().all(|c| c.is_ascii_alphanumeric()), "{word}");
        }
        assert_eq!(words().nth(1).as_deref(), Some("failedAuthentication"));
        for (asked, page) in [
            ("FAILED_AUTHENTICATION", "Failed Authentication"),
            ("audit-log-accessed", "Audit log accessed"),
            ("Process", ".process()"),
            ("drop", "dropStreamProcessor"),
        ] {
            assert_eq!(Wanted::named(asked), Wanted::named(page), "{asked}");
        }
        assert!(!Wanted::named("create_collection").is_known());
        assert_eq!(Kind::named("drop"), None);
    }
}
