//! Verbs that the parser learns of when their noun stands on the command line.

use std::ffi::OsString;

use clap::builder::Resettable;
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

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// A command that is more than its verbs, or has none; its options too are made known only when
/// the parser meets it.
#[derive(Debug)]
pub struct Lone<T>(pub T);

impl<T: Args> Args for Lone<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        T::augment_args_for_update(command)
    }
}

impl<T: Args> FromArgMatches for Lone<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Lone)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// The noun with no verb but the first that these words name; as it is, where they name none, or
/// where the noun is a command with options of its own, too.
pub fn narrowed<'a>(noun: &Command, mut words: impl Iterator<Item = &'a OsString>) -> Command {
    // Whatever the parser is asked makes the verbs known.
    let mut built = noun.clone();
    let _ = built.render_usage();
    if built.get_arguments().any(|arg| arg.get_id() != "help") {
        return noun.clone();
    }
    match words.find_map(|word| built.find_subcommand(word)) {
        Some(verb) => {
            let aliases: Vec<String> = noun.get_all_aliases().map(str::to_owned).collect();
            Command::new(noun.get_name().to_owned())
                .aliases(aliases)
                .subcommand_required(true)
                .subcommand(verb.clone())
        }
        None => noun.clone(),
    }
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
