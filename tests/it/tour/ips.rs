use super::Step;

pub const STEPS: &[Step] = &[
    ("listControlPlaneIpAddresses", "ips --provider aws --region us-east-1"),
    ("getGroupIpAddresses", "ips project"),
];
