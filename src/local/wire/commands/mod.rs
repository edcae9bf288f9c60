//! The commands, each to the function that answers it.

mod call;
mod connect;
mod connections;
mod data;
mod filter;
mod options;
mod processors;
mod sampling;
mod sign_in;

use bson::{Document, RawDocumentBuf};

use self::call::Call;
use super::document::LARGEST;
use super::failure::{Code, Failure};
use super::frame::Message;
use super::plane::Plane;
use super::session::Session;
use super::sign_in::present;
use crate::privileges::catalogue::commands as catalogue;

/// What a command is answered with.
pub(super) type Answer = Result<Document, Failure>;

/// A command: the name is that of its first element.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub(super) name: String,
    /// The database that it is for.
    pub(super) database: String,
    pub(super) body: Document,
}

/// What every command may have besides its own: sessions, preferences and times of the clients.
const GENERAL: [&str; 13] = [
    "$clusterTime",
    "$db",
    "$readPreference",
    "apiDeprecationErrors",
    "apiStrict",
    "apiVersion",
    "comment",
    "lsid",
    "maxTimeMS",
    "readConcern",
    "txnNumber",
    "writeConcern",
    "$audit",
];

impl Command {
    /// The command in a message; none if it is empty.
    pub(super) fn of(message: &Message) -> Option<Command> {
        let body = whole(&message.command)?;
        let name = body.keys().next()?.clone();
        Some(Command { name, database: message.database.clone(), body })
    }

    /// The elements of its own, without those that any command may have.
    pub(super) fn own(&self) -> impl Iterator<Item = (&String, &bson::Bson)> {
        self.body.iter().filter(|(key, _)| !GENERAL.contains(&key.as_str()))
    }
}

/// A document that has been checked to be nested no deeper than can be converted.
fn whole(raw: &RawDocumentBuf) -> Option<Document> {
    Document::try_from(raw.as_ref()).ok()
}

/// Answers a command.
///
/// # Errors
/// Why it is not carried out.
pub(super) async fn answer(plane: &Plane, session: &mut Session, command: &Command) -> Answer {
    if let Some(action) = catalogue::action(&command.name) {
        let call = Call::of(plane, session, command, action)?;
        return about_streams(call, command).await;
    }
    match command.name.as_str() {
        "hello" | "ismaster" | "isMaster" => Ok(connect::hello(plane, session, command).await),
        "ping" | "endSessions" => Ok(connect::ok()),
        "buildInfo" | "buildinfo" => Ok(connect::build_info()),
        "saslStart" => sign_in::sasl_start(plane, session, command).await,
        "saslContinue" => sign_in::sasl_continue(plane, session, command).await,
        "authenticate" => sign_in::authenticate(plane, session, command).await,
        "logout" => sign_in::logout(plane, session).await,
        "connectionStatus" => sign_in::connection_status(plane, session, command).await,
        name => {
            present(plane, session, name).await?;
            match name {
                "getParameter" => connect::get_parameter(),
                "atlasVersion" => Ok(connect::atlas_version()),
                "getLog" => connect::get_log(command),
                _ => data::refuse(command),
            }
        }
    }
}

/// An answer in bytes.
///
/// # Errors
/// It is larger than a document may be.
pub(super) fn bounded(command: &Command, answer: &Document) -> Result<Vec<u8>, Failure> {
    let bytes = answer.to_vec().map_err(|e| Failure::new(Code::INTERNAL, e.to_string()))?;
    if bytes.len() <= LARGEST {
        return Ok(bytes);
    }
    let remedy = match command.name.starts_with("list") {
        true => ": ask for fewer with a filter, such as {name: \"NAME\"}",
        false => "",
    };
    let (name, size) = (&command.name, bytes.len());
    let text =
        format!("the answer to {name} has {size} bytes, and a document at most {LARGEST}{remedy}");
    Err(Failure::new(Code::TOO_LARGE, text))
}

/// Answers a command of stream processing: those that the catalogue names, each here.
async fn about_streams(call: Call<'_>, command: &Command) -> Answer {
    match command.name.as_str() {
        "listStreamProcessors" => processors::list(call, command).await,
        "getStreamProcessor" => processors::get(call, command).await,
        "createStreamProcessor" => processors::create(call, command).await,
        "startStreamProcessor" => processors::start(call, command).await,
        "stopStreamProcessor" => processors::stop(call, command).await,
        "modifyStreamProcessor" => processors::modify(call, command).await,
        "dropStreamProcessor" => processors::drop_one(call, command).await,
        "getStreamProcessorStats" => processors::stats(call, command).await,
        "startSampleStreamProcessor" => sampling::start(call, command).await,
        "getMoreSampleStreamProcessor" => sampling::more(call, command).await,
        "processStreamProcessor" => sampling::process(call, command).await,
        "listStreamConnections" => connections::list(call, command).await,
        "listWorkspaceDefaults" => connections::defaults(call, command).await,
        _ => data::refuse(command),
    }
}

#[cfg(test)]
mod tests;
