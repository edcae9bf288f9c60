use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupStreamConnections", "connections list --instance orders"),
    ("getGroupStreamConnection", "connections get --instance orders shop"),
];
