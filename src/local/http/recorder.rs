//! Requests and answers, recorded for tests.

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;

/// One request and its answer, as they went over the wire.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The `operationId`; `None` when the path is not in the table.
    pub operation: Option<String>,
    /// HTTP method.
    pub method: String,
    /// Raw path and query.
    pub target: String,
    /// Headers of the request.
    pub request_headers: HeaderMap,
    /// Body of the request.
    pub request_body: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// Headers of the answer.
    pub response_headers: HeaderMap,
    /// Body of the answer.
    pub response_body: Vec<u8>,
}

/// Collects exchanges; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Exchange>>>);

impl Recorder {
    /// Returns the exchanges collected since the last call.
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn push(&self, exchange: Exchange) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }
}
