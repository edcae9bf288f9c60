//! Scopes that point at nothing.

use serde_json::{Value, json};

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::{Holder, some};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::scopes::{Scope, ScopeKind};

pub(super) static RULE: Rule = Rule {
    id: "SP404",
    name: "dangling-scope",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "Scope on something that does not exist",
    what: "A database user with a scope on an instance, a cluster or a federated database that the project \
does not have.",
    why: "If all scopes of the user are so, it is locked out. And whoever creates something of that name \
later gives this user access without knowing it.",
    passes: "Scopes of a kind that could not be listed.",
    mend: "Take the scope away. Where it is the last one the user has to go: without scopes it would reach \
everything.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let is_seen = |scope: &&Scope| {
        !view.is_unseen(match scope.kind {
            ScopeKind::Stream => "instances",
            ScopeKind::Cluster => "clusters",
            ScopeKind::DataLake => "federated",
            ScopeKind::Other => return false,
        })
    };
    let finding = |holder: &Holder<'_>| {
        let user = holder.user;
        let dangling = view.project.estate.dangling(&user.scopes);
        let gone: Vec<&Scope> = dangling.iter().filter(is_seen).collect();
        if gone.is_empty() {
            return None;
        }
        let names: Vec<String> = gone.iter().map(|scope| scope.to_string()).collect();
        let left: Vec<&Scope> = user.scopes.iter().filter(|scope| !gone.contains(scope)).collect();
        let means = match left.is_empty() {
            true => "the user is locked out until somebody creates it",
            false => "whoever creates it gives this user access",
        };
        let summary = format!("scopes name {}, which does not exist: {means}", some(&names));
        let streams_only = gone.iter().all(|scope| scope.kind == ScopeKind::Stream);
        let remedy = match left.is_empty() {
            true => Remedy::new("users delete").name(&holder.name),
            false if streams_only => Remedy::new("users restrict")
                .name(&holder.name)
                .list("--remove", gone.iter().map(|scope| scope.name.as_str())),
            false => {
                let scopes: Value = left
                    .iter()
                    .map(|scope| json!({"name": scope.name, "type": scope.kind.api_name()}))
                    .collect();
                let path = format!(
                    "groups/{{project}}/databaseUsers/{}/{}",
                    segment(&user.database),
                    segment(&user.name)
                );
                Remedy::new("api PATCH").name(&path).option("-F", &format!("scopes={scopes}"))
            }
        };
        let object = Object::new("database user", &holder.name);
        Some(Finding::new(&RULE, view, object, summary, remedy).extending(names))
    };
    Ok(view.holders.iter().filter_map(finding).collect())
}

/// A name as part of a path.
fn segment(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'$' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
