//! `private-links get`.

use super::link::{self, endpoint, missing, service};
use super::{LISTING, NOUN};
use crate::atlas::private_links::PrivateLink;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::Detail;

/// Which private links to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links list -q | spctl private-links get -")]
pub struct Args {
    /// The private links' ids, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// Shows private links by id.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let listed = names::Listed::default();
    let fetch = async |id: &str, many: bool| {
        if many {
            let all = async || link::fetch(on).await;
            let found = listed.find(id, all, |link| vec![link.id.clone()]).await?;
            return found.ok_or_else(|| missing(id, listed.names()));
        }
        match on.client.private_link(&on.project, id).await.map_err(Error::from) {
            Err(error)
                if error.kind() == Kind::NotFound
                    && error.api_facts().error_code.as_deref() != Some("GROUP_NOT_FOUND") =>
            {
                let known = link::fetch(on).await.unwrap_or_default();
                Err(missing(id, link::ids(&known)).api(error.api_facts().clone()))
            }
            link => link,
        }
    };
    names::show(context, &LISTING, NOUN, &args.ids, fetch, detail).await
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
