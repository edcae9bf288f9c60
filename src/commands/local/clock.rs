//! `spctl local clock`.

use std::path::Path;

use clap::Subcommand;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{show, would};
use crate::context::Context;
use crate::error::Result;
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::times::{self, Moment, rfc3339};

/// What to do with the clock.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the store's time
    #[command(after_help = "Example:
  spctl local clock show")]
    Show,
    /// Advance the clock
    #[command(after_help = "Example:
  spctl local clock advance 31d")]
    Advance {
        /// How far: 90s, 15m, 8h, 31d, 2w
        #[arg(value_name = "SPAN", value_parser = span)]
        by: SignedDuration,
    },
    /// Set the clock, which continues from there
    #[command(after_help = "Examples:
  spctl local clock set 2026-12-24
  spctl local clock set 2026-12-24T18:00:00Z")]
    Set {
        /// A date, or a date and time
        #[arg(value_parser = times::parse)]
        time: Moment,
    },
}

fn span(text: &str) -> Result<SignedDuration, String> {
    match times::parse(text)? {
        Moment::Span(span) => Ok(span),
        Moment::At(_) => Err("give a span, such as 8h or 31d".into()),
    }
}

pub(super) fn run(context: &Context, path: &Path, command: Command) -> Result<()> {
    context.ui.check_record()?;
    if context.dry_run {
        match command {
            Command::Show => {}
            Command::Advance { by } => {
                let what = format!("advance the clock of {} by {by:#}", path.display());
                return would(context, &what);
            }
            Command::Set { time } => {
                let time = rfc3339(time.ago(Timestamp::now()));
                return would(context, &format!("set the clock of {} to {time}", path.display()));
            }
        }
    }
    let mut admin = Admin::open(path, Clock::System)?;
    let now = match command {
        Command::Show => admin.status()?.now,
        Command::Advance { by } => admin.advance(by)?,
        Command::Set { time } => {
            admin.set_time(time.ago(Timestamp::now()))?;
            admin.status()?.now
        }
    };
    show(context, &json!({ "time": rfc3339(now) }))
}
