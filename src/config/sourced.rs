//! Where a value came from, so that a person can be told.

use std::fmt;

use serde::{Serialize, Serializer};

/// What gave a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An option of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A profile of `config.toml`, by name.
    Profile(String),
    /// `default_profile` of `config.toml`.
    DefaultProfile,
    /// The system's keyring.
    Keyring,
    /// `credentials.toml`, which only its owner may read.
    File,
    /// A profile's `credential_command`, by the program's name.
    Command(String),
    /// Nothing that anybody said.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Flag(name) | Source::Variable(name) => f.write_str(name),
            Source::Profile(name) => write!(f, "profile {name}"),
            Source::DefaultProfile => f.write_str("default_profile in config.toml"),
            Source::Keyring => f.write_str("keyring"),
            Source::File => f.write_str("credentials.toml"),
            Source::Command(program) => write!(f, "credential_command {program}"),
            Source::Default => f.write_str("default"),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A value, and what gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// What gave it.
    pub source: Source,
}

impl<T> Sourced<T> {
    /// A value with its source.
    pub fn new(value: impl Into<T>, source: Source) -> Self {
        Sourced { value: value.into(), source }
    }
}

/// The value of an option, where it was given.
pub(super) fn flag(value: Option<&String>, name: &'static str) -> Option<Sourced<String>> {
    value.map(|value| Sourced::new(value.clone(), Source::Flag(name)))
}

/// The value that a profile gives, where it does.
pub(super) fn from_profile(value: Option<String>, profile: &str) -> Option<Sourced<String>> {
    value.map(|value| Sourced::new(value, Source::Profile(profile.to_owned())))
}
