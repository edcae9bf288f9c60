//! Database users.

use futures_util::Stream;
use http::Method;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/databaseUsers";
const ITEM: &str = "/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}";

/// Names whose path is another operation's: the certificates of a user.
pub const TAKEN: &[&str] = &["certs"];

/// All users of a project.
pub const LIST: Operation = Operation {
    id: "listGroupDatabaseUsers",
    method: Method::GET,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["databaseName", "username"]),
    what: "list the database users of project {groupId}",
};

/// One user.
pub const GET: Operation = Operation {
    id: "getGroupDatabaseUser",
    method: Method::GET,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read database user {username}",
};

/// Creates a user; answers 201.
pub const CREATE: Operation = Operation {
    id: "createGroupDatabaseUser",
    method: Method::POST,
    path: COLLECTION,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a database user",
};

/// Changes the fields that are sent, and only these.
pub const UPDATE: Operation = Operation {
    id: "updateGroupDatabaseUser",
    method: Method::PATCH,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "update database user {username}",
};

/// Deletes a user; answers 204 without a body.
pub const DELETE: Operation = Operation {
    id: "deleteGroupDatabaseUser",
    method: Method::DELETE,
    path: ITEM,
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete database user {username}",
};

/// A database user, without its password, which the API never returns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    /// The name; for X.509 a distinguished name, for IAM an ARN, for OIDC `idp/name`.
    #[serde(deserialize_with = "or_default")]
    pub username: String,
    /// The authentication database: `admin` or `$external`.
    #[serde(deserialize_with = "or_default")]
    pub database_name: String,
    /// The roles held.
    #[serde(deserialize_with = "or_default")]
    pub roles: Vec<Role>,
    /// What the user may reach; none means everything.
    #[serde(deserialize_with = "or_default")]
    pub scopes: Vec<Scope>,
    /// `NONE`, `CUSTOMER` or `MANAGED`.
    pub x509_type: Option<String>,
    /// `NONE`, `USER` or `ROLE`.
    #[serde(rename = "awsIAMType")]
    pub aws_iam_type: Option<String>,
    /// `NONE`, `USER` or `GROUP`.
    pub ldap_auth_type: Option<String>,
    /// `NONE`, `IDP_GROUP` or `USER`.
    pub oidc_auth_type: Option<String>,
    /// When the user ends, RFC 3339.
    pub delete_after_date: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Free pairs.
    #[serde(deserialize_with = "or_default")]
    pub labels: Vec<Label>,
}

/// A role that a user holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Role {
    /// A built-in role or a custom one.
    #[serde(deserialize_with = "or_default")]
    pub role_name: String,
    /// The database it holds on; `admin` for custom roles.
    #[serde(deserialize_with = "or_default")]
    pub database_name: String,
    /// The collection it is narrowed to; an empty name narrows nothing.
    #[serde(deserialize_with = "or_none")]
    pub collection_name: Option<String>,
}

fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.filter(|name: &String| !name.is_empty()))
}

/// One thing that a user may reach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// The instance's, cluster's or federated database's name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `STREAM`, `CLUSTER` or `DATA_LAKE`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// A label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Label {
    /// The key.
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// The value.
    #[serde(deserialize_with = "or_default")]
    pub value: String,
}

/// Creates a user of the document `body`.
pub fn create_call(project: &str, body: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).body(body)
}

/// Changes what `body` names, and nothing else.
pub fn update_call(project: &str, database: &str, name: &str, body: Value) -> Call {
    item(&UPDATE, project, database, name).body(body)
}

/// Deletes a user.
pub fn delete_call(project: &str, database: &str, name: &str) -> Call {
    item(&DELETE, project, database, name)
}

fn item(operation: &'static Operation, project: &str, database: &str, name: &str) -> Call {
    Call::new(operation)
        .path("groupId", project)
        .path("databaseName", database)
        .path("username", name)
}

impl Client {
    /// All database users of a project.
    pub fn users(&self, project: &str) -> impl Stream<Item = Result<Row<User>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project))
    }

    /// One database user.
    pub async fn user(
        &self,
        project: &str,
        database: &str,
        name: &str,
    ) -> Result<Row<User>, ApiError> {
        self.get(&item(&GET, project, database, name)).await
    }
}
