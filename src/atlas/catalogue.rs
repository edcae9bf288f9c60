//! Every operation that this program knows, found by method and path.

use http::Method;

use super::{
    Media, Operation, Paging, access_lists, addresses, audit_logs, clusters, connections, events,
    failover_connections, instances, members, orgs, peerings, private_links, processors, projects,
    roles, status, users,
};

/// Replaces a person's roles in a project. Deprecated.
pub const SET_PROJECT_ROLES: Operation = Operation {
    id: "updateGroupUserRoles",
    method: Method::PUT,
    path: "/api/atlas/v2/groups/{groupId}/users/{userId}/roles",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "replace the roles of user {userId} in project {groupId}",
};

/// Replaces a person's roles in an organisation. Deprecated.
pub const SET_ORG_ROLES: Operation = Operation {
    id: "updateOrgUserRoles",
    method: Method::PUT,
    path: "/api/atlas/v2/orgs/{orgId}/users/{userId}/roles",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::None,
    what: "replace the roles of user {userId} in organisation {orgId}",
};

/// All of them.
pub static OPERATIONS: &[&Operation] = &[
    &access_lists::LIST,
    &access_lists::GET,
    &access_lists::CREATE,
    &access_lists::DELETE,
    &access_lists::STATUS,
    &access_lists::IP_INFO,
    &addresses::LIST,
    &addresses::OF_PROJECT,
    &audit_logs::DOWNLOAD,
    &audit_logs::OPERATIONAL,
    &clusters::LIST,
    &clusters::LIST_FEDERATED,
    &connections::LIST,
    &connections::GET,
    &connections::CREATE,
    &connections::UPDATE,
    &connections::DELETE,
    &events::LIST,
    &failover_connections::LIST,
    &failover_connections::GET,
    &failover_connections::CREATE,
    &failover_connections::UPDATE,
    &failover_connections::DELETE,
    &instances::LIST,
    &instances::GET,
    &instances::CREATE,
    &instances::CREATE_WITH_SAMPLES,
    &instances::UPDATE,
    &instances::DELETE,
    &members::LIST,
    &members::GET,
    &members::ADD,
    &members::REMOVE,
    &members::ADD_ROLE,
    &members::REMOVE_ROLE,
    &members::ORG_LIST,
    &members::ORG_GET,
    &members::ORG_INVITE,
    &members::ORG_UPDATE,
    &members::ORG_REMOVE,
    &members::ORG_ADD_ROLE,
    &members::ORG_REMOVE_ROLE,
    &orgs::LIST,
    &orgs::GET,
    &peerings::LIST,
    &peerings::LIST_ACTIVE,
    &peerings::ACCEPT,
    &peerings::REJECT,
    &peerings::DELETE,
    &peerings::ACCOUNT,
    &private_links::LIST,
    &private_links::GET,
    &private_links::CREATE,
    &private_links::UPDATE,
    &private_links::DELETE,
    &processors::LIST,
    &processors::GET,
    &processors::CREATE,
    &processors::UPDATE,
    &processors::DELETE,
    &processors::START,
    &processors::START_WITH,
    &processors::STOP,
    &projects::LIST,
    &projects::GET,
    &projects::BY_NAME,
    &projects::LIST_IN_ORG,
    &projects::CREATE,
    &projects::DELETE,
    &roles::LIST,
    &roles::GET,
    &roles::CREATE,
    &roles::UPDATE,
    &roles::DELETE,
    &status::GET,
    &users::LIST,
    &users::GET,
    &users::CREATE,
    &users::UPDATE,
    &users::DELETE,
    &SET_PROJECT_ROLES,
    &SET_ORG_ROLES,
];

/// The operation of a method and a percent-encoded path. A literal segment takes precedence over a
/// parameter, and a parameter with a verb over one without.
pub fn find(method: &Method, path: &str) -> Option<&'static Operation> {
    let fits = OPERATIONS.iter().filter(|operation| operation.method == *method);
    fits.filter_map(|operation| Some((score(operation.path, path)?, *operation)))
        .max_by_key(|(score, _)| *score)
        .map(|(_, operation)| operation)
}

/// How literally a path matches a template; `None` if it does not.
fn score(template: &str, path: &str) -> Option<usize> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut score = 0;
    loop {
        score += match (wanted.next(), given.next()) {
            (None, None) => return Some(score),
            (Some(wanted), Some(given)) if wanted == given => 4,
            (Some(wanted), Some(given)) => {
                let (_, verb) = wanted.strip_prefix('{')?.split_once('}')?;
                given.strip_suffix(verb).filter(|value| !value.is_empty())?;
                usize::from(!verb.is_empty())
            }
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::privileges::catalogue::operations;

    #[test]
    fn every_documented_operation_is_known() {
        let known: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
        let documented = operations::TABLE.iter().flat_map(|(_, ids)| *ids).copied();
        let missing: Vec<&str> = documented.filter(|id| !known.contains(id)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
