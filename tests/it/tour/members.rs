use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupUsers", "members list"),
    ("getGroupUser", "members get sam@example.com"),
    ("addGroupUsers", "members invite lee@example.org --role project-read-only --yes"),
    ("addGroupUserRole", "members grant lee@example.org --role project-owner --yes"),
    ("removeGroupUserRole", "members revoke lee@example.org --role GROUP_OWNER --yes"),
    ("removeGroupUser", "members remove lee@example.org --yes"),
    ("listOrgUsers", "members list --in-org"),
    ("getOrgUser", "members get sam@example.com --in-org"),
    ("createOrgUser", "members invite kim@example.org --in-org --role ORG_MEMBER --yes"),
    (
        "addOrgUserRole",
        "members grant kim@example.org --in-org --role organization-read-only --yes",
    ),
    ("removeOrgUserRole", "members revoke kim@example.org --in-org --role ORG_MEMBER --yes"),
    ("updateOrgUser", "members update kim@example.org --in-org --role ORG_MEMBER --yes"),
    ("removeOrgUser", "members remove kim@example.org --in-org --yes"),
];
