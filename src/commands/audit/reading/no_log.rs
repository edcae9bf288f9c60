//! What is said of sources that are no logs, and of lines that are parts of a document.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::sources::STDIN;
use crate::audit::looks::{BEGINNING, Looks, Part};
use crate::audit::source::{Place, Source};
use crate::error::Error;
use crate::shell::quote;
use crate::ui::plural;

/// What a source is that is no log, by its beginning.
pub(super) fn looks(source: &Source) -> Option<Looks> {
    Looks::of(&source.beginning(BEGINNING))
}

/// The error about sources that are no logs: what they look like, which is the same for all.
pub(super) fn error(looks: Looks, labels: &[&str]) -> Error {
    let what = match looks {
        Looks::Bytes(what) | Looks::Packed { what, .. } => what,
        Looks::Utf16 => "text in UTF-16",
        Looks::Markup => "HTML or XML, such as a page about an error",
        Looks::Table => "a table, such as a CSV export",
        Looks::Ecs { .. } => "an export in the Elastic Common Schema",
    };
    let (first, more) = labels.split_first().map_or(("", 0), |(first, more)| (*first, more.len()));
    let (others, are, it) = match more {
        0 => (String::new(), "is no audit log", "it looks"),
        _ => (format!(" and {}", plural(more, "other file")), "are no audit logs", "they look"),
    };
    let program =
        |of_file, of_stdin| format!("{} | spctl audit show -", piped(first, of_file, of_stdin));
    Error::failed(format!("{first}{others} {are}: {it} like {what}")).hint(match looks {
        Looks::Packed { of_file, of_stdin, .. } => program(of_file, of_stdin),
        Looks::Utf16 => {
            let convert = "iconv -f UTF-16 -t UTF-8";
            program(convert, convert)
        }
        Looks::Ecs { has_lines: true } => {
            let lines = "jq -r .event.original";
            format!("its lines were made from others, which it keeps: {}", program(lines, lines))
        }
        Looks::Markup => "download the log again: spctl audit download INSTANCE".to_owned(),
        _ => "read the log that it was made from".to_owned(),
    })
}

/// The command line that runs a source through a program.
fn piped(label: &str, of_file: &str, of_stdin: &str) -> String {
    let path = quote(label);
    let unpack = match label.rsplit_once('.') {
        _ if label == STDIN => return format!("… | {of_stdin}"),
        Some((_, "gz")) => "gzip -dc",
        Some((_, "zst")) => "zstd -dc",
        _ => return format!("{of_file} {path}"),
    };
    format!("{unpack} {path} | {of_stdin}")
}

/// Parts of documents that are laid out over several lines, among the lines that are no event.
#[derive(Default)]
pub(super) struct LaidOut {
    /// Where the first one is, as far as threads have an order.
    first: OnceLock<(Box<str>, u64)>,
    has_brackets: AtomicBool,
    has_members: AtomicBool,
    has_list: AtomicBool,
}

impl LaidOut {
    pub(super) fn line(&self, place: Place<'_>, line: &[u8]) {
        let Some(part) = Part::of(line) else { return };
        let seen = match part {
            Part::Brackets => &self.has_brackets,
            Part::Member => &self.has_members,
            Part::List => &self.has_list,
        };
        seen.store(true, Ordering::Relaxed);
        self.first.get_or_init(|| (place.source.label.as_ref().into(), place.line));
    }

    /// What to do about them, if there are any.
    pub(super) fn hint(&self) -> Option<String> {
        let has = |seen: &AtomicBool| seen.load(Ordering::Relaxed);
        let program = match () {
            () if has(&self.has_list) => "jq -c '.[]'",
            () if has(&self.has_brackets) && has(&self.has_members) => "jq -c .",
            () => return None,
        };
        let (label, line) = self.first.get()?;
        let piped = piped(label, program, program);
        Some(format!(
            "{label} holds a JSON document that is laid out over several lines, as at line {line}: \
             {piped} makes an event of each line"
        ))
    }
}
