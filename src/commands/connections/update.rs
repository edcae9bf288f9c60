//! `connections update`: only what changes is sent, and a secret only where a new one is given.

use serde_json::{Map, Value};

use super::body::{Body, overlay, same};
use super::flags::Flags;
use super::list::{self, LISTING};
use super::role::Meaning;
use super::{Instance, create, file};
use crate::atlas::connections::{self, Connection};
use crate::atlas::{Row, redact};
use crate::change::{self, Change, Expect, Fact, Plan, Planned};
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;

/// What to change of a connection.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is not named stays as it is. A part that changes, such as security, is sent whole as it
was read with the change in it; secrets are sent only where new ones are given. A document given
with --file is laid over the connection; a null in it takes a field away.

Examples:
  spctl connections update order-events --instance orders --bootstrap-servers b-4.kafka.example:9196
  spctl connections update order-events --instance orders --broker-ca-file new-ca.pem --wait
  spctl connections update order-events --instance orders --password-env NEW_PASSWORD
  spctl connections update warehouse --instance orders --file change.yaml --dry-run"
)]
pub struct Args {
    /// The connection
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    instance: Instance,
    #[command(flatten)]
    flags: Flags,
    /// The role that pipelines read and write the cluster as
    #[arg(long, value_name = "ROLE", help_heading = "Cluster")]
    execute_as: Option<String>,
    #[command(flatten)]
    meaning: Meaning,
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
    let row = list::one(on, instance, &args.name).await?;
    let kind = row.view.kind.clone();
    same_identity(&patch, &args.name, &kind)?;
    args.flags.apply(context, &mut patch, &kind).await?;
    if patch
        .sent
        .keys()
        .all(|key| matches!(key.as_str(), "name" | "type" | "id" | "state" | "links"))
        && args.execute_as.is_none()
    {
        return Err(
            Error::usage("nothing says what to change").hint("see spctl connections update --help")
        );
    }
    let first = plan(on, &args, patch.clone(), &row).await?;
    let planned = Planned::from(first).anew(async || {
        let row = list::one(on, instance, &args.name).await?;
        plan(on, &args, patch.clone(), &row).await
    });
    let fetch = || list::fetch(on, instance);
    let applied = change::apply(context, planned, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| list::wait(context, on, &args.wait, instance, done).await)
        .await
}

async fn plan(
    on: &ProjectClient,
    args: &Args,
    mut patch: Body,
    row: &Row<Connection>,
) -> Result<Plan> {
    let (instance, kind) = (&args.instance.name, row.view.kind.clone());
    let before: Value = serde_json::from_str(row.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let before = connections::changeable(&before);
    let mut facts = Vec::new();
    let names_role = args.execute_as.is_some() || patch.sent.contains_key("dbRoleToExecute");
    if names_role && kind != "Cluster" {
        return Err(Error::usage(format!("a {kind} connection executes as no role")));
    }
    if names_role {
        let role = create::wanted(&patch, args.execute_as.as_deref(), &args.meaning)?;
        let home =
            before.get("clusterGroupId").filter(|_| !patch.sent.contains_key("clusterGroupId"));
        let home = home.and_then(Value::as_str).unwrap_or(&on.project);
        facts = create::execute_as(&on.elsewhere(home), &mut patch, role, &args.meaning).await?;
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
                lines.push(Fact::new("secrets", "stay as they are; none is sent"));
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

/// Whether who the instance says it is changes, and its secret does not.
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
            .hint("create another connection, and delete this one"));
        }
    }
    Ok(())
}

/// The top-level fields that a patch changes, each whole: what was read, with the change in it.
/// Nothing that was read is lost where the API replaces a field, and nothing that was not read, as
/// a password, is needed.
pub(super) fn changed(before: &Map<String, Value>, patch: &Body) -> Option<Body> {
    let mut body = Body::default();
    for (key, given) in &patch.sent {
        if matches!(key.as_str(), "name" | "type" | "id" | "state" | "links") {
            continue;
        }
        let was = before.get(key).cloned().unwrap_or_default();
        let laid = |given: &Value| {
            let mut after = was.clone();
            overlay(&mut after, given);
            // These are replaced whole by the API, and take texts only.
            if let ("config" | "headers", Value::Object(fields)) = (key.as_str(), &mut after) {
                fields.retain(|_, value| !value.is_null());
            }
            // A private link belongs to its way: kept on another one it could not be deleted.
            if let Some(access) = after.get_mut("access").and_then(Value::as_object_mut)
                && access.get("type").is_some_and(|way| way != "PRIVATE_LINK")
            {
                access.shift_remove("connectionId");
            }
            after
        };
        let sent = laid(given);
        if !same(&was, &sent) {
            let shown = laid(patch.shown.get(key).unwrap_or(given));
            body.sent.insert(key.clone(), sent);
            body.shown.insert(key.clone(), shown);
        }
    }
    (!body.sent.is_empty()).then_some(body)
}
