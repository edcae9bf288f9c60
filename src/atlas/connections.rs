//! The connection registry of an instance.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections";
const ITEM: &str =
    "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections/{connectionName}";

/// All connections of an instance.
pub const LIST: Operation = Operation {
    id: "listGroupStreamConnections",
    method: Method::GET,
    path: COLLECTION,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::Uncounted(&["name"]),
    what: "list the connections of instance {tenantName}",
};

/// One connection.
pub const GET: Operation = Operation {
    id: "getGroupStreamConnection",
    method: Method::GET,
    path: ITEM,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "read connection {connectionName} of instance {tenantName}",
};

/// Creates a connection; answers 200, not 201, while the connection is still being set up.
pub const CREATE: Operation = Operation {
    id: "createGroupStreamConnection",
    method: Method::POST,
    path: COLLECTION,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "create a connection of instance {tenantName}",
};

/// Changes what is sent; answers without the state.
pub const UPDATE: Operation = Operation {
    id: "updateGroupStreamConnection",
    method: Method::PATCH,
    path: ITEM,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "update connection {connectionName} of instance {tenantName}",
};

/// Deletes a connection; answers 202, and the connection goes later.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamConnection",
    method: Method::DELETE,
    path: ITEM,
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete connection {connectionName} of instance {tenantName}",
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
    /// Kafka: the brokers, `host:port`, separated by commas.
    pub bootstrap_servers: Option<String>,
    /// Kafka and S3: the way to the other side.
    pub networking: Option<Networking>,
    /// Https: where requests go.
    pub url: Option<String>,
    /// Lambda and others of Google and Azure: the way to the other side.
    pub public_private_networking: Option<Networking>,
    /// Lambda, S3 and Kinesis: the role that is assumed.
    pub aws: Option<Aws>,
    /// Azure Blob Storage: the account.
    pub azure: Option<Azure>,
    /// Pub/Sub: the account.
    pub gcp: Option<Gcp>,
    /// Schema registry: its addresses.
    #[serde(deserialize_with = "or_default")]
    pub schema_registry_urls: Vec<String>,
    /// Kafka: how the transport is secured.
    pub security: Option<Security>,
    /// Kafka: who the instance says it is.
    pub authentication: Option<Authentication>,
}

/// An IAM role of AWS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Aws {
    /// The role's ARN.
    pub role_arn: Option<String>,
    /// The bucket that the role is tried on.
    pub test_bucket: Option<String>,
}

/// A storage account of Azure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Azure {
    /// The account's name.
    pub storage_account_name: Option<String>,
}

/// A service account of Google Cloud.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Gcp {
    /// The account's e-mail address.
    pub service_account_id: Option<String>,
}

/// How a Kafka connection's transport is secured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Security {
    /// `SASL_PLAINTEXT`, `SASL_SSL`, `SSL` or `PLAINTEXT`.
    pub protocol: Option<String>,
    /// Certificates that brokers are trusted by, in PEM form.
    pub broker_public_certificate: Option<String>,
}

/// Who the instance says it is to brokers; no secret is ever answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Authentication {
    /// `PLAIN`, `SCRAM-256`, `SCRAM-512`, `OAUTHBEARER` or `AWS_MSK_IAM`.
    pub mechanism: Option<String>,
    /// The user of PLAIN and SCRAM.
    pub username: Option<String>,
    /// The client of OAUTHBEARER.
    pub client_id: Option<String>,
    /// The certificate that the instance shows, in PEM form.
    pub ssl_certificate: Option<String>,
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

/// What the API answers of a connection and does not take back.
const ANSWERED: [&str; 4] = ["id", "links", "name", "state"];

/// The part of a connection that a change is reckoned from: what was answered, without what only
/// the API decides.
pub fn changeable(answered: &Value) -> Map<String, Value> {
    let fields = answered.as_object().into_iter().flatten();
    let own = fields.filter(|(name, _)| !ANSWERED.contains(&name.as_str()));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Creates a connection of the document `body`.
pub fn create_call(project: &str, instance: &str, body: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).path("tenantName", instance).body(body)
}

/// Changes what `body` names, and nothing else.
pub fn update_call(project: &str, instance: &str, name: &str, body: Value) -> Call {
    item(&UPDATE, project, instance, name).body(body)
}

/// Deletes a connection.
pub fn delete_call(project: &str, instance: &str, name: &str) -> Call {
    item(&DELETE, project, instance, name)
}

fn item(operation: &'static Operation, project: &str, instance: &str, name: &str) -> Call {
    Call::new(operation)
        .path("groupId", project)
        .path("tenantName", instance)
        .path("connectionName", name)
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
        self.get(&item(&GET, project, instance, name)).await
    }
}
