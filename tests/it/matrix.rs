//! Every operation with every role alone: allowed exactly where it must be.

use std::collections::BTreeSet;

use secrecy::ExposeSecret;
use spctl::local::admin::CredentialKind;
use spctl::privileges::catalogue::operations::TABLE;

use crate::raw;
use crate::support::Lab;

const ORG_OWNER: &str = "ORG_OWNER";
const ORG_STREAMS: &str = "ORG_STREAM_PROCESSING_ADMIN";
const ORG_MEMBER: &str = "ORG_MEMBER";
const ORG_READER: &str = "ORG_READ_ONLY";
const OWNER: &str = "GROUP_OWNER";
const STREAM_OWNER: &str = "GROUP_STREAM_PROCESSING_OWNER";
const STREAM_MANAGER: &str = "GROUP_STREAM_PROCESSING_MANAGER";
const DATABASE_ACCESS: &str = "GROUP_DATABASE_ACCESS_ADMIN";
const ACCESS: &str = "GROUP_ACCESS_MANAGER";
const NETWORK: &str = "GROUP_NETWORK_ACCESS_MANAGER";
const DATA_ADMIN: &str = "GROUP_DATA_ACCESS_ADMIN";
const DATA_WRITER: &str = "GROUP_DATA_ACCESS_READ_WRITE";
const DATA_READER: &str = "GROUP_DATA_ACCESS_READ_ONLY";
const READER: &str = "GROUP_READ_ONLY";

const ALL: [&str; 14] = [
    ORG_OWNER,
    ORG_STREAMS,
    ORG_MEMBER,
    ORG_READER,
    OWNER,
    STREAM_OWNER,
    STREAM_MANAGER,
    DATABASE_ACCESS,
    ACCESS,
    NETWORK,
    DATA_ADMIN,
    DATA_WRITER,
    DATA_READER,
    READER,
];

/// Who may do what; anyone not named may not.
const MATRIX: &[(&[&str], &[&str])] = &[
    (
        &ALL,
        &[
            "getSystemStatus",
            "listControlPlaneIpAddresses",
            "listGroups",
            "listOrgs",
            "getGroupByName",
        ],
    ),
    (
        &[ORG_OWNER, ORG_STREAMS, ORG_MEMBER, ORG_READER],
        &["getOrg", "getOrgGroups", "listOrgUsers", "getOrgUser"],
    ),
    (
        &[ORG_OWNER],
        &[
            "createGroup",
            "createOrgUser",
            "updateOrgUser",
            "removeOrgUser",
            "addOrgUserRole",
            "removeOrgUserRole",
            "updateOrgUserRoles",
        ],
    ),
    (
        // Everybody but a mere member of the organisation reads a project.
        &[
            ORG_OWNER,
            ORG_STREAMS,
            ORG_READER,
            OWNER,
            STREAM_OWNER,
            STREAM_MANAGER,
            DATABASE_ACCESS,
            ACCESS,
            NETWORK,
            DATA_ADMIN,
            DATA_WRITER,
            DATA_READER,
            READER,
        ],
        &[
            "getGroup",
            "getGroupIpAddresses",
            "listGroupEvents",
            "listGroupClusters",
            "listGroupDataFederation",
            "listGroupUsers",
            "getGroupUser",
            "listGroupDatabaseUsers",
            "getGroupDatabaseUser",
            "listGroupCustomDbRoleRoles",
            "getGroupCustomDbRoleRole",
            "listGroupAccessListEntries",
            "getGroupAccessListEntry",
            "getGroupAccessListStatus",
            "listGroupStreamWorkspaces",
            "getGroupStreamConnection",
            "getGroupStreamAccountDetails",
            "listGroupStreamVpcPeeringConnections",
            "listGroupStreamActiveVpcPeeringConnections",
            "listGroupStreamPrivateLinkConnections",
            "getGroupStreamPrivateLinkConnection",
        ],
    ),
    (&[ORG_OWNER, OWNER], &["deleteGroup", "updateGroupUserRoles"]),
    (
        &[ORG_OWNER, OWNER, ACCESS],
        &["addGroupUsers", "removeGroupUser", "addGroupUserRole", "removeGroupUserRole"],
    ),
    (&[ORG_OWNER, OWNER, NETWORK], &["createGroupAccessListEntry", "deleteGroupAccessListEntry"]),
    (
        &[ORG_OWNER, ORG_STREAMS, OWNER, STREAM_OWNER, DATABASE_ACCESS],
        &[
            "createGroupDatabaseUser",
            "updateGroupDatabaseUser",
            "deleteGroupDatabaseUser",
            "createGroupCustomDbRoleRole",
            "updateGroupCustomDbRoleRole",
            "deleteGroupCustomDbRoleRole",
        ],
    ),
    (
        &[
            ORG_OWNER,
            ORG_STREAMS,
            OWNER,
            STREAM_OWNER,
            STREAM_MANAGER,
            DATA_ADMIN,
            DATA_WRITER,
            DATA_READER,
        ],
        &[
            "getGroupStreamWorkspace",
            "listGroupStreamConnections",
            "downloadGroupStreamAuditLogs",
            "downloadGroupStreamOperationalLogs",
        ],
    ),
    (
        &[ORG_OWNER, ORG_STREAMS, OWNER, STREAM_OWNER, STREAM_MANAGER, DATA_ADMIN],
        &[
            "createGroupStreamWorkspace",
            "withGroupStreamSampleConnections",
            "updateGroupStreamWorkspace",
            "deleteGroupStreamWorkspace",
        ],
    ),
    (
        &[ORG_OWNER, ORG_STREAMS, OWNER, STREAM_OWNER, STREAM_MANAGER],
        &[
            "createGroupStreamConnection",
            "updateGroupStreamConnection",
            "deleteGroupStreamConnection",
            "listGroupStreamConnectionFailoverConnections",
            "getGroupStreamConnectionFailoverConnection",
            "createGroupStreamConnectionFailoverConnection",
            "updateGroupStreamConnectionFailoverConnection",
            "deleteGroupStreamConnectionFailoverConnection",
            "getGroupStreamProcessors",
            "getGroupStreamProcessor",
            "createGroupStreamProcessor",
            "updateGroupStreamProcessor",
            "deleteGroupStreamProcessor",
            "startGroupStreamProcessor",
            "startGroupStreamProcessorWith",
            "stopGroupStreamProcessor",
            "createGroupStreamPrivateLinkConnection",
            "updateGroupStreamPrivateLinkConnection",
            "deleteGroupStreamPrivateLinkConnection",
        ],
    ),
    (
        &[ORG_OWNER, ORG_STREAMS, OWNER, STREAM_OWNER],
        &[
            "acceptGroupStreamVpcPeeringConnection",
            "rejectGroupStreamVpcPeeringConnection",
            "deleteGroupStreamVpcPeeringConnection",
        ],
    ),
];

#[test]
fn every_operation_lets_in_exactly_these_roles() {
    let lab = Lab::faulty();
    for role in ALL {
        let token = token(&lab, role);
        for operation in spctl::local::operations() {
            // The project and its organisation are real, what is below them is not: who may
            // gets 404 or 400, and nothing changes.
            let path =
                operation.path.replace("{groupId}", lab.project()).replace("{orgId}", lab.org());
            let path = path.replace(['{', '}'], "");
            let head =
                format!("Authorization: Bearer {token}\r\nAccept: {}\r\n", operation.media_type);
            let answer = raw::send(lab.url(), operation.method, &path, &head, "");
            let wanted = MATRIX.iter().any(|(roles, operations)| {
                operations.contains(&operation.id) && roles.contains(&role)
            });
            assert_ne!(answer.status, 401, "{role} {}", operation.id);
            assert_eq!(answer.status != 403, wanted, "{role} {}: {}", operation.id, answer.status);
        }
    }
}

#[test]
fn the_matrix_knows_every_operation_once() {
    let known: Vec<&str> = MATRIX.iter().flat_map(|(_, operations)| *operations).copied().collect();
    let all: BTreeSet<&str> =
        TABLE.iter().flat_map(|(_, operations)| *operations).copied().collect();
    assert_eq!(known.len(), 81);
    assert_eq!(known.into_iter().collect::<BTreeSet<_>>(), all);
}

/// A token of a service account that has this role and no other.
fn token(lab: &Lab, role: &str) -> String {
    let account = lab.credential(CredentialKind::ServiceAccount, role);
    raw::token(lab.url(), &account.name, account.secret.expose_secret())
}
