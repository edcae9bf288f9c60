//! The options that name the source of a secret, the same for every secret.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use secrecy::SecretString;

use super::SecretSource;
use crate::config::Environment;
use crate::error::Result;
use crate::mask::Known;

/// A secret that options can name the source of.
pub trait NamedSecret {
    /// What the options begin with: `password` in `--password-stdin`.
    const NAME: &'static str;
    /// The secret in a sentence, as `the password`.
    const WHAT: &'static str;
    /// The heading of the options in help.
    const HEADING: Option<&'static str> = None;

    /// What the file is for.
    fn file_help() -> String {
        format!("Read {} from this file", Self::WHAT)
    }
}

/// `--NAME-stdin`, `--NAME-file FILE` and `--NAME-env VARIABLE`, at most one of them. Other options can
/// join their group, `NAME_source`.
#[derive(Debug, Clone)]
pub struct SecretOptions<W> {
    source: Option<SecretSource>,
    wanted: PhantomData<W>,
}

impl<W> Default for SecretOptions<W> {
    fn default() -> Self {
        SecretOptions { source: None, wanted: PhantomData }
    }
}

impl<W: NamedSecret> SecretOptions<W> {
    /// The source that was named.
    pub fn source(&self) -> Option<&SecretSource> {
        self.source.as_ref()
    }

    /// Whether it is stdin.
    pub fn is_stdin(&self) -> bool {
        matches!(self.source, Some(SecretSource::Stdin))
    }

    /// The file that was named.
    pub fn file(&self) -> Option<&Path> {
        match &self.source {
            Some(SecretSource::File(path)) => Some(path),
            _ => None,
        }
    }

    /// The secret, if a source was named.
    ///
    /// # Errors
    /// Those of [`SecretSource::read`].
    pub fn read(&self, known: &Known, environment: &Environment) -> Result<Option<SecretString>> {
        self.source.as_ref().map(|source| source.read(known, environment, W::NAME)).transpose()
    }

    /// Reads the secret now if it precedes something else on stdin, such as names.
    ///
    /// # Errors
    /// Those of [`SecretSource::read`].
    pub fn read_ahead(&mut self, known: &Known, environment: &Environment) -> Result<()> {
        if self.is_stdin() {
            self.source = self.read(known, environment)?.map(SecretSource::Read);
        }
        Ok(())
    }

    fn id(end: &str) -> String {
        format!("{}_{end}", W::NAME.replace('-', "_"))
    }

    fn arg(end: &str, help: String) -> Arg {
        Arg::new(Self::id(end))
            .long(format!("{}-{end}", W::NAME))
            .help(help)
            .help_heading(W::HEADING)
            .group(Self::id("source"))
    }
}

impl<W: NamedSecret> clap::Args for SecretOptions<W> {
    fn augment_args(command: Command) -> Command {
        let what = W::WHAT;
        command.args([
            Self::arg("stdin", format!("Read {what} from the first line of stdin"))
                .action(ArgAction::SetTrue),
            Self::arg("file", W::file_help())
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf)),
            Self::arg("env", format!("Read {what} from this environment variable"))
                .value_name("VARIABLE"),
        ])
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<W: NamedSecret> clap::FromArgMatches for SecretOptions<W> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let stdin = || matches.get_flag(&Self::id("stdin")).then_some(SecretSource::Stdin);
        let file = || matches.get_one(&Self::id("file")).cloned().map(SecretSource::File);
        let variable = || matches.get_one(&Self::id("env")).cloned().map(SecretSource::Variable);
        let source = stdin().or_else(file).or_else(variable);
        Ok(SecretOptions { source, wanted: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
