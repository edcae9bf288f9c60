//! `privileges of` for people, and for programs that hold roles as people do: what they do through the
//! API, what they could grant to themselves, and what they reach.

use serde::Serialize;

use super::of::Answer;
use super::who_can::{Step, steps};
use crate::privileges::catalogue::actions::{ACTIONS, Action};
use crate::privileges::decide::paths::writing_pipelines;
use crate::privileges::decide::{Obtained, PrincipalWay, kind_of, principal_ways, told};
use crate::privileges::project::{Principal, PrincipalKind, Project};
use crate::privileges::scopes::ScopeKind;
use crate::times::rfc3339;
use crate::ui::{Detail, Ui};

/// Allowed as they are.
const YES: &str = "yes";
/// Not allowed, but they could grant it to themselves.
const GRANTABLE: &str = "grantable";
const NO: &str = "no";

/// All that a holder of roles of the project or its organisation may do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Holder {
    kind: &'static str,
    /// The address, the public key or the client id.
    pub(super) name: String,
    id: String,
    /// Until when an invitation stands that was not accepted.
    invited_until: Option<String>,
    is_invited: bool,
    roles: Vec<Held>,
    pub(super) actions: Vec<Answer>,
    /// The way to be a database user of any power, if there is one.
    any_database_user: Option<Way>,
    clusters: Vec<String>,
    pipelines: Vec<Pipeline>,
}

/// A role, and where it comes from.
#[derive(Debug, Serialize)]
struct Held {
    role: String,
    team: Option<String>,
}

/// A way, for people and for programs.
#[derive(Debug, Serialize)]
struct Way {
    told: String,
    steps: Vec<Step>,
}

/// A connection through which they reach a cluster.
#[derive(Debug, Serialize)]
struct Pipeline {
    instance: String,
    connection: String,
    cluster: String,
    /// The cluster's project, if that is another one.
    project: Option<String>,
    role: Option<String>,
    /// `yes`, or `grantable`.
    allowed: &'static str,
}

/// The holder of a name, if there is one: an address in any case, a key, a client id or an id.
pub(super) fn find<'a>(project: &'a Project, name: &str) -> Option<&'a Principal> {
    let is = |one: &&Principal| one.name.eq_ignore_ascii_case(name) || one.id == name;
    project.principals.iter().filter(|one| !one.name.is_empty()).find(is)
}

/// What one may do.
pub(super) fn explained(project: &Project, one: &Principal) -> Holder {
    let mut actions = Vec::new();
    for instance in &project.instances {
        actions.extend(ACTIONS.iter().map(|action| answer(one, action, &instance.name)));
    }
    let written = writing_pipelines().map(|action| allowed(&principal_ways(one, action)));
    let written: Vec<&str> = written.collect();
    let may_write = [YES, GRANTABLE].into_iter().find(|word| written.contains(word));
    let pipelines: Vec<Pipeline> =
        may_write.map(|allowed| pipelines(project, allowed)).unwrap_or_default();
    // An action that only an instance itself offers is done as a database user.
    let as_user = ACTIONS.iter().flat_map(|action| principal_ways(one, action));
    let as_user = as_user.into_iter().find(|way| way.obtains.is_some());
    let mut clusters: Vec<String> = match &as_user {
        Some(_) => project.estate.names(ScopeKind::Cluster).map(str::to_owned).collect(),
        None => pipelines.iter().map(|one| one.cluster.clone()).collect(),
    };
    clusters.sort();
    clusters.dedup();
    Holder {
        kind: kind_of(one),
        name: one.name.clone(),
        id: one.id.clone(),
        invited_until: one.invited_until.map(rfc3339),
        is_invited: one.kind == PrincipalKind::Invited,
        roles: one
            .roles
            .iter()
            .map(|held| Held { role: held.role.clone(), team: held.team.clone() })
            .collect(),
        actions,
        any_database_user: as_user.map(|way| {
            let mut links = way.links();
            // Who grants one role of databases grants any.
            if let Some(Obtained::Database(_)) = way.obtains {
                links.pop();
            }
            Way { told: told(&links), steps: steps(&links) }
        }),
        clusters,
        pipelines,
    }
}

fn allowed(ways: &[PrincipalWay<'_>]) -> &'static str {
    match ways {
        [] => NO,
        ways if ways.iter().any(|way| way.obtains.is_none()) => YES,
        _ => GRANTABLE,
    }
}

fn answer(one: &Principal, action: &'static Action, instance: &str) -> Answer {
    let ways = principal_ways(one, action);
    let links: Vec<_> = ways.iter().map(PrincipalWay::links).collect();
    let why = match (links.as_slice(), one.kind) {
        ([], PrincipalKind::Invited) => "the invitation was not accepted yet".to_owned(),
        ([], _) => "none of their roles allows it, or lets them grant it to themselves".to_owned(),
        (all, _) => all.iter().map(|links| told(links)).collect::<Vec<_>>().join("; or "),
    };
    Answer {
        user: one.name.clone(),
        action: action.documented,
        instance: instance.to_owned(),
        allowed: allowed(&ways),
        why,
        ways: links.iter().map(|links| steps(links)).collect(),
    }
}

/// The connections to clusters; whoever writes pipelines acts through all of an instance.
fn pipelines(project: &Project, allowed: &'static str) -> Vec<Pipeline> {
    let mut all = Vec::new();
    for instance in &project.instances {
        for connection in instance.connections.iter().flatten() {
            let Some(cluster) = &connection.cluster else { continue };
            all.push(Pipeline {
                instance: instance.name.clone(),
                connection: connection.name.clone(),
                cluster: cluster.name.clone(),
                project: cluster.project.clone().filter(|other| *other != project.id),
                role: connection.executes_as.as_ref().map(ToString::to_string),
                allowed,
            });
        }
    }
    all
}

/// For people: each action once, since it is the same on every instance.
pub(super) fn detail(ui: &Ui, project: &Project, holder: &Holder) -> Detail {
    let list = |items: Vec<String>| match items.is_empty() {
        true => vec!["none".to_owned()],
        false => items,
    };
    let role = |held: &Held| match &held.team {
        Some(team) => format!("{} (through {team})", held.role),
        None => held.role.clone(),
    };
    let first = project.instances.first().map(|instance| instance.name.as_str());
    let actions = holder.actions.iter().filter(|answer| Some(answer.instance.as_str()) == first);
    let actions = actions.map(|answer| {
        format!("{} on every instance: {}: {}", answer.action, answer.allowed, answer.why)
    });
    let mut detail: Detail = vec![(
        match holder.kind {
            "person" => "person",
            "api_key" => "API key",
            _ => "service account",
        },
        vec![holder.name.clone()],
    )];
    if holder.is_invited {
        let until = holder.invited_until.as_deref().map(|end| format!(" until {}", ui.moment(end)));
        detail.push(("invited", vec![format!("not yet accepted{}", until.unwrap_or_default())]));
    }
    detail.push(("roles", list(holder.roles.iter().map(role).collect())));
    detail.push(("actions", list(actions.collect())));
    let as_user =
        holder.any_database_user.as_ref().map(|way| format!("any, with every role: {}", way.told));
    detail.push(("database users", list(as_user.into_iter().collect())));
    let clusters = match holder.clusters.as_slice() {
        [] => Vec::new(),
        all if holder.any_database_user.is_some() => {
            vec![format!("{}, as a database user", all.join(", "))]
        }
        all => vec![format!("{}, through pipelines", all.join(", "))],
    };
    detail.push(("clusters", list(clusters)));
    let pipelines = holder.pipelines.iter().map(|one| {
        let role = one.role.as_deref().unwrap_or("an unnamed role");
        let once = if one.allowed == GRANTABLE { ", once they have granted it" } else { "" };
        format!("{}/{} -> {} as {role}{once}", one.instance, one.connection, one.cluster)
    });
    detail.push(("pipelines", list(pipelines.collect())));
    detail
}
