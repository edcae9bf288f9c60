//! `audit show`.

use std::ops::ControlFlow;

use super::reading::{self, FilterArgs, SourceArgs};
use crate::audit::scan::What;
use crate::context::Context;
use crate::error::Result;

/// Which events.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl audit show orders --user alice --since 7d")]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
}

/// Shows events.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let reading = reading::open(context, &args.from, &args.which)?;
    let mut written = Ok(());
    let tally = reading.each(&mut |seen| {
        if let What::Event(_) = seen.what {
            written = context.ui.write(seen.line).and_then(|()| context.ui.write(b"\n"));
        }
        match written.is_err() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    written?;
    context.ui.flush()?;
    reading.finish(context, tally)
}
