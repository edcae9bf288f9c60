//! Verbs that the parser learns of when their noun stands on the command line.

use std::ffi::OsString;

use clap::builder::Resettable;
use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

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

/// The noun with no verb but the first that these words name; as it is, where they name none, or
/// where the noun is a command with options of its own, too.
pub fn narrowed<'a>(noun: &Command, mut words: impl Iterator<Item = &'a OsString>) -> Command {
    if noun.get_arguments().next().is_some() {
        return noun.clone();
    }
    // Whatever the parser is asked makes the verbs known.
    let mut built = noun.clone();
    let _ = built.render_usage();
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
    let about = command.get_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    let long_about = command.get_long_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    T::augment_subcommands(command).about(about).long_about(long_about)
}
