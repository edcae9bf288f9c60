//! `spctl local`: the embedded control plane, its store, its clock and its keys.

use clap::Subcommand;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::ui::record;

mod clock;
mod endpoints;
mod init;
mod ips;
mod key;
mod new_store;
mod reset;
mod serve;
mod status;

pub use endpoints::served;

/// What to do with the embedded control plane.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the Admin API over the local store, and its instances, until interrupted
    ///
    /// Prints the environment for a client on stdout, and one line per request on stderr. The API key in
    /// it is an Organization Owner's, and is valid until the command ends.
    #[command(after_help = "Examples:
  spctl local serve > env.sh &
  spctl local serve --tls --listen 127.0.0.1:8443
  spctl local serve --instances off")]
    Serve(serve::Args),
    /// Create the local store
    #[command(after_help = "Examples:
  spctl local init
  spctl local init --force")]
    Init(init::Args),
    /// Show what the local store holds
    #[command(after_help = "Examples:
  spctl local status
  spctl local status -o json")]
    Status,
    /// Delete everything in the local store, including keys, and fill it again
    #[command(after_help = "Example:
  spctl local reset --yes")]
    Reset(new_store::NewStoreArgs),
    /// Show where instances are served while `spctl local serve` runs: addresses, connection strings
    #[command(after_help = "Examples:
  spctl local endpoints
  spctl local endpoints orders -o json
  spctl local endpoints --columns name,uri")]
    Endpoints(endpoints::Args),
    /// Show, advance or set the local store's clock
    #[command(subcommand)]
    Clock(clock::Command),
    /// Show or replace the control plane's addresses, which ips lists
    #[command(subcommand)]
    Ips(ips::Command),
    /// Create credentials for the local control plane
    #[command(subcommand)]
    Key(key::Command),
}

/// Runs one of them. They are about the local store whatever else the settings name.
///
/// # Errors
/// Those of the store; an address that is taken.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let path = context.environment.data_dir()?.join("local.sqlite");
    match command {
        Command::Serve(args) => serve::run(context, path, args),
        Command::Init(args) => init::run(context, &path, &args),
        Command::Status => status::run(context, &path),
        Command::Reset(fresh) => reset::run(context, &path, &fresh),
        Command::Endpoints(args) => endpoints::run(context, &path, &args),
        Command::Clock(command) => clock::run(context, &path, command),
        Command::Ips(command) => ips::run(context, &path, command),
        Command::Key(command) => key::run(context, &path, command),
    }
}

/// Reports what a dry run leaves out: the local store has no requests to show.
fn would(context: &Context, what: &str) -> Result<()> {
    context.ui.note(format!("would {what}; nothing was done"));
    Ok(())
}

/// A document in the format asked for; without one, one line per attribute.
fn show(context: &Context, document: &Value) -> Result<()> {
    context.ui.record(&record::lines(document), document)
}
