//! Stream processing instances; newer documentation says workspaces, the API's paths tenants.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::connections::Connection;
use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// Names whose path is another operation's: beside the instances stand the project's network accesses.
pub const TAKEN: &[&str] = &[
    "accountDetails",
    "activeVpcPeeringConnections",
    "privateLinkConnections",
    "vpcPeeringConnections",
];

/// All instances of a project.
pub const LIST: Operation = Operation {
    id: "listGroupStreamWorkspaces",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::Uncounted(&["name"]),
    what: "list the stream processing instances of project {groupId}",
};

/// One instance.
pub const GET: Operation = Operation {
    id: "getGroupStreamWorkspace",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read stream processing instance {tenantName}",
};

/// Creates an instance; answers 200.
pub const CREATE: Operation = Operation {
    id: "createGroupStreamWorkspace",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a stream processing instance",
};

/// Creates an instance that has the sample connection; answers 200.
pub const CREATE_WITH_SAMPLES: Operation = Operation {
    id: "withGroupStreamSampleConnections",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams:withSampleConnections",
    version: "2024-08-05",
    media: Media::Json,
    paging: Paging::None,
    what: "create a stream processing instance with sample connections",
};

/// Changes what is sent.
pub const UPDATE: Operation = Operation {
    id: "updateGroupStreamWorkspace",
    method: Method::PATCH,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "update stream processing instance {tenantName}",
};

/// Deletes an instance with all that is in it; answers 202.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamWorkspace",
    method: Method::DELETE,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete stream processing instance {tenantName}",
};

/// A stream processing instance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Instance {
    /// The id, 24 hexadecimal digits.
    #[serde(rename = "_id", deserialize_with = "or_default")]
    pub id: String,
    /// The name, unique in its project.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The project's id.
    pub group_id: Option<String>,
    /// The hosts that shells connect to.
    #[serde(deserialize_with = "or_default")]
    pub hostnames: Vec<String>,
    /// Where it runs.
    pub data_process_region: Option<Region>,
    /// Where it runs when that region fails; two at most.
    #[serde(deserialize_with = "or_default")]
    pub failover_regions: Vec<Region>,
    /// Its size.
    pub stream_config: Option<StreamConfig>,
    /// Its connections, if they were requested.
    #[serde(deserialize_with = "or_default")]
    pub connections: Vec<Connection>,
}

/// A provider's region, in the names of this resource (`VIRGINIA_USA` is AWS us-east-1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Region {
    /// `AWS`, `AZURE` or `GCP`.
    #[serde(deserialize_with = "or_default")]
    pub cloud_provider: String,
    /// The region.
    #[serde(deserialize_with = "or_default")]
    pub region: String,
}

/// An instance's size.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StreamConfig {
    /// The size of a processor that names none, `SP30`.
    pub tier: Option<String>,
    /// The largest size that a processor may ask for.
    pub max_tier_size: Option<String>,
}

/// Creates an instance of the document `body`.
pub fn create_call(project: &str, with_samples: bool, body: Value) -> Call {
    let operation = if with_samples { &CREATE_WITH_SAMPLES } else { &CREATE };
    Call::new(operation).path("groupId", project).body(body)
}

/// Changes what `body` names, and nothing else.
pub fn update_call(project: &str, name: &str, body: Value) -> Call {
    Call::new(&UPDATE).path("groupId", project).path("tenantName", name).body(body)
}

/// Deletes an instance.
pub fn delete_call(project: &str, name: &str) -> Call {
    Call::new(&DELETE).path("groupId", project).path("tenantName", name)
}

impl Client {
    /// All instances of a project.
    pub fn instances(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<Instance>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// One instance.
    pub async fn instance(&self, project: &str, name: &str) -> Result<Row<Instance>, ApiError> {
        self.get(&Call::new(&GET).path("groupId", project).path("tenantName", name)).await
    }

    /// One instance with its connections.
    pub async fn instance_with_connections(
        &self,
        project: &str,
        name: &str,
    ) -> Result<Row<Instance>, ApiError> {
        let call = Call::new(&GET).path("groupId", project).path("tenantName", name);
        self.get(&call.query("includeConnections", true)).await
    }
}
