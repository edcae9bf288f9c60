//! The audit log of an instance.

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

/// Downloads an instance's log. An instance that is gone answers for another 30 days.
pub fn download_call(project: &str, instance: &str, window: &Window) -> Call {
    let mut call = Call::new(&DOWNLOAD).path("groupId", project).path("tenantName", instance);
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

impl Client {
    /// Begins the download of an instance's log.
    pub async fn audit_log(
        &self,
        project: &str,
        instance: &str,
        window: &Window,
    ) -> Result<Download, ApiError> {
        self.download(&download_call(project, instance, window)).await
    }
}
