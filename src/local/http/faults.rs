//! Injected faults, for testing clients. The binary has no switch for them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

/// A fault and how often it strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The `operationId` that it waits for, or `ipinfo`; any operation when `None`.
    pub operation: Option<&'static str>,
    /// How many requests it strikes.
    pub times: u32,
    /// What happens.
    pub action: FaultAction,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultAction {
    /// An error answer; nothing is done.
    Status {
        /// HTTP status.
        status: u16,
        /// Atlas' `errorCode`.
        error_code: Option<String>,
        /// Seconds in `Retry-After`.
        retry_after: Option<u64>,
    },
    /// The answer comes later.
    Delay(Duration),
    /// Something else happens between making the answer and sending it.
    Meanwhile(Meanwhile),
    /// The request is carried out, but a gateway answers in place of the server: this status, and a
    /// web page.
    Gateway(u16),
    /// The connection is cut in the middle of the body.
    CutBody {
        /// How much of the body arrives.
        after_bytes: usize,
    },
    /// The body is not JSON.
    MalformedJson,
    /// The body is this one, as of a server that lags behind.
    Body(Bytes),
    /// The last bytes of the body are missing, and its length says that they are not.
    TruncateGzip,
    /// 401 without a challenge or a body; nothing is done.
    NoBody401,
}

/// What happens between making an answer and sending it.
#[derive(Clone)]
pub struct Meanwhile(pub Arc<dyn Fn() + Send + Sync>);

impl fmt::Debug for Meanwhile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meanwhile")
    }
}

impl PartialEq for Meanwhile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Meanwhile {}

/// The pending faults; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds a fault.
    pub fn push(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// The first fault that strikes this operation, if any.
    pub(super) fn strike(&self, operation: Option<&str>) -> Option<FaultAction> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = faults.iter_mut().find(|fault| {
            fault.times > 0 && (fault.operation.is_none() || fault.operation == operation)
        })?;
        fault.times -= 1;
        Some(fault.action.clone())
    }
}
