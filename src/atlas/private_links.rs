//! Private links, through which connections reach a provider's services without the internet.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
const ITEM: &str = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";

/// All private links of a project.
pub const LIST: Operation = Operation {
    id: "listGroupStreamPrivateLinkConnections",
    method: Method::GET,
    path: COLLECTION,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::Uncounted(&["_id", "id"]),
    what: "list the private links of project {groupId}",
};

/// One private link.
pub const GET: Operation = Operation {
    id: "getGroupStreamPrivateLinkConnection",
    method: Method::GET,
    path: ITEM,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read private link {connectionId}",
};

/// Creates a private link; answers 200 with what was sent.
pub const CREATE: Operation = Operation {
    id: "createGroupStreamPrivateLinkConnection",
    method: Method::POST,
    path: COLLECTION,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a private link",
};

/// Changes the DNS domain, the only thing that can be changed.
pub const UPDATE: Operation = Operation {
    id: "updateGroupStreamPrivateLinkConnection",
    method: Method::PATCH,
    path: ITEM,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "update private link {connectionId}",
};

/// Deletes a private link; answers 202, and it goes later.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamPrivateLinkConnection",
    method: Method::DELETE,
    path: ITEM,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete private link {connectionId}",
};

/// A private link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrivateLink {
    /// The id, 24 hexadecimal digits; connections name it.
    #[serde(rename = "_id", deserialize_with = "or_default")]
    pub id: String,
    /// `AWS`, `AZURE` or `GCP`; the answer to a creation repeats what was sent.
    #[serde(deserialize_with = "or_default")]
    pub provider: String,
    /// What stands at the other end, `CONFLUENT` or `GENERIC`.
    pub vendor: Option<String>,
    /// The provider's region.
    pub region: Option<String>,
    /// `IDLE`, `WORKING`, `DONE`, `FAILED`, `DELETE_REQUESTED`, `DELETING`. Idle is what has not
    /// been begun yet; the official Terraform provider waits from it to `DONE`.
    pub state: Option<String>,
    /// Why it failed.
    pub error_message: Option<String>,
    /// The service at the other end.
    pub service_endpoint_id: Option<String>,
    /// The Kafka cluster at the other end, for AWS MSK.
    pub arn: Option<String>,
    /// The host names' domain.
    pub dns_domain: Option<String>,
    /// Its subdomains, usually availability zones.
    #[serde(deserialize_with = "or_default")]
    pub dns_sub_domain: Vec<String>,
    /// Azure Confluent: a resource a zone.
    #[serde(deserialize_with = "or_default")]
    pub azure_resource_ids: Vec<String>,
    /// Google Confluent: an attachment a zone.
    #[serde(deserialize_with = "or_default")]
    pub gcp_service_attachment_uris: Vec<String>,
    /// Google: Private Service Connect's ids.
    #[serde(deserialize_with = "or_default")]
    pub gcp_connection_ids: Vec<String>,
    /// `TLS`, `SASL_SCRAM` or `IAM`.
    pub authentication_scheme: Option<String>,
    /// Our end, once it is there.
    pub interface_endpoint_id: Option<String>,
    /// Our end's name, once it is there.
    pub interface_endpoint_name: Option<String>,
    /// The account at our end.
    pub provider_account_id: Option<String>,
}

/// Creates a private link of the document `body`.
pub fn create_call(project: &str, body: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).body(body)
}

/// Changes what `body` names.
pub fn update_call(project: &str, id: &str, body: Value) -> Call {
    item(&UPDATE, project, id).body(body)
}

/// Deletes a private link.
pub fn delete_call(project: &str, id: &str) -> Call {
    item(&DELETE, project, id)
}

fn item(operation: &'static Operation, project: &str, id: &str) -> Call {
    Call::new(operation).path("groupId", project).path("connectionId", id)
}

impl Client {
    /// All private links of a project.
    pub fn private_links(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<PrivateLink>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// One private link.
    pub async fn private_link(
        &self,
        project: &str,
        id: &str,
    ) -> Result<Row<PrivateLink>, ApiError> {
        self.get(&item(&GET, project, id)).await
    }
}
