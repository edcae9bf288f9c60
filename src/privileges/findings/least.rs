//! The narrowest role that is known to do for a connection.

use crate::privileges::catalogue::built_in;
use crate::privileges::graph::GrantedRole;
use crate::privileges::permission::Permission;
use crate::privileges::pipeline::{DeadLetterQueue, PipelineUse, Standing};
use crate::privileges::project::{Connection, Instance, Processor};

use super::View;
use super::view::is_elsewhere;

/// The role that a connection should execute as, by what the instance's processors do through it: of
/// the custom roles that cover that and allow nothing on instances the one that allows least, or else
/// a built-in role that reads, or one that writes.
pub(super) fn execution_role(
    view: &View<'_>,
    instance: &Instance,
    connection: &Connection,
) -> String {
    let needs = needs(instance, connection);
    let graph = &view.project.roles;
    let does = |role: &str| {
        let held = [GrantedRole::on_admin(role)];
        needs.iter().all(|wanted| graph.standing(&held, wanted) == Standing::Allowed)
    };
    let is_own = !is_elsewhere(view.project, connection);
    let custom = graph.definitions().filter(|_| is_own && !needs.is_empty());
    let custom = custom.filter(|(name, _)| {
        let closure = graph.closure([GrantedRole::on_admin(*name)]);
        let is_harmless = closure.stream_actions().next().is_none()
            && closure.certain().all(|reached| !built_in::administers(&reached.role.role));
        is_harmless && does(name)
    });
    let least = custom.min_by_key(|(name, _)| graph.chains(&[GrantedRole::on_admin(*name)]).len());
    match least {
        Some((name, _)) => name.to_owned(),
        None if does(built_in::READ_ANY.name) => built_in::READ_ANY.name.to_owned(),
        None => built_in::READ_WRITE_ANY.name.to_owned(),
    }
}

/// What an instance's processors do on the cluster behind a connection.
fn needs(instance: &Instance, connection: &Connection) -> Vec<Permission> {
    let processors = instance.processors.iter().flatten();
    let uses = processors.flat_map(|processor| used(processor, &connection.name).known);
    uses.map(|one| one.permission).collect()
}

/// What a processor does through a connection.
pub(super) fn used(processor: &Processor, connection: &str) -> PipelineUse {
    let queue = &processor.document["options"]["dlq"];
    let text = |field: &str| queue[field].as_str().unwrap_or_default();
    let queue = queue.is_object().then(|| DeadLetterQueue {
        connection: text("connectionName"),
        database: text("db"),
        collection: text("coll"),
    });
    PipelineUse::of(&processor.pipeline, queue, connection)
}
