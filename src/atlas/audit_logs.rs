//! The logs of an instance: the audit log, and the operational one.

use http::Method;

use super::{ApiError, Call, Client, Download, Media, Operation, Paging};

/// A compressed log of a window of time.
pub const DOWNLOAD: Operation = Operation {
    id: "downloadGroupStreamAuditLogs",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/auditLogs",
    version: "2023-02-01",
    media: Media::Gzip,
    paging: Paging::None,
    what: "download the audit log of instance {tenantName}",
};

/// A compressed operational log of a window of time.
pub const OPERATIONAL: Operation = Operation {
    id: "downloadGroupStreamOperationalLogs",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}:downloadOperationalLogs",
    version: "2025-03-12",
    media: Media::Gzip,
    paging: Paging::None,
    what: "download the operational log of instance {tenantName}",
};

/// Which part of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    /// The first second, since 1970; without it the API takes the last 30 days.
    pub start: Option<i64>,
    /// The last second, since 1970; without it the API takes now.
    pub end: Option<i64>,
    /// Events of one stream processor only.
    pub processor: Option<String>,
}

impl Client {
    /// Begins the download of a log, [`DOWNLOAD`] or [`OPERATIONAL`]. An instance that is gone
    /// answers for another 30 days.
    pub async fn instance_log(
        &self,
        log: &'static Operation,
        project: &str,
        instance: &str,
        window: &Window,
    ) -> Result<Download, ApiError> {
        self.download(&call(log, project, instance, window)).await
    }
}

/// The request for a log.
pub fn call(log: &'static Operation, project: &str, instance: &str, window: &Window) -> Call {
    let mut call = Call::new(log).path("groupId", project).path("tenantName", instance);
    if let Some(start) = window.start {
        call = call.query("startDate", start);
    }
    if let Some(end) = window.end {
        call = call.query("endDate", end);
    }
    if let Some(processor) = &window.processor {
        call = call.query("spName", processor);
    }
    call
}
