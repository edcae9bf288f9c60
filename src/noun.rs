//! Verbs that the parser learns of when their noun stands on the command line.

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

/// Adds the verbs, and leaves the description of what they are added to: the verbs' type brings one
/// of its own.
pub fn with_verbs<T: Subcommand>(command: Command) -> Command {
    let about = command.get_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    let long_about = command.get_long_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    T::augment_subcommands(command).about(about).long_about(long_about)
}
