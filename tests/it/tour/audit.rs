use super::Step;

pub const STEPS: &[Step] = &[("downloadGroupStreamAuditLogs", "audit download orders --since all")];
