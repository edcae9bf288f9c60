//! What is wrong with a filter, in a line that shows nothing of what was filtered.

use jaq_core::compile::Undefined;
use jaq_core::load::{self, lex, parse};
use jaq_json::Val;
use serde::de::IgnoredAny;

use super::filters;
use crate::error::Error;
use crate::near::near;

/// How many characters of a filter, or of what it says, are shown.
const LONGEST: usize = 160;

/// The filter cannot be read.
pub(super) fn unreadable(filter: &str, errors: &load::Errors<&str, ()>) -> Error {
    let why = errors.first().and_then(|(_, error)| match error {
        load::Error::Lex(errors) => errors.first().map(|(expected, at)| lexical(expected, at)),
        load::Error::Parse(errors) => errors
            .first()
            .map(|(expected, at)| format!("{} expected {}", wanted(expected), place(at))),
        load::Error::Io(_) => Some("filters cannot be loaded from files".to_owned()),
    });
    let why = why.unwrap_or_else(|| "it cannot be read".to_owned());
    refused(filter, &why).hint("filter a list as in --jq '.[].name'; -o json shows the document")
}

fn lexical(expected: &lex::Expect<&str>, at: &str) -> String {
    match expected {
        lex::Expect::Delim(open) => format!("{} is not closed", line(open)),
        lex::Expect::Token => format!("an unknown sign {}", place(at)),
        other => format!("{} expected {}", other.as_str(), place(at)),
    }
}

fn wanted(expected: &parse::Expect<&str>) -> String {
    match expected {
        parse::Expect::Nothing => "the end".to_owned(),
        parse::Expect::Just("") => "the end".to_owned(),
        parse::Expect::Term => "a filter".to_owned(),
        other => other.as_str().to_owned(),
    }
}

fn place(at: &str) -> String {
    match at.trim() {
        "" => "at the end".to_owned(),
        rest => format!("at {}", line(rest)),
    }
}

/// The filter calls what there is not.
pub(super) fn undefined(filter: &str, errors: &[(&str, Undefined)]) -> Error {
    let Some((name, kind)) = errors.first() else {
        return refused(filter, "it cannot be compiled");
    };
    if matches!(*name, "env" | "$ENV") {
        return refused(
            filter,
            "the environment, which may hold credentials, is not there for filters",
        )
        .hint(
            "let the shell put a value in, as in: --jq \".[] | select(.name == \\\"$NAME\\\")\"",
        );
    }
    let Undefined::Filter(arity) = kind else {
        return refused(filter, &format!("there is no {} {name}", kind.as_str()))
            .hint("only what the filter itself defines can be used");
    };
    let known = known();
    let arities = known.iter().filter(|(known, _)| known == name).map(|(_, arity)| *arity);
    let arities: Vec<String> = arities.map(|arity| arity.to_string()).collect();
    if !arities.is_empty() {
        let noun = if arities == ["1"] { "argument" } else { "arguments" };
        let why = format!("{name} takes {} {noun}, not {arity}", arities.join(" or "));
        return refused(filter, &why)
            .hint("arguments are parted by semicolons, as in sub(\"a\"; \"b\")");
    }
    let error = refused(filter, &format!("there is no filter {name}"));
    let nearest = near(name, known.iter().map(|(name, _)| name.as_str()));
    let error = match nearest.is_empty() {
        true => error,
        false => error.hint(format!("did you mean {}?", nearest.join(", "))),
    };
    match name.strip_prefix('@') {
        Some(_) => {
            let formats: Vec<&str> = known
                .iter()
                .map(|(name, _)| name.as_str())
                .filter(|n| n.starts_with('@'))
                .collect();
            error.hint(format!("the formats are {}", formats.join(", ")))
        }
        None => error.hint(format!("a field begins with a dot: .{name}")),
    }
}

/// The names that filters can call, with the number of their arguments.
fn known() -> Vec<(String, usize)> {
    let defined = filters::definitions().map(|def| (def.name.to_owned(), def.args.len()));
    let native = filters::natives().map(|(name, arguments, _)| (name.to_owned(), arguments.len()));
    let mut known: Vec<_> = defined.chain(native).filter(|(name, _)| !is_inner(name)).collect();
    known.sort();
    known.dedup();
    known
}

/// Whether a name is for definitions only.
fn is_inner(name: &str) -> bool {
    name.ends_with('_') || name.ends_with("_empty")
}

fn refused(filter: &str, why: &str) -> Error {
    Error::usage(format!("--jq: not a jq filter: {}: {why}", line(filter)))
}

/// The filter failed with this error.
pub(super) fn failed(filter: &str, error: jaq_core::Error<Val>) -> Error {
    said(filter, "the jq filter failed", &error.into_val())
}

/// The filter ended itself with this last word.
pub(super) fn halted(filter: &str, word: Option<Val>) -> Error {
    said(filter, "the jq filter ended with halt_error", &word.unwrap_or_default())
}

fn said(filter: &str, what: &str, value: &Val) -> Error {
    let message = match value {
        Val::TStr(text) => without_values(&String::from_utf8_lossy(text), filter),
        Val::Null => return Error::failed(what),
        Val::Obj(_) => "an object".to_owned(),
        Val::Arr(_) => "an array".to_owned(),
        other => other.to_string(),
    };
    match line(&message).as_str() {
        "" => Error::failed(what),
        message => {
            let error = Error::failed(format!("{what}: {message}"));
            match message.starts_with("cannot index an array with \"") {
                true => error.hint("what a list holds is behind .[], as in --jq '.[].name'"),
                false => error,
            }
        }
    }
}

/// A message in which values of what was filtered stand by their types. Texts that the filter
/// itself holds are shown.
fn without_values(message: &str, filter: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(['{', '[', '"']) {
        let (before, value) = rest.split_at(at);
        out.push_str(before);
        let mut read = serde_json::Deserializer::from_str(value).into_iter::<IgnoredAny>();
        let is_whole = matches!(read.next(), Some(Ok(_)));
        // What is no JSON after all may be anything.
        let length = if is_whole { read.byte_offset() } else { value.len() };
        let (value, after) = value.split_at(length);
        out.push_str(match value.as_bytes() {
            [b'{', ..] => "an object",
            [b'[', ..] => "an array",
            _ if filter.contains(value) || is_key(value, filter) => value,
            _ => "a string",
        });
        rest = after;
    }
    out + rest
}

/// Whether the filter has a text as a key: `.name`.
fn is_key(text: &str, filter: &str) -> bool {
    filter.contains(&format!(".{}", text.trim_matches('"')))
}

/// The first line of a text, not all of it where it is long.
fn line(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
        if line.len() > LONGEST * 4 {
            break;
        }
    }
    match line.char_indices().nth(LONGEST) {
        None => line,
        Some((at, _)) => format!("{}…", &line[..at]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_by_their_types() {
        for (message, filter, shown) in [
            (r#"cannot index {"a": "b"} with "x""#, ".x", r#"cannot index an object with "x""#),
            (r#"cannot use "se\"cret" as array"#, ".[]", "cannot use a string as array"),
            (r#"cannot calculate [1,{}] + 1"#, ". + 1", "cannot calculate an array + 1"),
            (r#"{NaN: 1} has no length"#, "length", "an object"),
            ("no user", r#"error("no user")"#, "no user"),
        ] {
            assert_eq!(without_values(message, filter), shown);
        }
    }

    #[test]
    fn a_text_is_cut_to_a_line() {
        assert_eq!(line("a\n  b\tc"), "a b c");
        assert_eq!(line(&"ä".repeat(1000)).chars().count(), LONGEST + 1);
    }
}
