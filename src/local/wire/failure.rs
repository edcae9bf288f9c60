//! Refusals, as the server puts them.

use bson::{Document, doc};

use crate::local::domain::refusal::{Reason, Refusal, Subject};

/// A code of the server's, with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(pub(super) i32, pub(super) &'static str);

impl Code {
    pub(super) const INTERNAL: Code = Code(1, "InternalError");
    pub(super) const BAD_VALUE: Code = Code(2, "BadValue");
    pub(super) const FAILED_TO_PARSE: Code = Code(9, "FailedToParse");
    pub(super) const UNAUTHORIZED: Code = Code(13, "Unauthorized");
    pub(super) const PROTOCOL: Code = Code(17, "ProtocolError");
    pub(super) const AUTHENTICATION_FAILED: Code = Code(18, "AuthenticationFailed");
    pub(super) const CURSOR_NOT_FOUND: Code = Code(43, "CursorNotFound");
    pub(super) const COMMAND_NOT_FOUND: Code = Code(59, "CommandNotFound");
    pub(super) const INVALID_OPTIONS: Code = Code(72, "InvalidOptions");
    pub(super) const COMMAND_FAILED: Code = Code(125, "CommandFailed");
    pub(super) const TOO_LARGE: Code = Code(10334, "BSONObjectTooLarge");
    pub(super) const MECHANISM_UNAVAILABLE: Code = Code(334, "MechanismUnavailable");
}

/// Why a command is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: Code,
    pub(super) text: String,
}

impl Failure {
    pub(super) fn new(code: Code, text: impl Into<String>) -> Failure {
        Failure { code, text: text.into() }
    }

    /// Nobody has signed in.
    pub(super) fn requires_authentication(command: &str) -> Failure {
        Failure::new(Code::UNAUTHORIZED, format!("Command {command} requires authentication"))
    }

    /// A sign-in that came to nothing, for whatever reason.
    pub(super) fn authentication() -> Failure {
        Failure::new(Code::AUTHENTICATION_FAILED, "Authentication failed.")
    }

    /// As clients read it.
    pub(super) fn document(&self) -> Document {
        let Code(code, name) = self.code;
        doc! { "ok": 0.0, "errmsg": &self.text, "code": code, "codeName": name }
    }
}

fn no_connection(name: &str) -> String {
    format!(
        "connection named {name} does not exist. Check sp.listConnections() for available connections"
    )
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        let code = match (refusal.reason, refusal.subject) {
            (Reason::NotPermitted, _) => Code::UNAUTHORIZED,
            (Reason::Invalid | Reason::Missing, Subject::Attribute) => {
                match refusal.name.as_str() {
                    "pipeline" => Code::FAILED_TO_PARSE,
                    _ => Code::INVALID_OPTIONS,
                }
            }
            (Reason::Failed, _) => Code::INTERNAL,
            _ => Code::COMMAND_FAILED,
        };
        match (refusal.reason, refusal.subject) {
            // In the words that shells' users know.
            (Reason::Invalid, Subject::Connection) => {
                Failure::new(code, no_connection(&refusal.name))
            }
            _ => Failure::new(code, refusal.detail),
        }
    }
}
