//! What `start`, `stop` and `delete` share: the choice of processors, the plan, and the wait.

use clap::builder::PossibleValuesParser;

use super::lookup::{STATES, all, is_in, not_found};
use super::{LISTING, NOUN};
use crate::atlas::processors::Processor;
use crate::atlas::{Call, Row};
use crate::change::{self, Applied, Batch, Change, Expect, Fact, ObjectId, Plan, Planned};
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::instance_args::OnInstance;
use crate::commands::names;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Result};

/// Selection processors of an instance.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// The processors, or - to read names from stdin
    #[arg(value_name = "NAME", required_unless_present = "all")]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) on: OnInstance,
    /// All processors of the instance
    #[arg(long, conflicts_with = "names")]
    pub(super) all: bool,
    /// Only those in this state: CREATED, STARTED, STOPPED, FAILED
    #[arg(long = "state", value_name = "STATE,…", num_args = 1.., ignore_case = true,
        value_parser = CommaListParser(PossibleValuesParser::new(STATES)), hide_possible_values = true)]
    states: Vec<CommaList<String>>,
    #[command(flatten)]
    batch: Batch,
}

/// What is done to each processor.
pub(super) struct Step<'a> {
    pub(super) verb: &'static str,
    pub(super) done: &'static str,
    /// Whether a processor needs no change.
    pub(super) settled: &'a dyn Fn(&Processor) -> bool,
    /// Why a processor is refused.
    pub(super) refusal: &'a dyn Fn(&Processor) -> Option<Error>,
    pub(super) facts: &'a dyn Fn(&Processor) -> Vec<Fact>,
    pub(super) call: &'a dyn Fn(&str, &str) -> Call,
    pub(super) expect: Expect,
}

/// Applies a step to the chosen processors.
pub(super) async fn run(
    context: &Context,
    selection: &Selection,
    step: Step<'_>,
) -> Result<Applied> {
    context.ui.check(&LISTING)?;
    let instance = &selection.on.name;
    let names = match selection.all {
        true => Vec::new(),
        false => names::read(context, &selection.names)?,
    };
    let on = context.project().await?;
    let fetch = || all(on, instance);
    let look = async || Ok(plan(&fetch().await?, &on.project, selection, &names, &step));
    let planned = Planned::by(look).await?;
    if planned.plan().asked() == 0 {
        context.ui.note(match selection.states.is_empty() {
            true => format!("no stream processors on instance {instance}"),
            false => {
                let states: Vec<&str> = selection.states.items().map(String::as_str).collect();
                let states = states.join(" or ");
                format!("none of these stream processors on instance {instance} is {states}")
            }
        });
    }
    Ok(change::apply(context, planned, Some(&selection.batch), &LISTING, fetch).await)
}

fn plan(
    there: &[Row<Processor>],
    project: &str,
    selection: &Selection,
    names: &[String],
    step: &Step<'_>,
) -> Plan {
    let instance = &selection.on.name;
    let mut plan = Plan::new(project, NOUN, step.verb, step.done);
    let mut chosen: Vec<&Row<Processor>> = Vec::new();
    for name in names {
        match there.iter().find(|row| row.view.name == *name) {
            Some(row) => chosen.push(row),
            None => {
                let known = there.iter().map(|row| row.view.name.as_str());
                plan.refuse(plan.object(name), not_found(instance, name, known));
            }
        }
    }
    if selection.all {
        chosen = there.iter().collect();
    }
    let states: Vec<String> = selection.states.items().cloned().collect();
    chosen.retain(|row| is_in(&row.view, &states));
    for row in chosen {
        let (processor, name) = (&row.view, row.view.name.clone());
        if let Some(error) = (step.refusal)(processor) {
            plan.refuse(plan.object(name), error);
            continue;
        }
        match (step.settled)(processor) {
            true => plan.unchanged(plan.object(name)),
            false => {
                let call = (step.call)(project, &name);
                let change = Change::new(plan.object(name), call, step.expect.clone());
                plan.change(change.was(row.raw.clone()).facts((step.facts)(processor)));
            }
        }
    }
    plan
}

/// With `--wait`, waits until processors are in a state; otherwise reports their states.
pub(super) async fn reach(
    context: &Context,
    on: &OnInstance,
    wait: &Wait,
    done: &[ObjectId],
    state: &'static str,
) -> Result<()> {
    let names = || done.iter().map(|object| &object.name);
    if done.is_empty() || context.dry_run {
        return Ok(());
    }
    let instance = &on.name;
    let on = context.project().await?;
    if !wait.wait {
        let rows = all(on, instance).await?;
        for name in names() {
            let row = rows.iter().find(|row| row.view.name == *name);
            let now = row.map_or("gone", |row| row.view.state.as_str());
            context.ui.note(match row.and_then(|row| row.view.error()) {
                _ if now == state => format!("{name} is {state}"),
                Some(why) if now == "FAILED" => format!("{name} is {now}: {why}"),
                _ => format!("{name} is still {now}; --wait waits for {state}"),
            });
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
                "FAILED" => Look::Failed(match found.view.error() {
                    Some(why) => format!("its state is FAILED: {why}"),
                    None => "its state is FAILED".to_owned(),
                }),
                now => Look::Still(now.to_owned()),
            })
        })
        .await?;
        context.ui.note(format!("{name} is {state}"));
    }
    Ok(())
}
