use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroupStreamActiveVpcPeeringConnections", "peerings list"),
    ("listGroupStreamVpcPeeringConnections", "peerings list --account-id 111122223333"),
    ("getGroupStreamAccountDetails", "peerings account --provider aws --region us-east-1"),
    (
        "acceptGroupStreamVpcPeeringConnection",
        "peerings accept pcx-0aaa1111bbb2222c2 --account-id 111122223333 --yes",
    ),
    ("deleteGroupStreamVpcPeeringConnection", "peerings delete pcx-0aaa1111bbb2222c1 --yes"),
    (
        "rejectGroupStreamVpcPeeringConnection",
        "peerings reject pcx-0aaa1111bbb2222c3 --account-id 111122223333 --yes",
    ),
];
