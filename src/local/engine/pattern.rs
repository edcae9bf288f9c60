//! Regular expressions, as queries have them.

use bson::Bson;
use regex_lite::{Regex, RegexBuilder};

use super::predicate::Misread;

/// The longest pattern, in bytes; MongoDB's own limit.
const LONGEST: usize = 32_764;
/// How many bytes one may become when it is compiled: looking for it takes as long as that many
/// times the text.
const COMPILED: usize = 64 << 10;

/// A regular expression, which takes time in proportion to the text that it is looked for in.
#[derive(Debug, Clone)]
pub struct Pattern {
    pattern: String,
    options: String,
    regex: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.pattern, &self.options) == (&other.pattern, &other.options)
    }
}

impl Pattern {
    /// That of a value of BSON's own type.
    ///
    /// # Errors
    /// It is malformed, or has what only a backtracking engine can do.
    pub(super) fn of(regex: &bson::Regex) -> Result<Pattern, Misread> {
        Pattern::new(regex.pattern.as_str(), regex.options.as_str())
    }

    /// That of `$regex`, with its `$options`.
    ///
    /// # Errors
    /// As [`Pattern::of`]; or it is no text, or has its options twice.
    pub(super) fn with(value: &Bson, options: Option<&Bson>) -> Result<Pattern, Misread> {
        let malformed = |what: &str| Misread::Malformed(what.to_owned());
        let options = match options {
            None => None,
            Some(Bson::String(options)) => Some(options.as_str()),
            Some(_) => return Err(malformed("$options that are no text")),
        };
        match value {
            Bson::String(pattern) => Pattern::new(pattern, options.unwrap_or_default()),
            Bson::RegularExpression(regex) => match (regex.options.as_str(), options) {
                (own, None) => Pattern::new(regex.pattern.as_str(), own),
                ("", Some(options)) => Pattern::new(regex.pattern.as_str(), options),
                _ => Err(malformed("options in both $regex and $options")),
            },
            _ => Err(malformed("a $regex that is no text")),
        }
    }

    fn new(pattern: &str, options: &str) -> Result<Pattern, Misread> {
        if pattern.len() > LONGEST {
            return Err(Misread::Malformed("a regular expression that is too long".to_owned()));
        }
        let mut builder = RegexBuilder::new(pattern);
        builder.size_limit(COMPILED);
        for option in options.chars() {
            match option {
                'i' => builder.case_insensitive(true),
                'm' => builder.multi_line(true),
                's' => builder.dot_matches_new_line(true),
                'x' => builder.ignore_whitespace(true),
                // Texts are Unicode anyway.
                'u' => &mut builder,
                other => {
                    let what = format!("an invalid option of a regular expression: {other}");
                    return Err(Misread::Malformed(what));
                }
            };
        }
        let regex = builder.build();
        let regex = regex.map_err(|e| Misread::Malformed(format!("a regular expression: {e}")))?;
        Ok(Pattern { pattern: pattern.to_owned(), options: options.to_owned(), regex })
    }

    /// Whether it is found in a text, or is the value itself.
    pub(super) fn matches(&self, value: &Bson) -> bool {
        match value {
            Bson::String(text) | Bson::Symbol(text) => self.regex.is_match(text),
            Bson::RegularExpression(other) => {
                (other.pattern.as_str(), other.options.as_str())
                    == (self.pattern.as_str(), self.options.as_str())
            }
            _ => false,
        }
    }
}
