//! The commands by which clients sign in and out, and ask as whom they have.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bson::spec::BinarySubtype;
use bson::{Binary, Bson, Document, doc};

use super::{Answer, Command};
use crate::local::domain::users::sign_in::{EXTERNAL, MONGODB_X509, SCRAM_SHA_256};
use crate::local::wire::failure::{Code, Failure};
use crate::local::wire::plane::Plane;
use crate::local::wire::session::Session;
use crate::local::wire::sign_in::{self, Begun, Step};

pub(super) async fn sasl_start(plane: &Plane, session: &mut Session, command: &Command) -> Answer {
    let started = start(plane, session, &command.database, &command.body).await;
    Ok(answer(sign_in::counted(session, started)?))
}

pub(super) async fn sasl_continue(
    plane: &Plane,
    session: &mut Session,
    command: &Command,
) -> Answer {
    let id = match command.body.get("conversationId") {
        Some(Bson::Int32(id)) => Some(i64::from(*id)),
        Some(Bson::Int64(id)) => Some(*id),
        // As some clients write any number; what is no whole one is no conversation's.
        Some(Bson::Double(id)) => (id.fract() == 0.0).then_some(*id as i64),
        _ => None,
    };
    let id = id.ok_or_else(|| missing("conversationId"))?;
    let payload = payload(&command.body)?;
    let step = sign_in::go_on(plane, session, id, &payload).await;
    Ok(answer(sign_in::counted(session, step)?))
}

pub(super) async fn authenticate(
    plane: &Plane,
    session: &mut Session,
    command: &Command,
) -> Answer {
    let mechanism = command.body.get_str("mechanism").map_err(|_| missing("mechanism"))?;
    let (database, name) = (&command.database, command.body.get_str("user").ok());
    let done = sign_in::authenticate(plane, session, database, mechanism, name).await;
    let name = sign_in::counted(session, done)?;
    Ok(doc! { "dbname": EXTERNAL, "user": name, "ok": 1.0 })
}

/// What the first message of a client is answered with that signs in along with it; `None` if it
/// has to ask on its own.
pub(super) async fn speculative(
    plane: &Plane,
    session: &mut Session,
    command: &Command,
) -> Option<Document> {
    let attempt = command.body.get_document("speculativeAuthenticate").ok()?;
    let database = |otherwise| attempt.get_str("db").unwrap_or(otherwise);
    if attempt.contains_key("saslStart") {
        let step = start(plane, session, database("admin"), attempt).await.ok()?;
        let mut answer = answer(step);
        answer.remove("ok");
        return Some(answer);
    }
    let mechanism = attempt.get_str("mechanism").ok()?;
    if !attempt.contains_key("authenticate") || mechanism != MONGODB_X509 {
        return None;
    }
    let name = attempt.get_str("user").ok();
    let name = sign_in::speculate(plane, session, database(EXTERNAL), name).await?;
    Some(doc! { "dbname": EXTERNAL, "user": name })
}

/// The mechanisms by which a user may sign in: the same for everybody.
pub(super) fn mechanisms() -> Vec<&'static str> {
    vec![SCRAM_SHA_256]
}

pub(super) async fn logout(plane: &Plane, session: &mut Session) -> Answer {
    sign_in::sign_out(plane, session).await?;
    Ok(super::connect::ok())
}

pub(super) async fn connection_status(
    plane: &Plane,
    session: &Session,
    command: &Command,
) -> Answer {
    let held = sign_in::held(plane, session).await?;
    let user = session.user.as_ref().filter(|_| held.is_some());
    let users: Vec<Document> =
        user.iter().map(|user| doc! { "user": &user.name, "db": &user.database }).collect();
    let held = held.unwrap_or_default();
    let roles = held.roles.iter().map(|(role, database)| doc! { "role": role, "db": database });
    let mut info = doc! {
        "authenticatedUsers": users,
        "authenticatedUserRoles": roles.collect::<Vec<_>>(),
    };
    if is_true(command.body.get("showPrivileges")) {
        let privilege = doc! { "resource": { "cluster": true }, "actions": &held.actions };
        let privileges = if held.actions.is_empty() { Vec::new() } else { vec![privilege] };
        info.insert("authenticatedUserPrivileges", privileges);
    }
    Ok(doc! { "authInfo": info, "ok": 1.0 })
}

async fn start(
    plane: &Plane,
    session: &mut Session,
    database: &str,
    body: &Document,
) -> Result<Step, Failure> {
    let mechanism = body.get_str("mechanism").map_err(|_| missing("mechanism"))?;
    let payload = payload(body)?;
    let options = body.get_document("options").ok();
    let skip_empty = is_true(options.and_then(|options| options.get("skipEmptyExchange")));
    let begun = Begun { database, mechanism, payload: &payload, skip_empty };
    sign_in::start(plane, session, begun).await
}

fn answer(step: Step) -> Document {
    let payload = Binary { subtype: BinarySubtype::Generic, bytes: step.payload.into_bytes() };
    doc! { "conversationId": step.id, "done": step.done, "payload": payload, "ok": 1.0 }
}

/// What a SASL message carries: bytes, or what they are in Base64.
fn payload(body: &Document) -> Result<Vec<u8>, Failure> {
    match body.get("payload") {
        Some(Bson::Binary(payload)) => Ok(payload.bytes.clone()),
        Some(Bson::String(payload)) => {
            STANDARD.decode(payload).map_err(|_| Failure::authentication())
        }
        _ => Err(missing("payload")),
    }
}

/// Whether a flag is set, in any of the ways in which clients set one.
pub(super) fn is_true(value: Option<&Bson>) -> bool {
    match value {
        Some(Bson::Boolean(value)) => *value,
        Some(Bson::Int32(value)) => *value != 0,
        Some(Bson::Int64(value)) => *value != 0,
        Some(Bson::Double(value)) => *value != 0.0,
        _ => false,
    }
}

fn missing(field: &str) -> Failure {
    Failure::new(Code::FAILED_TO_PARSE, format!("field '{field}' is missing or of the wrong type"))
}
