//! `processors start`.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::lifecycle::{self, Selection, Step};
use crate::atlas::processors::{self, STARTED};
use crate::change::{Expect, Fact, ObjectId, Weight};
use crate::commands::connections::failover::failover_region;
use crate::commands::input;
use crate::commands::instances::TIERS;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;
use crate::times;

/// What to start, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors start totals --instance orders
  spctl processors start totals --instance orders --tier SP30 \\
      --from-scratch --wait
  spctl processors start --all --state STOPPED --instance orders
  spctl processors start totals --instance orders --with options.json")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    /// A file with options in JSON or YAML, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    with: Option<String>,
    /// The tier to run on: SP2, SP5, SP10, SP30 or SP50
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true, hide_possible_values = true)]
    tier: Option<String>,
    /// Do not resume from the checkpoint
    #[arg(long)]
    from_scratch: bool,
    /// The time from which a change stream source reads
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Run in this region of the instance instead
    #[arg(long, value_name = "REGION")]
    failover_region: Option<String>,
    /// How to stop it in its current region: graceful or forced
    #[arg(long, value_name = "MODE", requires = "failover_region", ignore_case = true,
        value_parser = ["graceful", "forced"], hide_possible_values = true)]
    failover_mode: Option<String>,
    #[command(flatten)]
    wait: Wait,
}

impl Args {
    /// The options in the API's form; `None` if none were given.
    fn options(&self, context: &Context) -> Result<Option<Value>> {
        let mut options = match &self.with {
            None => Map::new(),
            Some(file) => match input::document(context, "--with", Path::new(file))? {
                Value::Object(options) => options,
                _ => {
                    let why = "--with: not a document with fields";
                    return Err(Error::usage(why)
                        .hint("options are a document, as in: {\"tier\": \"SP30\"}"));
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

/// Starts processors.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    if args.with.as_deref() == Some("-") && args.selection.names.iter().any(|name| name == "-") {
        return Err(Error::usage("stdin cannot hold both the names and the options"));
    }
    let mut options = args.options(context)?;
    let instance = &args.selection.on.name;
    if let (Some(region), Some(options)) = (&args.failover_region, &mut options) {
        let on = context.project().await?;
        options["failover"]["region"] = failover_region(on, instance, region).await?.into();
    }
    let options = options;
    let moves = options.as_ref().is_some_and(|options| options.get("failover").is_some());
    let rehearsal = options.as_ref().is_some_and(|o| o["failover"]["dryRun"] == true);
    let step = Step {
        verb: "start",
        done: if rehearsal { "rehearsed the start of" } else { "asked to start" },
        settled: &|processor| processor.state == STARTED && options.is_none(),
        refusal: &|processor| {
            let runs = processor.state == STARTED && options.is_some() && !moves;
            runs.then(|| {
                let name = &processor.name;
                let why =
                    format!("stream processor {name} is already running, with its earlier options");
                Error::new(Kind::Conflict, why).hint(format!(
                    "stop it first: spctl processors stop {} --instance {} --wait",
                    quote(name),
                    quote(instance)
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
        // Starting takes time, so what is read back right away proves nothing.
        expect: Expect::Has(json!({})),
    };
    let applied = lifecycle::run(context, &args.selection, step).await?;
    if rehearsal {
        return applied.outcome;
    }
    let reach = async |done: &[ObjectId]| {
        lifecycle::reach(context, &args.selection.on, &args.wait, done, STARTED).await
    };
    applied.then(context, reach).await
}
