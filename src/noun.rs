//! Nouns on the command line; the parser builds a noun's verbs when it meets the noun.

use clap::builder::Resettable;
use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use crate::comma_list;
use crate::options::Global;

/// The verbs of a noun. Building the tree of all nouns costs more than most commands do, so a
/// noun's verbs are built only when the parser meets the noun.
#[derive(Debug)]
pub struct Noun<T>(pub T);

impl<T: Subcommand> Args for Noun<T> {
    fn augment_args(command: Command) -> Command {
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .defer(|noun| with_options(with_verbs::<T>(noun)))
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

/// A noun that answers without a verb, too: arguments, with verbs among them. They are built when the
/// parser meets it, as a [`Noun`]'s verbs are.
#[derive(Debug)]
pub struct Speaking<T>(pub T);

impl<T: Args> Args for Speaking<T> {
    fn augment_args(command: Command) -> Command {
        command
            .subcommand_negates_reqs(true)
            .defer(|noun| with_options(described(noun, T::augment_args)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        T::augment_args_for_update(command)
    }
}

impl<T: FromArgMatches> FromArgMatches for Speaking<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Speaking)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Speaking)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Adds verbs.
pub fn with_verbs<T: Subcommand>(command: Command) -> Command {
    described(command, T::augment_subcommands)
}

/// Adds the options that every command takes: here, and to each command below when the parser meets
/// it.
pub fn with_options(command: Command) -> Command {
    let command = described(command, Global::augment_args).mut_args(comma_list::told);
    // Before its verb, a noun's option would take the verb for one more value.
    let command = match command.is_subcommand_required_set() {
        true => command,
        false => command.mut_arg("columns", |columns| columns.num_args(1..)),
    };
    command.mut_subcommands(|below| {
        let has_verbs =
            below.is_subcommand_required_set() || below.is_subcommand_negates_reqs_set();
        let is_noun = has_verbs && !below.has_subcommands();
        // A noun adds them itself, after its verbs.
        if is_noun { below } else { below.defer(with_options) }
    })
}

/// Adds to a command and restores its description, which the added type would replace.
fn described(command: Command, add: impl FnOnce(Command) -> Command) -> Command {
    let about = command.get_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    let long_about = command.get_long_about().cloned().map_or(Resettable::Reset, Resettable::Value);
    add(command).about(about).long_about(long_about)
}
