use super::Step;

pub const STEPS: &[Step] = &[];
