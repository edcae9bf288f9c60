//! Passwords: read as secrets are, asked for at a prompt, or generated.

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

use crate::change::ObjectId;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::secret_input::{NamedSecret, SecretOptions};

/// The password of a database user.
#[derive(Debug, Clone)]
struct UserPassword;

impl NamedSecret for UserPassword {
    const NAME: &'static str = "password";
    const WHAT: &'static str = "the password";

    fn file_help() -> String {
        "Read the password from this file, or write the generated one to it (0600)".to_owned()
    }
}

/// Where the password comes from.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(skip)]
pub struct PasswordSource {
    #[command(flatten)]
    given: SecretOptions<UserPassword>,
    /// Generate a password; it is printed once, to stdout or to --password-file
    #[arg(long, conflicts_with_all = ["password_stdin", "password_env"])]
    generate_password: bool,
}

impl PasswordSource {
    /// Checks what can be checked in a preview, which needs no password.
    ///
    /// # Errors
    /// Conflict: the password file already exists. Usage: a password would be mixed into the data
    /// on stdout.
    pub fn check(&self, context: &Context) -> Result<()> {
        match self.given.file() {
            _ if !self.generate_password => Ok(()),
            Some(file) => output::free(file, Replace::Never),
            None if context.ui.wants_data() => {
                Err(Error::usage("the password would be mixed into the data on stdout")
                    .hint("add --password-file FILE, or leave out -o, --jq, --columns and -q"))
            }
            None => Ok(()),
        }
    }

    /// Reads the password if it comes on stdin, before the users' names: it is the first line.
    ///
    /// # Errors
    /// Usage: stdin has none.
    pub fn read_ahead_of(&mut self, context: &Context, names: &[String]) -> Result<()> {
        match names.iter().any(|name| name == "-") {
            true => self.given.read_ahead(context.ui.known(), &context.environment),
            false => Ok(()),
        }
    }

    /// The file that the password is read from, or that passwords are written to.
    pub fn file(&self) -> Option<&Path> {
        self.given.file()
    }

    /// Whether any option asks for a password.
    pub fn is_given(&self) -> bool {
        self.given.source().is_some() || self.generate_password
    }

    /// A password for each user; one that is given can be for one user only. Without an option for
    /// its source, prompts. `asked` is how many users were named, existing or not. A file for the
    /// passwords is opened here, before anything is sent: a password that is lost locks out.
    ///
    /// # Errors
    /// Usage: nobody to ask, an unset variable, fewer than the eight characters of the API, several
    /// users without `--generate-password`. Conflict: the file already exists.
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
            .hint("add --generate-password, or name one user at a time"));
        }
        let mut passwords =
            Passwords { secrets: Vec::new(), alone: asked == 1, generated: false, file: None };
        for user in users {
            let secret = match self.generate_password {
                true => generate(context)?,
                false => self.read(context)?,
            };
            passwords.secrets.push((user.clone(), secret));
        }
        passwords.generated = self.generate_password;
        if self.generate_password && !users.is_empty() {
            passwords.file = self.file().map(open).transpose()?;
        }
        Ok(passwords)
    }

    /// The password; prompts for it unless an option names its source.
    ///
    /// # Errors
    /// Usage: nobody to ask, an unset variable, fewer than the eight characters of the API.
    fn read(&self, context: &Context) -> Result<SecretString> {
        let secret = match self.given.read(context.ui.known(), &context.environment)? {
            Some(secret) => secret,
            None => context.ui.ask_secret("password").map_err(|error| match error.kind() {
                Kind::Usage => error.hint(
                    "choose a source: --password-stdin, --password-file, --password-env or \
                     --generate-password",
                ),
                _ => error,
            })?,
        };
        match secret.expose_secret().chars().count() {
            8.. => Ok(secret),
            _ => Err(Error::usage("the password has fewer than 8 characters, the API's minimum")
                .hint("use a longer one, or --generate-password")),
        }
    }
}

/// The remedy for lost passwords.
const OTHERS: &str = "generate new ones: spctl users update NAME --generate-password";

/// Passwords to send, and to hand over once the API has accepted them.
pub struct Passwords {
    secrets: Vec<(String, SecretString)>,
    /// Whether one user alone was named.
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

    /// Hands over the generated passwords that are set, or may be: one per line, as
    /// `NAME<tab>PASSWORD`; just the password if one user alone was named.
    ///
    /// # Errors
    /// If they could not be written; the users then have passwords that nobody knows.
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
                "cannot tell whether {name} has this password: keep it until you have checked"
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
                    error.context("the passwords are set, but could not be shown").hint(OTHERS)
                })
            }
            Some((path, mut pending)) => {
                let written =
                    pending.write_all(lines.as_bytes()).and_then(|()| pending.keep(false));
                written.map_err(|e| {
                    Error::failed(format!(
                        "the passwords are set, but {} could not be written",
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

/// A password that is masked except where it is handed over.
fn generate(context: &Context) -> Result<SecretString> {
    let secret = random()?;
    context.ui.known().learn(secret.expose_secret());
    Ok(secret)
}

/// A password that nobody can guess. It begins with a letter or a digit: as an argument of another program, it
/// would be taken for an option.
///
/// # Errors
/// If the system provides no random numbers.
pub fn random() -> Result<SecretString> {
    let mut random = [0; 24];
    loop {
        getrandom::fill(&mut random)
            .map_err(|e| Error::failed("the system provides no random numbers").source(e))?;
        let password = URL_SAFE_NO_PAD.encode(random);
        if !password.starts_with(['-', '_']) {
            return Ok(SecretString::from(password));
        }
    }
}

/// Opens a file that must not exist yet.
///
/// # Errors
/// Conflict: the path exists; not found: no such directory; what the file system says.
pub fn open(path: &Path) -> Result<(PathBuf, Pending)> {
    output::free(path, Replace::Never)?;
    let pending = Pending::create(path).map_err(|e| output::unwritten(path, Replace::Never, e))?;
    Ok((path.to_owned(), pending))
}
