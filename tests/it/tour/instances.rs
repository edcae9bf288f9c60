use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupStreamWorkspaces", "instances list"),
    ("getGroupStreamWorkspace", "instances get orders"),
];
