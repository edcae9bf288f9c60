//! `spctl local status`.

use std::path::Path;

use serde_json::json;

use super::show;
use crate::context::Context;
use crate::error::Result;
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::times::rfc3339;

pub(super) fn run(context: &Context, path: &Path) -> Result<()> {
    context.ui.check_record()?;
    let status = Admin::open(path, Clock::System)?.status()?;
    let mut document = json!({
        "store": status.path.display().to_string(),
        "time": rfc3339(status.now),
        "clockOffsetSeconds": status.offset.as_secs(),
        "defaultProject": status.default_project,
        "defaultOrg": status.default_org,
        "keys": status.keys,
        "auditLines": status.audit_lines,
    });
    for (kind, count) in status.documents {
        document[format!("{kind}s")] = count.into();
    }
    show(context, &document)
}
