//! `processors delete`.

use super::lifecycle::{self, Selection, Step};
use super::pipeline;
use crate::atlas::processors::{self, STARTED};
use crate::change::{Expect, Fact, Weight};
use crate::context::Context;
use crate::error::Result;

/// What to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "A processor is deleted with its checkpoint; a running one is stopped.

Examples:
  spctl processors delete totals --instance orders
  spctl processors delete --all --state FAILED --instance orders --yes")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
}

/// Deletes processors.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let instance = &args.selection.on.name;
    let step = Step {
        verb: "delete",
        done: "deleted",
        settled: &|_| false,
        refusal: &|_| None,
        facts: &|processor| {
            let state = match processor.state.as_str() {
                STARTED => "STARTED: it is running, and will be stopped".to_owned(),
                state => state.to_owned(),
            };
            vec![
                Fact::new("state", state).weighs(Weight::Passing),
                Fact::new("connections", pipeline::connections(&processor.pipeline).join(", ")),
            ]
        },
        call: &|project, name| processors::delete_call(project, instance, name),
        expect: Expect::Gone,
    };
    lifecycle::run(context, &args.selection, step).await?.outcome
}
