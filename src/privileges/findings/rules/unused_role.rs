//! Custom roles that nobody has.

use std::collections::BTreeSet;

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::graph::GrantedRole;

pub(super) static RULE: Rule = Rule {
    id: "SP401",
    name: "unused-role",
    family: Family::Hygiene,
    severity: Severity::Low,
    title: "Custom role that nobody has",
    what: "A custom role that no database user holds, no role that is held inherits, and no connection \
executes as.",
    why: "Nobody reviews it, and somebody may grant it one day for its name without knowing what it allows.",
    passes: "Roles reached through others; every role where the connections of an instance could not be read, \
since one may execute as it. Connections of other projects are not known here.",
    mend: "Delete it.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    if view.project.instances.iter().any(|instance| instance.connections.is_none()) {
        return Err(Skipped(
            "connections could not be read, which may execute as any role".to_owned(),
        ));
    }
    if view.is_unseen("database users") {
        return Err(Skipped("the database users could not be listed".to_owned()));
    }
    let held = view.project.users.iter().flat_map(|user| &user.roles);
    let executed = view.connections().filter_map(|(_, connection)| connection.executes_as.as_ref());
    let starts: BTreeSet<&GrantedRole> = held.chain(executed).collect();
    let graph = &view.project.roles;
    let closure = graph.closure(starts.into_iter().cloned());
    let had: BTreeSet<&str> = closure.0.iter().map(|reached| reached.role.role.as_str()).collect();
    let unused = graph.customs().map(|(name, _)| name).filter(|name| !had.contains(name));
    let finding = |name: &str| {
        let summary = "no user holds it, no connection executes as it";
        let remedy = Remedy::new("roles delete").name(name);
        Finding::new(&RULE, view, Object::new("custom role", name), summary, remedy)
    };
    Ok(unused.map(finding).collect())
}
