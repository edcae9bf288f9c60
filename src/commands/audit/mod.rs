//! `spctl audit`: the audit logs of instances.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;
use crate::ui::Format;

mod acts;
mod archive;
mod destination;
mod detect;
mod download;
mod event_row;
mod export;
mod follow;
mod last_seen;
mod log;
mod pull;
mod reading;
mod receive;
mod report;
mod sessions;
mod show;
mod summary;
mod timeline;
mod traces;
mod used;
mod verify;
mod window;

pub use last_seen::{instance_of, last_seen};
pub use log::{LogArgs, OPERATIONAL, fetch};
pub use receive::UNFRAMED;
pub use traces::{Traces, traces};
pub use used::{Used, used};

/// What to do with audit logs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Download the audit logs of instances
    Download(download::Args),
    /// Archive the audit logs of instances, adding what is new
    Pull(pull::Args),
    /// Prove that an archive is complete and unchanged
    Verify(verify::Args),
    /// Show events: from instances, archives, files or stdin
    Show(show::Args),
    /// Write new events as they appear
    Follow(follow::Args),
    /// Count events by user, event, address, day and more
    Summary(summary::Args),
    /// List sessions: what each connection did from its logon to its logoff
    Sessions(sessions::Args),
    /// Tell the lives of stream processors: created, started, stopped, dropped, by whom
    Timeline(timeline::Args),
    /// Find what somebody should look at, and explain what is looked for
    Detect(detect::Args),
    /// Write a page about logs, for a browser or paper
    Report(report::Args),
    /// Export events as files by day: to a directory or a bucket, for query engines and shippers
    Export(export::Args),
}

impl Command {
    /// Whether a format that only findings have is one of this command's.
    pub fn writes(&self, format: Format) -> bool {
        matches!(self, Command::Detect(args) if args.writes(format))
    }
}

/// Runs a subcommand.
///
/// # Errors
/// Those of the API, of the file system, and of a log that did not arrive whole.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::Download(args) => download::run(context, &args),
        Command::Pull(args) => pull::run(context, &args),
        Command::Verify(args) => verify::run(context, &args),
        Command::Show(args) => show::run(context, &args),
        Command::Follow(args) => follow::run(context, &args),
        Command::Summary(args) => summary::run(context, &args),
        Command::Sessions(args) => sessions::run(context, &args),
        Command::Timeline(args) => timeline::run(context, &args),
        Command::Detect(args) => detect::run(context, &args),
        Command::Report(args) => report::run(context, &args),
        Command::Export(args) => export::run(context, &args),
    }
}
