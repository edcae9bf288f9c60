use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupCustomDbRoleRoles", "roles list"),
    ("getGroupCustomDbRoleRole", "roles get streamOperator"),
];
