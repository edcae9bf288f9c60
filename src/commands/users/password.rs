//! Passwords: from a prompt, stdin, the environment, or made here. Never from the command line.

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

use crate::change::ObjectId;
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};

/// Where the password comes from.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct Source {
    /// Read the password from the first line of stdin
    #[arg(long, group = "password_source")]
    password_stdin: bool,
    /// Take the password from this environment variable
    #[arg(long, value_name = "VARIABLE", group = "password_source")]
    password_env: Option<String>,
    /// Make a password; it is printed once, to stdout
    #[arg(long, group = "password_source")]
    generate_password: bool,
    /// Write the generated password to this file (0600) instead of stdout
    #[arg(long, value_name = "FILE", requires = "generate_password")]
    password_file: Option<PathBuf>,
}

impl Source {
    /// Checks what can be checked while only a preview is wanted, which needs no password.
    ///
    /// # Errors
    /// Conflict: the password's file is there already. Usage: a password would be written into
    /// the data that was asked for.
    pub fn check(&self, context: &Context) -> Result<()> {
        match &self.password_file {
            Some(file) => output::free(file, Replace::Never),
            None if self.generate_password && context.ui.wants_data() => {
                Err(Error::usage("the password would stand on stdout amid the data asked for")
                    .hint("add --password-file FILE, or leave -o, --jq, --columns and -q away"))
            }
            None => Ok(()),
        }
    }

    /// Checks that stdin is not read twice.
    ///
    /// # Errors
    /// Usage: the users' names are to be read from it, too.
    pub fn apart_from(&self, names: &[String]) -> Result<()> {
        match self.password_stdin && names.iter().any(|name| name == "-") {
            true => Err(Error::usage("stdin cannot hold both the names and the password")
                .hint("name the user on the command line, or take --password-env")),
            false => Ok(()),
        }
    }

    /// The file that passwords are written to.
    pub fn file(&self) -> Option<&Path> {
        self.password_file.as_deref()
    }

    /// Whether any option asks for a password.
    pub fn is_given(&self) -> bool {
        self.password_stdin || self.password_env.is_some() || self.generate_password
    }

    /// A password for each user: one that is given cannot be for more than one. Asks for it where
    /// no option says where it comes from. `asked` is how many users were named, also in vain. A
    /// file for the passwords is begun here, before anything is sent:
    /// a password that nobody can read locks out.
    ///
    /// # Errors
    /// Usage: nobody to ask, an unset variable, fewer than the eight characters of the API, several
    /// users without `--generate-password`. Conflict: the file is there already.
    pub fn read_each(
        &self,
        context: &Context,
        users: &[String],
        asked: usize,
    ) -> Result<Passwords> {
        if users.len() > 1 && !self.generate_password {
            return Err(Error::usage(format!(
                "{} users need a password each: {}",
                users.len(),
                users.join(", ")
            ))
            .hint("--generate-password makes them; or name one user at a time"));
        }
        let mut passwords =
            Passwords { secrets: Vec::new(), alone: asked == 1, generated: false, file: None };
        for user in users {
            let secret = match self.generate_password {
                true => random()?,
                false => self.read(context)?,
            };
            context.ui.known().learn(secret.expose_secret());
            passwords.secrets.push((user.clone(), secret));
        }
        passwords.generated = self.generate_password;
        if !users.is_empty() {
            passwords.file = self.password_file.as_deref().map(open).transpose()?;
        }
        Ok(passwords)
    }

    /// The password; asks for it where no option says where it comes from.
    ///
    /// # Errors
    /// Usage: nobody to ask, an unset variable, fewer than the eight characters of the API.
    fn read(&self, context: &Context) -> Result<SecretString> {
        let secret = if self.password_stdin {
            if context.ui.stdin_is_terminal() {
                return Err(Error::usage("--password-stdin reads a pipe, and stdin is a terminal")
                    .hint("leave it away to be asked without the password being shown"));
            }
            SecretString::from(input::secret_line("the password")?)
        } else if let Some(name) = &self.password_env {
            input::variable(context, "--password-env", name)?
        } else {
            context.ui.ask_secret("password").map_err(|error| match error.kind() {
                Kind::Usage => error.hint(
                    "say where it comes from: --password-stdin, --password-env or --generate-password",
                ),
                _ => error,
            })?
        };
        match secret.expose_secret().chars().count() {
            8.. => Ok(secret),
            _ => Err(Error::usage("the password is shorter than 8 characters, the API's least")
                .hint("give a longer one, or --generate-password")),
        }
    }
}

/// What to do about passwords that are lost.
const OTHERS: &str = "make others: spctl users update NAME --generate-password";

/// Passwords, and what shall become of them once the API has accepted them.
pub struct Passwords {
    secrets: Vec<(String, SecretString)>,
    /// Whether one user alone was asked for, whatever came of others.
    alone: bool,
    generated: bool,
    file: Option<(PathBuf, Pending)>,
}

impl Passwords {
    /// The password of a user.
    pub fn of(&self, user: &str) -> Option<&str> {
        let found = self.secrets.iter().find(|(name, _)| name == user);
        found.map(|(_, secret)| secret.expose_secret())
    }

    /// Hands the generated passwords over of those who have them, and of those who may have them: a
    /// line each, `NAME<tab>PASSWORD`; where the users were asked for one alone, just the password.
    ///
    /// # Errors
    /// Where they could not be written; the users then have passwords that nobody knows.
    pub fn hand_over(
        self,
        context: &Context,
        done: &[ObjectId],
        unknown: &[ObjectId],
    ) -> Result<()> {
        let alone = self.alone;
        let is_wanted = |name: &String| done.iter().chain(unknown).any(|id| id.name == *name);
        let wanted = self.secrets.iter().filter(|(name, _)| is_wanted(name));
        let line = |(name, secret): &(String, SecretString)| match alone {
            true => format!("{}\n", secret.expose_secret()),
            false => format!("{name}\t{}\n", secret.expose_secret()),
        };
        let lines: String = wanted.map(line).collect();
        if !self.generated || lines.is_empty() {
            return Ok(());
        }
        let unknown = unknown.iter().map(|object| &object.name);
        for name in unknown.filter(|name| self.of(name).is_some()) {
            context.ui.warn(format!(
                "whether {name} has this password cannot be told: keep it until you have looked"
            ));
        }
        match self.file {
            None => {
                context.ui.note(match self.secrets.as_slice() {
                    [(user, _)] => format!("the password of {user}, shown this once:"),
                    _ => "the passwords, shown this once:".to_owned(),
                });
                let written = context.ui.write(lines.as_bytes()).and_then(|()| context.ui.flush());
                written.map_err(|error| {
                    error.context("the passwords are set, and nobody has seen them").hint(OTHERS)
                })
            }
            Some((path, mut pending)) => {
                let written =
                    pending.write_all(lines.as_bytes()).and_then(|()| pending.keep(false));
                written.map_err(|e| {
                    Error::failed(format!(
                        "the passwords are set, and {} could not be written",
                        path.display()
                    ))
                    .source(e)
                    .hint(OTHERS)
                })?;
                context.ui.note(format!("the passwords are in {}", path.display()));
                Ok(())
            }
        }
    }
}

/// A password that nobody can guess.
///
/// # Errors
/// Where the system gives no random numbers.
pub fn random() -> Result<SecretString> {
    let mut random = [0; 24];
    getrandom::fill(&mut random)
        .map_err(|e| Error::failed("the system gives no random numbers").source(e))?;
    Ok(SecretString::from(URL_SAFE_NO_PAD.encode(random)))
}

/// Begins a file that must not be there yet.
///
/// # Errors
/// Conflict: something is there; not found: no such directory; what the file system says.
pub fn open(path: &Path) -> Result<(PathBuf, Pending)> {
    output::free(path, Replace::Never)?;
    let pending = Pending::create(path).map_err(|e| output::unwritten(path, Replace::Never, e))?;
    Ok((path.to_owned(), pending))
}
