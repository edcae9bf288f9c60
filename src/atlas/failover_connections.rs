//! Failover connections: what a connection is replaced by when its instance runs in another region.

use futures_util::Stream;
use http::Method;
use serde_json::Value;

use super::connections::Connection;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const COLLECTION: &str = "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections";
const ITEM: &str = "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections/{failoverConnectionId}";

/// All failover connections of a connection.
pub const LIST: Operation = Operation {
    id: "listGroupStreamConnectionFailoverConnections",
    method: Method::GET,
    path: COLLECTION,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::Uncounted(&["id", "name", "region"]),
    what: "list the failover connections of connection {connectionName}",
};

/// One failover connection.
pub const GET: Operation = Operation {
    id: "getGroupStreamConnectionFailoverConnection",
    method: Method::GET,
    path: ITEM,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "read failover connection {failoverConnectionId}",
};

/// Creates one; answers 201.
pub const CREATE: Operation = Operation {
    id: "createGroupStreamConnectionFailoverConnection",
    method: Method::POST,
    path: COLLECTION,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "create a failover connection of connection {connectionName}",
};

/// Changes what is sent.
pub const UPDATE: Operation = Operation {
    id: "updateGroupStreamConnectionFailoverConnection",
    method: Method::PATCH,
    path: ITEM,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "update failover connection {failoverConnectionId}",
};

/// Deletes one; answers 204.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamConnectionFailoverConnection",
    method: Method::DELETE,
    path: ITEM,
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "delete failover connection {failoverConnectionId}",
};

/// The connection that failover connections belong to.
#[derive(Debug, Clone, Copy)]
pub struct PrimaryConnection<'a> {
    /// The project's id.
    pub project: &'a str,
    /// The instance's name.
    pub instance: &'a str,
    /// The connection's name.
    pub connection: &'a str,
}

impl PrimaryConnection<'_> {
    fn call(self, operation: &'static Operation) -> Call {
        Call::new(operation)
            .path("groupId", self.project)
            .path("tenantName", self.instance)
            .path("connectionName", self.connection)
    }

    fn item(self, operation: &'static Operation, id: &str) -> Call {
        self.call(operation).path("failoverConnectionId", id)
    }

    /// Creates a failover connection of the document `body`.
    pub fn create_call(self, body: Value) -> Call {
        self.call(&CREATE).body(body)
    }

    /// Changes what `body` names, and nothing else.
    pub fn update_call(self, id: &str, body: Value) -> Call {
        self.item(&UPDATE, id).body(body)
    }

    /// Deletes a failover connection.
    pub fn delete_call(self, id: &str) -> Call {
        self.item(&DELETE, id)
    }
}

impl Client {
    /// All failover connections of a connection.
    pub fn failover_connections(
        &self,
        of: PrimaryConnection<'_>,
    ) -> impl Stream<Item = Result<Row<Connection>, ApiError>> + use<> {
        self.list(of.call(&LIST))
    }

    /// One failover connection.
    pub async fn failover_connection(
        &self,
        of: PrimaryConnection<'_>,
        id: &str,
    ) -> Result<Row<Connection>, ApiError> {
        self.get(&of.item(&GET, id)).await
    }
}
