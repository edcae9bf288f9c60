//! `connections execute-as`.

use std::rc::Rc;

use serde_json::json;

use super::fetch;
use super::list::LISTING;
use super::ready;
use super::role::{RoleFlags, assess, kind_of};
use super::summary::execute_as;
use crate::atlas::connections;
use crate::change::{self, Beside, Change, Expect, Fact, Plan, Planned, Weight};
use crate::commands::consequence::{Around, of_connection};
use crate::commands::instance_args::OnInstance;
use crate::commands::processors::through::Processors;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// Which connection is to execute as which role.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Anyone who may start a processor acts on the cluster as this role, so it should hold no \
more than the pipelines need: a custom role. An administrator's role is accepted only with \
--allow-administrator. What the instance's processors do through the connection, and the role does \
not allow, is named first.

Examples:
  spctl connections execute-as shop ordersWriter --instance orders
  spctl connections execute-as ledger readAnyDatabase \\
      --instance payments --dry-run"
)]
pub struct Args {
    /// The connection, of type Cluster
    #[arg(value_name = "NAME")]
    name: String,
    /// The role
    #[arg(value_name = "ROLE")]
    role: String,
    #[command(flatten)]
    instance: OnInstance,
    #[command(flatten)]
    role_flags: RoleFlags,
    #[command(flatten)]
    wait: Wait,
}

/// Changes the role of one connection, and nothing else of it.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let instance = &args.instance.name;
    let processors = Beside::new(context, async || Processors::fetch(on, instance).await);
    let people = Beside::new(context, async || Ok(Around::new(context, on)));
    let look = async || {
        let (around, people) = (Around::new(context, on), people.get().await?);
        let mut plan = plan(on, &args, &around, async || processors.get().await).await?;
        of_connection(&around, &people, instance, &mut plan).await?;
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let fetch = || fetch::fetch(on, instance);
    let applied = change::apply(context, planned, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| ready::wait(context, on, &args.wait, instance, done).await)
        .await
}

async fn plan(
    on: &ProjectClient,
    args: &Args,
    around: &Around,
    processors: impl AsyncFn() -> Result<Rc<Processors>>,
) -> Result<Plan> {
    let instance = &args.instance.name;
    let row = fetch::one(on, instance, &args.name).await?;
    if row.view.kind != "Cluster" {
        let (name, kind) = (&args.name, &row.view.kind);
        let message =
            format!("connection {name} is of type {kind}, and does not execute as a role");
        return Err(Error::usage(message).hint("only connections of type Cluster do"));
    }
    let home = row.view.cluster_group_id.as_deref().unwrap_or(&on.project);
    let before = row.view.db_role_to_execute.clone();
    let mut plan = Plan::new(&on.project, "connection", "change", "changed");
    let kind = kind_of(&args.role, &args.role_flags)?;
    if before.as_ref().is_some_and(|before| before.role == args.role && before.kind == kind) {
        plan.unchanged(plan.object(&args.name));
    } else {
        let role =
            assess(around, home, &args.role, kind, args.role_flags.allow_administrator).await?;
        let before = before.as_ref().map_or_else(|| "none".to_owned(), execute_as);
        let after = format!("{} ({})", args.role, kind.to_lowercase());
        let mut facts = vec![Fact::change("execute as", &before, &after).weighs(Weight::Meaning)];
        let losses = role.losses(&*processors().await?, &args.name);
        facts.extend(role.facts.into_iter().chain(losses));
        let body = json!({ "type": "Cluster", "dbRoleToExecute": role.document });
        let expect = Expect::Has(body.clone());
        let call = connections::update_call(&on.project, instance, &args.name, body);
        let change = Change::new(plan.object(&args.name), call, expect);
        plan.change(change.was(row.raw.clone()).facts(facts));
    }
    Ok(plan)
}
