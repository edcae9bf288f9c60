use super::Step;

/// The ids follow from the sample's seed.
pub const STEPS: &[Step] = &[
    ("listGroupStreamPrivateLinkConnections", "private-links list"),
    (
        "createGroupStreamPrivateLinkConnection",
        "private-links create --provider aws --vendor kinesis --region us-east-1 --yes",
    ),
    ("getGroupStreamPrivateLinkConnection", "private-links get 8e1f0e39007de2c65125f667"),
    (
        "updateGroupStreamPrivateLinkConnection",
        "private-links update 8e1f0e39007de2c65125f667 --dns-domain s3.example --yes",
    ),
    (
        "deleteGroupStreamPrivateLinkConnection",
        "private-links delete 8e1f0e39007de2c65125f667 --yes",
    ),
];
