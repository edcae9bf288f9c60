//! `connections get`.

use serde_json::{Value, json};

use super::certificates::certificates;
use super::fetch::{fetch, not_there, one, shown};
use super::list::LISTING;
use super::summary::{execute_as, network, target};
use crate::atlas::connections::Connection;
use crate::commands::effective;
use crate::commands::instance_args::OnInstance;
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

/// Which connections to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections get shop --instance orders
  spctl connections list -q --instance orders | spctl connections get - \\
      --instance orders -o yaml")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    instance: OnInstance,
}

/// Shows connections by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let instance = &args.instance.name;
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        let found = if many {
            let all = async || fetch(on, instance).await;
            let found = listed.find(name, all, |connection| vec![connection.name.clone()]).await?;
            match found {
                Some(row) => Ok(row),
                None => Err(not_there(instance, name, listed.names())),
            }
        } else {
            one(on, instance, name).await.map(shown)
        };
        effective::with(found?, |connection| Ok(facts(connection)))
    };
    names::show(context, &LISTING, "connection", &args.named.names, fetch, detail).await
}

/// What is computed for a connection: what its certificates say.
fn facts(connection: &Connection) -> Value {
    match certificates(connection) {
        none if none.is_empty() => json!({}),
        certificates => json!({ "certificates": certificates }),
    }
}

fn detail(connection: &Connection) -> Detail {
    let mut detail = vec![
        ("connection", vec![connection.name.clone()]),
        ("type", vec![connection.kind.clone()]),
    ];
    let authentication = connection.authentication.as_ref();
    let who = authentication.and_then(|a| a.username.clone().or(a.client_id.clone()));
    let security = connection.security.as_ref();
    let link = connection.networking.as_ref().or(connection.public_private_networking.as_ref());
    let link = link.and_then(|n| n.access.as_ref()?.connection_id.clone());
    let optional = [
        ("state", connection.state.clone()),
        ("target", target(connection)),
        ("cluster's project", connection.cluster_group_id.clone()),
        ("network", network(connection)),
        ("private link", link),
        ("protocol", security.and_then(|s| s.protocol.clone())),
        ("mechanism", authentication.and_then(|a| a.mechanism.clone())),
        ("authenticates as", who),
        ("assumes", connection.aws.as_ref().and_then(|aws| aws.role_arn.clone())),
        ("execute as", connection.db_role_to_execute.as_ref().map(execute_as)),
        ("region", connection.region.clone()),
        ("id", connection.id.clone()),
    ];
    detail.extend(optional.into_iter().filter_map(|(label, value)| Some((label, vec![value?]))));
    let certificates: Vec<String> =
        certificates(connection).iter().map(ToString::to_string).collect();
    if !certificates.is_empty() {
        detail.push(("certificates", certificates));
    }
    detail
}
