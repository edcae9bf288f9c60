//! `processors update`.

use serde_json::{Map, Value, json};

use super::settings::{Settings, dlq_text, yes};
use super::{LISTING, NOUN, lookup, pipeline};
use crate::atlas::Row;
use crate::atlas::processors::{self, Processor, STARTED};
use crate::change::{self, Change, Expect, Fact, Plan, Planned};
use crate::commands::instance_args::OnInstance;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

/// What to change.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A running processor cannot be changed: stop it first. After a change of its \
$source it cannot resume: add --from-scratch.

Examples:
  spctl processors update totals --instance orders --pipeline totals.json
  spctl processors update totals --instance orders --tier SP30 \\
      --rename order-totals"
)]
pub struct Args {
    /// The processor
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    on: OnInstance,
    /// A file with the new pipeline, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    pipeline: Option<String>,
    /// A new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// Discard the checkpoint, and start as a new processor would
    #[arg(long)]
    from_scratch: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Changes a processor.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let (instance, name) = (&args.on.name, &args.name);
    let stages = args.pipeline.as_deref().map(|file| pipeline::read(context, file)).transpose()?;
    let on = context.project().await?;
    args.settings.check(context, on, instance).await?;
    let look = async || {
        let row = lookup::one(on, instance, name, None).await?;
        plan(&args, &on.project, &row, stages.clone())
    };
    let fetch = || lookup::all(on, instance);
    change::apply(context, Planned::by(look).await?, None, &LISTING, fetch).await.outcome
}

fn plan(args: &Args, project: &str, row: &Row<Processor>, stages: Option<Value>) -> Result<Plan> {
    let (instance, name, processor) = (&args.on.name, &args.name, &row.view);
    let mut edit = ProcessorEdit::new(args, processor, stages);
    if edit.nothing_asked {
        return Err(Error::usage("nothing to change")
            .hint("add --pipeline, --tier, --dlq-connection, --failover or --rename"));
    }
    let mut plan = Plan::new(project, NOUN, "update", "updated");
    if edit.facts.is_empty() {
        plan.unchanged(plan.object(name));
    } else if processor.state == STARTED {
        let why = format!(
            "stream processor {name} is running, and cannot be changed until it is stopped"
        );
        let stop = format!(
            "stop it first: spctl processors stop {} --instance {}",
            quote(name),
            quote(instance)
        );
        plan.refuse(plan.object(name), Error::new(Kind::Conflict, why).hint(stop));
    } else {
        if args.from_scratch {
            edit.options.insert("resumeFromCheckpoint".into(), false.into());
            edit.facts.push(Fact::new("checkpoint", "discarded: it starts from scratch"));
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

/// How a processor differs from what was asked for.
struct ProcessorEdit {
    nothing_asked: bool,
    facts: Vec<Fact>,
    body: Map<String, Value>,
    options: Map<String, Value>,
    expect: Map<String, Value>,
}

impl ProcessorEdit {
    fn new(args: &Args, before: &Processor, stages: Option<Value>) -> Self {
        let settings = &args.settings;
        let dlq = settings.dlq();
        let mut edit = ProcessorEdit {
            nothing_asked: stages.is_none()
                && settings.tier.is_none()
                && dlq.is_none()
                && settings.failover.is_none()
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
        if let Some(tier) = settings.tier.as_ref().map(|t| t.to_uppercase()).filter(|t| t != old) {
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
        if let Some(on) = settings.failover.filter(|on| *on != old) {
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
}
