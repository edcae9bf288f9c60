//! Stream processors.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const ITEM: &str = "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processor/{processorName}";

/// All processors of an instance, with their statistics.
pub const LIST: Operation = Operation {
    id: "getGroupStreamProcessors",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processors",
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::Counted(&["name"]),
    what: "list the stream processors of instance {tenantName}",
};

/// One processor, with its statistics.
pub const GET: Operation = Operation {
    id: "getGroupStreamProcessor",
    method: Method::GET,
    path: ITEM,
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "read stream processor {processorName} of instance {tenantName}",
};

/// Creates a processor without starting it.
pub const CREATE: Operation = Operation {
    id: "createGroupStreamProcessor",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processor",
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "create a stream processor on instance {tenantName}",
};

/// Changes what is sent of a processor that is not running.
pub const UPDATE: Operation = Operation {
    id: "updateGroupStreamProcessor",
    method: Method::PATCH,
    path: ITEM,
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "update stream processor {processorName} of instance {tenantName}",
};

/// Deletes a processor; answers 204 without a body.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamProcessor",
    method: Method::DELETE,
    path: ITEM,
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "delete stream processor {processorName} of instance {tenantName}",
};

/// Starts a processor as it is.
pub const START: Operation = Operation {
    id: "startGroupStreamProcessor",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processor/{processorName}:start",
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "start stream processor {processorName} of instance {tenantName}",
};

/// Starts a processor with options.
pub const START_WITH: Operation = Operation {
    id: "startGroupStreamProcessorWith",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processor/{processorName}:startWith",
    version: "2025-03-12",
    media: Media::Json,
    paging: Paging::None,
    what: "start stream processor {processorName} of instance {tenantName}",
};

/// Stops a processor; it keeps its checkpoint.
pub const STOP: Operation = Operation {
    id: "stopGroupStreamProcessor",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/{tenantName}/processor/{processorName}:stop",
    version: "2024-05-30",
    media: Media::Json,
    paging: Paging::None,
    what: "stop stream processor {processorName} of instance {tenantName}",
};

/// A processor that runs.
pub const STARTED: &str = "STARTED";

/// A stream processor.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Processor {
    /// The id, 24 hexadecimal digits.
    #[serde(rename = "_id", deserialize_with = "or_default")]
    pub id: String,
    /// The name, unique on its instance.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `CREATED`, `STARTED`, `STOPPED`, `FAILED`, and what lies between them.
    #[serde(deserialize_with = "or_default")]
    pub state: String,
    /// Its size, `SP30`.
    pub tier: Option<String>,
    /// Whether it moves to another region when its own fails.
    pub failover_enabled: Option<bool>,
    /// The stages.
    #[serde(deserialize_with = "or_default")]
    pub pipeline: Vec<Value>,
    /// Its options.
    #[serde(deserialize_with = "or_default")]
    pub options: Options,
    /// Counters by name; which there are differs by state and version.
    #[serde(deserialize_with = "or_default")]
    pub stats: Map<String, Value>,
}

impl Processor {
    /// Why it failed, if its statistics say so.
    pub fn error(&self) -> Option<&str> {
        self.stats.get("errorMsg")?.as_str().filter(|text| !text.is_empty())
    }
}

/// A processor's options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Where rows go that could not be processed.
    pub dlq: Option<DeadLetters>,
}

/// The collection of a dead letter queue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeadLetters {
    /// A connection to a cluster.
    #[serde(deserialize_with = "or_default")]
    pub connection_name: String,
    /// The database.
    #[serde(deserialize_with = "or_default")]
    pub db: String,
    /// The collection.
    #[serde(deserialize_with = "or_default")]
    pub coll: String,
}

/// Creates a processor of the document `body`.
pub fn create_call(project: &str, instance: &str, body: Value) -> Call {
    Call::new(&CREATE).path("groupId", project).path("tenantName", instance).body(body)
}

/// Changes what `body` names, and nothing else.
pub fn update_call(project: &str, instance: &str, name: &str, body: Value) -> Call {
    item(&UPDATE, project, instance, name).body(body)
}

/// Deletes a processor.
pub fn delete_call(project: &str, instance: &str, name: &str) -> Call {
    item(&DELETE, project, instance, name)
}

/// Starts a processor, with the options of a document if there are any.
pub fn start_call(project: &str, instance: &str, name: &str, options: Option<Value>) -> Call {
    match options {
        None => item(&START, project, instance, name),
        Some(options) => item(&START_WITH, project, instance, name).body(options),
    }
}

/// Stops a processor.
pub fn stop_call(project: &str, instance: &str, name: &str) -> Call {
    item(&STOP, project, instance, name)
}

fn item(operation: &'static Operation, project: &str, instance: &str, name: &str) -> Call {
    Call::new(operation)
        .path("groupId", project)
        .path("tenantName", instance)
        .path("processorName", name)
}

impl Client {
    /// All processors of an instance.
    pub fn processors(
        &self,
        project: &str,
        instance: &str,
    ) -> impl Stream<Item = Result<Row<Processor>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project).path("tenantName", instance))
    }

    /// One processor.
    pub async fn processor(
        &self,
        project: &str,
        instance: &str,
        name: &str,
    ) -> Result<Row<Processor>, ApiError> {
        self.get(&item(&GET, project, instance, name)).await
    }
}
