//! A project's policy as it is now: one listing a noun, all at the same time.

use std::collections::{BTreeMap, HashSet};

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use crate::atlas::members::{Home, MemberFilter};
use crate::atlas::{ApiError, Row};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::{Instance, Named, OF_ORGANISATION, Policy, kind};
use crate::privileges::project::Unseen;
use crate::session::ProjectClient;

/// How many instances are asked concurrently for what is in them.
const AT_ONCE: usize = 8;

/// Reads all that the credential may read; the rest is in [`Policy::unseen`].
///
/// # Errors
/// Those of the API, but for a list that may not be read.
pub async fn fetch(context: &Context) -> Result<Policy> {
    let on = context.project().await?;
    let (client, id) = (&on.client, on.project.as_str());
    // Without the project itself there is nothing to say.
    let project = client.project(id).await.map_err(Error::from)?.view;
    let name = project.name.clone();
    let mut policy = Policy::of(Named { id: id.to_owned(), name }, context.now()?);
    let (instances, members, users, roles, clusters, federated, access, peerings, links) = tokio::try_join!(
        instances(on),
        members(on, project.org_id.as_deref()),
        seen("database users", documents(client.users(id))),
        seen("custom roles", documents(client.custom_roles(id))),
        seen("clusters", names(client.clusters(id), |cluster| cluster.name)),
        seen("federated databases", names(client.federated_databases(id), |one| one.name)),
        seen("access-list entries", documents(client.access_list(id))),
        seen("VPC peerings", documents(client.active_peerings(id))),
        seen("private links", documents(client.private_links(id))),
    )?;
    let (instances, within) = instances;
    let (members, of_members) = members;
    match instances {
        Ok(instances) => policy.set_instances(instances),
        Err(unseen) => policy.unseen.push(unseen),
    }
    for (key, list) in [
        ("users", users),
        ("roles", roles),
        ("clusters", clusters),
        ("federatedDatabases", federated),
        ("accessList", access),
        ("members", members),
        ("peerings", peerings),
        ("privateLinks", links),
    ] {
        match (kind(key), list) {
            (Some(kind), Ok(list)) => policy.set(kind, list),
            (_, Err(unseen)) => policy.unseen.push(unseen),
            (None, Ok(_)) => {}
        }
    }
    policy.unseen.extend(within.into_iter().chain(of_members));
    for what in ["API keys", "service accounts"] {
        let why = "this version does not list them".to_owned();
        policy.unseen.push(Unseen { what: what.to_owned(), why });
    }
    policy.unseen.sort_by(|one, other| one.what.cmp(&other.what));
    Ok(policy)
}

/// A list, or that it may not be read.
type Seen<T> = std::result::Result<T, Unseen>;

/// What was read; what may not be read is unseen, and every other failure is one.
async fn seen<T>(
    what: impl Into<String>,
    read: impl Future<Output = Result<T>>,
) -> Result<Seen<T>> {
    match read.await {
        Ok(list) => Ok(Ok(list)),
        Err(error) if error.kind() == Kind::NotPermitted => {
            Ok(Err(Unseen { what: what.into(), why: error.to_string() }))
        }
        Err(error) => Err(error),
    }
}

async fn documents<T>(
    rows: impl Stream<Item = std::result::Result<Row<T>, ApiError>>,
) -> Result<Vec<Value>> {
    rows.map_err(Error::from)
        .and_then(async |row| {
            serde_json::from_str(row.raw.get())
                .map_err(|e| Error::failed("an answer is not understood").source(e))
        })
        .try_collect()
        .await
}

async fn names<T>(
    rows: impl Stream<Item = std::result::Result<Row<T>, ApiError>>,
    name: fn(T) -> String,
) -> Result<Vec<Value>> {
    rows.map_ok(|row| Value::String(name(row.view))).map_err(Error::from).try_collect().await
}

/// The instances with what is in them, and what of that may not be read.
async fn instances(on: &ProjectClient) -> Result<(Seen<Vec<Instance>>, Vec<Unseen>)> {
    let all = match seen("instances", documents(on.client.instances(&on.project))).await? {
        Ok(all) => all,
        Err(unseen) => return Ok((Err(unseen), Vec::new())),
    };
    let within = stream::iter(all).map(async |document: Value| {
        let name = document["name"].as_str().unwrap_or_default().to_owned();
        let connections = documents(on.client.connections(&on.project, &name));
        let processors = documents(on.client.processors(&on.project, &name));
        let (connections, processors) = tokio::try_join!(
            seen(format!("connections of {name}"), connections),
            seen(format!("processors of {name}"), processors),
        )?;
        Ok::<_, Error>((document, connections, processors))
    });
    let within: Vec<_> = within.buffered(AT_ONCE).try_collect().await?;
    let mut unseen = Vec::new();
    let mut known = |list: Seen<Vec<Value>>| list.map_err(|why| unseen.push(why)).ok();
    let each = within.into_iter().map(|(document, connections, processors)| Instance {
        document,
        connections: known(connections),
        processors: known(processors),
    });
    let each = each.collect();
    Ok((Ok(each), unseen))
}

/// Everybody with access to the project, with their roles in it, in its organisation and through
/// teams; and what of that may not be read.
async fn members(on: &ProjectClient, org: Option<&str>) -> Result<(Seen<Vec<Value>>, Vec<Unseen>)> {
    let (client, home) = (&on.client, Home::Project(on.project.clone()));
    let all = documents(client.members(&home, MemberFilter { inherited: true, email: None }));
    let own = documents(client.members(&home, MemberFilter::default()));
    let of_org = async {
        match org {
            Some(org) => {
                documents(client.members(&Home::Org(org.to_owned()), MemberFilter::default())).await
            }
            None => Err(Error::new(Kind::NotPermitted, "the project names no organisation")),
        }
    };
    let (all, own, of_org) = tokio::try_join!(
        seen("members", all),
        seen("members", own),
        seen(OF_ORGANISATION, of_org),
    )?;
    let (all, own) = match (all, own) {
        (Ok(all), Ok(own)) => (all, own),
        (Err(unseen), _) | (_, Err(unseen)) => return Ok((Err(unseen), Vec::new())),
    };
    let (of_org, unseen) = match of_org {
        Ok(of_org) => (of_org, None),
        Err(unseen) => (Vec::new(), Some(unseen)),
    };
    let by_id = |list: Vec<Value>| -> BTreeMap<String, Value> {
        list.into_iter().map(|member| (member["id"].to_string(), member)).collect()
    };
    let (own, of_org) = (by_id(own), by_id(of_org));
    let member = |mut member: Value| {
        let id = member["id"].to_string();
        let roles = |list: &Value| -> HashSet<String> {
            list.as_array()
                .into_iter()
                .flatten()
                .filter_map(|r| r.as_str().map(str::to_owned))
                .collect()
        };
        let mut through = roles(&member["roles"]);
        let own = own.get(&id).map(|own| roles(&own["roles"])).unwrap_or_default();
        through.retain(|role| !own.contains(role));
        if let Some(of_org) = of_org.get(&id) {
            member["orgRoles"] = of_org["roles"]["orgRoles"].clone();
            member["teamIds"] = of_org["teamIds"].clone();
            // What somebody in no team has beside the own roles is what the organisation's bring.
            if of_org["teamIds"].as_array().is_none_or(Vec::is_empty) {
                through.clear();
            }
        }
        member["roles"] = json!(own);
        member["inheritedRoles"] = json!(through);
        member
    };
    // Somebody with roles of their own might be missing among all.
    let everybody: BTreeMap<String, Value> = own.clone().into_iter().chain(by_id(all)).collect();
    Ok((Ok(everybody.into_values().map(member).collect()), unseen.into_iter().collect()))
}
