//! `processors list` and `processors get`.

use futures_util::TryStreamExt;
use serde_json::json;

use super::{On, missing, not_there, pipeline};
use crate::atlas::Row;
use crate::atlas::processors::Processor;
use crate::commands::names::{self, Listed};
use crate::commands::{effective, rows};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Detail, Listing};

/// Which processors to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors list --instance orders
  spctl processors list --instance orders --state STARTED -q")]
pub struct ListArgs {
    #[command(flatten)]
    on: On,
    /// Only processors in this state: CREATED, STARTED, STOPPED, FAILED
    #[arg(long = "state", value_name = "STATE")]
    states: Vec<String>,
}

/// Which processors to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors get --instance orders orders-to-shop
  spctl processors get --instance orders orders-to-shop --jq .pipeline")]
pub struct GetArgs {
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    named: names::Named,
}

/// The columns of a processor.
pub static LISTING: Listing<Processor> = Listing {
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

/// Whether a state is one of those asked for; all are where none is.
pub(super) fn is_in(processor: &Processor, states: &[String]) -> bool {
    states.is_empty() || states.iter().any(|state| state.eq_ignore_ascii_case(&processor.state))
}

/// Every processor of an instance.
pub(super) async fn all(on: &ProjectClient, instance: &str) -> Result<Vec<Row<Processor>>> {
    let rows: Result<Vec<_>, _> = on.client.processors(&on.project, instance).try_collect().await;
    rows.map_err(|error| missing(error.into(), instance, ""))
}

/// Lists processors as they come.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let instance = args.on.instance;
    let rows = rows(on.client.streaming().processors(&on.project, &instance))
        .map_err(|error| missing(error, &instance, ""))
        .try_filter(|(_, processor)| std::future::ready(is_in(processor, &args.states)))
        .and_then(|(raw, processor)| std::future::ready(with_facts(Row { raw, view: processor })))
        .map_ok(|row| (row.raw, row.view));
    let nothing = match args.states.is_empty() {
        true => format!("no stream processors on instance {instance}"),
        false => {
            format!("no stream processor on instance {instance} is {}", args.states.join(" or "))
        }
    };
    context.ui.list(&LISTING, rows, &nothing).await.map(drop)
}

/// One processor: of the listing, where there is one, or by itself.
pub(super) async fn one(
    on: &ProjectClient,
    instance: &str,
    name: &str,
    listed: Option<&Listed<Processor>>,
) -> Result<Row<Processor>> {
    if let Some(listed) = listed {
        let all = async || all(on, instance).await;
        let found = listed.find(name, all, |processor| vec![processor.name.clone()]).await?;
        return found.ok_or_else(|| not_there(instance, name));
    }
    let processor = on.client.processor(&on.project, instance, name).await.map_err(Error::from);
    processor.map_err(|error| missing(error, instance, name))
}

/// Shows processors by name.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let (on, instance) = (context.project().await?, &args.on.instance);
    let listed = Listed::default();
    let fetch = async |name: &str, many: bool| {
        with_facts(one(on, instance, name, many.then_some(&listed)).await?)
    };
    names::show(context, &LISTING, "stream processor", &args.named.names, fetch, detail).await
}

/// A processor with what is computed of it: what its pipeline uses and does.
fn with_facts(row: Row<Processor>) -> Result<Row<Processor>> {
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
    detail.extend(processor.tier.clone().map(|tier| ("tier", vec![tier])));
    detail.push(("connections", pipeline::connections(&processor.pipeline)));
    detail.extend(dlq(processor).map(|dlq| ("dead letters", vec![dlq])));
    detail.push(("stages", pipeline::stages(&processor.pipeline)));
    if processor.failover_enabled == Some(true) {
        detail.push(("failover", vec!["yes".to_owned()]));
    }
    detail
}

/// `connection:database.collection` of the dead letter queue.
fn dlq(processor: &Processor) -> Option<String> {
    let dlq = processor.options.dlq.as_ref()?;
    Some(format!("{}:{}.{}", dlq.connection_name, dlq.db, dlq.coll))
}
