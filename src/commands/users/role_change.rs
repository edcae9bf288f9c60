//! What granting and revoking roles share.

use serde_json::{Value, json};

use super::naming::NamedUser;
use super::patch::UserPatch;
use super::role_arg::{document, held};
use super::selection::{Verb, refuse};
use super::view::role;
use crate::atlas::users::Role;
use crate::change::Fact;
use crate::commands::roles::remaining::covered;
use crate::error::Result;
use crate::privileges::graph::{GrantedRole, RoleGraph};

/// What the revoked roles allow, and the remaining ones still do.
pub fn still_allowed<'a>(
    known: &NamedUser,
    revoked: impl IntoIterator<Item = &'a Role>,
    after: &[Role],
    graph: &RoleGraph,
) -> Vec<Fact> {
    let others: Vec<GrantedRole> = after.iter().map(held).collect();
    let covered = |role| covered(graph, Some(&known.name), &held(role), &others);
    let lines = revoked.into_iter().flat_map(covered);
    lines.map(|text| Fact::new("still allowed", text)).collect()
}

/// `grant` in the forms that messages need.
pub const GRANT: Verb = Verb("grant roles to", "granted roles to");
/// `revoke` in the forms that messages need.
pub const REVOKE: Verb = Verb("revoke roles from", "revoked roles from");

/// Both lists of roles, each role once.
pub fn with(before: &[Role], further: &[Role]) -> Vec<Role> {
    let mut after = before.to_vec();
    for role in further {
        if !after.contains(role) {
            after.push(role.clone());
        }
    }
    after
}

/// The change from one list of roles to another.
pub fn change(before: &[Role], after: &[Role]) -> UserPatch {
    if before == after {
        return UserPatch::Unchanged;
    }
    let names = |roles: &[Role]| roles.iter().map(role).collect::<Vec<_>>().join(", ");
    let only = |left: &[Role], right: &[Role]| {
        let only: Vec<Role> = left.iter().filter(|r| !right.contains(r)).cloned().collect();
        names(&only)
    };
    let mut facts = vec![Fact::change("roles", &names(before), &names(after))];
    for (label, roles) in [("gains", only(after, before)), ("loses", only(before, after))] {
        if !roles.is_empty() {
            facts.push(Fact::means(label, roles));
        }
    }
    let roles: Vec<Value> = after.iter().map(document).collect();
    UserPatch::fields(json!({ "roles": roles }), facts)
}

/// Refuses to revoke the last role, as the API would.
pub fn keeps_one(known: &NamedUser, before: &[Role], after: &[Role]) -> Result<()> {
    if !after.is_empty() || before.is_empty() {
        return Ok(());
    }
    Err(refuse(known, "this would revoke its last role, and a user must have one")
        .hint("grant another role first, or delete the user with spctl users delete"))
}
