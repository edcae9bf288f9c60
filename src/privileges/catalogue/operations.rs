//! Who may call which operation of the Admin API: the document's `x-rolesRequirements`, compiled in.

use super::actions::Action;
use super::atlas_roles;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Anyone, without credentials.
    Anyone,
    /// Anyone who is authenticated; a listing has only what the caller may see.
    Authenticated,
    /// Holders of one of these roles (display names), or of a role that includes one of them.
    Holding(&'static [&'static str]),
}

/// Operations whose row is an assumption because the document names no role for them.
pub const ASSUMED: &[&str] = &["createGroup"];

/// Every operation, by what it requires of its caller. The roles are the least that suffice: see
/// [`atlas_roles::closure`] for the roles that include them.
pub const TABLE: &[(Caller, &[&str])] = &[
    (Caller::Authenticated, &["getSystemStatus", "listGroups", "getGroupByName", "listOrgs"]),
    (
        Caller::Holding(&["Organization Owner"]),
        &[
            "createGroup",
            "createOrgUser",
            "removeOrgUser",
            "updateOrgUser",
            "updateOrgUserRoles",
            "addOrgUserRole",
            "removeOrgUserRole",
        ],
    ),
    (
        Caller::Holding(&["Project Read Only"]),
        &[
            "getGroup",
            "listGroupAccessListEntries",
            "getGroupAccessListEntry",
            "getGroupAccessListStatus",
            "listGroupClusters",
            "listGroupCustomDbRoleRoles",
            "getGroupCustomDbRoleRole",
            "listGroupDataFederation",
            "listGroupDatabaseUsers",
            "getGroupDatabaseUser",
            "listGroupEvents",
            "getGroupIpAddresses",
            "listGroupStreamWorkspaces",
            "getGroupStreamAccountDetails",
            "listGroupStreamActiveVpcPeeringConnections",
            "listGroupStreamPrivateLinkConnections",
            "getGroupStreamPrivateLinkConnection",
            "listGroupStreamVpcPeeringConnections",
            "getGroupStreamConnection",
            "listGroupUsers",
            "getGroupUser",
        ],
    ),
    (Caller::Holding(&["Project Owner"]), &["deleteGroup", "updateGroupUserRoles"]),
    (
        Caller::Holding(&["Project Network Access Manager"]),
        &["createGroupAccessListEntry", "deleteGroupAccessListEntry"],
    ),
    (
        Caller::Holding(&["Project Database Access Admin", "Project Stream Processing Owner"]),
        &[
            "createGroupCustomDbRoleRole",
            "deleteGroupCustomDbRoleRole",
            "updateGroupCustomDbRoleRole",
            "createGroupDatabaseUser",
            "deleteGroupDatabaseUser",
            "updateGroupDatabaseUser",
        ],
    ),
    (
        Caller::Holding(&[
            "Organization Stream Processing Admin",
            "Project Data Access Admin",
            "Project Stream Processing Manager",
        ]),
        &[
            "createGroupStreamWorkspace",
            "deleteGroupStreamWorkspace",
            "updateGroupStreamWorkspace",
            "withGroupStreamSampleConnections",
        ],
    ),
    (
        Caller::Holding(&[
            "Organization Stream Processing Admin",
            "Project Stream Processing Manager",
        ]),
        &[
            "createGroupStreamPrivateLinkConnection",
            "deleteGroupStreamPrivateLinkConnection",
            "updateGroupStreamPrivateLinkConnection",
            "createGroupStreamConnection",
            "deleteGroupStreamConnection",
            "updateGroupStreamConnection",
            "listGroupStreamConnectionFailoverConnections",
            "createGroupStreamConnectionFailoverConnection",
            "deleteGroupStreamConnectionFailoverConnection",
            "getGroupStreamConnectionFailoverConnection",
            "updateGroupStreamConnectionFailoverConnection",
            "createGroupStreamProcessor",
            "deleteGroupStreamProcessor",
            "getGroupStreamProcessor",
            "updateGroupStreamProcessor",
            "startGroupStreamProcessor",
            "startGroupStreamProcessorWith",
            "stopGroupStreamProcessor",
            "getGroupStreamProcessors",
        ],
    ),
    (
        Caller::Holding(&[
            "Organization Stream Processing Admin",
            "Project Stream Processing Owner",
        ]),
        &[
            "deleteGroupStreamVpcPeeringConnection",
            "acceptGroupStreamVpcPeeringConnection",
            "rejectGroupStreamVpcPeeringConnection",
        ],
    ),
    (
        Caller::Holding(&[
            "Organization Stream Processing Admin",
            "Project Data Access Admin",
            "Project Data Access Read Only",
            "Project Data Access Read Write",
            "Project Stream Processing Manager",
        ]),
        &[
            "getGroupStreamWorkspace",
            "downloadGroupStreamAuditLogs",
            "listGroupStreamConnections",
            "downloadGroupStreamOperationalLogs",
        ],
    ),
    (
        Caller::Holding(&["Project Access Manager"]),
        &["addGroupUsers", "removeGroupUser", "addGroupUserRole", "removeGroupUserRole"],
    ),
    (
        Caller::Holding(&["Organization Member"]),
        &["getOrg", "getOrgGroups", "listOrgUsers", "getOrgUser"],
    ),
    (Caller::Anyone, &["listControlPlaneIpAddresses"]),
];

/// What a stream action allows a database user, as operations of the API: the same act without a
/// database user. Pipelines that are not saved, and samples, are offered inside instances only.
const ACTS: &[(&str, &[&str])] = &[
    ("createStreamProcessor", &["createGroupStreamProcessor"]),
    ("modifyStreamProcessor", &["updateGroupStreamProcessor"]),
    ("startStreamProcessor", &["startGroupStreamProcessor", "startGroupStreamProcessorWith"]),
    ("stopStreamProcessor", &["stopGroupStreamProcessor"]),
    ("dropStreamProcessor", &["deleteGroupStreamProcessor"]),
    ("getStreamProcessor", &["getGroupStreamProcessor"]),
    ("listStreamProcessors", &["getGroupStreamProcessors"]),
    ("streamProcessorStats", &["getGroupStreamProcessor", "getGroupStreamProcessors"]),
    ("listConnections", &["listGroupStreamConnections"]),
];

/// Operations by which a caller gives itself what it does not hold as a database user.
pub const GRANT_DATABASE_ROLES: &[&str] =
    &["createGroupDatabaseUser", "updateGroupDatabaseUser", "updateGroupCustomDbRoleRole"];

/// Operations by which a person gives itself a role of the project.
pub const GRANT_PROJECT_ROLES: &[&str] = &["addGroupUserRole", "updateGroupUserRoles"];

/// The operations that do what a stream action allows; none if only an instance itself offers it.
pub fn of_action(action: &Action) -> &'static [&'static str] {
    let of_it = ACTS.iter().find(|(documented, _)| *documented == action.documented);
    of_it.map_or(&[], |(_, operations)| operations)
}

/// What an operation requires of its caller; `None` if the operation is unknown.
pub fn caller(operation: &str) -> Option<Caller> {
    TABLE.iter().find(|(_, ids)| ids.contains(&operation)).map(|(caller, _)| *caller)
}

/// The least roles (display names) that an operation requires: empty if any authenticated caller,
/// or anyone, will do; `None` if the operation is unknown.
pub fn roles(operation: &str) -> Option<&'static [&'static str]> {
    caller(operation).map(|caller| match caller {
        Caller::Holding(roles) => roles,
        Caller::Anyone | Caller::Authenticated => &[],
    })
}

/// Whether a caller who holds these roles (display names, those of the organisation and those of
/// the project in question together) may call an operation. An unknown operation is allowed to
/// no one.
pub fn allowed<'a>(held: impl IntoIterator<Item = &'a str>, operation: &str) -> bool {
    match caller(operation) {
        None => false,
        Some(Caller::Anyone | Caller::Authenticated) => true,
        Some(Caller::Holding(required)) => held
            .into_iter()
            .any(|held| required.iter().any(|role| atlas_roles::includes(held, role))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::actions;
    use super::*;

    #[test]
    fn every_operation_stands_once() {
        let mut ids: Vec<_> = TABLE.iter().flat_map(|(_, ids)| ids.iter()).collect();
        assert_eq!(ids.len(), 81);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 81);
    }

    #[test]
    fn what_an_action_does_is_an_operation_of_the_table() {
        for (documented, operations) in ACTS {
            let action = actions::find(documented).filter(|a| a.documented == *documented);
            assert!(action.is_some(), "{documented}");
            assert!(operations.iter().all(|id| caller(id).is_some()), "{operations:?}");
        }
        let grants = GRANT_DATABASE_ROLES.iter().chain(GRANT_PROJECT_ROLES);
        assert!(grants.into_iter().all(|id| caller(id).is_some()));
    }

    #[test]
    fn callers_are_asked_for_roles_that_are_known() {
        let names: Vec<_> = atlas_roles::ROLES.iter().map(|role| role.display).collect();
        for (caller, _) in TABLE {
            let Caller::Holding(required) = caller else { continue };
            assert!(required.iter().all(|role| names.contains(role)), "{required:?}");
        }
    }

    #[test]
    fn a_stream_processing_owner_can_do_what_the_product_page_says() {
        let held = ["Project Stream Processing Owner"];
        for operation in [
            "createGroupDatabaseUser",
            "updateGroupCustomDbRoleRole",
            "downloadGroupStreamAuditLogs",
            "createGroupStreamWorkspace",
            "deleteGroupStreamConnection",
            "acceptGroupStreamVpcPeeringConnection",
            "listGroupClusters",
        ] {
            assert!(allowed(held, operation), "{operation}");
        }
        assert!(!allowed(held, "createGroupAccessListEntry"));
        assert!(!allowed(held, "addGroupUsers"));
    }

    #[test]
    fn an_admin_of_stream_processing_owns_it_in_every_project() {
        let (admin, owner) =
            (["Organization Stream Processing Admin"], ["Project Stream Processing Owner"]);
        for operation in TABLE.iter().flat_map(|(_, operations)| *operations) {
            assert!(!allowed(owner, operation) || allowed(admin, operation), "{operation}");
        }
        for operation in ["createGroupStreamPrivateLinkConnection", "listOrgUsers", "getOrg"] {
            assert!(allowed(admin, operation), "{operation}");
        }
        assert!(!allowed(admin, "createOrgUser") && !allowed(admin, "createGroupAccessListEntry"));
    }

    #[test]
    fn an_admin_of_data_access_manages_instances_and_only_views_connections() {
        let held = ["Project Data Access Admin"];
        for operation in [
            "createGroupStreamWorkspace",
            "updateGroupStreamWorkspace",
            "deleteGroupStreamWorkspace",
            "listGroupStreamConnections",
            "getGroupStreamConnection",
        ] {
            assert!(allowed(held, operation), "{operation}");
        }
        for operation in [
            "createGroupStreamConnection",
            "updateGroupStreamConnection",
            "deleteGroupStreamConnection",
            "createGroupDatabaseUser",
        ] {
            assert!(!allowed(held, operation), "{operation}");
        }
        assert!(!allowed(["Project Data Access Read Write"], "createGroupStreamWorkspace"));
    }

    #[test]
    fn reading_is_not_writing() {
        assert!(allowed(["Project Read Only"], "listGroupDatabaseUsers"));
        assert!(!allowed(["Project Read Only"], "createGroupDatabaseUser"));
        assert!(!allowed(["Project Read Only"], "downloadGroupStreamAuditLogs"));
        assert!(!allowed(["Organization Owner"], "noSuchOperation"));
        assert!(allowed([], "listControlPlaneIpAddresses"));
        assert_eq!(roles("listOrgs"), Some(&[][..]));
        assert_eq!(roles("noSuchOperation"), None);
    }
}
