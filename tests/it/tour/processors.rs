use super::Step;

pub const STEPS: &[Step] = &[
    ("getGroupStreamProcessors", "processors list --instance orders"),
    ("getGroupStreamProcessor", "processors stats --instance orders orders-to-shop"),
    // For the pipeline of the processor that is created below.
    (
        "getGroupStreamProcessor",
        "api GET groups/{project}/streams/orders/processor/orders-to-shop --out pipeline.json",
    ),
    ("stopGroupStreamProcessor", "processors stop --instance orders orders-to-shop --yes"),
    (
        "updateGroupStreamProcessor",
        "processors update --instance orders orders-to-shop --tier SP10 --yes",
    ),
    ("startGroupStreamProcessor", "processors start --instance orders orders-to-shop --wait --yes"),
    (
        "startGroupStreamProcessorWith",
        "processors start --instance telemetry winter-readings --tier SP5 --yes",
    ),
    ("deleteGroupStreamProcessor", "processors delete --instance orders orders-to-shop --yes"),
    (
        "createGroupStreamProcessor",
        "processors create again --instance orders --pipeline pipeline.json --yes",
    ),
    ("downloadGroupStreamOperationalLogs", "processors logs --instance orders"),
];
