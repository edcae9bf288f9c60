//! The projects and organisations that attributes name besides the one acted in: a caller who may
//! not do the same there is refused before anything is looked up in them.

use serde_json::Value;

use super::actor::Realm;
use super::{Outcome, Work};

/// Where attributes name projects, whichever operation they belong to; `*` is each item of a list.
pub const PROJECTS: &[&str] = &[
    "/groupId",
    "/*/groupId",
    "/clusterGroupId",
    "/connections/*/clusterGroupId",
    "/roles/groupRoleAssignments/*/groupId",
];

/// Where attributes name organisations.
pub const ORGANIZATIONS: &[&str] = &["/orgId"];

/// Checks an operation against the actor's roles in all that a document names, but for realms that
/// are authorised already.
///
/// # Errors
/// Those of [`Work::authorize`].
pub fn check(
    work: &Work<'_>,
    operation: &str,
    document: &Value,
    already: &[Realm<'_>],
) -> Outcome<()> {
    let projects = all(document, PROJECTS).map(Realm::Project);
    let organizations = all(document, ORGANIZATIONS).map(Realm::Organization);
    projects
        .chain(organizations)
        .filter(|realm| !already.contains(realm))
        .try_for_each(|realm| work.authorize(operation, realm))
}

fn all<'a>(body: &'a Value, pointers: &'static [&str]) -> impl Iterator<Item = &'a str> {
    pointers.iter().flat_map(|pointer| {
        // Clients with a field for the cluster's project leave it empty for their own.
        let is_named = |id: &&str| !id.is_empty() || !pointer.ends_with("/clusterGroupId");
        find(body, &pointer[1..]).into_iter().filter(is_named)
    })
}

fn find<'a>(value: &'a Value, pointer: &str) -> Vec<&'a str> {
    let (first, rest) = pointer.split_once('/').unwrap_or((pointer, ""));
    let found: Vec<&Value> = match first {
        "*" => value.as_array().into_iter().flatten().collect(),
        name => value.get(name).into_iter().collect(),
    };
    match rest {
        "" => found.into_iter().filter_map(Value::as_str).collect(),
        rest => found.into_iter().flat_map(|value| find(value, rest)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_found_where_they_stand_and_nowhere_else() {
        let found = |body: Value| {
            let mut found: Vec<String> = all(&body, PROJECTS).map(str::to_owned).collect();
            found.sort_unstable();
            found.join(" ")
        };
        assert_eq!(found(json!({ "groupId": "a", "clusterGroupId": "b" })), "a b");
        assert_eq!(found(json!([{ "groupId": "a" }, {}, { "groupId": "b" }])), "a b");
        let roles = json!({ "groupRoleAssignments": [{ "groupId": "a" }, { "groupId": "b" }] });
        assert_eq!(found(json!({ "roles": roles })), "a b");
        assert_eq!(found(json!({ "connections": [{ "clusterGroupId": "a" }] })), "a");
        // Data, not names.
        assert_eq!(found(json!({ "pipeline": [{ "$match": { "groupId": "a" } }] })), "");
        assert_eq!(found(json!({ "headers": { "groupId": "a" } })), "");
        assert_eq!(found(json!({ "groupId": 1, "roles": "x", "connections": {} })), "");
    }
}
