//! Files that a command reads; `-` is stdin. A byte order mark is no part of them.

use std::io::{ErrorKind, Read};
use std::path::Path;

use serde_json::Value;

use crate::atlas::redact;
use crate::commands::effective;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::text::unmarked;

/// What stands for stdin where a file is asked for.
const STDIN: &str = "-";

/// The file as messages name it.
pub fn name(file: &Path) -> String {
    match file.as_os_str() == STDIN {
        true => "stdin".to_owned(),
        false => file.display().to_string(),
    }
}

/// The bytes of a file, or with `-` of stdin. `option` is what named it, as in `--file`.
///
/// # Errors
/// Usage: a file that cannot be read; a stdin at which a person would have to type.
pub fn bytes(context: &Context, option: &str, file: &Path) -> Result<Vec<u8>> {
    if file.as_os_str() != STDIN {
        return self::file(option, file);
    }
    if context.ui.stdin_is_terminal() {
        return Err(Error::usage(format!("{option} - reads stdin, and stdin is a terminal"))
            .hint("pipe in the text, or name a file"));
    }
    limited(std::io::stdin().lock())
        .map_err(|e| Error::usage(format!("{option}: cannot read stdin")).source(e))
}

/// How large a file that is read as a whole may be, in bytes.
const LARGEST: u64 = 64 << 20;

/// Everything there is to read, which has to have an end, without the mark of its encoding.
fn limited(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        false => unmarked(bytes),
        true => Err(std::io::Error::other(format!("larger than {} MiB", LARGEST >> 20))),
    }
}

/// The bytes of a file, where stdin cannot stand in for it.
///
/// # Errors
/// Usage, where it cannot be read.
pub fn file(option: &str, file: &Path) -> Result<Vec<u8>> {
    std::fs::File::open(file).and_then(limited).map_err(|e| {
        let hint = match e.kind() {
            ErrorKind::InvalidData => "nothing was changed",
            _ => "check the path and its permissions; nothing was changed",
        };
        Error::usage(format!("{option}: cannot read {}", file.display())).source(e).hint(hint)
    })
}

/// Like [`bytes`], for text.
///
/// # Errors
/// Also usage, where it is no UTF-8.
pub fn text(context: &Context, option: &str, file: &Path) -> Result<String> {
    utf8(option, file, bytes(context, option, file)?)
}

/// Like [`file()`], for text.
///
/// # Errors
/// Also usage, where it is no UTF-8.
pub fn file_text(option: &str, file: &Path) -> Result<String> {
    utf8(option, file, self::file(option, file)?)
}

/// The text that the bytes of a file are.
///
/// # Errors
/// Usage, where they are no UTF-8.
pub fn utf8(option: &str, file: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| Error::usage(format!("{option}: {} is not UTF-8 text", name(file))))
}

/// Checks that a file that is to hold a document holds something: a parser would only say that it
/// reached the end.
///
/// # Errors
/// Usage, where it does not.
pub fn not_blank(option: &str, file: &Path, bytes: &[u8]) -> Result<()> {
    match bytes.trim_ascii().is_empty() {
        true => Err(Error::usage(format!("{option}: {} holds no document", name(file)))
            .hint("nothing was changed")),
        false => Ok(()),
    }
}

/// A document in JSON or YAML, from a file or with `-` from stdin. What was computed of an object
/// that was shown is no part of it.
///
/// # Errors
/// Also usage, where it holds nothing, or is neither JSON nor YAML.
pub fn document(context: &Context, option: &str, file: &Path) -> Result<Value> {
    let text = text(context, option, file)?;
    not_blank(option, file, text.as_bytes())?;
    // JSON's own errors are the better ones, and what begins with a bracket is meant to be JSON.
    let looks_like_json = text.trim_start().starts_with(['[', '{']);
    let parsed = match serde_json::from_str(&text) {
        Ok(value) => Ok(value),
        Err(error) if looks_like_json => Err(error.to_string()),
        Err(_) => serde_saphyr::from_str(&text).map_err(|error| error.to_string()),
    };
    let mut value = parsed.map_err(|why: String| {
        // It may quote what is wrong, however long that is.
        let why: String = why.lines().next().unwrap_or_default().chars().take(200).collect();
        Error::usage(format!("{option}: {} is neither JSON nor YAML: {why}", name(file)))
    })?;
    effective::take(&mut value);
    redact::learn(context.ui.known(), &value, &value);
    Ok(value)
}
