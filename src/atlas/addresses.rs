//! The control plane's IP addresses, which are public, and those of a project.

use http::Method;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging};

/// All addresses by direction, provider and region.
pub const LIST: Operation = Operation {
    id: "listControlPlaneIpAddresses",
    method: Method::GET,
    path: "/api/atlas/v2/unauth/controlPlaneIPAddresses",
    version: "2023-11-15",
    media: Media::Json,
    paging: Paging::None,
    what: "read the control plane's IP addresses",
};

/// The addresses of a project's own clusters.
pub const OF_PROJECT: Operation = Operation {
    id: "getGroupIpAddresses",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/ipAddresses",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read the IP addresses of project {groupId}",
};

/// A project's addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ProjectAddresses {
    /// By service.
    #[serde(deserialize_with = "or_default")]
    pub services: Services,
}

/// The services that have addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Services {
    /// The project's clusters.
    #[serde(deserialize_with = "or_default")]
    pub clusters: Vec<ClusterAddresses>,
}

/// A cluster's addresses, as seen from the cluster: clients connect to the inbound ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClusterAddresses {
    /// The cluster.
    #[serde(deserialize_with = "or_default")]
    pub cluster_name: String,
    /// Where it is reached.
    #[serde(deserialize_with = "or_default")]
    pub inbound: Vec<String>,
    /// Where it calls from.
    #[serde(deserialize_with = "or_default")]
    pub outbound: Vec<String>,
    /// Where it will be reached.
    #[serde(deserialize_with = "or_default")]
    pub future_inbound: Vec<String>,
    /// Where it will call from.
    #[serde(deserialize_with = "or_default")]
    pub future_outbound: Vec<String>,
}

impl Client {
    /// The addresses of a project's clusters.
    pub async fn project_addresses(&self, project: &str) -> Result<ProjectAddresses, ApiError> {
        Ok(self.get(&Call::new(&OF_PROJECT).path("groupId", project)).await?.view)
    }

    /// The document as it came: every level of it may be missing, so its reader decides.
    pub async fn control_plane_addresses(&self) -> Result<Box<RawValue>, ApiError> {
        Ok(self.get::<serde::de::IgnoredAny>(&Call::new(&LIST)).await?.raw)
    }
}
