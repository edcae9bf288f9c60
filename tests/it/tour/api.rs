use super::Step;

pub const STEPS: &[Step] = &[
    ("getSystemStatus", "api GET /"),
    (
        "updateGroupUserRoles",
        "api PUT groups/{project}/users/@member/roles -f groupRoles[]=GROUP_READ_ONLY --yes",
    ),
    ("updateOrgUserRoles", "api PUT orgs/{org}/users/@member/roles -f orgRoles[]=ORG_MEMBER --yes"),
];
