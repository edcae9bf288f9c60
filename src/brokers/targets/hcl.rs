//! Terraform's own notation, laid out as `terraform fmt` lays it out.

use super::options::NAME;
use super::{Misuse, Options};
use crate::brokers::blocks::{Block, Blocks};

/// The name of `--name`, as a resource or a variable may have it.
///
/// # Errors
/// Another text, or a missing one.
pub(super) fn name(options: &Options) -> Result<String, Misuse> {
    let name = options.one(&NAME).unwrap_or_default();
    if !is_identifier(name) {
        return Err(Misuse::new(
            format!("--name {name:?} cannot name anything in Terraform"),
            "a name has letters, digits, _ and -, and begins with a letter or _",
        ));
    }
    Ok(name.to_owned())
}

fn is_identifier(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let first = text.bytes().next();
    first.is_some_and(|b| b.is_ascii_alphabetic() || b == b'_') && text.bytes().all(legal)
}

/// Whether a text refers to something of a configuration, such as `aws_security_group.broker.id`:
/// names with dots between them, of which any but the first may have an index, `[0]`.
pub(super) fn is_reference(text: &str) -> bool {
    let is_part = |part: &str| match part.strip_suffix(']').map(|part| part.split_once('[')) {
        Some(Some((name, index))) => {
            let digits =
                |index: &str| !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
            is_identifier(name) && digits(index)
        }
        Some(None) => false,
        None => is_identifier(part),
    };
    text.split_once('.')
        .is_some_and(|(first, rest)| is_identifier(first) && rest.split('.').all(is_part))
}

/// A text between quotes, in which nothing is evaluated.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            // A doubled sign begins no template.
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([c, c]),
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A text, or the reference that it is.
pub(super) fn value(text: &str) -> String {
    if is_reference(text) { text.to_owned() } else { string(text) }
}

/// Lines of names and values, the values below one another.
pub(super) fn pairs<K: AsRef<str>>(pairs: &[(K, String)]) -> String {
    let width = pairs.iter().map(|(key, _)| key.as_ref().chars().count()).max().unwrap_or(0);
    let line = |(key, value): &(K, String)| format!("{:width$} = {value}\n", key.as_ref());
    pairs.iter().map(line).collect()
}

/// A value that is an object, a line for each of its pairs.
pub(super) fn object(name: &str, entries: &[(String, String)]) -> String {
    format!("{name} = {{\n{}}}\n", indented(&pairs(entries)))
}

/// A value that is a list of blocks, a line for each.
pub(super) fn list(name: &str, blocks: &Blocks) -> String {
    let line = |block: &Block| string(&block.net.to_string()) + ",\n";
    format!("{name} = [\n{}]\n", indented(&blocks.iter().map(line).collect::<String>()))
}

/// A block: its head, such as `resource "TYPE" "NAME"`, and its body.
pub(super) fn block(head: &str, body: &str) -> String {
    format!("{head} {{\n{}}}\n", indented(body))
}

/// A resource.
pub(super) fn resource(kind: &str, name: &str, body: &str) -> String {
    block(&format!("resource {} {}", string(kind), string(name)), body)
}

/// A text of several lines, one step to the right.
fn indented(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".into() } else { format!("  {line}\n") };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_string_is_evaluated() {
        for (text, written) in [
            ("plain", r#""plain""#),
            ("a \"b\" \\c", r#""a \"b\" \\c""#),
            ("${path.root} %{ if true }", r#""$${path.root} %%{ if true }""#),
            ("$${x} $ % {", r#""$$${x} $ % {""#),
            ("a\nb\t\u{1b}", r#""a\nb\t\u001b""#),
        ] {
            assert_eq!(string(text), written);
        }
    }

    #[test]
    fn a_reference_is_names_with_dots_between_them() {
        for text in ["aws_security_group.broker.id", "var.group", "module.a.b[0].id", "local.x"] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["sg-0123", "default", "a.", ".a", "a..b", "a.b[x]", "a.b[]", "a[0].b", "a.b c"]
        {
            assert!(!is_reference(text), "{text}");
        }
        for text in ["a.${b}", "a.b\"", "file(\"x\").y", "1.2", "a.b]", "projects/p.x/n"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn names_begin_with_a_letter() {
        assert!(["atlas", "_a", "a-1", "A_b"].iter().all(|name| is_identifier(name)));
        assert!(!["", "1a", "-a", "a.b", "a b", "größe", "a\"b"].iter().any(|n| is_identifier(n)));
    }
}
