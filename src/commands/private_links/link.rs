//! What verbs share of a private link: looking it up, its two ends, and waiting for it.

use futures_util::TryStreamExt;

use crate::atlas::Row;
use crate::atlas::private_links::PrivateLink;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::session::ProjectClient;

/// All private links.
pub(super) async fn fetch(on: &ProjectClient) -> Result<Vec<Row<PrivateLink>>> {
    on.client.private_links(&on.project).try_collect().await.map_err(Error::from)
}

/// There is no such private link among the known ones.
pub fn missing<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Error::not_found(format!("there is no private link {id:?} in this project")).hint(near::hint(
        id,
        known,
        "spctl private-links list shows which ones exist",
    ))
}

/// The ids of private links.
pub(super) fn ids(links: &[Row<PrivateLink>]) -> impl Iterator<Item = &str> {
    links.iter().map(|row| row.view.id.as_str())
}

/// The service's end.
pub(super) fn service(link: &PrivateLink) -> Option<&String> {
    link.service_endpoint_id.as_ref().or(link.arn.as_ref())
}

/// Atlas' end.
pub(super) fn endpoint(link: &PrivateLink) -> Option<&String> {
    link.interface_endpoint_id.as_ref().or(link.interface_endpoint_name.as_ref())
}

/// Whether Atlas is deleting a private link.
pub(super) fn is_leaving(link: &PrivateLink) -> bool {
    matches!(link.state.as_deref(), Some("DELETE_REQUESTED" | "DELETING" | "DELETED"))
}

/// With `--wait`, waits until a private link is up, or until it is gone.
pub(super) async fn wait(
    context: &Context,
    wait: &Wait,
    on: &ProjectClient,
    id: &str,
    until_gone: bool,
) -> Result<()> {
    wait.until(context, &format!("private link {id}"), async || {
        let link = match on.client.private_link(&on.project, id).await.map_err(Error::from) {
            Ok(row) => row.view,
            Err(error) if error.kind() == Kind::NotFound && until_gone => return Ok(Look::Done),
            Err(error) => return Err(error),
        };
        let why = || link.error_message.clone().unwrap_or_else(|| "Atlas does not say why".into());
        Ok(match link.state.as_deref().unwrap_or_default() {
            "FAILED" => Look::Failed(why()),
            "DELETED" if until_gone => Look::Done,
            "DONE" | "READY" | "ACTIVE" if !until_gone => Look::Done,
            state if is_leaving(&link) && !until_gone => {
                Look::Failed(format!("it is {state}, and will not come up"))
            }
            // IDLE: Atlas has not begun yet.
            state => Look::Still(state.to_owned()),
        })
    })
    .await
}
