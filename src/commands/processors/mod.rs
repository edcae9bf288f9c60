//! `spctl processors`: the stream processors of an instance, and their states.

use clap::Subcommand;

use crate::context::Context;
use crate::error::{Error, Kind, Result};

mod edit;
mod list;
mod logs;
pub(super) mod pipeline;
mod state;
mod stats;

/// What to do with stream processors.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the processors of an instance
    #[command(alias = "ls")]
    List(list::ListArgs),
    /// Show processors: state, tier, connections, stages
    #[command(alias = "show")]
    Get(list::GetArgs),
    /// Create a processor; it is not started by it
    Create(edit::CreateArgs),
    /// Change a processor that is not running
    Update(edit::UpdateArgs),
    /// Start processors
    Start(state::StartArgs),
    /// Stop processors; they keep their checkpoints
    Stop(state::StopArgs),
    /// Delete processors
    #[command(alias = "rm")]
    Delete(state::DeleteArgs),
    /// Show what processors have counted
    Stats(stats::StatsArgs),
    /// Download the operational log of the instance
    Logs(logs::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::list(context, args)),
        Command::Get(args) => context.block_on(list::get(context, args)),
        Command::Create(args) => context.block_on(edit::create(context, args)),
        Command::Update(args) => context.block_on(edit::update(context, args)),
        Command::Start(args) => context.block_on(state::start(context, args)),
        Command::Stop(args) => context.block_on(state::stop(context, args)),
        Command::Delete(args) => context.block_on(state::delete(context, args)),
        Command::Stats(args) => context.block_on(stats::run(context, args)),
        Command::Logs(args) => logs::run(context, &args),
    }
}

/// The instance that the processors are on.
#[derive(Debug, Clone, clap::Args)]
struct On {
    /// The instance that the processors are on
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: String,
}

/// What is not found below an instance: the instance itself, or a processor of it.
fn missing(error: Error, instance: &str, name: &str) -> Error {
    let code = error.api_facts().error_code.clone().unwrap_or_default();
    if error.kind() != Kind::NotFound || code == "GROUP_NOT_FOUND" {
        return error;
    }
    if name.is_empty() || code.contains("TENANT") || code.contains("INSTANCE") {
        return crate::commands::instances::missing(error, instance);
    }
    not_there(instance, name).api(error.api_facts().clone())
}

/// There is no such processor.
fn not_there(instance: &str, name: &str) -> Error {
    Error::not_found(format!("there is no stream processor {name:?} on instance {instance}"))
        .hint(format!("spctl processors list --instance {instance} shows those there are"))
}
