//! A complete answer.

use bytes::Bytes;
use http::StatusCode;

/// A successful answer, read to its end.
#[derive(Clone)]
pub struct Answer {
    /// Any 2xx: which one an operation uses differs from its document.
    pub status: StatusCode,
    /// The id under which the request can be found in logs.
    pub request_id: String,
    /// The body, which may be empty.
    pub body: Bytes,
}

/// A body may hold secrets: only its length is shown.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("bytes", &self.body.len())
            .finish()
    }
}
