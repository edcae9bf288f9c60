//! Verbs that the parser learns of when their noun stands on the command line.

use std::ffi::OsString;
use std::mem;

use clap::builder::{Resettable, Str};
use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches, Id, Subcommand};

/// The verbs of a noun. Building the tree of all nouns costs more than most commands do, so a
/// noun's verbs are made known to the parser only when it meets the noun.
#[derive(Debug)]
pub struct Noun<T>(pub T);

impl<T: Subcommand> Args for Noun<T> {
    fn augment_args(command: Command) -> Command {
        command.subcommand_required(true).arg_required_else_help(true).defer(with_verbs::<T>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        T::augment_subcommands_for_update(command)
    }
}

impl<T: Subcommand> FromArgMatches for Noun<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Noun)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Noun)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// What a command takes besides verbs: made known to the parser, too, only when it meets the
/// command.
#[derive(Debug)]
pub struct Late<T>(pub T);

impl<T: Args> Args for Late<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        T::augment_args_for_update(command)
    }
}

impl<T: Args> FromArgMatches for Late<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Late)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Late)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// What a noun is made of, made known at once and without what only its help tells.
pub trait Whole {
    /// Adds the verbs, or the options.
    fn whole(command: Command) -> Command;
}

impl<T: Subcommand> Whole for Noun<T> {
    fn whole(command: Command) -> Command {
        T::augment_subcommands(command.subcommand_required(true))
    }
}

impl<T: Args> Whole for Late<T> {
    fn whole(command: Command) -> Command {
        T::augment_args(command)
    }
}

/// The nouns of a command line. A row is what is said of one, its variant, its module, its name,
/// other names that help shows (`+`), and such that it does not (`|`).
macro_rules! nouns {
    ($($(#[$said:meta])* $variant:ident($args:ty) = $module:ident,
        $name:literal $(+ $shown:literal)* $(| $hidden:literal)*;)+) => {
        /// The nouns.
        #[derive(Debug, clap::Subcommand)]
        pub enum Command {
            $(
                $(#[$said])*
                #[command(visible_aliases = &[$($shown),*] as &[&'static str])]
                #[command(name = $name, aliases = &[$($hidden),*] as &[&'static str])]
                $variant($args),
            )+
        }

        impl Command {
            /// The parser of the noun that is called so.
            fn named(name: &str) -> Option<clap::Command> {
                match name {
                    $($name $(| $shown)* $(| $hidden)* => Some(
                        <$args as $crate::noun::Whole>::whole($crate::noun::bare($name)),
                    ),)+
                    _ => None,
                }
            }

            fn run(self, context: &Context) -> Result<()> {
                match self {
                    $(Command::$variant(noun) => $module::run(context, noun.0),)+
                }
            }
        }
    };
}
pub(crate) use nouns;

/// A command that offers nothing by itself.
pub fn bare(name: impl Into<Str>) -> Command {
    Command::new(name).disable_help_subcommand(true).disable_version_flag(true)
}

/// Where the first word is that is no option of `T` and no option's value. `None` where a word is
/// no such option, or several in one.
pub fn behind<T: Args>(line: &[OsString]) -> Option<usize> {
    let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
    if !line.get(1).is_some_and(is_option) {
        return Some(1);
    }
    let options = T::augment_args(bare("options"));
    let mut at = 1;
    while let Some(word) = line.get(at)?.to_str()?.strip_prefix('-') {
        let mut of_all = options.get_arguments();
        let (option, valued) = match (word.strip_prefix('-'), word.chars().next()) {
            (Some(long), _) => {
                let (name, value) =
                    long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
                (of_all.find(|arg| arg.get_long() == Some(name))?, value.is_some())
            }
            (None, Some(short)) if word.len() == short.len_utf8() => {
                (of_all.find(|arg| arg.get_short() == Some(short))?, false)
            }
            _ => return None,
        };
        at += if option.get_action().takes_values() && !valued { 2 } else { 1 };
    }
    Some(at)
}

/// The noun with no verb but the one that the first of these words calls, and so on down, and with
/// what is added to the last of them; and the names of all that are called. `None` where a verb
/// belongs to a command with options of its own.
pub fn narrowed(
    mut noun: Command,
    words: &[OsString],
    last: impl FnOnce(Command) -> Command,
) -> Option<(Command, Vec<OsString>)> {
    let name = noun.get_name().to_owned();
    let word = words.first().and_then(|word| word.to_str());
    let called = |verb: &&mut Command| {
        word.is_some_and(|word| {
            verb.get_name() == word || verb.get_all_aliases().any(|a| a == word)
        })
    };
    let verb = noun.get_subcommands_mut().find(called).map(mem::take);
    let (noun, mut names) = match verb {
        Some(_) if noun.get_arguments().next().is_some() => return None,
        Some(verb) => {
            // To take the other verbs apart costs as much as the one did.
            mem::forget(noun);
            let (verb, names) = narrowed(verb, &words[1..], last)?;
            (bare(name.clone()).subcommand(verb), names)
        }
        None => (last(noun), Vec::new()),
    };
    names.insert(0, name.into());
    Some((noun, names))
}

/// Adds the verbs, and leaves the description of what they are added to: the verbs' type brings one
/// of its own.
pub fn with_verbs<T: Subcommand>(command: Command) -> Command {
    described(command, T::augment_subcommands)
}

/// Adds to a command what is its own, before the global options that it has got already.
fn described(command: Command, augment: impl FnOnce(Command) -> Command) -> Command {
    let globals: Vec<Id> = command.get_arguments().map(|arg| arg.get_id().clone()).collect();
    let about = command.get_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    let long_about = command.get_long_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    let command = augment(command).about(about).long_about(long_about);
    // Whatever is changed goes to the end.
    globals.into_iter().fold(command, |command, id| command.mut_arg(id, |arg| arg))
}
