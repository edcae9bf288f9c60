//! `processors get`.

use serde_json::json;

use super::{LISTING, NOUN, dlq, lookup, pipeline};
use crate::atlas::Row;
use crate::atlas::processors::Processor;
use crate::commands::effective;
use crate::commands::instance_args::OnInstance;
use crate::commands::names::{self, Listed};
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

/// Which processors to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors get --instance orders orders-to-shop
  spctl processors get --instance orders orders-to-shop --jq .pipeline")]
pub struct Args {
    #[command(flatten)]
    on: OnInstance,
    #[command(flatten)]
    named: names::Named,
}

/// Shows processors by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let (on, instance) = (context.project().await?, &args.on.name);
    let listed = Listed::default();
    let fetch = async |name: &str, many: bool| {
        with_facts(lookup::one(on, instance, name, many.then_some(&listed)).await?)
    };
    names::show(context, &LISTING, NOUN, &args.named.names, fetch, detail).await
}

/// Adds what is computed from a processor's pipeline.
pub(super) fn with_facts(row: Row<Processor>) -> Result<Row<Processor>> {
    effective::with(row, |processor| {
        Ok(json!({
            "connections": pipeline::connections(&processor.pipeline),
            "stages": pipeline::stages(&processor.pipeline),
        }))
    })
}

fn detail(processor: &Processor) -> Detail {
    let mut detail = vec![
        ("processor", vec![processor.name.clone()]),
        ("id", vec![processor.id.clone()]),
        ("state", vec![processor.state.clone()]),
    ];
    detail.extend(processor.error().map(|why| ("error", vec![why.to_owned()])));
    detail.extend(processor.tier.clone().map(|tier| ("tier", vec![tier])));
    detail.push(("connections", pipeline::connections(&processor.pipeline)));
    detail.extend(dlq(processor).map(|dlq| ("dead letters", vec![dlq])));
    detail.push(("stages", pipeline::stages(&processor.pipeline)));
    if processor.failover_enabled == Some(true) {
        detail.push(("failover", vec!["yes".to_owned()]));
    }
    detail
}
