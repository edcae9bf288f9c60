//! How deep a filter's text makes its parser call itself, seen by a scan that does not recurse.

use jaq_core::load::lex::{Lexer, StrPart, Tok, Token};

use crate::error::{Error, Result};

/// How deep brackets, and texts with filters in them, may be nested.
const DEEPEST: usize = 256;

/// How many words, numbers and signs a filter may have. Each may be a level by itself, as in `1+1+1`,
/// `- - 1` or `try try 1`.
const LONGEST: usize = 2_000;

/// Checks a filter before it is parsed.
///
/// # Errors
/// Usage: it is nested too deep, or too long.
pub(super) fn check(filter: &str) -> Result<()> {
    if nesting(filter) > DEEPEST {
        return Err(Error::usage(format!("--jq: the filter is nested more than {DEEPEST} deep"))
            .hint("split it, or pipe -o json into another program"));
    }
    // What is no sequence of tokens at all is refused by the parser.
    let tokens = Lexer::new(filter).lex().unwrap_or_default();
    if count(&tokens) > LONGEST {
        return Err(Error::usage(format!(
            "--jq: the filter has more than {LONGEST} words and signs"
        ))
        .hint("split it, or pipe -o json into another program"));
    }
    Ok(())
}

/// The deepest nesting of brackets, those of filters within texts included; what does not match only
/// counts for more.
fn nesting(filter: &str) -> usize {
    let (mut open, mut texts, mut deepest) = (Vec::new(), 0, 0);
    let mut bytes = filter.bytes();
    while let Some(byte) = bytes.next() {
        let in_text = open.last() == Some(&b'"');
        match byte {
            b'"' if in_text => {
                open.pop();
                texts -= 1;
            }
            b'\\' if in_text => open.extend((bytes.next() == Some(b'(')).then_some(b')')),
            _ if in_text => {}
            b'"' => {
                open.push(b'"');
                texts += 1;
            }
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b'#' => drop(bytes.find(|byte| *byte == b'\n')),
            _ if open.last() == Some(&byte) => drop(open.pop()),
            _ => {}
        }
        deepest = deepest.max(open.len() - texts);
    }
    deepest
}

fn count<S>(tokens: &[Token<S>]) -> usize {
    let within = |Token(_, token): &Token<S>| match token {
        Tok::Block(tokens) => count(tokens),
        Tok::Str(parts) => parts
            .iter()
            .map(|part| match part {
                StrPart::Term(token) => count(std::slice::from_ref(token)),
                // What a text is made of is put together piece by piece.
                _ => 1,
            })
            .sum(),
        _ => 0,
    };
    tokens.iter().map(|token| 1 + within(token)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_texts_within_texts_are_nested() {
        assert_eq!(nesting("."), 0);
        assert_eq!(nesting("[.[] | {a: (.b)}]"), 3);
        assert_eq!(nesting(r#""a\("b\(.c)")""#), 2);
        assert_eq!(nesting(r#""((([[[\"((""#), 0);
        assert_eq!(nesting("# ((((\n(.)"), 1);
        assert_eq!(nesting("(](](]"), 3);
    }

    #[test]
    fn long_chains_and_deep_nests_are_refused() {
        let chain = |link: &str, times: usize| check(&format!("{}1", link.repeat(times)));
        for link in ["1+", "-", "try ", "1|", "1,", "1//", ". as $x|", "if 1 then "] {
            assert!(chain(link, 100).is_ok(), "{link}");
            assert!(chain(link, 60_000).is_err(), "{link}");
        }
        for open in ["(", "[", "{a:", r#""\("#] {
            assert!(chain(open, 250).is_ok(), "{open}");
            assert!(chain(open, 300).is_err(), "{open}");
            assert!(chain(open, 60_000).is_err(), "{open}");
        }
    }
}
