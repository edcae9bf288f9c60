use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupDatabaseUsers", "users list"),
    (
        "createGroupDatabaseUser",
        "users create tourist --role streamViewer --generate-password --yes",
    ),
    ("getGroupDatabaseUser", "users get tourist --auth-db admin"),
    ("updateGroupDatabaseUser", "users update tourist --description passing --yes"),
    ("deleteGroupDatabaseUser", "users delete tourist --yes"),
];
