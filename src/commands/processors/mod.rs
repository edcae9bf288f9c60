//! `spctl processors`: the stream processors of an instance, and their states.

use clap::Subcommand;

use crate::atlas::processors::Processor;
use crate::commands::known;
use crate::context::Context;
use crate::error::Result;
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Listing};

mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod logs;
mod lookup;
pub(super) mod pipeline;
mod settings;
mod start;
mod stats;
mod stop;
pub(super) mod through;
mod update;

/// What messages call a processor.
pub(super) const NOUN: &str = "stream processor";

/// What to do with stream processors.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the processors of an instance
    #[command(alias = "ls")]
    List(list::Args),
    /// Show processors: state, tier, connections, stages
    #[command(alias = "show")]
    Get(get::Args),
    /// Create a processor without starting it
    Create(create::Args),
    /// Change a processor that is not running
    Update(update::Args),
    /// Start processors
    Start(start::Args),
    /// Stop processors; they keep their checkpoints
    Stop(stop::Args),
    /// Delete processors
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
    /// Show the statistics of processors
    Stats(stats::Args),
    /// Download the operational log of the instance
    Logs(logs::Args),
}

/// The columns of a processor.
static LISTING: Listing<Processor> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.as_str().into()),
        Column::telling_apart("state", |p| p.state.as_str().into()),
        Column::new("tier", |p| Cell::maybe(p.tier.clone())),
        Column::new("connections", |p| Cell::List(pipeline::connections(&p.pipeline))),
        Column::new("failover", |p| {
            Cell::maybe(p.failover_enabled.map(|on| if on { "yes" } else { "no" }))
        }),
        Column::new("stages", |p| Cell::List(pipeline::stages(&p.pipeline))),
        Column::new("dlq", |p| Cell::maybe(dlq(p))),
        Column::new("id", |p| p.id.as_str().into()),
    ],
    default: 4,
    name: |p| p.name.clone(),
};

/// Runs a subcommand.
///
/// # Errors
/// Those of the API; not found, if a name does not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::run(context, args)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Create(args) => context.block_on(create::run(context, args)),
        Command::Update(args) => context.block_on(update::run(context, args)),
        Command::Start(args) => context.block_on(start::run(context, args)),
        Command::Stop(args) => context.block_on(stop::run(context, args)),
        Command::Delete(args) => context.block_on(delete::run(context, args)),
        Command::Stats(args) => context.block_on(stats::run(context, args)),
        Command::Logs(args) => logs::run(context, &args),
    }
}

/// Refuses the name of a processor that is not there. What the credential may not look up is said,
/// and passes.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn check(
    context: &Context,
    on: &ProjectClient,
    instance: &str,
    name: &str,
) -> Result<()> {
    let looked = lookup::one(on, instance, name, None).await.map(drop);
    known::checked(context, &format!("a stream processor {name}"), looked)
}

/// `connection:database.collection` of the dead letter queue.
fn dlq(processor: &Processor) -> Option<String> {
    let dlq = processor.options.dlq.as_ref()?;
    Some(format!("{}:{}.{}", dlq.connection_name, dlq.db, dlq.coll))
}
