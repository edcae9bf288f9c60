//! `processors create` and `processors update`.

use serde_json::{Map, Value, json};

use super::list::{LISTING, all};
use super::{On, missing, pipeline};
use crate::atlas::Row;
use crate::atlas::processors::{self, Processor, STARTED};
use crate::change::{self, Change, Expect, Fact, Plan, Planned};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// What a processor is told beside its pipeline.
#[derive(Debug, clap::Args)]
struct Told {
    /// Its size: SP2, SP5, SP10, SP30 or SP50
    #[arg(long, value_name = "TIER")]
    tier: Option<String>,
    /// The cluster connection whose collection takes what cannot be processed
    #[arg(long, value_name = "CONNECTION", requires_all = ["dlq_db", "dlq_coll"])]
    dlq_connection: Option<String>,
    /// The database of that collection
    #[arg(long, value_name = "DB", requires = "dlq_connection")]
    dlq_db: Option<String>,
    /// That collection
    #[arg(long, value_name = "COLLECTION", requires = "dlq_connection")]
    dlq_coll: Option<String>,
    /// Whether it moves to a failover region when its own region fails
    #[arg(long, value_name = "true|false")]
    failover: Option<bool>,
}

/// What to create.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The pipeline is a list of stages, as JSON or YAML; a document with a field \
`pipeline` will do. Extended JSON is sent as it stands. Connections must be in the instance's registry.

Examples:
  spctl processors create totals --instance orders --pipeline totals.json
  spctl processors create totals --instance orders --pipeline - --tier SP10 \\
      --dlq-connection shop --dlq-db streams --dlq-coll rejected < totals.yaml"
)]
pub struct CreateArgs {
    /// The new processor's name
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    on: On,
    /// The pipeline, from a file or with - from stdin
    #[arg(long, value_name = "FILE|-")]
    pipeline: String,
    #[command(flatten)]
    told: Told,
}

/// What to change.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A running processor is refused: stop it first. After its $source was changed \
it cannot go on where it stood: add --from-scratch.

Examples:
  spctl processors update totals --instance orders --pipeline totals.json
  spctl processors update totals --instance orders --tier SP30 --rename order-totals"
)]
pub struct UpdateArgs {
    /// The processor
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    on: On,
    /// The new pipeline, from a file or with - from stdin
    #[arg(long, value_name = "FILE|-")]
    pipeline: Option<String>,
    /// A new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// Forget the checkpoint: what comes next is processed as if the processor were new
    #[arg(long)]
    from_scratch: bool,
    #[command(flatten)]
    told: Told,
}

impl Told {
    fn dlq(&self) -> Option<Value> {
        let connection = self.dlq_connection.as_ref()?;
        Some(json!({ "connectionName": connection, "db": self.dlq_db, "coll": self.dlq_coll }))
    }
}

/// Creates a processor.
pub(super) async fn create(context: &Context, args: CreateArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    names::check_new("stream processor", &args.name)?;
    let (instance, told) = (&args.on.instance, &args.told);
    let stages = pipeline::read(context, &args.pipeline)?;
    let on = context.project().await?;
    let there = all(on, instance).await?;
    if there.iter().any(|row| row.view.name == args.name) {
        let why = format!("stream processor {} exists already on instance {instance}", args.name);
        return Err(Error::new(Kind::Conflict, why).hint(format!(
            "spctl processors update {} --instance {instance} changes it",
            args.name
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
    if let Some(tier) = &told.tier {
        facts.push(Fact::new("tier", tier.to_uppercase()));
        body.insert("tier".into(), tier.to_uppercase().into());
        expect["tier"] = tier.to_uppercase().into();
    }
    if let Some(dlq) = told.dlq() {
        facts.push(Fact::new("dead letters", dlq_text(&dlq)));
        body.insert("options".into(), json!({ "dlq": dlq }));
    }
    if let Some(on) = told.failover {
        facts.push(Fact::new("failover", yes(on)));
        body.insert("failoverEnabled".into(), on.into());
    }
    facts.push(Fact::new("state", "CREATED: nothing runs before it is started"));
    let mut plan = Plan::new(&on.project, "stream processor", "create", "created");
    let call = processors::create_call(&on.project, instance, Value::Object(body));
    plan.change(Change::new(plan.object(&args.name), call, Expect::Has(expect)).facts(facts));
    let fetch = || all(on, instance);
    change::apply(context, plan, None, &LISTING, fetch).await.outcome
}

/// Changes a processor.
pub(super) async fn update(context: &Context, args: UpdateArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let (instance, name) = (&args.on.instance, &args.name);
    let stages = args.pipeline.as_deref().map(|file| pipeline::read(context, file)).transpose()?;
    let on = context.project().await?;
    let look = async || {
        let found = on.client.processor(&on.project, instance, name).await.map_err(Error::from);
        let row = found.map_err(|error| missing(error, instance, name))?;
        plan(&args, &on.project, &row, stages.clone())
    };
    let fetch = || all(on, instance);
    change::apply(context, Planned::by(look).await?, None, &LISTING, fetch).await.outcome
}

fn plan(
    args: &UpdateArgs,
    project: &str,
    row: &Row<Processor>,
    stages: Option<Value>,
) -> Result<Plan> {
    let (instance, name, processor) = (&args.on.instance, &args.name, &row.view);
    let mut edit = edit(args, processor, stages);
    if edit.nothing_asked {
        return Err(Error::usage("nothing is to be changed")
            .hint("add --pipeline, --tier, --dlq-connection, --failover or --rename"));
    }
    let mut plan = Plan::new(project, "stream processor", "update", "updated");
    if edit.facts.is_empty() {
        plan.unchanged(plan.object(name));
    } else if processor.state == STARTED {
        let why =
            format!("stream processor {name} is running, and only one that is not can be changed");
        let stop = format!("stop it first: spctl processors stop {name} --instance {instance}");
        plan.refuse(plan.object(name), Error::new(Kind::Conflict, why).hint(stop));
    } else {
        if args.from_scratch {
            edit.options.insert("resumeFromCheckpoint".into(), false.into());
            edit.facts.push(Fact::new("checkpoint", "forgotten: it begins from scratch"));
        }
        if !edit.options.is_empty() {
            edit.body.insert("options".into(), Value::Object(edit.options));
        }
        let after = args.rename.clone().unwrap_or_else(|| name.clone());
        let call = processors::update_call(project, instance, name, Value::Object(edit.body));
        let expect = Expect::Has(Value::Object(edit.expect));
        let change = Change::new(plan.object(after), call, expect);
        plan.change(change.was(row.raw.clone()).facts(edit.facts));
    }
    Ok(plan)
}

/// The difference between what is and what was asked for.
struct Edit {
    nothing_asked: bool,
    facts: Vec<Fact>,
    body: Map<String, Value>,
    options: Map<String, Value>,
    expect: Map<String, Value>,
}

fn edit(args: &UpdateArgs, before: &Processor, stages: Option<Value>) -> Edit {
    let told = &args.told;
    let dlq = told.dlq();
    let mut edit = Edit {
        nothing_asked: stages.is_none()
            && told.tier.is_none()
            && dlq.is_none()
            && told.failover.is_none()
            && args.rename.is_none(),
        facts: Vec::new(),
        body: Map::new(),
        options: Map::new(),
        expect: Map::new(),
    };
    if let Some(stages) = stages.filter(|stages| stages.as_array() != Some(&before.pipeline)) {
        let after = stages.as_array().map(Vec::as_slice).unwrap_or_default();
        let fact = |label, of: fn(&[Value]) -> Vec<String>, between: &str| {
            Fact::change(label, &of(&before.pipeline).join(between), &of(after).join(between))
        };
        edit.facts.push(fact("stages", pipeline::stages, ", "));
        edit.facts.push(fact("connections", pipeline::connections, ", "));
        if !pipeline::is_extended(&stages) {
            edit.expect.insert("pipeline".into(), stages.clone());
        }
        edit.body.insert("pipeline".into(), stages);
    }
    let old = before.tier.as_deref().unwrap_or("(the instance's)");
    if let Some(tier) = told.tier.as_ref().map(|t| t.to_uppercase()).filter(|t| t != old) {
        edit.facts.push(Fact::change("tier", old, &tier));
        edit.expect.insert("tier".into(), tier.as_str().into());
        edit.body.insert("tier".into(), tier.into());
    }
    let old = before.options.dlq.as_ref().map(
        |dlq| json!({ "connectionName": dlq.connection_name, "db": dlq.db, "coll": dlq.coll }),
    );
    if let Some(dlq) = dlq.filter(|dlq| old.as_ref() != Some(dlq)) {
        let old = old.as_ref().map_or("none".to_owned(), dlq_text);
        edit.facts.push(Fact::change("dead letters", &old, &dlq_text(&dlq)));
        edit.expect.insert("options".into(), json!({ "dlq": dlq }));
        edit.options.insert("dlq".into(), dlq);
    }
    let old = before.failover_enabled.unwrap_or_default();
    if let Some(on) = told.failover.filter(|on| *on != old) {
        edit.facts.push(Fact::change("failover", yes(old), yes(on)));
        edit.expect.insert("failoverEnabled".into(), on.into());
        edit.body.insert("failoverEnabled".into(), on.into());
    }
    if let Some(name) = args.rename.as_ref().filter(|name| **name != before.name) {
        edit.facts.push(Fact::change("name", &before.name, name));
        edit.expect.insert("name".into(), name.as_str().into());
        edit.body.insert("name".into(), name.as_str().into());
    }
    edit
}

fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

fn dlq_text(dlq: &Value) -> String {
    let part = |name: &str| dlq[name].as_str().unwrap_or_default();
    format!("{}:{}.{}", part("connectionName"), part("db"), part("coll"))
}
