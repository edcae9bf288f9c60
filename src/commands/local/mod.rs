//! `spctl local`: the embedded control plane, its store, its clock and its keys.

use clap::Subcommand;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::ui::record;

mod clock;
mod init;
mod key;
mod new_store;
mod reset;
mod serve;
mod status;

/// What to do with the embedded control plane.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the Admin API over the local store, until interrupted
    ///
    /// Prints the environment that points a client at it on stdout, and one line a request on
    /// stderr. The key in it is an Organization Owner's and ends with the command.
    Serve(serve::Args),
    /// Create the local store
    Init(init::Args),
    /// Show what the local store holds
    Status,
    /// Throw away what the local store holds, keys included, and fill it anew
    Reset(new_store::NewStoreArgs),
    /// Show, advance or set the local store's clock
    #[command(subcommand)]
    Clock(clock::Command),
    /// Credentials of the local control plane
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
        Command::Clock(command) => clock::run(context, &path, command),
        Command::Key(command) => key::run(context, &path, command),
    }
}

/// Says what was left undone: the local store has no requests that could be shown.
fn would(context: &Context, what: &str) -> Result<()> {
    context.ui.note(format!("would {what}; nothing was done"));
    Ok(())
}

/// A document in the format asked for; without one, a line an attribute.
fn show(context: &Context, document: &Value) -> Result<()> {
    context.ui.record(&record::lines(document), document)
}
