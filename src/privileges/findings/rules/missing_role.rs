//! Roles that are named and do not exist.

use crate::privileges::findings::least::narrowed;
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{Holder, is_elsewhere};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::graph::GrantedRole;

pub(super) static RULE: Rule = Rule {
    id: "SP410",
    name: "missing-role",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "Role that is named and does not exist",
    what: "A database user who holds, a custom role that inherits, or a connection to a cluster of this \
project that executes as a role that is neither built in nor a custom role of the project.",
    why: "It allows nothing, so what relies on it fails. And whoever creates a role of that name later grants \
it to all of these without knowing.",
    passes: "Connections to clusters of other projects, whose roles are not known here; everything, where the \
roles could not be listed.",
    mend: "Take the name away, or let the connection execute as a role that exists.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    if view.is_unseen("custom roles") || view.is_unseen("roles") {
        return Err(Skipped("the custom roles could not be listed".to_owned()));
    }
    let graph = &view.project.roles;
    let of_user = |holder: &Holder<'_>| {
        let gone = holder.user.roles.iter().find(|role| !graph.has(&role.role))?;
        let remedy = match holder.user.roles.len() {
            1 => Remedy::new("users delete").name(&holder.name),
            _ => Remedy::new("users revoke").name(&holder.name).option("--role", &gone.to_string()),
        };
        let summary = format!("holds {gone}, which does not exist");
        let object = Object::new("database user", &holder.name);
        let all = holder.user.roles.iter().filter(|role| !graph.has(&role.role));
        let all: Vec<String> = all.map(GrantedRole::to_string).collect();
        Some(Finding::new(&RULE, view, object, summary, remedy).extending(all))
    };
    let of_role = graph.definitions().filter_map(|(name, definition)| {
        let (role, database) = definition.inherits.iter().find(|(role, _)| !graph.has(role))?;
        let gone = format!("{role}@{database}");
        let remedy = Remedy::new("roles update").name(name).option("--remove-inherit", &gone);
        let summary = format!("inherits {gone}, which does not exist");
        let all = definition.inherits.iter().filter(|(role, _)| !graph.has(role));
        let all: Vec<String> = all.map(|(role, database)| format!("{role}@{database}")).collect();
        let object = Object::new("custom role", name);
        Some(Finding::new(&RULE, view, object, summary, remedy).extending(all))
    });
    let of_connection = view.connections().filter_map(|(instance, connection)| {
        let role = connection.executes_as.as_ref().filter(|role| !graph.has(&role.role))?;
        if is_elsewhere(view.project, connection) {
            return None;
        }
        let remedy = narrowed(view, instance, connection);
        let summary = format!("executes as {}, which does not exist", role.role);
        let object = Object::inside("connection", &connection.name, &instance.name);
        let finding = Finding::new(&RULE, view, object, summary, remedy);
        Some(finding.extending([role.to_string()]))
    });
    let users = view.holders.iter().filter_map(of_user);
    Ok(users.chain(of_role).chain(of_connection).collect())
}
