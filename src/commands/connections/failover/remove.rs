//! `connections failover remove`.

use super::{LISTING, Parent, fetch, find, region_of};
use crate::atlas::Row;
use crate::atlas::connections::Connection;
use crate::atlas::failover_connections::PrimaryConnection;
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned};
use crate::commands::connections::summary;
use crate::commands::names;
use crate::context::Context;
use crate::error::Result;

/// Which failover connections to remove.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections failover remove order-events us-east-2 \\
      --instance orders
  spctl connections failover list shop --instance orders -q | \\
      spctl connections failover remove shop - --instance orders --yes")]
pub struct Args {
    #[command(flatten)]
    parent: Parent,
    /// The failover connections by id or region, or - to read them from stdin
    #[arg(value_name = "ID|REGION", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    batch: Batch,
}

/// Removes failover connections.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.ids)?;
    let on = context.project().await?;
    let of = args.parent.of(on);
    let fetch = || fetch(on, &args.parent);
    let look = async || Ok(plan(&wanted, of, &args.parent, &fetch().await?));
    change::apply(context, Planned::by(look).await?, Some(&args.batch), &LISTING, fetch)
        .await
        .outcome
}

fn plan(
    wanted: &[String],
    of: PrimaryConnection<'_>,
    parent: &Parent,
    known: &[Row<Connection>],
) -> Plan {
    let mut plan = Plan::new(of.project, "failover connection", "remove", "removed");
    for name in wanted {
        match find(known, name, parent) {
            Ok(row) => {
                let connection = &row.view;
                let id = connection.id.clone().unwrap_or_default();
                let object = plan.object(&id);
                if plan.has(&object) {
                    continue;
                }
                let mut facts = vec![Fact::means("region", region_of(connection))];
                facts.extend(
                    summary::target(connection).map(|target| Fact::means("target", target)),
                );
                let change = Change::new(object, of.delete_call(&id), Expect::Gone);
                plan.change(change.was(row.raw.clone()).facts(facts));
            }
            Err(error) => plan.refuse(plan.object(name), error),
        }
    }
    plan
}
