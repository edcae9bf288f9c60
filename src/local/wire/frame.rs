//! Messages: a header, and what it announces.

use std::io;
use std::time::Duration;

use bson::RawDocumentBuf;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

use super::document;

/// What a message is: `OP_REPLY`, `OP_QUERY`, `OP_MSG`.
const REPLY: i32 = 1;
const QUERY: i32 = 2004;
const MSG: i32 = 2013;

const HEADER: usize = 16;
/// The longest message, and the longest of somebody who has not signed in.
const LONGEST: usize = 48_000_000;
const LONGEST_OF_STRANGERS: usize = 64 << 10;
/// How much of a message is read at once.
const PIECE: usize = 64 << 10;
/// How long a message may take from its first byte to its last, and one of a stranger or to one.
const PATIENCE: Duration = Duration::from_secs(60);
const PATIENCE_WITH_STRANGERS: Duration = Duration::from_secs(10);

/// Flags of `OP_MSG`: a checksum follows; no answer is wanted. The upper half may be ignored.
const CHECKSUM: u32 = 1;
const MORE_TO_COME: u32 = 1 << 1;
const MUST_BE_KNOWN: u32 = 0xffff;

/// How a message came, and its answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    /// `OP_QUERY`, with which clients begin that do not know the server yet.
    Query,
    /// `OP_MSG`.
    Msg,
}

/// A message, whose command has been checked to be well-formed.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: i32,
    pub(super) transport: Transport,
    /// Whether the client waits for an answer: one that it does not wait for would be taken for that
    /// of its next command.
    pub(super) wants_answer: bool,
    /// The database that the command is for.
    pub(super) database: String,
    pub(super) command: RawDocumentBuf,
}

/// Reads the next message; `None` at the end. `hold` is asked, before memory is taken, whether there
/// is room for so many bytes more.
///
/// # Errors
/// What comes is no message, is longer than it may be or takes too long; there is no room.
pub(super) async fn read(
    stream: &mut (impl AsyncRead + Unpin),
    is_signed_in: bool,
    hold: &mut (dyn FnMut(usize) -> bool + Send),
) -> io::Result<Option<Message>> {
    let mut header = [0; HEADER];
    // Between messages there may be any time.
    let begun = stream.read(&mut header).await?;
    let most = if is_signed_in { LONGEST } else { LONGEST_OF_STRANGERS };
    let whole = async {
        if begun == 0 {
            return Ok(None);
        }
        stream.read_exact(&mut header[begun..]).await?;
        let [length, id, _, opcode] = header_of(header);
        if ![MSG, QUERY].contains(&opcode) {
            return Err(wrong(&format!("a message with the unknown code {opcode}")));
        }
        let length = usize::try_from(length).ok().filter(|length| (HEADER..=most).contains(length));
        let length = length.ok_or_else(|| wrong("a message of an impossible length"))? - HEADER;
        Ok(Some((id, opcode, body(stream, length, hold).await?)))
    };
    let whole = timeout(patience(is_signed_in), whole)
        .await
        .map_err(|_| wrong("a message that takes too long"))?;
    match whole {
        Ok(None) => Ok(None),
        Ok(Some((id, MSG, body))) => msg(id, body, hold).map(Some),
        Ok(Some((id, _, body))) => query(id, &body, hold).map(Some),
        // The client is gone.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// How long a message may take from its first byte to its last, in either direction.
pub(super) fn patience(is_signed_in: bool) -> Duration {
    if is_signed_in { PATIENCE } else { PATIENCE_WITH_STRANGERS }
}

/// Memory is taken as the bytes come, not as they are announced.
async fn body(
    stream: &mut (impl AsyncRead + Unpin),
    length: usize,
    hold: &mut (dyn FnMut(usize) -> bool + Send),
) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < length {
        let piece = (length - body.len()).min(PIECE);
        if !hold(piece) {
            return Err(no_room());
        }
        let end = body.len() + piece;
        let filled = body.len();
        body.resize(end, 0);
        stream.read_exact(&mut body[filled..]).await?;
    }
    Ok(body)
}

fn header_of(bytes: [u8; HEADER]) -> [i32; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *word = i32::from_le_bytes(*bytes);
    }
    words
}

fn msg(id: i32, mut body: Vec<u8>, hold: &mut dyn FnMut(usize) -> bool) -> io::Result<Message> {
    let flags = u32::from_le_bytes(*body.first_chunk().ok_or_else(short)?);
    if flags & MUST_BE_KNOWN & !(CHECKSUM | MORE_TO_COME) != 0 {
        return Err(wrong("a message with unknown flags"));
    }
    if flags & CHECKSUM != 0 {
        body.truncate(body.len().saturating_sub(4));
    }
    let command = command_in(body.get(4..).ok_or_else(short)?, hold)?;
    let database = command.get_str("$db").map_err(|_| wrong("a command without a database"))?;
    Ok(Message {
        id,
        transport: Transport::Msg,
        wants_answer: flags & MORE_TO_COME == 0,
        database: database.to_owned(),
        command,
    })
}

/// The one section of kind 0. Those of kind 1 hold documents for commands that write them, of which
/// there are none here.
fn command_in(
    mut sections: &[u8],
    hold: &mut dyn FnMut(usize) -> bool,
) -> io::Result<RawDocumentBuf> {
    let mut command = None;
    while let Some((kind, rest)) = sections.split_first() {
        sections = match kind {
            0 if command.is_none() => {
                let (first, rest) = document::first(rest, hold)?;
                command = Some(first);
                rest
            }
            1 => {
                let length = i32::from_le_bytes(*rest.first_chunk().ok_or_else(short)?);
                let length = usize::try_from(length).ok().filter(|length| *length > 4);
                length.and_then(|length| rest.get(length..)).ok_or_else(short)?
            }
            _ => return Err(wrong("a message with a section that it may not have")),
        };
    }
    command.ok_or_else(|| wrong("a message without a command"))
}

fn query(id: i32, body: &[u8], hold: &mut dyn FnMut(usize) -> bool) -> io::Result<Message> {
    let rest = body.get(4..).ok_or_else(short)?;
    let end = rest.iter().position(|byte| *byte == 0).ok_or_else(short)?;
    let name = std::str::from_utf8(&rest[..end]).map_err(|_| wrong("a name that is no text"))?;
    let Some(database) = name.strip_suffix(".$cmd") else {
        return Err(wrong("a query that is no command"));
    };
    // How many to skip and to return, before the command; which fields, after it.
    let (command, _) = document::first(rest.get(end + 9..).ok_or_else(short)?, hold)?;
    let (transport, database) = (Transport::Query, database.to_owned());
    Ok(Message { id, transport, wants_answer: true, database, command })
}

/// The bytes of an answer.
pub(super) fn answer(to: &Message, id: i32, document: &[u8]) -> Vec<u8> {
    let (opcode, before): (i32, &[u8]) = match to.transport {
        // Flags, and a section of kind 0.
        Transport::Msg => (MSG, &[0; 5]),
        // Flags (this server knows `await`), a cursor, where it begins, one document.
        Transport::Query => (REPLY, &[8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
    };
    let length = HEADER + before.len() + document.len();
    let mut bytes = Vec::with_capacity(length);
    for word in [i32::try_from(length).unwrap_or(i32::MAX), id, to.id, opcode] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend_from_slice(before);
    bytes.extend_from_slice(document);
    bytes
}

fn short() -> io::Error {
    wrong("a message that ends before its end")
}

/// All messages that are being read hold too much already.
pub(super) fn no_room() -> io::Error {
    io::Error::new(io::ErrorKind::OutOfMemory, "there is no room for the message")
}

pub(super) fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests;
