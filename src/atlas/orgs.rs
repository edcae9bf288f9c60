//! Organisations.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// All organisations that the caller may see.
pub const LIST: Operation = Operation {
    id: "listOrgs",
    method: Method::GET,
    path: "/api/atlas/v2/orgs",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["id"]),
    what: "list organisations",
};

/// One organisation.
pub const GET: Operation = Operation {
    id: "getOrg",
    method: Method::GET,
    path: "/api/atlas/v2/orgs/{orgId}",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read organisation {orgId}",
};

/// An organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Org {
    /// The id, 24 hexadecimal digits.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// The name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Whether it is gone.
    pub is_deleted: Option<bool>,
}

impl Client {
    /// All organisations that the caller may see.
    pub fn orgs(&self) -> impl Stream<Item = Result<Row<Org>, ApiError>> + use<> {
        self.list(Call::new(&LIST))
    }

    /// One organisation.
    pub async fn org(&self, id: &str) -> Result<Row<Org>, ApiError> {
        self.get(&Call::new(&GET).path("orgId", id)).await
    }
}
