//! Clusters and federated databases: the names that scopes and connections point at.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// All clusters of a project.
pub const LIST: Operation = Operation {
    id: "listGroupClusters",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/clusters",
    version: "2024-08-05",
    media: Media::Json,
    paging: Paging::Counted(&["name"]),
    what: "list the clusters of project {groupId}",
};

/// All federated databases of a project: a bare array, not a page.
pub const LIST_FEDERATED: Operation = Operation {
    id: "listGroupDataFederation",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/dataFederation",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Array,
    what: "list the federated databases of project {groupId}",
};

/// A cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cluster {
    /// The id, 24 hexadecimal digits.
    pub id: Option<String>,
    /// The name, unique in its project.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `IDLE`, `CREATING`, `UPDATING`, `DELETING` or `REPAIRING`.
    pub state_name: Option<String>,
}

/// A federated database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FederatedDatabase {
    /// The name, unique in its project.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `UNVERIFIED`, `ACTIVE` or `DELETED`.
    pub state: Option<String>,
}

impl Client {
    /// All clusters of a project.
    pub fn clusters(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<Cluster>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// All federated databases of a project.
    pub fn federated_databases(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<FederatedDatabase>, ApiError>> + use<> {
        self.list(Call::new(&LIST_FEDERATED).path("groupId", project))
    }
}
