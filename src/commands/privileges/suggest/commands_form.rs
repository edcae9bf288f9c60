//! A suggestion as the commands that do it.

use std::collections::BTreeSet;

use super::output::{For, Suggested, is_elsewhere};
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::graph::{RoleGraph, RoleKind};
use crate::privileges::permission::{Permission, Permissions};
use crate::privileges::scopes::{ScopeKind, Scopes};
use crate::shell::quote;

/// The commands that do it.
pub(super) fn commands(suggested: &Suggested<'_>, graph: &RoleGraph, name: &str) -> Vec<String> {
    let Suggested { suggestion, project, whom } = suggested;
    let definition = &suggestion.definition;
    let actions: Vec<String> =
        definition.permissions.iter().map(|p| quote(&p.as_argument()).into_owned()).collect();
    let mut options = Vec::new();
    if !actions.is_empty() {
        options.push(format!("--action {}", actions.join(" ")));
    }
    let inherits = definition.inherits.iter();
    options
        .extend(inherits.map(|(role, db)| format!("--inherit {}", quote(&format!("{role}@{db}")))));
    let create = |more: &str| format!("spctl roles create {name}{more} {}", options.join(" "));
    match whom {
        For::Role(role) if role == name => update(role, graph, definition).into_iter().collect(),
        For::Role(_) => vec![create("")],
        For::User(user, _) => {
            let mut lines = Vec::new();
            if !graph.has_custom(name) {
                lines.push(create(""));
            }
            let user = quote(user);
            let gone = suggestion.replaces.iter().filter(|role| role.role != name);
            let gone: Vec<_> = gone.map(|role| quote(&role.to_string()).into_owned()).collect();
            lines.push(format!("spctl users grant {user} --role {name}"));
            if !gone.is_empty() {
                lines.push(format!("spctl users revoke {user} --role {}", gone.join(" ")));
            }
            lines.extend(suggestion.scopes.as_ref().map(|scopes| restrict(&user, scopes)));
            lines
        }
        For::Connection { instance, name: connection, cluster, .. } => {
            let elsewhere = cluster.project.as_ref().filter(|_| is_elsewhere(project, cluster));
            let place = elsewhere.map(|id| format!(" --project {}", quote(id)));
            let mut lines = Vec::new();
            if !graph.has_custom(name) {
                lines.push(create(&place.unwrap_or_default()));
            }
            lines.push(format!(
                "spctl connections execute-as {} {name} --instance {}",
                quote(connection),
                quote(instance)
            ));
            lines
        }
    }
}

/// The command that gives a role this definition.
fn update(role: &str, graph: &RoleGraph, after: &Definition) -> Option<String> {
    let RoleKind::Custom(before) = graph.kind(role) else { return None };
    let permissions = |from: &Permissions, without: &Permissions| -> Vec<String> {
        from.difference(without).map(Permission::as_argument).collect()
    };
    let inherits = |from: &BTreeSet<RoleOn>, without: &BTreeSet<RoleOn>| -> Vec<String> {
        from.difference(without).map(|(role, db)| format!("{role}@{db}")).collect()
    };
    let mut line = format!("spctl roles update {}", quote(role));
    let mut any = false;
    for (option, values) in [
        ("--add-action", permissions(&after.permissions, &before.permissions)),
        ("--remove-action", permissions(&before.permissions, &after.permissions)),
        ("--add-inherit", inherits(&after.inherits, &before.inherits)),
        ("--remove-inherit", inherits(&before.inherits, &after.inherits)),
    ] {
        let values: Vec<_> = values.iter().map(|value| quote(value).into_owned()).collect();
        if !values.is_empty() {
            line += &format!(" {option} {}", values.join(" "));
            any = true;
        }
    }
    any.then_some(line)
}

/// The command that restricts a user to these scopes.
fn restrict(user: &str, scopes: &Scopes) -> String {
    let mut line = format!("spctl users restrict {user}");
    for (kind, option) in [
        (ScopeKind::Stream, "--instance"),
        (ScopeKind::Cluster, "--cluster"),
        (ScopeKind::DataLake, "--federation"),
    ] {
        let names = scopes.iter().filter(|scope| scope.kind == kind);
        let names: Vec<_> = names.map(|scope| quote(&scope.name).into_owned()).collect();
        if !names.is_empty() {
            line += &format!(" {option} {}", names.join(" "));
        }
    }
    line
}
