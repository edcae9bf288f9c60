//! `processors create`.

use serde_json::{Map, Value, json};

use super::settings::{Settings, dlq_text, yes};
use super::{LISTING, NOUN, lookup, pipeline};
use crate::atlas::processors;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::commands::instance_args::OnInstance;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

/// What to create.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The pipeline is a list of stages in JSON or YAML, or a document with a field \
`pipeline`. Extended JSON is sent unchanged. Connections must be in the instance's registry.

Examples:
  spctl processors create totals --instance orders --pipeline totals.json
  spctl processors create totals --instance orders --pipeline - \\
      --tier SP10 --dlq-connection shop --dlq-db streams \\
      --dlq-coll rejected < totals.yaml"
)]
pub struct Args {
    /// The new processor's name
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    on: OnInstance,
    /// A file with the pipeline, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    pipeline: String,
    #[command(flatten)]
    settings: Settings,
}

/// Creates a processor.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    names::check_new(NOUN, &args.name, &[])?;
    let (instance, settings) = (&args.on.name, &args.settings);
    let stages = pipeline::read(context, &args.pipeline)?;
    let on = context.project().await?;
    settings.check(context, on, instance).await?;
    let there = lookup::all(on, instance).await?;
    if there.iter().any(|row| row.view.name == args.name) {
        let why = format!("stream processor {} already exists on instance {instance}", args.name);
        return Err(Error::new(Kind::Conflict, why).hint(format!(
            "spctl processors update {} --instance {} changes it",
            quote(&args.name),
            quote(instance)
        )));
    }
    let list = stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut facts = vec![
        Fact::new("instance", instance.as_str()),
        Fact::new("stages", pipeline::stages(list).join(", ")),
        Fact::new("connections", pipeline::connections(list).join(", ")),
    ];
    let mut body = Map::new();
    let mut expect = json!({ "name": args.name });
    body.insert("name".into(), args.name.as_str().into());
    body.insert("pipeline".into(), stages);
    if let Some(tier) = &settings.tier {
        facts.push(Fact::new("tier", tier.to_uppercase()));
        body.insert("tier".into(), tier.to_uppercase().into());
        expect["tier"] = tier.to_uppercase().into();
    }
    if let Some(dlq) = settings.dlq() {
        facts.push(Fact::new("dead letters", dlq_text(&dlq)));
        body.insert("options".into(), json!({ "dlq": dlq }));
    }
    if let Some(on) = settings.failover {
        facts.push(Fact::new("failover", yes(on)));
        body.insert("failoverEnabled".into(), on.into());
    }
    facts.push(Fact::new("state", "CREATED: nothing runs until it is started"));
    let mut plan = Plan::new(&on.project, NOUN, "create", "created");
    let call = processors::create_call(&on.project, instance, Value::Object(body));
    plan.change(Change::new(plan.object(&args.name), call, Expect::Has(expect)).facts(facts));
    let fetch = || lookup::all(on, instance);
    change::apply(context, plan, None, &LISTING, fetch).await.outcome
}
