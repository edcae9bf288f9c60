use super::Step;

pub const STEPS: &[Step] =
    &[("listGroups", "projects list"), ("getGroup", "projects get @project")];
