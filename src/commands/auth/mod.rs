//! `spctl auth`: signing in and out, and as whom commands act.

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
    /// Sign in: try a credential, and keep it as a profile
    ///
    /// Asks for what is not given: the kind of credential, the address, the id, the secret (which
    /// is not shown) and a default project. The credential is tried against the API before
    /// anything is kept. The secret goes into the system's keyring; where there is none, choose
    /// --insecure-storage (a file that only you can read), --credential-command (a helper prints
    /// it) or --no-store (it comes from the environment).
    #[command(after_help = "Examples:
  spctl auth login
  spctl auth login --profile prod --client-id mdb_sa_id_... --secret-stdin < secret
  spctl auth login --client-id mdb_sa_id_... --credential-command 'pass show atlas/prod'
  spctl auth login --public-key abcdefgh --secret-env ATLAS_KEY --insecure-storage")]
    Login(Box<login::Args>),
    /// Show as whom commands act, until when, and where each value comes from
    ///
    /// Exits with 4 where the credential is not valid. Which operations it may run is known for
    /// API keys, whose roles the API tells.
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
    /// Sign out: revoke the token and remove what is kept of the credential
    ///
    /// The profile's other settings stay. A secret itself is revoked in Atlas, not here.
    #[command(after_help = "Examples:
  spctl auth logout
  spctl auth logout --profile prod --yes")]
    Logout,
    /// Print an access token for other tools
    ///
    /// Service accounts and access tokens have one; API keys sign each request instead. On a
    /// terminal it asks for --yes, since the token can be used by whoever reads it.
    #[command(after_help = "Examples:
  curl -H \"Authorization: Bearer $(spctl auth token)\" ...
  MONGODB_ATLAS_ACCESS_TOKEN=$(spctl auth token) terraform plan")]
    Token,
}

impl Command {
    /// Whether it works where the profiles are out of order, or the one named is not there yet.
    pub fn mends_settings(&self) -> bool {
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
                .hint("leave --local away, and name spctl local serve by its address"))
        }
    }
}
