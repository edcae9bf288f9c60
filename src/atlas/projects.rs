//! Projects, which the API's paths call groups.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// All projects that the caller may see.
pub const LIST: Operation = Operation {
    id: "listGroups",
    method: Method::GET,
    path: "/api/atlas/v2/groups",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["id"]),
    what: "list projects",
};

/// One project by its id.
pub const GET: Operation = Operation {
    id: "getGroup",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read project {groupId}",
};

/// One project by its name.
pub const BY_NAME: Operation = Operation {
    id: "getGroupByName",
    method: Method::GET,
    path: "/api/atlas/v2/groups/byName/{groupName}",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "find project {groupName}",
};

/// The projects of one organisation.
pub const LIST_IN_ORG: Operation = Operation {
    id: "getOrgGroups",
    method: Method::GET,
    path: "/api/atlas/v2/orgs/{orgId}/groups",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["id"]),
    what: "list the projects of organisation {orgId}",
};

/// Creates a project; answers 201.
pub const CREATE: Operation = Operation {
    id: "createGroup",
    method: Method::POST,
    path: "/api/atlas/v2/groups",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a project",
};

/// Deletes a project; answers 202 with an empty object.
pub const DELETE: Operation = Operation {
    id: "deleteGroup",
    method: Method::DELETE,
    path: "/api/atlas/v2/groups/{groupId}",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete project {groupId}",
};

/// A project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Project {
    /// The id, 24 hexadecimal digits.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// The name, unique in its organisation.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The organisation's id.
    pub org_id: Option<String>,
    /// How many clusters it has.
    pub cluster_count: Option<u64>,
    /// When it was created, RFC 3339.
    pub created: Option<String>,
}

/// Creates a project in an organisation. Its owner is the member of this id, or else the
/// organisation's first owner.
pub fn create_call(org: &str, name: &str, owner: Option<&str>) -> Call {
    let call = Call::new(&CREATE).body(json!({ "name": name, "orgId": org }));
    match owner {
        Some(id) => call.query("projectOwnerId", id),
        None => call,
    }
}

/// Deletes a project.
pub fn delete_call(id: &str) -> Call {
    Call::new(&DELETE).path("groupId", id)
}

impl Client {
    /// The projects of one organisation that the caller may see.
    pub fn projects_of(
        &self,
        org: &str,
    ) -> impl Stream<Item = Result<Row<Project>, ApiError>> + use<> {
        self.list(Call::new(&LIST_IN_ORG).path("orgId", org))
    }

    /// All projects that the caller may see.
    pub fn projects(&self) -> impl Stream<Item = Result<Row<Project>, ApiError>> + use<> {
        self.list(Call::new(&LIST))
    }

    /// One project by its id.
    pub async fn project(&self, id: &str) -> Result<Row<Project>, ApiError> {
        self.get(&Call::new(&GET).path("groupId", id)).await
    }

    /// One project by its name.
    pub async fn project_by_name(&self, name: &str) -> Result<Row<Project>, ApiError> {
        self.get(&Call::new(&BY_NAME).path("groupName", name)).await
    }
}
