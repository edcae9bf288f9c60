//! The parser's errors about a command line, completed, and as errors of ours for JSON.

use std::ffi::OsString;
use std::slice;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::Error;
use crate::mask::{Known, MASK};
use crate::near;
use crate::ui::Format;

mod path;
mod turns;

pub use path::Path;

/// The format that a command line asks for, even if the line cannot be parsed.
pub fn format(line: &[OsString]) -> Option<Format> {
    let words: Vec<&str> = line.iter().filter_map(|word| word.to_str()).collect();
    let next = |index: usize| words.get(index + 1).copied();
    let value = words.iter().enumerate().find_map(|(index, word)| match *word {
        "-o" | "--output" => next(index),
        word => word
            .strip_prefix("--output=")
            .or_else(|| word.strip_prefix("-o").map(|value| value.trim_start_matches('='))),
    });
    value.and_then(|value| <Format as clap::ValueEnum>::from_str(value, true).ok())
}

/// The values given as names of variables that hold secrets, or to options that read a secret from
/// stdin.
pub fn variables(line: &[OsString]) -> impl Iterator<Item = &str> {
    let words = line.iter().enumerate().filter_map(|(at, word)| Some((at, word.to_str()?)));
    words.filter_map(|(at, word)| {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (word, line.get(at + 1).and_then(|next| next.to_str())),
        };
        if option.starts_with("--") && option.ends_with("-stdin") {
            return value.filter(|_| word.contains('='));
        }
        let value = value.filter(|_| option.starts_with("--") && option.ends_with("-env"))?;
        // The variable of a header follows its name.
        Some(value.split_once('=').map_or(value, |(_, variable)| variable))
    })
}

/// The error about a secret on the command line, where the command reads it from elsewhere. Nothing of
/// the line is repeated.
pub fn secret_given(root: &clap::Command, line: &[OsString]) -> Option<clap::Error> {
    let words: Vec<&str> =
        line.iter().filter_map(|w| w.to_str()).take_while(|w| *w != "--").collect();
    let command = Path::of(root, &words).command();
    let option = |name: &str| command.get_arguments().find(|arg| arg.get_long() == Some(name));
    words.iter().enumerate().find_map(|(at, word)| {
        let (name, value) = match word.strip_prefix("--")?.split_once('=') {
            Some((name, _)) => (name, true),
            None => (&word[2..], words.get(at + 1).is_some_and(|next| !next.starts_with('-'))),
        };
        let is_flag = match option(name) {
            None => false,
            Some(known) if known.get_action().takes_values() => return None,
            Some(_) => true,
        };
        let secret = meant_secret(command, name)?;
        // After another flag, such as --generate-password, a word is a name.
        (!is_flag || value && secret == name).then(|| {
            let message = format!(
                "a secret does not belong on the command line, where other users and the shell's \
                 history can read it\n\n  \
                 tip: give it with --{secret}-stdin, --{secret}-file FILE or --{secret}-env VARIABLE\n"
            );
            clap::Error::raw(ErrorKind::UnknownArgument, message)
        })
    })
}

/// Words that the names of options for secrets have in other programs.
const SECRET_WORDS: [&str; 4] = ["pass", "secret", "token", "key"];

/// The secret that a command reads from elsewhere and that an option of this name would hold: the one
/// of this name, or a near one, or the only one if the name is such as secrets have.
fn meant_secret<'a>(command: &'a clap::Command, name: &str) -> Option<&'a str> {
    let options = || command.get_arguments().filter_map(clap::Arg::get_long);
    let secrets: Vec<&str> = options().filter_map(|name| name.strip_suffix("-stdin")).collect();
    let is_part = |whole: &str, part: &str| {
        whole == part || whole.strip_suffix(part).is_some_and(|before| before.ends_with('-'))
    };
    let named = secrets.iter().filter(|secret| is_part(name, secret));
    let shortened = || secrets.iter().find(|secret| is_part(secret, name));
    let near = || {
        // A slip in the name of another option is nearer to that.
        let near = near::near(name, secrets.iter().copied().chain(options()));
        near.first().and_then(|near| secrets.iter().find(|secret| *secret == near))
    };
    let only = || match (&secrets[..], SECRET_WORDS.iter().any(|word| name.contains(word))) {
        ([only], true) if near::near(name, options()).is_empty() => Some(only),
        _ => None,
    };
    named.max_by_key(|secret| secret.len()).or_else(shortened).or_else(near).or_else(only).copied()
}

/// Adds what the parser cannot know: `root` is the one that tried to read the line, `is_read` whether
/// another one can be read.
pub fn advised(
    mut error: clap::Error,
    line: &[OsString],
    root: &clap::Command,
    is_read: &dyn Fn(&[&str]) -> bool,
) -> clap::Error {
    if let ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument | ErrorKind::InvalidValue =
        error.kind()
    {
        let words: Vec<&str> = line.iter().map(|word| word.to_str().unwrap_or_default()).collect();
        error = with_near_suggestions(&error, Path::of(root, &words).command()).with_cmd(root);
    }
    let about = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) => option.as_str(),
        _ => "",
    };
    // The secret itself may have been given in place of its variable: it is not repeated.
    let is_for_secrets = |option: &str| option.ends_with("-env") || option.ends_with("-stdin");
    if about.split(' ').next().is_some_and(is_for_secrets) {
        error.insert(ContextKind::InvalidValue, ContextValue::String(MASK.to_owned()));
        return error;
    }
    let mut tips: Vec<String> = Vec::new();
    if error.kind() == ErrorKind::InvalidValue && about.starts_with("--org ") {
        tips.push("use --in-org for the project's own organisation, if the command has it".into());
    }
    if error.kind() == ErrorKind::InvalidValue && about.starts_with("--for ") {
        let other =
            "other tools mostly read --for plain, one CIDR block per line, or -o json, a list";
        tips.push(other.into());
    }
    // A line whose words may be secrets is not repeated either.
    let is_near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let is_near = is_near.into_iter().any(|kind| error.get(kind).is_some());
    if tips.is_empty() && variables(line).next().is_none() && !is_near {
        tips = turns::lines(&error, line, root, is_read);
    }
    if !tips.is_empty() {
        let tips = tips.into_iter().map(StyledStr::from).collect();
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    error
}

/// Adds the usage of the line's command to an error that the parser did not find.
pub fn with_usage(mut error: clap::Error, line: &[OsString], root: &clap::Command) -> clap::Error {
    let words: Vec<&str> = line.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    let usage = Path::of(root, &words).command().clone().render_usage();
    error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    error
}

/// The same error with only those of the parser's suggestions that are near to the word on the
/// line, each command by its own name; a suggestion cannot be removed from an error.
fn with_near_suggestions(error: &clap::Error, command: &clap::Command) -> clap::Error {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.as_str(),
        _ => "",
    };
    let mut kept = clap::Error::new(error.kind());
    let mut refused_option = false;
    for (kind, value) in error.context() {
        let word = match kind {
            ContextKind::SuggestedSubcommand => word(ContextKind::InvalidSubcommand),
            ContextKind::SuggestedValue => word(ContextKind::InvalidValue),
            ContextKind::SuggestedArg | ContextKind::Suggested => word(ContextKind::InvalidArg),
            _ => {
                kept.insert(kind, value.clone());
                continue;
            }
        };
        let is_command = kind == ContextKind::SuggestedSubcommand;
        let near = |all: &[String]| -> Vec<String> {
            let near = near::near(word, all.iter().map(String::as_str));
            let mut names: Vec<String> = Vec::new();
            for name in near {
                let verb = command.find_subcommand(name).filter(|_| is_command);
                let name = verb.map_or(name, clap::Command::get_name);
                if !names.iter().any(|other| other == name) {
                    names.push(name.to_owned());
                }
            }
            names
        };
        let near = match value {
            ContextValue::String(one) => ContextValue::Strings(near(slice::from_ref(one))),
            ContextValue::Strings(all) => ContextValue::Strings(near(all)),
            ContextValue::StyledStrs(tips) => {
                let near =
                    |tip: &&StyledStr| option_elsewhere(tip).is_none_or(|o| !near(&[o]).is_empty());
                ContextValue::StyledStrs(tips.iter().filter(near).cloned().collect())
            }
            other => other.clone(),
        };
        let is_none = match &near {
            ContextValue::Strings(none) => none.is_empty(),
            ContextValue::StyledStrs(none) => none.is_empty(),
            _ => false,
        };
        match is_none {
            false => drop(kept.insert(kind, near)),
            true => refused_option |= kind == ContextKind::SuggestedArg,
        }
    }
    // The parser compares letters with their case.
    if kept.get(ContextKind::SuggestedValue).is_none()
        && let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue)
        && let Some(nearest) =
            near::near(word(ContextKind::InvalidValue), valid.iter().map(String::as_str)).first()
    {
        kept.insert(ContextKind::SuggestedValue, ContextValue::String((*nearest).to_owned()));
    }
    // The parser's usage line has the option that it would suggest, as if it were required.
    match refused_option {
        true => without_usage(&kept),
        false => kept,
    }
}

fn without_usage(error: &clap::Error) -> clap::Error {
    let mut kept = clap::Error::new(error.kind());
    for (kind, value) in error.context().filter(|(kind, _)| *kind != ContextKind::Usage) {
        kept.insert(kind, value.clone());
    }
    kept
}

/// The option of another verb that a tip names, as in `'list --columns' exists`.
fn option_elsewhere(tip: &StyledStr) -> Option<String> {
    let tip = tip.to_string();
    tip.strip_suffix("' exists")?.rsplit(' ').next().map(str::to_owned)
}

/// Replaces the line's words in an error by the form in which they may be shown on a terminal.
pub fn show_words(error: &mut clap::Error, shown: impl Fn(&str) -> String) {
    let replaced: Vec<_> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(word) => Some((kind, ContextValue::String(shown(word)))),
            ContextValue::Strings(words) => {
                let words = words.iter().map(|word| shown(word)).collect();
                Some((kind, ContextValue::Strings(words)))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in replaced {
        error.insert(kind, value);
    }
}

/// The parser's error as text. It does not know of the --help that `ips` answers itself.
pub fn text(error: &clap::Error) -> String {
    error.render().to_string().replace("try 'help'", "try '--help'")
}

/// The parser's error: its first sentence, and the rest as hints.
pub fn error(error: &clap::Error, known: &Known) -> Error {
    let text = text(error);
    let text = known.mask(&text);
    let mut blocks =
        text.split("\n\n").map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "));
    let sentence = blocks.next().unwrap_or_default();
    let sentence = sentence.strip_prefix("error: ").unwrap_or(&sentence).to_owned();
    let hints = blocks.filter(|block| !block.is_empty());
    hints.fold(Error::usage(sentence), |error, hint| {
        error.hint(hint.strip_prefix("tip: ").unwrap_or(&hint))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_found_however_it_is_written() {
        let of = |line: &str| format(&line.split(' ').map(Into::into).collect::<Vec<_>>());
        for line in ["spctl x -o json", "spctl -ojson x", "spctl --output=JSON", "spctl -o=json"] {
            assert_eq!(of(line), Some(Format::Json), "{line}");
        }
        assert_eq!(of("spctl users list"), None);
        assert_eq!(of("spctl users list -o"), None);
    }

    #[test]
    fn names_of_variables_are_found_however_they_are_given() {
        let of = |line: &str| -> Vec<String> {
            let line: Vec<OsString> = line.split(' ').map(Into::into).collect();
            variables(&line).map(str::to_owned).collect()
        };
        assert_eq!(of("spctl x --password-env A --secret-env=B --header-env X=C"), ["A", "B", "C"]);
        assert_eq!(of("spctl x --password-stdin=A=B --secret-stdin C"), ["A=B"]);
        assert_eq!(of("spctl x --header-env=X=D --envy E -env F --password-env"), ["D"]);
    }
}
