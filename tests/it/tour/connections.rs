use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupStreamConnections", "connections list --instance orders"),
    ("getGroupStreamConnection", "connections get --instance orders shop"),
    (
        "createGroupStreamConnection",
        "connections create --instance orders hook --url https://hook.example --wait --yes",
    ),
    (
        "updateGroupStreamConnection",
        "connections update hook --instance orders --url https://hook2.example --yes",
    ),
    ("deleteGroupStreamConnection", "connections delete hook --instance orders --wait --yes"),
    (
        "createGroupStreamConnectionFailoverConnection",
        "connections failover add shop --instance orders --region us-east-2 --wait --yes",
    ),
    (
        "listGroupStreamConnectionFailoverConnections",
        "connections failover list shop --instance orders",
    ),
    (
        "getGroupStreamConnectionFailoverConnection",
        "connections failover update shop OHIO_USA --execute-as readAnyDatabase --instance orders --yes",
    ),
    (
        "updateGroupStreamConnectionFailoverConnection",
        "connections failover update shop us-east-2 --execute-as ordersWriter --instance orders --yes",
    ),
    (
        "deleteGroupStreamConnectionFailoverConnection",
        "connections failover remove shop us-east-2 --instance orders --yes",
    ),
];
