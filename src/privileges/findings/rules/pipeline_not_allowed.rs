//! Processors whose connection may not do what their pipeline does.

use crate::privileges::findings::least::{narrowed, used};
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{is_elsewhere, some};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::pipeline::Standing;

pub(super) static RULE: Rule = Rule {
    id: "SP411",
    name: "pipeline-not-allowed",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "Processor whose connection may not do what its pipeline does",
    what: "A processor with a stage, or a dead-letter queue, that does something on a cluster of this project \
which the role that its connection executes as does not allow.",
    why: "The processor fails when it gets there: at its start, or with the first document that cannot be \
processed.",
    passes: "What cannot be told: stages that are not known here, roles of other projects, connections without \
a role to execute as.",
    mend: "Add the actions to the connection's custom role; or let the connection execute as a role that \
allows them, where its role is built in.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let graph = &view.project.roles;
    let mut found = Vec::new();
    for (instance, connection) in view.connections() {
        let Some(role) = &connection.executes_as else { continue };
        // A custom role is one of the cluster's project, and a missing one is another rule's.
        if is_elsewhere(view.project, connection) || !graph.has(&role.role) {
            continue;
        }
        for processor in instance.processors.iter().flatten() {
            let uses = used(processor, &connection.name).known;
            let held = std::slice::from_ref(role);
            let missing = uses
                .iter()
                .filter(|one| !one.is_dynamic)
                .filter(|one| graph.standing(held, &one.permission) == Standing::Missing);
            let missing: Vec<String> = missing.map(|one| one.permission.to_string()).collect();
            if missing.is_empty() {
                continue;
            }
            let (by, role) = (&connection.name, &role.role);
            let summary =
                format!("needs {} through {by}, which {role} does not allow", some(&missing));
            let object = Object::inside("processor", &processor.name, &instance.name);
            // Narrower than any other role that would do.
            let remedy = match graph.has_custom(role) {
                true => Remedy::new("roles update")
                    .name(role)
                    .list("--add-action", missing.iter().map(String::as_str)),
                false => narrowed(view, instance, connection),
            };
            let finding = Finding::new(&RULE, view, object, summary, remedy);
            found.push(finding.told_apart(view, &connection.name).extending(missing));
        }
    }
    Ok(found)
}
