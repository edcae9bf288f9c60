//! `connections update`: only what changes is sent, and a secret only if a new one is given.

use std::rc::Rc;

use serde_json::Value;

use super::body::Body;
use super::fetch;
use super::flags::Flags;
use super::list::LISTING;
use super::patch::changed;
use super::ready;
use super::role::{self, RoleOption, role_to_execute, set_role};
use super::{file, needs};
use crate::atlas::connections::{self, Connection};
use crate::atlas::{Row, redact};
use crate::change::{self, Beside, Change, Expect, Fact, Plan, Planned};
use crate::commands::consequence::{Around, of_connection};
use crate::commands::instance_args::OnInstance;
use crate::commands::processors::through::Processors;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// What to change in a connection.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Everything else stays unchanged. A part that changes, such as security, is sent whole, as \
it was read with the change in it; secrets are sent only if new ones are given. A document given \
with --file is merged into the connection; a null in it removes a field.

Examples:
  spctl connections update order-events --instance orders \\
      --bootstrap-servers b-4.kafka.example:9196
  spctl connections update order-events --instance orders \\
      --broker-ca-file new-ca.pem --wait
  spctl connections update order-events --instance orders \\
      --password-env NEW_PASSWORD
  spctl connections update warehouse --instance orders \\
      --file change.yaml --dry-run"
)]
pub struct Args {
    /// The connection
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    instance: OnInstance,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    role: RoleOption,
    #[command(flatten)]
    wait: Wait,
}

/// Changes one connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let mut patch = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    let on = context.project().await?;
    let instance = &args.instance.name;
    let row = fetch::one(on, instance, &args.name).await?;
    let kind = row.view.kind.clone();
    same_identity(&patch, &args.name, &kind)?;
    args.flags.apply(context, &mut patch, &kind).await?;
    if patch
        .sent
        .keys()
        .all(|key| matches!(key.as_str(), "name" | "type" | "id" | "state" | "links"))
        && args.role.name.is_none()
    {
        return Err(
            Error::usage("nothing to change was given").hint("see spctl connections update --help")
        );
    }
    let processors = Beside::new(context, async || Processors::fetch(on, instance).await);
    let processors = async || processors.get().await;
    let people = Beside::new(context, async || Ok(Around::new(context, on)));
    let plan = async |row: &Row<Connection>| {
        let (around, people) = (Around::new(context, on), people.get().await?);
        let mut plan = plan(on, &args, patch.clone(), row, &around, &processors).await?;
        of_connection(&around, &people, instance, &mut plan).await?;
        Ok(plan)
    };
    let first = plan(&row).await?;
    let planned = Planned::from(first)
        .anew(async || plan(&fetch::one(on, instance, &args.name).await?).await);
    let fetch = || fetch::fetch(on, instance);
    let applied = change::apply(context, planned, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| ready::wait(context, on, &args.wait, instance, done).await)
        .await
}

async fn plan(
    on: &ProjectClient,
    args: &Args,
    mut patch: Body,
    row: &Row<Connection>,
    around: &Around,
    processors: impl AsyncFn() -> Result<Rc<Processors>>,
) -> Result<Plan> {
    let (instance, kind) = (&args.instance.name, row.view.kind.clone());
    let before: Value = serde_json::from_str(row.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let before = connections::changeable(&before);
    let mut facts = Vec::new();
    let names_role = role::names_role(on, &mut patch, (&before, &row.view), &args.role);
    if names_role && kind != "Cluster" {
        return Err(Error::usage(format!(
            "{} connection does not execute as a role",
            needs::with_article(&kind)
        )));
    }
    if names_role {
        let role = role_to_execute(&patch, &args.role)?;
        let home =
            before.get("clusterGroupId").filter(|_| !patch.sent.contains_key("clusterGroupId"));
        let home = home.and_then(Value::as_str).unwrap_or(&on.project);
        let role = set_role(around, home, &mut patch, role, &args.role.flags).await?;
        facts = role.losses(&*processors().await?, &args.name);
        facts.splice(..0, role.facts);
    }
    let mut plan = Plan::new(&on.project, "connection", "update", "updated");
    match changed(&before, &patch) {
        None => plan.unchanged(plan.object(&args.name)),
        Some(mut body) => {
            let mut lines: Vec<Fact> = body
                .differences(&before)
                .into_iter()
                .map(|line| Fact::new("changes", line))
                .collect();
            lines.append(&mut facts);
            if keeps_secret(&body) {
                lines.push(Fact::new("secrets", "unchanged; none is sent"));
            }
            body.set(&["type"], kind);
            let expect = Expect::Has(body.readable());
            let sent = Value::Object(body.sent);
            let call = connections::update_call(&on.project, instance, &args.name, sent)
                .shown(Value::Object(body.shown));
            let change = Change::new(plan.object(&args.name), call, expect);
            plan.change(change.was(row.raw.clone()).facts(lines));
        }
    }
    Ok(plan)
}

/// Whether the credentials change, but not their secret.
fn keeps_secret(body: &Body) -> bool {
    let holders = ["authentication", "schemaRegistryAuthentication"];
    let holds = |holder: &&str| body.sent.get(*holder).and_then(Value::as_object);
    holders.iter().filter_map(holds).any(|fields| !fields.keys().any(|key| redact::is_secret(key)))
}

fn same_identity(patch: &Body, name: &str, kind: &str) -> Result<()> {
    for (field, is) in [("name", name), ("type", kind)] {
        if patch.text(&[field]).is_some_and(|given| given != is) {
            return Err(Error::usage(format!(
                "the {field} of connection {name} cannot be changed"
            ))
            .hint("create another connection and delete this one"));
        }
    }
    Ok(())
}
