//! `spctl auth`: signing in and out, and who commands act as.

use clap::Subcommand;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::NoColumns;

mod candidate;
mod login;
mod logout;
mod report;
pub(crate) mod sign_out;
mod status;
mod token;
mod view;

/// What to do about the credential.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in: try a credential, and store it as a profile
    ///
    /// Prompts for whatever the options leave out: the kind of credential, the address, the id, the
    /// secret (which is not echoed) and a default project. The credential is tried against the API
    /// before anything is stored. The secret goes into the system's keyring; if there is none, choose
    /// --insecure-storage (a file that only you can read), --credential-command (a helper prints it)
    /// or --no-store (it comes from the environment).
    #[command(after_help = "Examples:
  spctl auth login
  spctl auth login --profile prod --client-id mdb_sa_id_... \\
      --secret-stdin < secret
  spctl auth login --client-id mdb_sa_id_... \\
      --credential-command 'pass show atlas/prod'
  spctl auth login --public-key abcdefgh --secret-env ATLAS_KEY \\
      --insecure-storage")]
    Login(Box<login::Args>),
    /// Show who commands act as, until when, and where each setting comes from
    ///
    /// Exits with 4 if the credential is not valid. Which operations it may run is known only for
    /// API keys, since the API reports their roles.
    #[command(
        alias = "whoami",
        after_help = "Examples:
  spctl auth status
  spctl auth status --operations --columns operation,allowed
  spctl auth status --jq .until"
    )]
    Status {
        /// List each operation of the API, and whether the credential may call it
        #[arg(long)]
        operations: bool,
    },
    /// Sign out: revoke the token and remove the stored credential
    ///
    /// Other settings of the profile are left unchanged. To revoke the secret itself, use Atlas.
    #[command(after_help = "Examples:
  spctl auth logout
  spctl auth logout --profile prod --yes")]
    Logout,
    /// Print an access token for other tools
    ///
    /// Service accounts and access tokens have one; API keys sign each request instead. On a
    /// terminal this requires --yes, since anyone who reads the token can use it.
    #[command(after_help = "Examples:
  curl -H \"Authorization: Bearer $(spctl auth token)\" ...
  MONGODB_ATLAS_ACCESS_TOKEN=$(spctl auth token) terraform plan")]
    Token,
}

impl Command {
    /// Whether it works when a profile is invalid, or does not exist yet.
    pub fn repairs_settings(&self) -> bool {
        matches!(self, Command::Login(_))
    }
}

/// Runs one of them.
///
/// # Errors
/// Those of the API, of the keyring and of `config.toml`.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match &command {
        Command::Status { operations: true } => {}
        Command::Logout => context.ui.check(&NoColumns)?,
        Command::Login(_) | Command::Status { .. } | Command::Token => context.ui.check_record()?,
    }
    match command {
        Command::Login(login) => login::run(context, *login),
        Command::Status { operations } => status::run(context, operations),
        Command::Logout => logout::run(context),
        Command::Token => token::run(context),
    }
}

fn not_local(context: &Context, what: &str) -> Result<()> {
    match context.settings.target {
        crate::config::Target::Atlas { .. } => Ok(()),
        crate::config::Target::Local { .. } => {
            Err(Error::usage(format!("the local control plane {what}"))
                .hint("omit --local, and give the address of spctl local serve instead"))
        }
    }
}
