//! The narrowest role that is known to do for a connection, and the commands that let it execute as it.

use crate::privileges::catalogue::built_in;
use crate::privileges::definition::Definition;
use crate::privileges::graph::GrantedRole;
use crate::privileges::permission::Permission;
use crate::privileges::pipeline::{PipelineUse, Standing};
use crate::privileges::project::{Connection, Instance, Processor};
use crate::privileges::suggestion::{Suggestion, queue};

use super::View;
use super::remedy::Remedy;
use super::view::is_elsewhere;

/// What lets a connection execute as the narrowest role by what the instance's processors do through it: of
/// the custom roles that cover that and allow nothing on instances the one that allows least, or else a new
/// one of exactly that. Where it is not known what they do, and on clusters of other projects, whose custom
/// roles are not known, a built-in role that reads, or one that writes.
pub(super) fn narrowed(view: &View<'_>, instance: &Instance, connection: &Connection) -> Remedy {
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
    let exact = least_definition(instance, connection).filter(|_| is_own);
    match (least, exact) {
        (Some((name, _)), _) => executing(Remedy::default(), instance, connection, name),
        (None, Some(exact)) => created(view, instance, connection, &exact),
        (None, None) if does(built_in::READ_ANY.name) => {
            executing(Remedy::default(), instance, connection, built_in::READ_ANY.name)
        }
        (None, None) => {
            executing(Remedy::default(), instance, connection, built_in::READ_WRITE_ANY.name)
        }
    }
}

/// What lets a connection execute as a role of exactly this definition.
pub(super) fn created(
    view: &View<'_>,
    instance: &Instance,
    connection: &Connection,
    definition: &Definition,
) -> Remedy {
    let graph = &view.project.roles;
    if let Some(name) = graph.exactly(definition) {
        return executing(Remedy::default(), instance, connection, name);
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let named = format!("{}-{}-pipelines", instance.name, connection.name);
    let name = match named.chars().all(is_plain) && !graph.has(&named) {
        true => named,
        false => graph.fresh_name(definition),
    };
    let actions: Vec<String> = definition.permissions.iter().map(Permission::as_argument).collect();
    let create = Remedy::new("roles create").name(&name);
    let create = create.list("--action", actions.iter().map(String::as_str));
    executing(create, instance, connection, &name)
}

fn executing(before: Remedy, instance: &Instance, connection: &Connection, role: &str) -> Remedy {
    let execute = before.then("connections execute-as").name(&connection.name).name(role);
    execute.option("--instance", &instance.name)
}

/// Exactly what the instance's processors need through a connection; `None` where there are none that use
/// it, or what one of them does is not known.
pub(super) fn least_definition(instance: &Instance, connection: &Connection) -> Option<Definition> {
    let suggested = Suggestion::of_connection(instance, &connection.name);
    let is_known = suggested.doubts.is_empty() && !suggested.definition.is_empty();
    is_known.then_some(suggested.definition)
}

/// What an instance's processors do on the cluster behind a connection.
fn needs(instance: &Instance, connection: &Connection) -> Vec<Permission> {
    let processors = instance.processors.iter().flatten();
    let uses = processors.flat_map(|processor| used(processor, &connection.name).known);
    uses.map(|one| one.permission).collect()
}

/// What a processor does through a connection.
pub(super) fn used(processor: &Processor, connection: &str) -> PipelineUse {
    PipelineUse::of(&processor.pipeline, queue(processor), connection)
}
