//! `connections delete`.

use super::list::LISTING;
use super::{fetch, summary};
use crate::atlas::Row;
use crate::atlas::connections::{self, Connection};
use crate::atlas::processors::Processor;
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned, Weight};
use crate::commands::instance_args::OnInstance;
use crate::commands::instances::processors;
use crate::commands::names;
use crate::commands::processors::pipeline;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// Which connections to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections delete order-mailer --instance orders --wait
  spctl connections delete - --instance orders --yes < names.txt")]
pub struct Args {
    /// The connections, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    instance: OnInstance,
    #[command(flatten)]
    batch: Batch,
    #[command(flatten)]
    wait: Wait,
}

/// Deletes connections.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    let on = context.project().await?;
    let instance = &args.instance.name;
    let fetch = || fetch::fetch(on, instance);
    let look = async || {
        let (known, processors) = tokio::try_join!(fetch(), processors(on, instance))?;
        Ok(plan(&wanted, &on.project, instance, &known, &processors))
    };
    let applied =
        change::apply(context, Planned::by(look).await?, Some(&args.batch), &LISTING, fetch).await;
    applied
        .then(context, async |done| {
            for name in done.iter().map(|object| &object.name) {
                let look = async || match fetch::one(on, instance, name).await {
                    Ok(row) => {
                        Ok(Look::Still(row.view.state.unwrap_or_else(|| "still there".to_owned())))
                    }
                    Err(error) if error.kind() == Kind::NotFound => Ok(Look::Done),
                    Err(error) => Err(error),
                };
                args.wait.until(context, name, look).await?;
            }
            Ok(())
        })
        .await
}

fn plan(
    wanted: &[String],
    project: &str,
    instance: &str,
    known: &[Row<Connection>],
    processors: &[Processor],
) -> Plan {
    let mut plan = Plan::new(project, "connection", "delete", "deleted");
    for name in wanted {
        let found = match known.iter().find(|row| row.view.name == *name) {
            Some(row) if row.view.state.as_deref() == Some("DELETING") => {
                plan.unchanged(plan.object(name));
                continue;
            }
            Some(row) => facts(&row.view, processors).map(|facts| (row, facts)),
            None => Err(fetch::not_there(instance, name, fetch::names(known))),
        };
        match found {
            Ok((row, facts)) => {
                let call = connections::delete_call(project, instance, name);
                let change = Change::new(plan.object(name), call, Expect::Going);
                plan.change(change.was(row.raw.clone()).facts(facts));
            }
            Err(error) => plan.refuse(plan.object(name), error),
        }
    }
    plan
}

/// What is deleted; refused while a running processor uses it.
fn facts(connection: &Connection, processors: &[Processor]) -> Result<Vec<Fact>> {
    let users: Vec<&Processor> = processors
        .iter()
        .filter(|p| {
            let dlq = p.options.dlq.as_ref().map(|dlq| &dlq.connection_name);
            dlq == Some(&connection.name)
                || pipeline::connections(&p.pipeline).contains(&connection.name)
        })
        .collect();
    let running = users.iter().find(|p| p.state == "STARTED");
    if let Some(processor) = running {
        let (name, processor) = (&connection.name, &processor.name);
        return Err(Error::new(
            Kind::Conflict,
            format!("connection {name} is in use by the running processor {processor}"),
        )
        .hint("stop the processor first, or point it at another connection"));
    }
    let mut facts = vec![Fact::means("type", connection.kind.clone())];
    facts.extend(summary::target(connection).map(|target| Fact::means("target", target)));
    for user in users {
        let text = format!("processor {} ({})", user.name, user.state);
        facts.push(Fact::new("used by", text).weighs(Weight::Passing));
    }
    Ok(facts)
}
