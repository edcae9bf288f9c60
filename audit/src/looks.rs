//! What is no log, though somebody took it for one: told from its beginning, so that it can be named.

use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::event::is_object;
use crate::source::{GZIP, ZSTD};

/// So many plain bytes tell what something is.
pub const BEGINNING: usize = 64 << 10;

/// What something is that is no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Bytes of a format that is known by its first ones, in words: `a Parquet file`.
    Bytes(&'static str),
    /// Packed in a way that is not undone here.
    Packed {
        /// In words: `a zip archive`.
        what: &'static str,
        /// The program that writes a file, named behind it, unpacked to stdout.
        of_file: &'static str,
        /// The same of stdin.
        of_stdin: &'static str,
    },
    /// Text whose characters have two bytes.
    Utf16,
    /// A page, or a document, in HTML or XML.
    Markup,
    /// Values that commas, semicolons or tabs separate, below a header.
    Table,
    /// Documents by the Elastic Common Schema, which may keep the lines that they were made from.
    Ecs {
        /// Whether they do, in `event.original`.
        has_lines: bool,
    },
}

/// Formats by their first bytes.
const BYTES: &[(&[u8], Looks)] = &[
    (b"PAR1", Looks::Bytes("a Parquet file")),
    (b"ORC", Looks::Bytes("an ORC file")),
    (b"Obj\x01", Looks::Bytes("an Avro file")),
    (b"ARROW1", Looks::Bytes("an Arrow file")),
    (b"SQLite format 3\0", Looks::Bytes("an SQLite database")),
    (b"%PDF-", Looks::Bytes("a PDF")),
    (b"7z\xbc\xaf\x27\x1c", Looks::Bytes("a 7z archive")),
    (b"PK\x05\x06", Looks::Bytes("an empty zip archive")),
    (b"PK\x03\x04", packed("a zip archive", "unzip -p", "funzip")),
    (b"\xfd7zXZ\0", packed("a file that was packed with xz", "xz -dc", "xz -dc")),
    (b"BZh", packed("a file that was packed with bzip2", "bzip2 -dc", "bzip2 -dc")),
    (b"\x04\x22\x4d\x18", packed("a file that was packed with lz4", "lz4 -dc", "lz4 -dc")),
    // What is left when one packing is undone.
    (&GZIP, packed("a file that was packed twice", "gzip -dc", "gzip -dc")),
    (&ZSTD, packed("a file that was packed twice", "zstd -dc", "zstd -dc")),
    (b"\xff\xfe", Looks::Utf16),
    (b"\xfe\xff", Looks::Utf16),
];

const fn packed(what: &'static str, of_file: &'static str, of_stdin: &'static str) -> Looks {
    Looks::Packed { what, of_file, of_stdin }
}

/// Where the header of a tar archive says that it is one.
const TAR: (usize, &[u8]) = (257, b"ustar");

impl Looks {
    /// What something is that begins with these plain bytes; nothing where it may be a log, however
    /// damaged.
    pub fn of(beginning: &[u8]) -> Option<Looks> {
        if let Some((_, looks)) = BYTES.iter().find(|(magic, _)| beginning.starts_with(magic)) {
            return Some(*looks);
        }
        let (at, mark) = TAR;
        if beginning.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
            return Some(packed("a tar archive", "tar -xOf", "tar -xOf -"));
        }
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        let lines = || text.split(|byte| *byte == b'\n');
        if let Some(document) = lines().find(|line| is_object(line)) {
            // Whatever stands between them, events are read.
            return ecs(document);
        }
        let first = lines().next()?.trim_ascii_end();
        match first {
            [b'<', ..] => Some(Looks::Markup),
            _ if [b',', b';', b'\t'].iter().any(|separator| is_header(first, *separator)) => {
                Some(Looks::Table)
            }
            // A first line that is longer than what was read.
            [b'{', ..] if memmem::find(first, br#""ecs":{"version":"#).is_some() => {
                Some(Looks::Ecs { has_lines: memmem::find(first, br#""original":"#).is_some() })
            }
            _ => None,
        }
    }
}

/// What a document is by the Elastic Common Schema, if it is.
fn ecs(document: &[u8]) -> Option<Looks> {
    #[derive(Deserialize)]
    struct Document {
        #[serde(alias = "ecs.version")]
        ecs: IgnoredAny,
        event: Option<Event>,
        #[serde(rename = "event.original")]
        original: Option<IgnoredAny>,
    }
    #[derive(Deserialize)]
    struct Event {
        original: Option<IgnoredAny>,
    }
    let Document { ecs: IgnoredAny, event, original } = serde_json::from_slice(document).ok()?;
    let has_lines = event.is_some_and(|event| event.original.is_some()) || original.is_some();
    Some(Looks::Ecs { has_lines })
}

/// Whether a line names three columns or more.
fn is_header(line: &[u8], separator: u8) -> bool {
    let is_name = |name: &[u8]| {
        let name = name.trim_ascii();
        let bare = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
        let name = bare.unwrap_or(name);
        let is_within = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. @".contains(byte);
        matches!(name.first(), Some(b'@' | b'_' | b'a'..=b'z' | b'A'..=b'Z'))
            && name.iter().all(is_within)
    };
    let mut names = line.split(|byte| *byte == separator);
    line.iter().filter(|byte| **byte == separator).count() >= 2 && names.all(is_name)
}

/// A part of a JSON document that is laid out over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Nothing but brackets.
    Brackets,
    /// A key and what belongs to it.
    Member,
    /// The beginning of a list of documents, or one of its documents.
    List,
}

impl Part {
    /// What a line is that is no event.
    pub fn of(line: &[u8]) -> Option<Part> {
        let line = line.trim_ascii();
        match line {
            [b'[', rest @ ..] => match rest.trim_ascii_start() {
                [] | [b'{', ..] => Some(Part::List),
                _ => None,
            },
            [document @ .., b','] if document.first() == Some(&b'{') && is_object(document) => {
                Some(Part::List)
            }
            [_, ..] if line.iter().all(|byte| b"{}[], ".contains(byte)) => Some(Part::Brackets),
            [b'"', rest @ ..] => {
                let end = rest.iter().position(|byte| *byte == b'"')?;
                rest[end + 1..].trim_ascii_start().starts_with(b":").then_some(Part::Member)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENT: &[u8] = br#"{"class_uid":3002,"activity_id":1,"time":1793283555145}"#;

    #[test]
    fn what_is_no_log_is_told_by_its_beginning() {
        let mut tar = vec![0; 600];
        tar[..5].copy_from_slice(b"a.log");
        tar[257..262].copy_from_slice(b"ustar");
        let tar: &[u8] = &tar;
        for (beginning, wanted) in [
            (&b"PAR1\x15\x04"[..], Looks::Bytes("a Parquet file")),
            (b"PK\x03\x04\x14", packed("a zip archive", "unzip -p", "funzip")),
            (b"\x1f\x8b\x08", packed("a file that was packed twice", "gzip -dc", "gzip -dc")),
            (tar, packed("a tar archive", "tar -xOf", "tar -xOf -")),
            (b"\xff\xfe{\0", Looks::Utf16),
            (b"\n <!DOCTYPE html>\n<p>", Looks::Markup),
            (b"\xef\xbb\xbf<?xml version='1.0'?>", Looks::Markup),
            (b"time,event,user\n2026,a,b\n", Looks::Table),
            (b"\"time\";\"event\";\"the user\"\r\n", Looks::Table),
            (b"time\tevent\tuser", Looks::Table),
            (
                br#"{"ecs":{"version":"8"},"event":{"original":"{}"}}"#,
                Looks::Ecs { has_lines: true },
            ),
            (br#"{"ecs.version":"8","event.original":"{}"}"#, Looks::Ecs { has_lines: true }),
            (br#"{"ecs":{"version":"8"},"message":"x"}"#, Looks::Ecs { has_lines: false }),
        ] {
            assert_eq!(Looks::of(beginning), Some(wanted), "{}", beginning.escape_ascii());
        }
        let long =
            [br#"{"ecs":{"version":"8"},"event":{"original":""#, &[b'x'; BEGINNING][..]].concat();
        assert_eq!(Looks::of(&long[..BEGINNING]), Some(Looks::Ecs { has_lines: true }));
    }

    #[test]
    fn a_log_is_a_log_however_damaged() {
        for beginning in [
            &b""[..],
            b"\n\n",
            b"empty file",
            b"\0\0\0\0",
            b"{\"class_uid\":3002,\"act",
            b"a, b and c\n",
            b"[\n{\n",
            EVENT,
        ] {
            assert_eq!(Looks::of(beginning), None, "{}", beginning.escape_ascii());
        }
        // What stands before an event, and is text, is a damaged line.
        for before in ["time,event,user\n", "<html>\n", "\n"] {
            assert_eq!(Looks::of(&[before.as_bytes(), EVENT].concat()), None, "{before}");
        }
    }

    #[test]
    fn a_document_that_is_laid_out_is_told_by_its_lines() {
        for (line, wanted) in [
            ("{", Some(Part::Brackets)),
            ("  }},", Some(Part::Brackets)),
            ("  \"time\": 17,", Some(Part::Member)),
            ("\"a\" : {", Some(Part::Member)),
            ("[", Some(Part::List)),
            ("[{\"a\": 1}, {\"b\": 2}]", Some(Part::List)),
            ("  {\"a\": 1},", Some(Part::List)),
            ("", None),
            ("\"a\"", None),
            ("[1]", None),
            ("{\"a\": 1", None),
            ("empty file", None),
        ] {
            assert_eq!(Part::of(line.as_bytes()), wanted, "{line}");
        }
    }

    proptest! {
        #[test]
        fn what_holds_an_event_is_read(before in "[a-z<,;\"{}\\[\\]\n\t ]{0,200}") {
            let beginning = [before.as_bytes(), b"\n", EVENT, b"\n"].concat();
            prop_assert_eq!(Looks::of(&beginning), None);
        }

        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = (Looks::of(&bytes), Part::of(&bytes));
        }
    }
}
