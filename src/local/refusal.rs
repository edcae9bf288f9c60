//! Answers that refuse, in the API's error shape.

use rusqlite::ErrorCode;
use serde_json::{Value, json};

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Atlas' `errorCode`.
    pub code: String,
    /// A sentence for a person.
    pub detail: String,
    /// Headers beyond the usual, such as a challenge.
    pub headers: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal of any status.
    pub fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        Refusal { status, code: code.to_owned(), detail: detail.into(), headers: Vec::new() }
    }

    /// 400
    pub fn bad(code: &str, detail: impl Into<String>) -> Self {
        Refusal::new(400, code, detail)
    }

    /// 400, about one attribute of the body.
    pub fn attribute(name: &str, detail: impl std::fmt::Display) -> Self {
        Refusal::bad("INVALID_ATTRIBUTE", format!("Invalid attribute {name}: {detail}."))
    }

    /// 404
    pub fn not_found(code: &str, detail: impl Into<String>) -> Self {
        Refusal::new(404, code, detail)
    }

    /// 409
    pub fn conflict(code: &str, detail: impl Into<String>) -> Self {
        Refusal::new(409, code, detail)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The body.
    pub fn body(&self) -> Value {
        json!({
            "detail": self.detail,
            "error": self.status,
            "errorCode": self.code,
            "parameters": [],
            "reason": reason(self.status),
        })
    }
}

fn reason(status: u16) -> &'static str {
    http::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Error")
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        let detail = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                "The local store is damaged. Move its file aside, and the next command makes a new one."
                    .to_owned()
            }
            _ if crate::local::store::lacks_room(&error) => {
                "The local store failed: no room is left on its disk, or files may not grow further."
                    .to_owned()
            }
            _ => format!("The local store failed: {error}."),
        };
        Refusal::new(500, "UNEXPECTED_ERROR", detail)
    }
}

impl From<getrandom::Error> for Refusal {
    fn from(error: getrandom::Error) -> Self {
        Refusal::new(500, "UNEXPECTED_ERROR", format!("No random numbers: {error}."))
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Refusal::new(500, "UNEXPECTED_ERROR", format!("{error}."))
    }
}
