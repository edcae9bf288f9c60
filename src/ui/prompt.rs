//! Questions. The only file that knows dialoguer.
//!
//! They run with the default signal handler, so Ctrl-C ends the process; the cursor is shown again
//! by whoever started the prompt, since dialoguer leaves it hidden.

use dialoguer::{Confirm, Password};
use secrecy::SecretString;

use super::Ui;
use crate::error::{Error, Kind, Result};

impl Ui {
    /// Asks for a yes; the default is no.
    ///
    /// # Errors
    /// Usage, where nobody can answer and `--yes` was not given.
    pub fn confirm(&self, question: &str) -> Result<bool> {
        if self.assumes_yes() {
            return Ok(true);
        }
        if !self.can_ask() {
            return Err(Error::usage(
                "a confirmation is needed and no terminal is there to ask on",
            )
            .hint("add --yes to confirm, or --dry-run to see the requests first"));
        }
        Confirm::new()
            .with_prompt(super::text::harmless(question))
            .default(false)
            .show_default(true)
            .wait_for_newline(true)
            .interact()
            .map_err(interrupted)
    }

    /// Asks for a secret twice, without showing it.
    ///
    /// # Errors
    /// Usage, where nobody can answer.
    pub fn ask_secret(&self, prompt: &str) -> Result<SecretString> {
        if !self.can_ask() {
            return Err(Error::usage(format!("{prompt}: no terminal is there to ask on")));
        }
        Password::new()
            .with_prompt(prompt)
            .with_confirmation("again", "the two differ; try again")
            .interact()
            .map(SecretString::from)
            .map_err(interrupted)
    }
}

fn interrupted(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(io) = error;
    let _ = console::Term::stderr().show_cursor();
    match io.kind() {
        std::io::ErrorKind::Interrupted => {
            Error::new(Kind::Interrupted, "interrupted; nothing was changed")
        }
        _ => Error::failed("cannot ask on this terminal").source(io),
    }
}
