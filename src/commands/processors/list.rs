//! `processors list`.

use clap::builder::PossibleValuesParser;
use futures_util::TryStreamExt;

use super::lookup::{self, STATES};
use super::{LISTING, get};
use crate::atlas::Row;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::instance_args::OneInstance;
use crate::commands::{instances, rows};
use crate::context::Context;
use crate::error::Result;

/// Which processors to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors list orders
  spctl processors list --instance orders --state STARTED -q")]
pub struct Args {
    #[command(flatten)]
    on: OneInstance,
    /// Only processors in this state: CREATED, STARTED, STOPPED, FAILED
    #[arg(long = "state", value_name = "STATE,…", num_args = 1.., ignore_case = true,
        value_parser = CommaListParser(PossibleValuesParser::new(STATES)), hide_possible_values = true)]
    states: Vec<CommaList<String>>,
}

/// Lists processors as they come.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let (instance, states) = (args.on.name(), args.states.into_items());
    let rows = rows(on.client.streaming().processors(&on.project, instance))
        .try_filter(|(_, processor)| std::future::ready(lookup::is_in(processor, &states)))
        .and_then(|(raw, processor)| {
            std::future::ready(get::with_facts(Row { raw, view: processor }))
        })
        .map_ok(|row| (row.raw, row.view));
    let nothing = match states.is_empty() {
        true => format!("no stream processors on instance {instance}"),
        false => {
            format!("no stream processor on instance {instance} is {}", states.join(" or "))
        }
    };
    match context.ui.list(&LISTING, rows, &nothing).await {
        Ok(_) => Ok(()),
        Err(error) => Err(instances::missing(on, error, instance).await),
    }
}
