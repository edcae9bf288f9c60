//! The scopes of database users, and changes to them.

use serde_json::json;

use super::naming::NamedUser;
use super::patch::UserPatch;
use super::view::role;
use crate::atlas::users::User;
use crate::change::{Fact, Weight};
use crate::commands::estate;
use crate::error::{Error, Result};
use crate::privileges::scopes::{Difference, Estate, Scope, ScopeKind, Scopes, difference};

/// The scopes of a user.
pub fn scopes(user: &User) -> Scopes {
    user.scopes.iter().map(|s| Scope::new(ScopeKind::from_api(&s.kind), &s.name)).collect()
}

/// `unrestricted`, or what the scopes name.
pub fn describe(scopes: &Scopes) -> String {
    match scopes.is_empty() {
        true => "unrestricted".to_owned(),
        false => scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// The user's scopes, all of which must be of known types: a list can only be replaced as a whole.
pub fn understood(known: &NamedUser) -> Result<Scopes> {
    let is_unknown = |kind: &str| ScopeKind::from_api(kind) == ScopeKind::Other;
    let unknown = known.user().scopes.iter().find(|s| is_unknown(&s.kind));
    match unknown {
        None => Ok(scopes(known.user())),
        Some(scope) => Err(Error::failed(format!(
            "database user {} has a scope of the unknown type {:?}; unchanged",
            known.name, scope.kind
        ))),
    }
}

pub fn change(known: &NamedUser, before: &Scopes, after: &Scopes, estate: &Estate) -> UserPatch {
    if before == after {
        return UserPatch::Unchanged;
    }
    UserPatch::fields(
        json!({ "scopes": estate::document(after) }),
        facts(known, before, after, estate),
    )
}

/// The same change, of these scopes too.
pub fn and(patch: UserPatch, known: &NamedUser, after: Option<&Scopes>) -> UserPatch {
    let before = scopes(known.user());
    let Some(after) = after.filter(|after| **after != before) else { return patch };
    let own = json!({ "scopes": estate::document(after) });
    let fact = Fact::change("scopes", &describe(&before), &describe(after)).weighs(Weight::Meaning);
    match patch {
        UserPatch::Unchanged => UserPatch::fields(own, vec![fact]),
        UserPatch::Send { mut fields, mut expect, mut facts } => {
            fields["scopes"] = own["scopes"].clone();
            expect["scopes"] = own["scopes"].clone();
            facts.push(fact);
            UserPatch::Send { fields, expect, facts }
        }
    }
}

/// Roles, scopes, and the effective access before and after.
fn facts(known: &NamedUser, before: &Scopes, after: &Scopes, estate: &Estate) -> Vec<Fact> {
    let roles: Vec<String> = known.user().roles.iter().map(role).collect();
    let mut facts = vec![
        Fact::new("roles", roles.join(", ")),
        Fact::change("scopes", &describe(before), &describe(after)),
    ];
    let kinds = [
        ("instances", ScopeKind::Stream),
        ("clusters", ScopeKind::Cluster),
        ("federated databases", ScopeKind::DataLake),
    ];
    for (label, kind) in kinds {
        let reached = |scopes: &Scopes| {
            let things = estate.reached(scopes);
            let names: Vec<_> =
                things.into_iter().filter(|s| s.kind == kind).map(|s| s.name).collect();
            match names.is_empty() {
                true => "none".to_owned(),
                false => names.join(", "),
            }
        };
        facts.push(Fact::change(label, &reached(before), &reached(after)));
    }
    let Difference { gained, lost, gains_the_future } = difference(before, after, estate);
    let text = |scopes: &Scopes| scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(", ");
    if !gained.is_empty() {
        facts.push(Fact::means("gains", text(&gained)));
    }
    if gains_the_future {
        facts.push(Fact::means("gains", "everything created in this project later"));
    }
    if !lost.is_empty() {
        facts.push(Fact::means("loses", text(&lost)));
    }
    if before.is_empty() && !after.is_empty() {
        facts.push(Fact::means("loses", "everything created in this project later"));
    }
    let dangling = estate.dangling(after);
    if !dangling.is_empty() {
        facts.push(Fact::new("points at nothing", text(&dangling)));
    }
    facts
}
