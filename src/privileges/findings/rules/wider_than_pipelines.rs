//! Connections that execute as more than their pipelines need.

use std::collections::HashMap;

use crate::privileges::catalogue::built_in;
use crate::privileges::decide::paths::writing_pipelines;
use crate::privileges::effective::End;
use crate::privileges::findings::least::{created, least_definition};
use crate::privileges::findings::view::{administrator_of, is_elsewhere, some};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::permission::{Permission, Permissions};
use crate::privileges::scopes::ScopeKind;

pub(super) static RULE: Rule = Rule {
    id: "SP107",
    name: "wider-than-pipelines",
    family: Family::LeastPrivilege,
    severity: Severity::Medium,
    title: "Connection that executes as more than its pipelines need",
    what: "A connection to a cluster of this project whose role allows something that no stored processor of \
its instance does through it. Low if the role is a custom one without a built-in role, whose reach somebody has chosen.",
    why: "Whoever may write pipelines on the instance acts with this role, and needs no more of it than the \
pipelines do. The rest is reach that nobody uses and no grant shows.",
    passes: "Connections that no stored processor uses, or of whose use something is not known; roles that \
administer, and roles that do not exist, which are other rules'; clusters of other projects.",
    mend: "Let the connection execute as a role of what the pipelines need. Pipelines that are run without \
being stored are not in it: spctl privileges suggest --connection tells what each action is for.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let graph = &view.project.roles;
    // Who may write pipelines: everywhere, and by instance. Of many users and instances not each pair is asked.
    let (mut everywhere, mut scoped) = (Vec::new(), HashMap::<&str, Vec<&str>>::new());
    for holder in &view.holders {
        if !writing_pipelines().any(|action| holder.may(action.api)) {
            continue;
        }
        if holder.user.scopes.is_empty() {
            everywhere.push(holder.name.as_str());
        }
        for scope in holder.user.scopes.iter().filter(|scope| scope.kind == ScopeKind::Stream) {
            scoped.entry(&scope.name).or_default().push(&holder.name);
        }
    }
    let found = view.connections().filter_map(|(instance, connection)| {
        let role = connection.executes_as.as_ref()?;
        let is_other_rules = is_elsewhere(view.project, connection)
            || !graph.has(&role.role)
            || administrator_of(view.project, connection, role).is_some();
        if is_other_rules {
            return None;
        }
        let least = least_definition(instance, connection)?;
        let chains = graph.chains(std::slice::from_ref(role));
        let mut more: Vec<&Permission> = Vec::new();
        for chain in &chains {
            match &chain.end {
                End::Allows(given) if is_needed(&given.permission, &least.permissions) => {}
                End::Allows(given) => more.push(&given.permission),
                // What it might allow is not known.
                End::Unclear(_) => return None,
            }
        }
        more.sort();
        more.dedup();
        let more: Vec<String> = more.into_iter().map(Permission::as_argument).collect();
        if more.is_empty() {
            return None;
        }
        let closure = graph.closure([role.clone()]);
        let is_built_in = closure.certain().any(|one| built_in::find(&one.role.role).is_some());
        let here = scoped.get(instance.name.as_str()).into_iter().flatten();
        let writers: Vec<&str> = everywhere.iter().chain(here).copied().collect();
        let by = match writers.is_empty() {
            true => String::new(),
            false => format!("; with it act {}", some(&writers)),
        };
        let (role, more_told) = (&role.role, some(&more));
        let summary = format!(
            "executes as {role}, which allows more than its pipelines need: {more_told}{by}"
        );
        let object = Object::inside("connection", &connection.name, &instance.name);
        let remedy = created(view, instance, connection, &least);
        let severity = if is_built_in { RULE.severity } else { Severity::Low };
        let finding = Finding::new(&RULE, view, object, summary, remedy).graded(severity);
        Some(finding.extending(more))
    });
    Ok(found.collect())
}

fn is_needed(given: &Permission, needs: &Permissions) -> bool {
    needs.iter().any(|need| need.action == given.action && need.resource.covers(&given.resource))
}
