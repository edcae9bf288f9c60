//! What a change of the role that a connection executes as comes to: what pipelines may do through it,
//! and who may write them.

use super::around::{Around, Unseen};
use super::roles::some;
use super::told;
use super::users::ROLES;
use crate::atlas::connections::Connection;
use crate::atlas::members::Member;
use crate::change::{Fact, Plan};
use crate::commands::policy::access;
use crate::commands::user_names::UserNames;
use crate::error::Result;
use crate::policy;
use crate::privileges::catalogue::built_in;
use crate::privileges::decide::paths::writing_pipelines;
use crate::privileges::decide::{Decider, principal_ways};
use crate::privileges::graph::RoleGraph;
use crate::privileges::project::{
    Connection as Known, DatabaseUser, Instance, Principal, PrincipalKind, PrincipalRole, Project,
};
use crate::privileges::rights::Verdict;

/// Says in a plan about one connection of an instance what is gained and lost through it, and by whom.
/// The roles are those of this look, by which the command judges too; the people may be of an earlier one.
///
/// # Errors
/// Interrupted; what may not be read is said.
pub async fn of_connection(
    roles: &Around,
    people: &Around,
    instance: &str,
    plan: &mut Plan,
) -> Result<()> {
    let [change] = plan.changes() else { return Ok(()) };
    let before = change.before().and_then(|raw| serde_json::from_str(raw.get()).ok());
    let after = change.after().and_then(|document| serde_json::from_value(document).ok());
    let (before, after) = (before.map(known), after.map(known));
    let acts = |connection: &Option<Known>| {
        let connection = connection.as_ref()?;
        Some((connection.cluster.clone(), connection.executes_as.clone()?))
    };
    if acts(&before) == acts(&after) {
        return Ok(());
    }
    let mut unseen = Unseen::default();
    let before = project(roles, instance, before, &mut unseen).await?;
    let after = project(roles, instance, after, &mut unseen).await?;
    let changes = access::between(&before, &after);
    let mut facts = told::facts(&changes);
    if !changes.is_empty() {
        facts.push(reached_by(roles, people, instance, &mut unseen).await?);
    }
    plan.tell(|_| facts.clone());
    unseen.remarks().for_each(|remark| plan.note(remark));
    Ok(())
}

fn known(connection: Connection) -> Known {
    policy::connection(connection, &serde_json::Value::Null)
}

/// The instance with this connection, and the roles of the project that its cluster is in.
async fn project(
    around: &Around,
    instance: &str,
    connection: Option<Known>,
    unseen: &mut Unseen,
) -> Result<Project> {
    let role = connection.as_ref().and_then(|one| one.executes_as.as_ref());
    let roles = match role.filter(|role| built_in::find(&role.role).is_none()) {
        None => RoleGraph::default(),
        Some(_) => {
            let cluster = connection.as_ref().and_then(|one| one.cluster.as_ref());
            let home = cluster.and_then(|cluster| cluster.project.as_deref());
            let listed = around.graph_of(home.unwrap_or(around.project())).await;
            unseen.or_default(ROLES, listed)?
        }
    };
    let connections = Some(connection.into_iter().collect());
    let instance = Instance { name: instance.to_owned(), connections, ..Instance::default() };
    Ok(Project { taken: around.now, roles, instances: vec![instance], ..Project::default() })
}

/// Who may write pipelines on an instance, and so acts through its connections.
async fn reached_by(
    roles: &Around,
    people: &Around,
    instance: &str,
    unseen: &mut Unseen,
) -> Result<Fact> {
    let (users, members) = tokio::join!(people.users(), people.members());
    let users = unseen.or_default("database users", users.map(<[_]>::to_vec))?;
    let members = unseen.or_default("people", members.map(<[_]>::to_vec))?;
    let names = UserNames::among(&users);
    let called: Vec<String> = users.iter().map(|user| names.of(user)).collect();
    let users: Vec<DatabaseUser> = users.into_iter().map(policy::database_user).collect();
    let has_custom = users.iter().flat_map(|u| &u.roles).any(|r| built_in::find(&r.role).is_none());
    let graph = match has_custom {
        true => unseen.or_default(ROLES, roles.graph().await)?,
        false => RoleGraph::default(),
    };
    let project = Project { taken: roles.now, users, roles: graph, ..Project::default() };
    let decider = Decider::new(&project);
    let may = |user: &DatabaseUser| {
        writing_pipelines().any(|action| decider.verdict(user, action, instance) != Verdict::No)
    };
    let users = project.users.iter().zip(called).filter(|(user, _)| may(user));
    let users: Vec<String> = users.map(|(_, name)| name).collect();
    let writes = |member: &Member| {
        let principal = principal(member);
        writing_pipelines().any(|action| {
            principal_ways(&principal, action).iter().any(|way| way.obtains.is_none())
        })
    };
    let people = members.iter().map(|row| &row.view).filter(|member| writes(member));
    let people: Vec<String> = people.map(|member| member.username.clone()).collect();
    let (mut parts, mut beyond) = (Vec::new(), String::new());
    for (word, names) in [("users", users), ("people", people)] {
        if !names.is_empty() {
            let (named, others) = some(&names);
            parts.push(format!("{word} {named}"));
            beyond += &others;
        }
    }
    let text = match parts.is_empty() {
        true => format!("nobody, as far as can be seen: none may write pipelines on {instance}"),
        false => format!("{}, who may write pipelines on {instance}", parts.join("; ")),
    };
    Ok(Fact::new("reached by", text).leaves_out(beyond))
}

fn principal(member: &Member) -> Principal {
    let kind = match member.org_membership_status.as_str() {
        "" | "ACTIVE" => PrincipalKind::Person,
        _ => PrincipalKind::Invited,
    };
    let held = |role: &String| PrincipalRole { role: role.clone(), team: None };
    let roles = member.roles.own.iter().map(held).collect();
    Principal { kind, name: member.username.clone(), roles, ..Principal::default() }
}
