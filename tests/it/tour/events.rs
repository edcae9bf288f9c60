use super::Step;

pub const STEPS: &[Step] = &[("listGroupEvents", "events list --since 90d")];
