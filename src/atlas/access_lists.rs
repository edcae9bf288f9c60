//! The IP access list of a project: who may reach its databases at all.

use std::net::IpAddr;

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/accessList";
const ITEM: &str = "/api/atlas/v2/groups/{groupId}/accessList/{entryValue}";

/// All entries of a project.
pub const LIST: Operation = Operation {
    id: "listGroupAccessListEntries",
    method: Method::GET,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["awsSecurityGroup", "cidrBlock", "ipAddress"]),
    what: "list the IP access list of project {groupId}",
};

/// One entry.
pub const GET: Operation = Operation {
    id: "getGroupAccessListEntry",
    method: Method::GET,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read access-list entry {entryValue}",
};

/// Adds entries, all or none; takes an array, answers 201 with a page.
pub const CREATE: Operation = Operation {
    id: "createGroupAccessListEntry",
    method: Method::POST,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "add to the IP access list of project {groupId}",
};

/// Deletes an entry; answers 204 without a body.
pub const DELETE: Operation = Operation {
    id: "deleteGroupAccessListEntry",
    method: Method::DELETE,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "remove access-list entry {entryValue}",
};

/// Whether an entry has reached all clouds.
pub const STATUS: Operation = Operation {
    id: "getGroupAccessListStatus",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/accessList/{entryValue}/status",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read the status of access-list entry {entryValue}",
};

/// The address that the caller is seen under. The public document does not have it; the official
/// tools use it.
pub const IP_INFO: Operation = Operation {
    id: "ipinfo",
    method: Method::GET,
    path: "/api/private/ipinfo",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read the caller's own address",
};

/// An entry: a block, with the address itself where it is a single one, or a security group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccessEntry {
    /// A block in CIDR notation; also there, with the full length, for a single address.
    pub cidr_block: Option<String>,
    /// A single address.
    pub ip_address: Option<String>,
    /// The id of an AWS security group, perhaps behind its account's number.
    pub aws_security_group: Option<String>,
    /// Free text of 80 characters at most.
    pub comment: Option<String>,
    /// When the entry ends, RFC 3339.
    pub delete_after_date: Option<String>,
}

impl AccessEntry {
    /// The text that the API's paths take.
    pub fn value(&self) -> &str {
        let values = [&self.aws_security_group, &self.ip_address, &self.cidr_block];
        values.into_iter().flatten().map(String::as_str).find(|v| !v.is_empty()).unwrap_or_default()
    }
}

/// How far an entry has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EntryStatus {
    /// `PENDING`, `ACTIVE` or `FAILED`.
    #[serde(rename = "STATUS", deserialize_with = "or_default")]
    pub status: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct IpInfo {
    #[serde(deserialize_with = "or_default")]
    current_ipv4_address: String,
}

/// Adds all entries of the array `entries` in one request.
pub fn create_call(project: &str, entries: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).body(entries)
}

/// Deletes an entry.
pub fn delete_call(project: &str, entry: &str) -> Call {
    item(&DELETE, project, entry)
}

fn item(operation: &'static Operation, project: &str, entry: &str) -> Call {
    Call::new(operation).path("groupId", project).path("entryValue", entry)
}

impl Client {
    /// The whole access list of a project.
    pub fn access_list(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<AccessEntry>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// One entry.
    pub async fn access_entry(
        &self,
        project: &str,
        entry: &str,
    ) -> Result<Row<AccessEntry>, ApiError> {
        self.get(&item(&GET, project, entry)).await
    }

    /// How far an entry has come.
    pub async fn access_entry_status(
        &self,
        project: &str,
        entry: &str,
    ) -> Result<Row<EntryStatus>, ApiError> {
        self.get(&item(&STATUS, project, entry)).await
    }

    /// The address that the caller is seen under; `None` if the server does not tell: no document
    /// promises that it does, so a failure is no answer, and nothing worse. An IPv4 address is one
    /// also where the server sees it in the form of IPv6.
    pub async fn own_address(&self) -> Option<IpAddr> {
        let info = self.get::<IpInfo>(&Call::new(&IP_INFO)).await.ok()?;
        info.view.current_ipv4_address.parse().ok().map(|address: IpAddr| address.to_canonical())
    }
}
