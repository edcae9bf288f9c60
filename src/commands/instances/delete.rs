//! `instances delete`.

use super::list::LISTING;
use super::processors;
use super::reach::InstanceReach;
use super::{fetch, not_there, or_none};
use crate::atlas::instances;
use crate::atlas::processors::{Processor, STARTED};
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned};
use crate::commands::instance_args::Instances;
use crate::commands::names;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::shell::quote;

/// Which instances to delete.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An instance is deleted with its processors and connections. Its audit log can be \
downloaded for another 30 days.

Examples:
  spctl instances delete trial
  spctl instances delete trial --wait --yes && spctl audit download trial"
)]
pub struct Args {
    #[command(flatten)]
    instances: Instances,
    #[command(flatten)]
    batch: Batch,
    #[command(flatten)]
    wait: Wait,
}

/// Deletes instances.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.instances.names())?;
    let on = context.project().await?;
    let look = async || plan(on, &wanted).await;
    let fetch = || fetch(on);
    let applied =
        change::apply(context, Planned::by(look).await?, Some(&args.batch), &LISTING, fetch).await;
    applied
        .then(context, async |done| {
            for name in done.iter().map(|object| &object.name) {
                args.wait.until(context, name, async || gone(on, name).await).await?;
            }
            Ok(())
        })
        .await
}

async fn plan(on: &ProjectClient, wanted: &[String]) -> Result<Plan> {
    let (known, users) = tokio::try_join!(fetch(on), InstanceReach::fetch(on))?;
    let mut plan = Plan::new(&on.project, "instance", "delete", "deleted");
    for name in wanted {
        let found = match known.iter().find(|row| row.view.name == *name) {
            Some(row) => contents(on, name, &users).await.map(|found| (row, found)),
            None => Err(not_there(name, known.iter().map(|row| row.view.name.as_str()))),
        };
        match found {
            Ok((row, (facts, None))) => {
                let call = instances::delete_call(&on.project, name);
                let change = Change::new(plan.object(name), call, Expect::Going);
                plan.change(change.was(row.raw.clone()).facts(facts));
            }
            Ok((_, (facts, Some(error)))) => {
                plan.show(plan.object(name), facts);
                plan.refuse(plan.object(name), error);
            }
            Err(error) => plan.refuse(plan.object(name), error),
        }
    }
    Ok(plan)
}

async fn gone(on: &ProjectClient, name: &str) -> Result<Look> {
    match on.client.instance(&on.project, name).await.map_err(Error::from) {
        Ok(_) => Ok(Look::Still("being deleted".to_owned())),
        Err(error) if error.kind() == Kind::NotFound => Ok(Look::Done),
        Err(error) => Err(error),
    }
}

/// What is deleted with an instance, and what prevents that: a running processor.
async fn contents(
    on: &ProjectClient,
    name: &str,
    users: &InstanceReach,
) -> Result<(Vec<Fact>, Option<Error>)> {
    let (instance, processors) = tokio::try_join!(
        async { on.client.instance_with_connections(&on.project, name).await.map_err(Error::from) },
        processors(on, name),
    )?;
    let running = processors.iter().filter(|processor| processor.state == STARTED);
    let running: Vec<&str> = running.map(|processor| processor.name.as_str()).collect();
    let error = (!running.is_empty()).then(|| {
        let all = running.join(", ");
        let names = running.iter().map(|name| quote(name)).collect::<Vec<_>>().join(" ");
        let message = format!("instance {name} has running processors: {all}");
        Error::new(Kind::Conflict, message).hint(format!(
            "stop them first: spctl processors stop {names} --instance {}",
            quote(name)
        ))
    });
    let list = |names: Vec<String>| or_none(names).join(", ");
    let of_state = |p: &Processor| match p.state == STARTED {
        true => format!("{} (running)", p.name),
        false => p.name.clone(),
    };
    let connections = instance.view.connections.into_iter().map(|c| c.name).collect();
    let mut facts = vec![
        Fact::means("processors", list(processors.iter().map(of_state).collect())),
        Fact::means("connections", list(connections)),
    ];
    let (scoped, only) = (users.scoped(name), users.only(name));
    if !scoped.is_empty() {
        let text = format!("{}: one of their scopes will point at nothing", scoped.join(", "));
        facts.push(Fact::new("restricted to it", text));
    }
    if !only.is_empty() {
        let text = format!("{}: all of their scopes are for it", only.join(", "));
        facts.push(Fact::new("will reach nothing", text));
    }
    facts.push(Fact::new("audit log", "can be downloaded for another 30 days"));
    Ok((facts, error))
}
