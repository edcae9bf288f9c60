//! `connections failover add`.

use serde_json::{Map, Value};

use super::region::failover_region;
use super::{BY_REGION, Parent, fetch, region_of};
use crate::atlas::connections;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::commands::connections::body::{Body, overlay};
use crate::commands::connections::flags::Flags;
use crate::commands::connections::needs;
use crate::commands::connections::role::{RoleOption, role_to_execute, set_role};
use crate::commands::connections::{fetch as connections_of, file, ready};
use crate::commands::consequence::{Around, of_connection};
use crate::commands::processors::through::Processors;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// The failover connection to add.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Everything else is copied from the connection; secrets must be given again.

Examples:
  spctl connections failover add order-events --instance orders \\
      --region us-east-2 --bootstrap-servers b-9.kafka.example:9196 \\
      --password-env KAFKA_PASSWORD
  spctl connections failover add shop --instance orders --region us-east-2"
)]
pub struct Args {
    #[command(flatten)]
    parent: Parent,
    /// The failover region, by any of its names
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    role: RoleOption,
    #[command(flatten)]
    wait: Wait,
}

/// Adds one failover connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let of = args.parent.of(on);
    let parent = connections_of::one(on, of.instance, of.connection).await?;
    let kind = parent.view.kind.clone();
    if !matches!(kind.as_str(), "Kafka" | "Cluster") {
        return Err(Error::usage(format!(
            "connection {} is of type {kind}, and cannot have failover connections",
            of.connection
        ))
        .hint("only connections of type Kafka and Cluster can"));
    }
    let region = failover_region(on, of.instance, &args.region).await?;
    let known = fetch(on, &args.parent).await?;
    if known.iter().any(|row| region_of(&row.view) == region) {
        let message =
            format!("connection {} already has a failover connection for {region}", of.connection);
        return Err(Error::new(Kind::Conflict, message)
            .hint("spctl connections failover update changes it"));
    }
    let before: Value = serde_json::from_str(parent.raw.get())
        .map_err(|e| Error::failed("the answer is not JSON").source(e))?;
    let base = connections::changeable(&before);
    let given = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    let mut body = laid_over(&base, &given);
    args.flags.apply(context, &mut body, &kind).await?;
    body.set(&["type"], kind.as_str());
    body.set(&["region"], region.as_str());
    let mut facts = vec![Fact::new("region", region.as_str())];
    let mut beside = body.clone();
    beside.shown.shift_remove("region");
    let shown = beside.differences(&base);
    facts.extend(shown.into_iter().map(|line| Fact::new("differs", line)));
    let around = Around::new(context, on);
    if kind == "Cluster" {
        let role = role_to_execute(&body, &args.role)?;
        let role = set_role(&around, &on.project, &mut body, role, &args.role.flags).await?;
        let processors = Processors::fetch(on, of.instance).await?;
        let losses = role.losses(&processors, of.connection);
        facts.extend(role.facts.into_iter().chain(losses));
    }
    needs::complete(context, &mut body, &kind)?;
    let mut plan = Plan::new(&on.project, "failover connection", "add", "added");
    let expect = Expect::Has(body.readable());
    let call = of.create_call(Value::Object(body.sent)).shown(Value::Object(body.shown));
    plan.change(Change::new(plan.object(&region), call, expect).facts(facts));
    of_connection(&around, &around, of.instance, &mut plan).await?;
    let read_back = || fetch(on, &args.parent);
    let applied = change::apply(context, plan, None, &BY_REGION, read_back).await;
    applied
        .then(context, async |done| {
            for region in done.iter().map(|object| &object.name) {
                let look = async || {
                    let rows = fetch(on, &args.parent).await?;
                    let found = rows.iter().find(|row| region_of(&row.view) == *region);
                    Ok(found.map_or(Look::Still("not listed yet".into()), |row| {
                        ready::readiness(&row.view)
                    }))
                };
                args.wait.until(context, region, look).await?;
            }
            Ok(())
        })
        .await
}

/// The connection's own fields, overlaid with what was given.
fn laid_over(base: &Map<String, Value>, given: &Body) -> Body {
    let over = |given: &Map<String, Value>| {
        let mut whole = Value::Object(base.clone());
        overlay(&mut whole, &Value::Object(given.clone()));
        match whole {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    };
    Body { sent: over(&given.sent), shown: over(&given.shown) }
}
