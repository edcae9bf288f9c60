//! `processors stop`.

use serde_json::json;

use super::lifecycle::{self, Selection, Step};
use crate::atlas::processors;
use crate::change::{Expect, Fact, ObjectId, Weight};
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::Result;

/// What to stop.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors stop totals --instance orders
  spctl processors stop --all --state STARTED --instance orders")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    wait: Wait,
}

/// Stops processors.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let instance = &args.selection.on.name;
    let step = Step {
        verb: "stop",
        done: "asked to stop",
        settled: &|processor| matches!(processor.state.as_str(), "STOPPED" | "CREATED"),
        refusal: &|_| None,
        facts: &|processor| {
            vec![Fact::change("state", &processor.state, "STOPPED").weighs(Weight::Passing)]
        },
        call: &|project, name| processors::stop_call(project, instance, name),
        expect: Expect::Has(json!({})),
    };
    let reach = async |done: &[ObjectId]| {
        lifecycle::reach(context, &args.selection.on, &args.wait, done, "STOPPED").await
    };
    lifecycle::run(context, &args.selection, step).await?.then(context, reach).await
}
