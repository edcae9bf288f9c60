use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupStreamWorkspaces", "instances list"),
    ("getGroupStreamWorkspace", "instances get orders"),
    (
        "createGroupStreamWorkspace",
        "instances create trial --provider aws --region us-east-1 --tier SP10 --yes",
    ),
    ("updateGroupStreamWorkspace", "instances update trial --tier SP30 --yes"),
    ("deleteGroupStreamWorkspace", "instances delete trial --wait --yes"),
    (
        "withGroupStreamSampleConnections",
        "workspaces create trial --provider azure --region EUROPE_WEST --sample --yes",
    ),
];
