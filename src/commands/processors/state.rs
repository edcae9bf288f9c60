//! `processors start`, `processors stop` and `processors delete`.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::list::{LISTING, all, is_in};
use super::{On, not_there, pipeline};
use crate::atlas::processors::{self, Processor, STARTED};
use crate::atlas::{Call, Row};
use crate::change::{self, Applied, Batch, Change, Expect, Fact, ObjectId, Plan, Planned, Weight};
use crate::commands::connections::failover::failover_region;
use crate::commands::wait::{Look, Wait};
use crate::commands::{input, names};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times;

/// Which processors of an instance.
#[derive(Debug, clap::Args)]
struct Which {
    /// The processors, or - to read names from stdin
    #[arg(value_name = "NAME", required_unless_present = "all")]
    names: Vec<String>,
    #[command(flatten)]
    on: On,
    /// All processors of the instance
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// Of these, only processors in this state: CREATED, STARTED, STOPPED, FAILED
    #[arg(long = "state", value_name = "STATE")]
    states: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

/// What to start, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors start totals --instance orders
  spctl processors start totals --instance orders --tier SP30 --from-scratch --wait
  spctl processors start --all --state STOPPED --instance orders
  spctl processors start totals --instance orders --with options.json")]
pub struct StartArgs {
    #[command(flatten)]
    which: Which,
    /// Options as a document, JSON or YAML, from a file or with - from stdin
    #[arg(long, value_name = "FILE|-")]
    with: Option<String>,
    /// The size to run with: SP2, SP5, SP10, SP30 or SP50
    #[arg(long, value_name = "TIER")]
    tier: Option<String>,
    /// Do not resume from the checkpoint
    #[arg(long)]
    from_scratch: bool,
    /// Where a change stream source begins
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Run in this region of the instance instead
    #[arg(long, value_name = "REGION")]
    failover_region: Option<String>,
    /// How it is stopped where it runs: graceful or forced
    #[arg(long, value_name = "MODE", requires = "failover_region")]
    failover_mode: Option<String>,
    #[command(flatten)]
    wait: Wait,
}

/// What to stop.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors stop totals --instance orders
  spctl processors stop --all --state STARTED --instance orders")]
pub struct StopArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    wait: Wait,
}

/// What to delete.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A processor is deleted with its checkpoint; one that runs is stopped by it.

Examples:
  spctl processors delete totals --instance orders
  spctl processors delete --all --state FAILED --instance orders --yes"
)]
pub struct DeleteArgs {
    #[command(flatten)]
    which: Which,
}

impl StartArgs {
    /// The options as the API takes them; none where none was given.
    fn options(&self, context: &Context) -> Result<Option<Value>> {
        let mut options = match &self.with {
            None => Map::new(),
            Some(file) => match input::document(context, "--with", Path::new(file))? {
                Value::Object(options) => options,
                _ => {
                    let why = "--with: the options are a document with fields";
                    return Err(Error::usage(why).hint("such as {\"tier\": \"SP30\"}"));
                }
            },
        };
        if let Some(tier) = &self.tier {
            options.insert("tier".into(), tier.to_uppercase().into());
        }
        if self.from_scratch {
            options.insert("resumeFromCheckpoint".into(), false.into());
        }
        if let Some(at) = &self.at {
            let moment = times::parse(at).map_err(|e| Error::usage(format!("--at: {e}")))?;
            let moment = moment.ago(context.now()?);
            options.insert("startAtOperationTime".into(), moment.to_string().into());
        }
        if let Some(region) = &self.failover_region {
            let mut failover = json!({ "region": region });
            if let Some(mode) = &self.failover_mode {
                failover["mode"] = mode.to_uppercase().into();
            }
            options.insert("failover".into(), failover);
        }
        Ok((!options.is_empty()).then_some(Value::Object(options)))
    }
}

/// What is done to each processor.
struct Verb<'a> {
    verb: &'static str,
    done: &'static str,
    /// Whether a processor is as it should be already.
    settled: &'a dyn Fn(&Processor) -> bool,
    /// Why it cannot be done to this processor.
    refusal: &'a dyn Fn(&Processor) -> Option<Error>,
    facts: &'a dyn Fn(&Processor) -> Vec<Fact>,
    call: &'a dyn Fn(&str, &str) -> Call,
    expect: Expect,
}

/// Starts processors.
pub(super) async fn start(context: &Context, args: StartArgs) -> Result<()> {
    if args.with.as_deref() == Some("-") && args.which.names.iter().any(|name| name == "-") {
        return Err(Error::usage("stdin cannot be both the names and the options"));
    }
    let mut options = args.options(context)?;
    let instance = &args.which.on.instance;
    if let (Some(region), Some(options)) = (&args.failover_region, &mut options) {
        let on = context.project().await?;
        options["failover"]["region"] = failover_region(on, instance, region).await?.into();
    }
    let options = options;
    let moves = options.as_ref().is_some_and(|options| options.get("failover").is_some());
    let rehearsal = options.as_ref().is_some_and(|o| o["failover"]["dryRun"] == true);
    let verb = Verb {
        verb: "start",
        done: if rehearsal { "rehearsed the start of" } else { "asked to start" },
        settled: &|processor| processor.state == STARTED && options.is_none(),
        refusal: &|processor| {
            let runs = processor.state == STARTED && options.is_some() && !moves;
            runs.then(|| {
                let name = &processor.name;
                let why = format!("stream processor {name} runs already, as it was started then");
                Error::new(Kind::Conflict, why).hint(format!(
                    "stop it first: spctl processors stop {name} --instance {instance} --wait"
                ))
            })
        },
        facts: &|processor| {
            let mut facts =
                vec![Fact::change("state", &processor.state, STARTED).weighs(Weight::Passing)];
            facts.extend(options.as_ref().map(|options| Fact::new("with", options.to_string())));
            facts
        },
        call: &|project, name| processors::start_call(project, instance, name, options.clone()),
        // Starting takes its time, so what is read back right away tells nothing.
        expect: Expect::Has(json!({})),
    };
    let applied = run(context, &args.which, verb).await?;
    if rehearsal {
        return applied.outcome;
    }
    let reach =
        async |done: &[ObjectId]| settle(context, &args.which.on, &args.wait, done, STARTED).await;
    applied.then(context, reach).await
}

/// Stops processors.
pub(super) async fn stop(context: &Context, args: StopArgs) -> Result<()> {
    let instance = &args.which.on.instance;
    let verb = Verb {
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
        settle(context, &args.which.on, &args.wait, done, "STOPPED").await
    };
    run(context, &args.which, verb).await?.then(context, reach).await
}

/// Deletes processors.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let instance = &args.which.on.instance;
    let verb = Verb {
        verb: "delete",
        done: "deleted",
        settled: &|_| false,
        refusal: &|_| None,
        facts: &|processor| {
            let state = match processor.state.as_str() {
                STARTED => "STARTED: it is running, and ends with this".to_owned(),
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
    run(context, &args.which, verb).await?.outcome
}

async fn run(context: &Context, which: &Which, verb: Verb<'_>) -> Result<Applied> {
    context.ui.check(&LISTING)?;
    let instance = &which.on.instance;
    let names = match which.all {
        true => Vec::new(),
        false => names::read(context, &which.names)?,
    };
    let on = context.project().await?;
    let fetch = || all(on, instance);
    let look = async || Ok(plan(&fetch().await?, &on.project, which, &names, &verb));
    let planned = Planned::by(look).await?;
    if planned.plan().asked() == 0 {
        context.ui.note(match which.states.is_empty() {
            true => format!("no stream processors on instance {instance}"),
            false => {
                let states = which.states.join(" or ");
                format!("none of these stream processors on instance {instance} is {states}")
            }
        });
    }
    Ok(change::apply(context, planned, Some(&which.batch), &LISTING, fetch).await)
}

fn plan(
    there: &[Row<Processor>],
    project: &str,
    which: &Which,
    names: &[String],
    verb: &Verb<'_>,
) -> Plan {
    let instance = &which.on.instance;
    let mut plan = Plan::new(project, "stream processor", verb.verb, verb.done);
    let mut chosen: Vec<&Row<Processor>> = Vec::new();
    for name in names {
        match there.iter().find(|row| row.view.name == *name) {
            Some(row) => chosen.push(row),
            None => plan.refuse(plan.object(name), not_there(instance, name)),
        }
    }
    if which.all {
        chosen = there.iter().collect();
    }
    chosen.retain(|row| is_in(&row.view, &which.states));
    for row in chosen {
        let (processor, name) = (&row.view, row.view.name.clone());
        if let Some(error) = (verb.refusal)(processor) {
            plan.refuse(plan.object(name), error);
            continue;
        }
        match (verb.settled)(processor) {
            true => plan.unchanged(plan.object(name)),
            false => {
                let call = (verb.call)(project, &name);
                let change = Change::new(plan.object(name), call, verb.expect.clone());
                plan.change(change.was(row.raw.clone()).facts((verb.facts)(processor)));
            }
        }
    }
    plan
}

/// Waits until processors are in a state, where that was asked for, and else says which are not.
async fn settle(
    context: &Context,
    on: &On,
    wait: &Wait,
    done: &[ObjectId],
    state: &'static str,
) -> Result<()> {
    let names = || done.iter().map(|object| &object.name);
    if done.is_empty() || context.dry_run {
        return Ok(());
    }
    let instance = &on.instance;
    let on = context.project().await?;
    if !wait.wait {
        let rows = all(on, instance).await?;
        for name in names() {
            let row = rows.iter().find(|row| row.view.name == *name);
            let now = row.map_or("gone", |row| row.view.state.as_str());
            match now == state {
                true => context.ui.note(format!("{name} is {state}")),
                false => {
                    context.ui.note(format!("{name} is still {now}; --wait waits for {state}"))
                }
            }
        }
        return Ok(());
    }
    for name in names() {
        let object = format!("stream processor {name}");
        wait.until(context, &object, async || {
            let found =
                on.client.processor(&on.project, instance, name).await.map_err(Error::from)?;
            Ok(match found.view.state.as_str() {
                now if now == state => Look::Done,
                "FAILED" => Look::Failed("its state is FAILED".to_owned()),
                now => Look::Still(now.to_owned()),
            })
        })
        .await?;
        context.ui.note(format!("{name} is {state}"));
    }
    Ok(())
}
