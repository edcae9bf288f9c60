//! What happened, before it is written in some shape.

use crate::plan::{Millis, Shape};

/// What is logged, as the product's page names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A logon that succeeded.
    Logon,
    /// A logon that was refused.
    FailedLogon,
    /// The end of a connection.
    Logoff,
    /// A processor started.
    Start,
    /// A processor created.
    Create,
    /// A processor stopped.
    Stop,
    /// A processor dropped.
    Drop,
    /// A pipeline run without being stored.
    Process,
    /// A running processor's output looked at.
    Sample,
    /// The log itself downloaded.
    LogAccessed,
}

impl What {
    /// All of them.
    pub const ALL: [What; 10] = [
        What::Logon,
        What::FailedLogon,
        What::Logoff,
        What::Start,
        What::Create,
        What::Stop,
        What::Drop,
        What::Process,
        What::Sample,
        What::LogAccessed,
    ];

    /// As on the product's page.
    pub fn name(self) -> &'static str {
        match self {
            What::Logon => "Successful Authentication",
            What::FailedLogon => "Failed Authentication",
            What::Logoff => "Connection Termination",
            What::Start => "startStreamProcessor",
            What::Create => "createStreamProcessor",
            What::Stop => "stopStreamProcessor",
            What::Drop => "dropStreamProcessor",
            What::Process => ".process()",
            What::Sample => ".sample()",
            What::LogAccessed => "Audit log accessed",
        }
    }

    /// OCSF's class and activity.
    pub(crate) fn class(self) -> (u32, u32) {
        match self {
            What::Logon | What::FailedLogon => (3002, 1),
            What::Logoff => (3002, 2),
            What::Create | What::Process => (3004, 1),
            What::Sample | What::LogAccessed => (3004, 2),
            What::Start | What::Stop => (3004, 3),
            What::Drop => (3004, 4),
        }
    }

    /// What `atype` says.
    pub(crate) fn atype(self) -> &'static str {
        match self {
            What::Logon | What::FailedLogon => "authenticate",
            What::Logoff => "logout",
            other => other.name(),
        }
    }

    /// What the server's `entity.type` says.
    pub(crate) fn entity_type(self) -> &'static str {
        match self {
            What::Start => "start_stream_processor",
            What::Create => "create_stream_processor",
            What::Stop => "stop_stream_processor",
            What::Drop => "drop_stream_processor",
            What::Process => "process",
            What::Sample => "sample",
            _ => "audit_log_accessed",
        }
    }

    pub(crate) fn has_pipeline(self) -> bool {
        matches!(self, What::Create | What::Process)
    }
}

/// An event. Users, addresses and processors are numbers of the cast.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub time: Millis,
    pub what: What,
    /// Refused for want of a privilege.
    pub denied: bool,
    pub user: usize,
    pub address: usize,
    pub port: u16,
    pub session: u128,
    /// When the session began, on a logoff.
    pub since: Millis,
    pub processor: Option<usize>,
    pub uid: u64,
    pub shape: Shape,
    /// How many bytes of pipeline there are at least.
    pub pipeline: usize,
}

impl Event {
    pub(crate) fn failed(&self) -> bool {
        self.denied || self.what == What::FailedLogon
    }

    /// Whether the line states no outcome, so that readers can but infer it.
    pub(crate) fn outcome_is_inferred(&self) -> bool {
        self.shape == Shape::Server && !self.denied
    }
}
