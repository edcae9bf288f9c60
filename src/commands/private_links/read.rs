//! `private-links list` and `get`, and waiting.

use futures_util::TryStreamExt;

use super::LISTING;
use crate::atlas::Row;
use crate::atlas::private_links::PrivateLink;
use crate::commands::wait::{Look, Wait};
use crate::commands::{names, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::Detail;

/// Which private links to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links list -q | spctl private-links get -")]
pub struct GetArgs {
    /// The private links' ids, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// Lists private links as they come.
pub(super) async fn list(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = rows(on.client.streaming().private_links(&on.project));
    context.ui.list(&LISTING, rows, "no private links in this project").await.map(drop)
}

/// All private links.
pub(super) async fn fetch(on: &ProjectClient) -> Result<Vec<Row<PrivateLink>>> {
    on.client.private_links(&on.project).try_collect().await.map_err(Error::from)
}

/// Shows private links by id.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let on = context.project().await?;
    let listed = names::Listed::default();
    let fetch = async |id: &str, many: bool| {
        if many {
            let all = async || fetch(on).await;
            let found = listed.find(id, all, |link| vec![link.id.clone()]).await?;
            return found.ok_or_else(|| missing(id));
        }
        let link = on.client.private_link(&on.project, id).await.map_err(Error::from);
        link.map_err(|error| match error.api_facts().error_code.as_deref() {
            Some("GROUP_NOT_FOUND") => error,
            _ if error.kind() == Kind::NotFound => missing(id).api(error.api_facts().clone()),
            _ => error,
        })
    };
    names::show(context, &LISTING, "private link", &args.ids, fetch, detail).await
}

/// There is no such private link.
pub(super) fn missing(id: &str) -> Error {
    Error::not_found(format!("there is no private link {id:?} in this project"))
        .hint("spctl private-links list shows those there are")
}

/// What stands at the other end.
pub(super) fn service(link: &PrivateLink) -> Option<&String> {
    link.service_endpoint_id.as_ref().or(link.arn.as_ref())
}

/// What stands at our end.
pub(super) fn endpoint(link: &PrivateLink) -> Option<&String> {
    link.interface_endpoint_id.as_ref().or(link.interface_endpoint_name.as_ref())
}

fn detail(link: &PrivateLink) -> Detail {
    let text = |text: Option<&String>| text.into_iter().cloned().collect::<Vec<_>>();
    let all: Detail = vec![
        ("private link", vec![link.id.clone()]),
        ("provider", vec![link.provider.clone()]),
        ("vendor", text(link.vendor.as_ref())),
        ("region", text(link.region.as_ref())),
        ("state", text(link.state.as_ref())),
        ("error", text(link.error_message.as_ref())),
        ("service", text(service(link))),
        ("Azure resources", link.azure_resource_ids.clone()),
        ("service attachments", link.gcp_service_attachment_uris.clone()),
        ("connection ids", link.gcp_connection_ids.clone()),
        ("DNS domain", text(link.dns_domain.as_ref())),
        ("DNS subdomains", link.dns_sub_domain.clone()),
        ("authentication", text(link.authentication_scheme.as_ref())),
        ("endpoint", text(endpoint(link))),
        ("account", text(link.provider_account_id.as_ref())),
    ];
    all.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}

/// Whether Atlas is taking a private link away.
pub(super) fn is_leaving(link: &PrivateLink) -> bool {
    matches!(link.state.as_deref(), Some("DELETE_REQUESTED" | "DELETING" | "DELETED"))
}

/// Waits, where it was asked for, until a private link is up, or else until it is gone.
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
                Look::Failed(format!("it is {state}, and will never be up"))
            }
            // Idle is what Atlas has not begun with.
            state => Look::Still(state.to_owned()),
        })
    })
    .await
}
