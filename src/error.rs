//! The one error type of commands, and the only place that decides exit codes.

use std::error::Error as StdError;
use std::fmt;

use crate::object::ObjectId;

/// What went wrong, as far as a script needs to tell cases apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command could not do what was asked.
    Failed,
    /// The command line cannot be acted upon, or a confirmation is missing.
    Usage,
    /// The command worked and the answer is "no" or "differs".
    Differs,
    /// Not authenticated, or not permitted.
    NotPermitted,
    /// A named object does not exist.
    NotFound,
    /// The name is taken, or the object is in use.
    Conflict,
    /// Throttled or unavailable, after retries.
    Unavailable,
    /// Interrupted by the user.
    Interrupted,
}

/// What the exit code 0 means.
pub const SUCCESS: &str = "done; an empty list included";

impl Kind {
    /// All of them, by exit code.
    pub const ALL: [Kind; 8] = [
        Kind::Failed,
        Kind::Usage,
        Kind::Differs,
        Kind::NotPermitted,
        Kind::NotFound,
        Kind::Conflict,
        Kind::Unavailable,
        Kind::Interrupted,
    ];

    /// What the exit code means, in the words of the help, the manual and the README.
    pub fn meaning(self) -> &'static str {
        match self {
            Kind::Failed => "failed",
            Kind::Usage => "usage, or confirmation needed",
            Kind::Differs => r#"the answer is "no" or "differs""#,
            Kind::NotPermitted => "not authenticated, or not permitted",
            Kind::NotFound => "not found",
            Kind::Conflict => "conflict: the name is taken, the file exists",
            Kind::Unavailable => "throttled or unavailable, after retries",
            Kind::Interrupted => "interrupted",
        }
    }

    /// The process' exit code: a public table, see the README.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Failed => 1,
            Kind::Usage => 2,
            Kind::Differs => 3,
            Kind::NotPermitted => 4,
            Kind::NotFound => 5,
            Kind::Conflict => 6,
            Kind::Unavailable => 7,
            Kind::Interrupted => 130,
        }
    }

    /// The word that stands for the kind in a JSON error.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Failed => "failed",
            Kind::Usage => "usage",
            Kind::Differs => "differs",
            Kind::NotPermitted => "not_permitted",
            Kind::NotFound => "not_found",
            Kind::Conflict => "conflict",
            Kind::Unavailable => "unavailable",
            Kind::Interrupted => "interrupted",
        }
    }

    /// The worst of a batch: 130, 4, 7, 1, 6, 5, in this order.
    pub fn worst(kinds: impl IntoIterator<Item = Kind>) -> Option<Kind> {
        const ORDER: [Kind; 8] = [
            Kind::Interrupted,
            Kind::NotPermitted,
            Kind::Unavailable,
            Kind::Failed,
            Kind::Conflict,
            Kind::NotFound,
            Kind::Usage,
            Kind::Differs,
        ];
        kinds.into_iter().min_by_key(|kind| ORDER.iter().position(|k| k == kind))
    }
}

/// What the API reported with an error, for a support ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiFacts {
    /// HTTP status.
    pub status: Option<u16>,
    /// Atlas' `errorCode`, which may be absent.
    pub error_code: Option<String>,
    /// The id under which the request can be found.
    pub request_id: Option<String>,
    /// Of a change: whether it may have been made all the same.
    pub may_be_done: bool,
}

/// An error that a person reads: what, about which object, and what to do.
///
/// Messages are lower-case and name the object; each hint is one sentence that says what to do.
#[derive(Debug)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    object: Option<ObjectId>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    hints: Vec<String>,
    api: ApiFacts,
}

impl Error {
    /// A new error of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error {
            inner: Box::new(Inner {
                kind,
                message: message.into(),
                object: None,
                source: None,
                hints: Vec::new(),
                api: ApiFacts::default(),
            }),
        }
    }

    /// [`Kind::Failed`].
    pub fn failed(message: impl Into<String>) -> Self {
        Error::new(Kind::Failed, message)
    }

    /// [`Kind::Usage`].
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Kind::Usage, message)
    }

    /// [`Kind::NotFound`].
    pub fn not_found(message: impl Into<String>) -> Self {
        Error::new(Kind::NotFound, message)
    }

    /// Adds a sentence that says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.inner.hints.push(hint.into());
        self
    }

    /// Adds the error beneath, whose text is shown behind a colon.
    #[must_use]
    pub fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    /// Adds what the API said.
    #[must_use]
    pub fn api(mut self, api: ApiFacts) -> Self {
        self.inner.api = api;
        self
    }

    /// Says which object it is about; the message names it already.
    #[must_use]
    pub fn about(mut self, object: ObjectId) -> Self {
        self.inner.object = Some(object);
        self
    }

    /// Says which object it is about, and puts that before the message, `database user alice: …`,
    /// unless it is known already what it is about.
    #[must_use]
    pub fn of(self, object: &ObjectId) -> Self {
        match self.inner.object {
            Some(_) => self,
            None => self.context(object).about(object.clone()),
        }
    }

    /// Puts a context before the message: `context: message`.
    #[must_use]
    pub fn context(mut self, context: impl fmt::Display) -> Self {
        self.inner.message = format!("{context}: {}", self.inner.message);
        self
    }

    /// The same error once more, with its source as text.
    #[must_use]
    pub fn again(&self) -> Self {
        let mut again = Error::new(self.kind(), self.to_string()).api(self.api_facts().clone());
        again.inner.hints.clone_from(&self.inner.hints);
        again.inner.object.clone_from(&self.inner.object);
        again
    }

    /// The kind, which decides the exit code.
    pub fn kind(&self) -> Kind {
        self.inner.kind
    }

    /// What it is about, where that is known.
    pub fn object(&self) -> Option<&ObjectId> {
        self.inner.object.as_ref()
    }

    /// The hints, in the order they were added.
    pub fn hints(&self) -> &[String] {
        &self.inner.hints
    }

    /// Whether the reader of stdout is gone: for a program in a pipeline that is success.
    pub fn is_broken_pipe(&self) -> bool {
        self.inner
            .source
            .as_deref()
            .and_then(|e| e.downcast_ref::<std::io::Error>())
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// What the API said, where it said anything.
    pub fn api_facts(&self) -> &ApiFacts {
        &self.inner.api
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)?;
        let mut source = self.inner.source.as_deref().map(|e| e as &(dyn StdError + 'static));
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {}

/// The result of everything a command does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_a_batch_follows_the_documented_order() {
        let worst = |kinds: &[Kind]| Kind::worst(kinds.iter().copied());
        assert_eq!(worst(&[]), None);
        assert_eq!(worst(&[Kind::NotFound, Kind::Conflict]), Some(Kind::Conflict));
        assert_eq!(worst(&[Kind::Failed, Kind::Unavailable]), Some(Kind::Unavailable));
        assert_eq!(worst(&[Kind::NotPermitted, Kind::Unavailable]), Some(Kind::NotPermitted));
        assert_eq!(worst(&[Kind::Interrupted, Kind::NotPermitted]), Some(Kind::Interrupted));
    }
}
