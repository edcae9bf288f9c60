//! BSON from strangers.

use std::io;

use bson::raw::RawIter;
use bson::{RawArray, RawBsonRef, RawDocument, RawDocumentBuf};

use super::frame::{no_room, wrong};

/// How deep documents may be nested; MongoDB's own limit. Whatever converts them does so by recursion.
const DEEPEST: usize = 100;

/// The longest document of an answer, which clients are told; MongoDB's own limit.
pub(super) const LARGEST: usize = 16 << 20;
/// The longest document of a command, with what a command has around it; MongoDB's own limit.
const LONGEST: usize = LARGEST + (16 << 10);
/// What an element takes when it is converted, besides its bytes: a name and a value of their own.
const ELEMENT: usize = 192;

/// The document that these bytes begin with, and what follows it. `hold` is asked whether there is
/// room for what the document will take.
///
/// # Errors
/// It is malformed, too long or nested too deep; there is no room.
pub(super) fn first<'b>(
    bytes: &'b [u8],
    hold: &mut dyn FnMut(usize) -> bool,
) -> io::Result<(RawDocumentBuf, &'b [u8])> {
    let length = i32::from_le_bytes(*bytes.first_chunk().ok_or_else(malformed)?);
    let length = usize::try_from(length).ok().filter(|length| *length <= LONGEST);
    let (own, rest) =
        length.and_then(|length| bytes.split_at_checked(length)).ok_or_else(malformed)?;
    let document = RawDocument::from_bytes(own).map_err(|_| malformed())?;
    let taken = own.len() + check(document)?.saturating_mul(ELEMENT);
    match hold(taken) {
        true => Ok((document.to_owned(), rest)),
        false => Err(no_room()),
    }
}

/// Looks at every element, without recursion, and counts them.
fn check(document: &RawDocument) -> io::Result<usize> {
    let mut open = vec![elements(document)];
    let mut count = 0;
    while let Some(last) = open.last_mut() {
        count += 1;
        let inner = match last.next() {
            None => {
                open.pop();
                continue;
            }
            Some(element) => match element.and_then(|e| e.value()).map_err(|_| malformed())? {
                RawBsonRef::Document(inner) => elements(inner),
                RawBsonRef::Array(inner) => elements(array(inner)?),
                RawBsonRef::JavaScriptCodeWithScope(code) => elements(code.scope),
                _ => continue,
            },
        };
        if open.len() == DEEPEST {
            return Err(wrong("a document that is nested too deep"));
        }
        open.push(inner);
    }
    Ok(count)
}

fn elements(document: &RawDocument) -> RawIter<'_> {
    document.iter_elements()
}

fn array(array: &RawArray) -> io::Result<&RawDocument> {
    RawDocument::from_bytes(array.as_bytes()).map_err(|_| malformed())
}

fn malformed() -> io::Error {
    wrong("malformed BSON")
}
