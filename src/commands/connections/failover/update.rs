//! `connections failover update`.

use std::rc::Rc;

use serde_json::Value;

use super::{LISTING, Parent, fetch, find};
use crate::atlas::Row;
use crate::atlas::connections::{self, Connection};
use crate::change::{self, Beside, Change, Expect, Fact, Plan, Planned};
use crate::commands::connections::body::Body;
use crate::commands::connections::flags::Flags;
use crate::commands::connections::role::{self, RoleOption, role_to_execute, set_role};
use crate::commands::connections::{file, patch};
use crate::commands::consequence::{Around, of_connection};
use crate::commands::processors::through::Processors;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// What to change in a failover connection.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections failover update order-events 6643b6c7fe6a4b5f6fd5a1c0 \\
      --instance orders --bootstrap-servers b-8.kafka.example:9196")]
pub struct Args {
    #[command(flatten)]
    parent: Parent,
    /// The failover connection's id, or its region
    #[arg(value_name = "ID|REGION")]
    id: String,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    role: RoleOption,
}

/// Changes one failover connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let of = args.parent.of(on);
    let known = fetch(on, &args.parent).await?;
    let id = find(&known, &args.id, &args.parent)?.view.id.clone().unwrap_or_default();
    let row = on.client.failover_connection(of, &id).await.map_err(Error::from)?;
    let kind = row.view.kind.clone();
    let mut patch = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    args.flags.apply(context, &mut patch, &kind).await?;
    let processors = Beside::new(context, async || Processors::fetch(on, of.instance).await);
    let processors = async || processors.get().await;
    let people = Beside::new(context, async || Ok(Around::new(context, on)));
    let plan = async |row: &Row<Connection>| {
        let (around, people) = (Around::new(context, on), people.get().await?);
        let mut plan = plan(on, &args, patch.clone(), row, &around, &processors).await?;
        of_connection(&around, &people, of.instance, &mut plan).await?;
        Ok(plan)
    };
    let first = plan(&row).await?;
    let planned = Planned::from(first).anew(async || {
        let row = on.client.failover_connection(of, &id).await.map_err(Error::from)?;
        plan(&row).await
    });
    let read_back = || fetch(on, &args.parent);
    change::apply(context, planned, None, &LISTING, read_back).await.outcome
}

async fn plan(
    on: &ProjectClient,
    args: &Args,
    mut patch: Body,
    row: &Row<Connection>,
    around: &Around,
    processors: impl AsyncFn() -> Result<Rc<Processors>>,
) -> Result<Plan> {
    let (id, kind) = (row.view.id.clone().unwrap_or_default(), row.view.kind.clone());
    let before: Value = serde_json::from_str(row.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let before = connections::changeable(&before);
    let mut facts = Vec::new();
    if role::names_role(on, &mut patch, (&before, &row.view), &args.role) {
        let role = role_to_execute(&patch, &args.role)?;
        let home = before.get("clusterGroupId").and_then(Value::as_str).unwrap_or(&on.project);
        let role = set_role(around, home, &mut patch, role, &args.role.flags).await?;
        facts = role.losses(&*processors().await?, &args.parent.connection);
        facts.splice(..0, role.facts);
    }
    if patch.sent.is_empty() {
        return Err(Error::usage("nothing to change was given")
            .hint("see spctl connections failover update --help"));
    }
    let of = args.parent.of(on);
    let mut plan = Plan::new(&on.project, "failover connection", "update", "updated");
    match patch::changed(&before, &patch) {
        None => plan.unchanged(plan.object(id)),
        Some(mut body) => {
            let lines = body.differences(&before).into_iter();
            let mut lines: Vec<Fact> = lines.map(|line| Fact::new("changes", line)).collect();
            lines.append(&mut facts);
            body.set(&["type"], kind);
            let expect = Expect::Has(body.readable());
            let call =
                of.update_call(&id, Value::Object(body.sent)).shown(Value::Object(body.shown));
            let change = Change::new(plan.object(id), call, expect);
            plan.change(change.was(row.raw.clone()).facts(lines));
        }
    }
    Ok(plan)
}
