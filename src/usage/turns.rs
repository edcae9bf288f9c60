//! Wrong turns that are common, and the line to paste instead: one with the same words in places where
//! the parser takes them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{ArgAction, Command};

use super::path::Path;
use crate::shell;

/// Longer lines are not tried: each try is one more reading of the line.
const LONGEST: usize = 40;

/// Verbs that only read, and what they are tried for where a verb is missing.
const READING: [&str; 3] = ["list", "get", "download"];

/// The options that words on their own are tried for: what each holds, and its name.
const OPTIONS: [(&str, &str); 2] = [("instance", "--instance"), ("processor", "--processor")];

/// What a line was probably meant to be, each a sentence that ends with a line to paste.
pub fn lines(
    error: &Error,
    line: &[OsString],
    root: &Command,
    is_read: &dyn Fn(&[&str]) -> bool,
) -> Vec<String> {
    let words: Option<Vec<&str>> = line.iter().map(|word| word.to_str()).collect();
    let Some(words) = words.filter(|words| (2..=LONGEST).contains(&words.len())) else {
        return Vec::new();
    };
    let turn = Turn { path: Path::of(root, &words), words, is_read };
    let invalid = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word)) => word.as_str(),
        _ => "",
    };
    let is_instance = invalid.starts_with("--instance") || invalid.starts_with("--workspace");
    match error.kind() {
        ErrorKind::InvalidSubcommand => turn.without_verb(),
        ErrorKind::UnknownArgument if is_instance => turn.without_verb(),
        ErrorKind::UnknownArgument if invalid.starts_with('-') => Vec::new(),
        ErrorKind::UnknownArgument | ErrorKind::ArgumentConflict => turn.misplaced(1),
        ErrorKind::MissingRequiredArgument => {
            let most = if turn.is_on_one_instance() { 2 } else { 1 };
            turn.swallowed().map_or_else(|| turn.misplaced(most), |line| vec![line])
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue
            if error.get(ContextKind::SuggestedValue).is_none() =>
        {
            turn.swallowed().into_iter().collect()
        }
        _ => Vec::new(),
    }
}

struct Turn<'a> {
    words: Vec<&'a str>,
    path: Path<'a>,
    is_read: &'a dyn Fn(&[&str]) -> bool,
}

impl<'a> Turn<'a> {
    /// Words on their own behind the option that they were meant for, and words that another verb
    /// would take as they are.
    fn misplaced(&self, most: usize) -> Vec<String> {
        let moved = OPTIONS.iter().find_map(|(noun, option)| {
            let found = self.moved(&self.words, option);
            let lines = found.into_iter().take(most).map(|(word, line)| paste(noun, word, &line));
            Some(lines.collect::<Vec<_>>()).filter(|lines| !lines.is_empty())
        });
        let mut lines = moved.unwrap_or_default();
        if lines.is_empty() {
            lines.extend(self.incomplete());
        }
        lines.extend(self.with_other_verb());
        lines
    }

    /// Whether either of two names may be the instance: the command takes one, not several.
    fn is_on_one_instance(&self) -> bool {
        let mut options = self.path.command().get_arguments();
        let instance = options.find(|arg| arg.get_long() == Some("instance"));
        instance.is_some_and(|arg| !matches!(arg.get_action(), ArgAction::Append))
    }

    /// The lines that are read once a word, the last ones first, is put behind an option.
    fn moved(&self, words: &[&'a str], option: &'a str) -> Vec<(&'a str, Vec<&'a str>)> {
        let at = (self.path.end..words.len()).rev().filter(|at| !words[*at].starts_with('-'));
        let moved = at.map(|at| {
            let line = [&words[..at], &words[at + 1..], &[option, words[at]]].concat();
            (words[at], line)
        });
        moved.filter(|(_, line)| (self.is_read)(line)).collect()
    }

    /// `get` for a `list` of something named, and `list` for a `get` of what only an instance names.
    fn with_other_verb(&self) -> Option<String> {
        let at = self.path.end.checked_sub(1)?;
        let (is_list, other) = match self.path.command().get_name() {
            "list" => (true, "get"),
            "get" => (false, "list"),
            _ => return None,
        };
        let word = *self.words[at + 1..].iter().find(|word| !word.starts_with('-'))?;
        let mut words = self.words.clone();
        words[at] = other;
        if (self.is_read)(&words) {
            return Some(match is_list {
                true => format!("to show {word:?}: {}", line(&words)),
                false => paste("instance", word, &words),
            });
        }
        // Of two names, the first is where `list` has its instance.
        let (word, words) = self.moved(&words, "--instance").pop().filter(|_| is_list)?;
        Some(paste("instance", word, &words))
    }

    /// The noun's verb that takes what follows.
    fn without_verb(&self) -> Vec<String> {
        let at = self.path.end;
        let (before, after) = self.words.split_at(at);
        let takes = |verb: &&Command| {
            let mut names = verb.get_positionals().filter_map(|arg| arg.get_value_names());
            names.any(|names| names.iter().any(|name| name == "INSTANCE"))
        };
        let verbs = self.path.command().get_subcommands().filter(takes).map(Command::get_name);
        let mut verbs = verbs.filter(|verb| READING.contains(verb));
        let inserted = verbs.find_map(|verb| {
            let words = [before, &[verb], after].concat();
            (self.is_read)(&words).then_some((verb, words))
        });
        let Some((verb, words)) = inserted else {
            let moved = self.moved(&self.words, "--instance").into_iter().take(1);
            return moved.map(|(word, words)| paste("instance", word, &words)).collect();
        };
        let word = after.iter().find(|word| !word.starts_with('-')).copied().unwrap_or_default();
        let mut lines = vec![paste("instance", word, &words)];
        let mut verbs = self.path.command().get_subcommands();
        let is_only = verbs.all(|other| other.get_name() == verb || other.get_name() == "help");
        if after[0] == word && (is_only || READING.contains(&word)) {
            let words = [before, &[verb], &after[1..]].concat();
            if (self.is_read)(&words) {
                lines.push(format!("if {word:?} is the verb: {}", line(&words)));
            }
        }
        lines
    }

    /// The names that an option of several values took, before the options.
    fn swallowed(&self) -> Option<String> {
        let (name, rest) = self.words.split_last().filter(|(name, _)| !name.starts_with('-'))?;
        let (before, after) = rest.split_at_checked(self.path.end)?;
        after.iter().find(|word| word.starts_with("--"))?;
        let words = [before, &[*name], after].concat();
        let on_instance = [&*words, &["--instance", "INSTANCE"]].concat();
        let words = [words, on_instance].into_iter().find(|words| (self.is_read)(words));
        words.map(|words| {
            format!(
                "an option that takes several values takes every word after it; put the names \
                 before the options: {}",
                line(&words)
            )
        })
    }

    /// What is missing is an instance.
    fn incomplete(&self) -> Option<String> {
        let words = [&*self.words, &["--instance", "INSTANCE"]].concat();
        let is_read = (self.is_read)(&words);
        is_read.then(|| format!("say on which instance: {}", line(&words)))
    }
}

fn paste(noun: &str, word: &str, words: &[&str]) -> String {
    format!("if {word:?} is the {noun}: {}", line(words))
}

/// The words as a shell reads them.
fn line(words: &[&str]) -> String {
    let rest = words[1..].iter().map(|word| shell::quote(word));
    ["spctl".into()].into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}
