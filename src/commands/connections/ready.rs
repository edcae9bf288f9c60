//! Whether a connection can be used yet.

use super::fetch::one;
use crate::atlas::connections::Connection;
use crate::change::ObjectId;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::Result;
use crate::session::ProjectClient;

/// Whether a connection that was created or changed can be used.
pub(super) fn readiness(connection: &Connection) -> Look {
    match connection.state.as_deref() {
        None | Some("READY") => Look::Done,
        Some("FAILED") => Look::Failed("Atlas could not set it up".to_owned()),
        Some(state) => Look::Still(state.to_owned()),
    }
}

/// Waits until connections that were created or changed can be used, if asked to.
pub(super) async fn wait(
    context: &Context,
    on: &ProjectClient,
    wait: &Wait,
    instance: &str,
    done: &[ObjectId],
) -> Result<()> {
    for object in done {
        let look = async || {
            let row = one(on, instance, &object.name).await?;
            Ok(readiness(&row.view))
        };
        wait.until(context, &object.name, look).await?;
    }
    Ok(())
}
