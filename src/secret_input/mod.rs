//! Secrets that a command is given: on a line of stdin, in a file, in a variable of the environment, or
//! by a helper program. Never on the command line.
//!
//! Whatever the source, the secret is taken as is: only the line's end and a byte order mark are
//! removed, nothing else is trimmed. A secret is never empty, and has no control characters.

mod options;

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use crate::config::Environment;
use crate::config::secrets::bytes::{self, Unfit, line, whole};
use crate::config::secrets::helper;
use crate::error::{Error, Result};
use crate::mask::Known;

pub use options::{NamedSecret, SecretOptions};

/// Where a secret comes from.
#[derive(Debug, Clone)]
pub enum SecretSource {
    /// The next line of stdin. What follows is left for the next reader.
    Stdin,
    /// A file, whole.
    File(PathBuf),
    /// The variable of the environment that has this name.
    Variable(String),
    /// The first line that a program prints.
    Helper(String),
    /// Already read.
    Read(SecretString),
}

impl SecretSource {
    /// Reads the secret, and has it masked from now on. `name` is what the options begin with, as
    /// `password` in `--password-stdin`.
    ///
    /// # Errors
    /// Usage: nothing is there, or what cannot be read, is not text, or is empty; stdin is a terminal.
    /// Those of [`helper::run`].
    pub fn read(
        &self,
        known: &Known,
        environment: &Environment,
        name: &str,
    ) -> Result<SecretString> {
        let secret = match self {
            SecretSource::Stdin => stdin(name),
            SecretSource::File(path) => file(name, path),
            SecretSource::Variable(variable) => {
                variable_of(&format!("--{name}-env"), variable, environment)
            }
            SecretSource::Helper(line) => helper::run(line),
            SecretSource::Read(secret) => Ok(secret.clone()),
        }?;
        known.learn(secret.expose_secret());
        Ok(secret)
    }
}

fn stdin(name: &str) -> Result<SecretString> {
    let option = format!("--{name}-stdin");
    if io::stdin().is_terminal() {
        return Err(Error::usage(format!("{option} reads a pipe, and stdin is a terminal"))
            .hint("omit it to type the secret at a prompt, without echo"));
    }
    let read = unbuffered().and_then(line);
    let line = read.map_err(|e| Error::usage(format!("{option}: cannot read stdin")).source(e))?;
    bytes::secret(line).map_err(|why| unfit(&option, "stdin", why))
}

fn file(name: &str, path: &Path) -> Result<SecretString> {
    let option = format!("--{name}-file");
    let bytes = File::open(path).and_then(whole).map_err(|e| {
        Error::usage(format!("{option}: cannot read {}", path.display()))
            .source(e)
            .hint("check the path and its permissions; nothing was changed")
    })?;
    bytes::secret(bytes).map_err(|why| unfit(&option, &path.display().to_string(), why))
}

/// The name is not repeated where there is no such variable: by mistake it may be the secret itself.
fn variable_of(option: &str, name: &str, environment: &Environment) -> Result<SecretString> {
    let value = environment.get(name).filter(|value| !value.is_empty()).ok_or_else(|| {
        Error::usage(format!("{option}: no such variable is set, or it is empty")).hint(format!(
            "{option} takes the name of an environment variable that holds the secret"
        ))
    })?;
    bytes::of_text(value).map_err(|why| unfit(option, name, why))
}

fn unfit(option: &str, place: &str, why: Unfit) -> Error {
    Error::usage(format!("{option}: {place} holds {why}")).hint(why.remedy())
}

/// Stdin without the buffer that the process shares: bytes in that buffer would be lost to a program
/// that reads stdin next.
fn unbuffered() -> io::Result<File> {
    #[cfg(unix)]
    let stdin = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let stdin = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned();
    stdin.map(File::from)
}
