//! Custom database roles.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/customDBRoles/roles";
const ITEM: &str = "/api/atlas/v2/groups/{groupId}/customDBRoles/roles/{roleName}";

/// All custom roles of a project: a bare array, not a page.
pub const LIST: Operation = Operation {
    id: "listGroupCustomDbRoleRoles",
    method: Method::GET,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Array,
    what: "list the custom roles of project {groupId}",
};

/// One role.
pub const GET: Operation = Operation {
    id: "getGroupCustomDbRoleRole",
    method: Method::GET,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read custom role {roleName}",
};

/// Creates a role; answers 202.
pub const CREATE: Operation = Operation {
    id: "createGroupCustomDbRoleRole",
    method: Method::POST,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a custom role",
};

/// Replaces a role's actions, its inherited roles, or both.
pub const UPDATE: Operation = Operation {
    id: "updateGroupCustomDbRoleRole",
    method: Method::PATCH,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "update custom role {roleName}",
};

/// Deletes a role; answers 204 without a body, 409 while the role is in use.
pub const DELETE: Operation = Operation {
    id: "deleteGroupCustomDbRoleRole",
    method: Method::DELETE,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete custom role {roleName}",
};

/// A custom role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomRole {
    /// The name.
    #[serde(deserialize_with = "or_default")]
    pub role_name: String,
    /// What it allows.
    #[serde(deserialize_with = "or_default")]
    pub actions: Vec<Action>,
    /// Roles whose actions it has too.
    #[serde(deserialize_with = "or_default")]
    pub inherited_roles: Vec<InheritedRole>,
}

/// One action and where it is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Action {
    /// The action in the API's spelling: `START_STREAM_PROCESSOR`.
    #[serde(deserialize_with = "or_default")]
    pub action: String,
    /// Where.
    #[serde(deserialize_with = "or_default")]
    pub resources: Vec<Resource>,
}

/// Where an action is allowed: the cluster as a whole, or a namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Resource {
    /// The whole; stream actions know nothing narrower.
    pub cluster: Option<bool>,
    /// A database, or `""` for all.
    pub db: Option<String>,
    /// A collection, or `""` for all.
    pub collection: Option<String>,
}

/// A role that another inherits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct InheritedRole {
    /// The role.
    #[serde(deserialize_with = "or_default")]
    pub role: String,
    /// The database it holds on.
    #[serde(deserialize_with = "or_default")]
    pub db: String,
}

/// Creates a role of the document `body`.
pub fn create_call(project: &str, body: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).body(body)
}

/// Replaces what `body` names.
pub fn update_call(project: &str, name: &str, body: Value) -> Call {
    item(&UPDATE, project, name).body(body)
}

/// Deletes a role.
pub fn delete_call(project: &str, name: &str) -> Call {
    item(&DELETE, project, name)
}

fn item(operation: &'static Operation, project: &str, name: &str) -> Call {
    Call::new(operation).path("groupId", project).path("roleName", name)
}

impl Client {
    /// All custom roles of a project.
    pub fn custom_roles(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<CustomRole>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// One custom role.
    pub async fn custom_role(
        &self,
        project: &str,
        name: &str,
    ) -> Result<Row<CustomRole>, ApiError> {
        self.get(&item(&GET, project, name)).await
    }
}
