//! The connection registry of an instance.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// All connections of an instance.
pub const LIST: Operation = Operation {
    id: "listGroupStreamConnections",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::Uncounted,
    what: "list the connections of instance {tenantName}",
};

/// One connection.
pub const GET: Operation = Operation {
    id: "getGroupStreamConnection",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections/{connectionName}",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read connection {connectionName} of instance {tenantName}",
};

/// A connection of any type; fields that its type does not have are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Connection {
    /// The id.
    pub id: Option<String>,
    /// The name, unique in its instance.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `Kafka`, `Cluster`, `Https`, `Sample`, … and types that are not known yet.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// `PENDING`, `READY`, `DELETING` or `FAILED`.
    pub state: Option<String>,
    /// The region it is made from.
    pub region: Option<String>,
    /// Cluster: the cluster's name.
    pub cluster_name: Option<String>,
    /// Cluster: the project of a cluster in another project.
    pub cluster_group_id: Option<String>,
    /// Cluster: the role that reads and writes are done as.
    pub db_role_to_execute: Option<ExecuteAs>,
    /// Kafka: the brokers, `host:port`, parted by commas.
    pub bootstrap_servers: Option<String>,
    /// Kafka and S3: the way to the other side.
    pub networking: Option<Networking>,
    /// Https: where requests go.
    pub url: Option<String>,
}

/// The role as which a cluster connection acts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ExecuteAs {
    /// The role's name.
    #[serde(deserialize_with = "or_default")]
    pub role: String,
    /// `BUILT_IN` or `CUSTOM`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// The way to the other side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Networking {
    /// The way, and what it leads through.
    pub access: Option<Access>,
}

/// A way to the other side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Access {
    /// `PUBLIC`, `VPC`, `PRIVATE_LINK` or `TRANSIT_GATEWAY`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// The private link's id.
    pub connection_id: Option<String>,
}

impl Client {
    /// All connections of an instance.
    pub fn connections(
        &self,
        project: &str,
        instance: &str,
    ) -> impl Stream<Item = Result<Row<Connection>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project).path("tenantName", instance))
    }

    /// One connection.
    pub async fn connection(
        &self,
        project: &str,
        instance: &str,
        name: &str,
    ) -> Result<Row<Connection>, ApiError> {
        let call = Call::new(&GET)
            .path("groupId", project)
            .path("tenantName", instance)
            .path("connectionName", name);
        self.get(&call).await
    }
}
