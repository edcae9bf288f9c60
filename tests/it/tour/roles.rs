use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupCustomDbRoleRoles", "roles list"),
    ("getGroupCustomDbRoleRole", "roles get streamOperator"),
    ("createGroupCustomDbRoleRole", "roles create night-shift --preset operator --yes"),
    (
        "updateGroupCustomDbRoleRole",
        "roles update night-shift --add-action dropStreamProcessor --yes",
    ),
    ("deleteGroupCustomDbRoleRole", "roles delete night-shift --yes"),
];
