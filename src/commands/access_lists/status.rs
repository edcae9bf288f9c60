//! `access-lists status`, and waiting for entries to become active.

use std::collections::HashSet;

use serde::Serialize;

use super::entry::{self, EntryTarget};
use super::idle::WholeList;
use crate::commands::names;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::ProjectClient;
use crate::ui::{Column, Listing};

/// Which entries to ask about.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists status 198.51.100.7
  spctl access-lists list -q | spctl access-lists status - --wait")]
pub struct Args {
    /// The entries, or - to read them from stdin
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    #[command(flatten)]
    wait: Wait,
}

/// An entry and its status.
#[derive(Serialize)]
struct Progress {
    entry: String,
    /// As the API writes it.
    #[serde(rename = "STATUS")]
    status: String,
}

static PROGRESS: Listing<Progress> = Listing {
    columns: &[
        Column::identifying("entry", |p| p.entry.as_str().into()),
        Column::new("status", |p| p.status.as_str().into()),
    ],
    default: 2,
    name: |p| p.entry.clone(),
};

/// Shows the status of entries, and says which restrict no one.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&PROGRESS)?;
    let wanted = names::read(context, &args.entries)?;
    let on = context.project().await?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let list = entry::fetch(on).await?;
    let standing: Option<HashSet<String>> = names::are_many(wanted.len())
        .then(|| list.iter().flat_map(|row| entry::keys(&row.view)).collect());
    let whole = WholeList::of(&Vec::from_iter(entry::targets(&list)));
    let mut asked = Vec::new();
    for text in &wanted {
        let progress = async {
            let target = EntryTarget::parse(text)?;
            if standing.as_ref().is_some_and(|known| !known.contains(&target.to_string())) {
                return Err(entry::not_found(&target.to_string()));
            }
            wait(context, &args.wait, on, &target).await?;
            let row = on.client.access_entry_status(&on.project, &target.value()).await;
            let status = row.map_err(|e| entry::missing(e.into(), &target))?.view.status;
            asked.push(target.clone());
            Ok::<_, Error>(Progress { entry: target.to_string(), status })
        };
        match progress.await {
            Ok(progress) => found.push(progress),
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        context.ui.list_computed(&PROGRESS, found, "")?;
    }
    whole.told(&asked).into_iter().for_each(|text| context.ui.warn(text));
    names::failures(context, failed, wanted.len(), entry::NOUN)
}

/// With `--wait`, waits until an entry is active.
pub(super) async fn wait(
    context: &Context,
    wait: &Wait,
    on: &ProjectClient,
    target: &EntryTarget,
) -> Result<()> {
    let object = format!("{} {target}", entry::NOUN);
    wait.until(context, &object, async || {
        let row = on.client.access_entry_status(&on.project, &target.value()).await;
        let status = row.map_err(|e| entry::missing(e.into(), target))?.view.status;
        Ok(match status.as_str() {
            "ACTIVE" => Look::Done,
            "FAILED" => Look::Failed("it was not applied in all clouds".to_owned()),
            _ => Look::Still(status),
        })
    })
    .await
}
