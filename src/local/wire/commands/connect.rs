//! What clients ask before they ask for anything.

use bson::oid::ObjectId;
use bson::{Document, doc};

use super::sign_in::{self, is_true};
use super::{Answer, Command};
use crate::local::crypto;
use crate::local::wire::failure::{Code, Failure};
use crate::local::wire::plane::Plane;
use crate::local::wire::session::{Instance, Session};

/// The version of the server that this one says it is.
const VERSION: [i32; 4] = [8, 0, 0, 0];
/// The version of Atlas that it says it is of: that of the Admin API.
const ATLAS_VERSION: &str = "20250312.0.0";

/// Who answers: a router, so that clients ask for no primary and no secondaries. A client may sign
/// in along with it.
pub(super) async fn hello(plane: &Plane, session: &mut Session, command: &Command) -> Document {
    let primary = if command.name == "hello" { "isWritablePrimary" } else { "ismaster" };
    let mut answer = doc! {
        primary: true,
        "helloOk": true,
        "msg": "isdbgrid",
        "maxBsonObjectSize": 16_777_216,
        "maxMessageSizeBytes": 48_000_000,
        "maxWriteBatchSize": 100_000,
        "localTime": bson::DateTime::now(),
        "logicalSessionTimeoutMinutes": 30,
        "connectionId": session.number,
        "minWireVersion": 0,
        "maxWireVersion": 25,
        "readOnly": false,
    };
    // Clients that get no answer take a mechanism that is not offered.
    if command.body.contains_key("saslSupportedMechs") {
        answer.insert("saslSupportedMechs", sign_in::mechanisms());
    }
    if is_true(command.body.get("loadBalanced")) {
        answer.insert("serviceId", service_id(session));
    }
    if let Some(speculative) = sign_in::speculative(plane, session, command).await {
        answer.insert("speculativeAuthenticate", speculative);
    }
    answer.insert("ok", 1.0);
    answer
}

/// What a client behind a load balancer knows the server by: it stays the same for an instance.
fn service_id(session: &Session) -> ObjectId {
    let Instance { project, name } = &session.instance;
    ObjectId::parse_str(crypto::derived_id(&format!("{project}/{name}"), 0)).unwrap_or_default()
}

pub(super) fn ok() -> Document {
    doc! { "ok": 1.0 }
}

pub(super) fn build_info() -> Document {
    let [major, minor, patch, _] = VERSION;
    doc! {
        "version": format!("{major}.{minor}.{patch}"),
        "versionArray": VERSION.to_vec(),
        "gitVersion": "0000000000000000000000000000000000000000",
        "modules": [],
        "bits": 64,
        "maxBsonObjectSize": 16_777_216,
        "ok": 1.0,
    }
}

/// There are no parameters: what a client may ask for is answered by commands of their own.
pub(super) fn get_parameter() -> Answer {
    Err(Failure::new(Code::INVALID_OPTIONS, "no option found to get"))
}

/// That the server is one of Atlas'.
pub(super) fn atlas_version() -> Document {
    doc! { "atlasVersion": ATLAS_VERSION, "ok": 1.0 }
}

/// The logs that an instance keeps for its shells, which are empty: nothing went wrong at its start.
pub(super) fn get_log(command: &Command) -> Answer {
    match command.body.get_str("getLog") {
        Ok("*") => Ok(doc! { "names": ["startupWarnings"], "ok": 1.0 }),
        Ok("startupWarnings") => Ok(doc! { "totalLinesWritten": 0, "log": [], "ok": 1.0 }),
        Ok(name) => Err(Failure::new(Code::COMMAND_FAILED, format!("No log named '{name}'"))),
        Err(_) => Err(Failure::new(Code::FAILED_TO_PARSE, "Argument to getLog must be a string")),
    }
}
