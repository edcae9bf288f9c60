//! What a processor that starts may not do through its connections: each executes on its cluster as
//! a role, and the role decides.

use serde_json::Value;

use super::pipeline;
use crate::local::domain::instances::InstanceName;
use crate::local::domain::refusal::{Reason, Refusal};
use crate::local::domain::{Outcome, Work, custom_roles, text};
use crate::local::store::docs::kind;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::Resource;
use crate::privileges::pipeline::{PipelineUse, StageUse, Standing};

/// Why a processor fails when it starts, as a sentence; `None` if it does not. A connection is gone,
/// or executes as a role that does not allow what a stage does.
///
/// What only some rows would need, because an expression names the place or because they end in the
/// dead-letter queue, fails no start unless the role allows it nowhere.
pub(super) fn lack(
    work: &Work<'_>,
    own: InstanceName<'_>,
    processor: &Value,
) -> Outcome<Option<String>> {
    let parent = own.parent();
    match pipeline::check_connections(work, &parent, processor) {
        Ok(()) => {}
        Err(Refusal { reason: Reason::Invalid, detail, .. }) => return Ok(Some(detail)),
        Err(failure) => return Err(failure),
    }
    let stages = processor["pipeline"].as_array().map(Vec::as_slice).unwrap_or_default();
    for connection in work.all(kind::CONNECTION, &parent)? {
        let (name, role) = (text(&connection, "name"), &connection["dbRoleToExecute"]);
        let uses = PipelineUse::of(stages, None, name).known;
        // As which role it executes without one is nowhere written.
        if connection["type"] != "Cluster" || role.is_null() || uses.is_empty() {
            continue;
        }
        let project = match text(&connection, "clusterGroupId") {
            "" => own.project,
            other => other,
        };
        let (graph, role) = (custom_roles::graph(work, project)?, text(role, "role"));
        let held = [GrantedRole::on_admin(role)];
        if let Some(one) = uses.iter().find(|one| !allows(&graph, &held, one)) {
            let StageUse { by, permission, is_dynamic } = one;
            let (action, place) = (&permission.action, place(&permission.resource, *is_dynamic));
            return Ok(Some(format!(
                "{by} through connection {name}: role {role}, as which it executes, lacks the privilege {action} on {place}"
            )));
        }
    }
    Ok(None)
}

fn allows(graph: &RoleGraph, held: &[GrantedRole], one: &StageUse) -> bool {
    match one.is_dynamic {
        true => !graph.ways(held, &one.permission).is_empty(),
        false => graph.standing(held, &one.permission) != Standing::Missing,
    }
}

fn place(resource: &Resource, is_dynamic: bool) -> String {
    let all = if is_dynamic { "any" } else { "every" };
    match resource {
        Resource::Namespace { database, collection } if !database.is_empty() => {
            match collection.is_empty() {
                true if is_dynamic => format!("any collection of {database}"),
                true => database.clone(),
                false => format!("{database}.{collection}"),
            }
        }
        Resource::Namespace { collection, .. } if !collection.is_empty() => {
            format!("{collection} of {all} database")
        }
        _ => format!("{all} database"),
    }
}
