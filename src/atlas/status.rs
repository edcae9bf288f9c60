//! The API's own root: who am I, and does it answer.

use http::Method;
use serde::Deserialize;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// The API's root.
pub const GET: Operation = Operation {
    id: "getSystemStatus",
    method: Method::GET,
    path: "/api/atlas/v2",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read the API's status",
};

/// What the API says of itself and of the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SystemStatus {
    /// `MongoDB Atlas`.
    #[serde(deserialize_with = "or_default")]
    pub app_name: String,
    /// The build that answers.
    pub build: Option<String>,
    /// Whether the caller is being throttled.
    pub throttling: Option<bool>,
    /// The key that the request was signed with.
    pub api_key: Option<ApiKey>,
}

/// A key, without its private half.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApiKey {
    /// The key's id.
    pub id: Option<String>,
    /// The public half.
    pub public_key: Option<String>,
    /// The roles it holds.
    #[serde(deserialize_with = "or_default")]
    pub roles: Vec<KeyRole>,
}

/// A role of a key, on an organisation or a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct KeyRole {
    /// The role in the API's spelling: `GROUP_OWNER`.
    #[serde(deserialize_with = "or_default")]
    pub role_name: String,
    /// The project.
    pub group_id: Option<String>,
    /// The organisation.
    pub org_id: Option<String>,
}

impl Client {
    /// What the API says of itself and of the caller.
    pub async fn status(&self) -> Result<Row<SystemStatus>, ApiError> {
        self.get(&Call::new(&GET)).await
    }
}
