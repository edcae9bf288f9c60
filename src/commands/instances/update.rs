//! `instances update`: what the API allows to be changed.

use serde_json::{Map, Value, json};

use super::list::LISTING;
use super::region::{document, failover, place};
use super::size::Size;
use super::{fetch, one, tier};
use crate::atlas::Row;
use crate::atlas::instances::{self, Instance};
use crate::brokers::regions::Provider;
use crate::change::{self, Change, Expect, Fact, Plan, Planned, Weight};
use crate::comma_list::{CommaList, Items};
use crate::commands::instance_args::OneInstance;
use crate::commands::known::Verbatim;
use crate::context::Context;
use crate::error::{Error, Result};

/// What to change in an instance.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl instances update orders --tier SP30 --max-tier SP50
  spctl instances update orders --failover-region us-east-2 us-west-2
  spctl instances update orders --no-failover-regions")]
pub struct Args {
    #[command(flatten)]
    instance: OneInstance,
    #[command(flatten)]
    size: Size,
    /// The regions to fail over to, replacing the existing ones
    #[arg(long = "failover-region", value_name = "REGION,…", num_args = 1..)]
    failover: Vec<CommaList<String>>,
    #[command(flatten)]
    verbatim: Verbatim,
    /// Remove all failover regions
    #[arg(long, conflicts_with = "failover")]
    no_failover_regions: bool,
}

/// Changes one instance.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let size = args.size.fields();
    if size.is_empty() && args.failover.is_empty() && !args.no_failover_regions {
        return Err(
            Error::usage("nothing to change was given").hint("see spctl instances update --help")
        );
    }
    let on = context.project().await?;
    let look = async || {
        let row = one(on, args.instance.name()).await?;
        plan(&args, &on.project, &row, size.clone())
    };
    let planned = Planned::by(look).await?;
    change::apply(context, planned, None, &LISTING, || fetch(on)).await.outcome
}

fn plan(args: &Args, project: &str, row: &Row<Instance>, size: Map<String, Value>) -> Result<Plan> {
    let instance = &row.view;
    let mut plan = Plan::new(project, "instance", "update", "updated");
    let mut facts = Vec::new();
    let mut body = Map::new();
    if let Some(config) = new_size(instance, size, &mut facts) {
        body.insert("streamConfig".into(), config);
    }
    if let Some(regions) = new_regions(instance, args, &mut facts)? {
        body.insert("failoverRegions".into(), regions);
    }
    match body.is_empty() {
        true => plan.unchanged(plan.object(args.instance.name())),
        false => {
            let expect = Expect::Has(Value::Object(body.clone()));
            let call = instances::update_call(project, args.instance.name(), Value::Object(body));
            let change = Change::new(plan.object(args.instance.name()), call, expect);
            plan.change(change.was(row.raw.clone()).facts(facts));
        }
    }
    Ok(plan)
}

/// The whole size with the change in it, so that nothing is lost if the API replaces it.
fn new_size(
    instance: &Instance,
    given: Map<String, Value>,
    facts: &mut Vec<Fact>,
) -> Option<Value> {
    let most = instance.stream_config.as_ref().and_then(|config| config.max_tier_size.clone());
    let before = [("tier", "tier", tier(instance)), ("largest tier", "maxTierSize", most)];
    let mut config = Map::new();
    let mut changed = false;
    for (label, key, before) in before {
        let after = given.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(after) = after.as_ref().filter(|after| before.as_ref() != Some(after)) {
            facts.push(Fact::change(label, before.as_deref().unwrap_or("none"), after));
            changed = true;
        }
        config.extend(after.or(before).map(|tier| (key.to_owned(), json!(tier))));
    }
    changed.then_some(Value::Object(config))
}

fn new_regions(instance: &Instance, args: &Args, facts: &mut Vec<Fact>) -> Result<Option<Value>> {
    if args.failover.is_empty() && !args.no_failover_regions {
        return Ok(None);
    }
    let home = instance.data_process_region.clone().unwrap_or_default();
    let provider: Provider = home.cloud_provider.parse().map_err(Error::usage)?;
    let after = failover(provider, args.failover.items(), args.verbatim)?;
    let before = &instance.failover_regions;
    if after.len() == before.len() && after.iter().all(|region| before.contains(region)) {
        return Ok(None);
    }
    let words = |regions: &[instances::Region]| match regions.is_empty() {
        true => "none".to_owned(),
        false => regions.iter().map(place).collect::<Vec<_>>().join(", "),
    };
    let fact = Fact::change("failover regions", &words(before), &words(&after));
    facts.push(fact.weighs(Weight::Meaning));
    Ok(Some(after.iter().map(document).collect()))
}
