//! `access-lists list`, `get` and `status`.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::LISTING;
use super::entry::Target;
use crate::atlas::access_lists::AccessEntry;
use crate::commands::wait::{Look, Wait};
use crate::commands::{effective, names, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::{Column, Detail, Listing};

/// Which entries to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists get 198.51.100.7
  spctl access-lists get 203.0.113.0/24 -o json")]
pub struct GetArgs {
    /// The entries, or - to read them from stdin
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
}

/// Which entries to ask about.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists status 198.51.100.7
  spctl access-lists list -q | spctl access-lists status - --wait")]
pub struct StatusArgs {
    /// The entries, or - to read them from stdin
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    #[command(flatten)]
    wait: Wait,
}

/// An entry, and how far it has come.
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

/// Lists the entries as they come.
pub(super) async fn list(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = rows(on.client.streaming().access_list(&on.project));
    let nothing = "the IP access list is empty: no address can reach this project's databases";
    context.ui.list(&LISTING, rows, nothing).await.map(drop)
}

/// Shows entries by name.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let on = context.project().await?;
    let listed = names::Listed::default();
    let fetch = async |text: &str, many: bool| {
        let target = Target::parse(text)?;
        let found = if many {
            let all = async || super::entry::fetch(on).await;
            let found = listed.find(&target.to_string(), all, keys).await?;
            found.ok_or_else(|| not_there(&target.to_string()))
        } else {
            let entry =
                on.client.access_entry(&on.project, &target.value()).await.map_err(Error::from);
            entry.map_err(|error| missing(error, &target))
        };
        effective::with(found?, |entry| Ok(facts(entry)))
    };
    let detail = |entry: &AccessEntry| detail(context, entry);
    names::show(context, &LISTING, "access-list entry", &args.entries, fetch, detail).await
}

/// What an entry is looked up by.
fn keys(entry: &AccessEntry) -> Vec<String> {
    Target::of(entry).iter().map(Target::to_string).collect()
}

/// What is not found: the entry, unless the project is missing already.
fn missing(error: Error, target: &Target) -> Error {
    let project = error.api_facts().error_code.as_deref() == Some("GROUP_NOT_FOUND");
    if error.kind() != Kind::NotFound || project {
        return error;
    }
    not_there(&target.to_string()).api(error.api_facts().clone())
}

/// There is no such entry.
pub(super) fn not_there(name: &str) -> Error {
    Error::not_found(format!("{name} is not on this project's access list"))
        .hint("spctl access-lists list shows what is")
}

/// What is computed of an entry: what it lets in.
fn facts(entry: &AccessEntry) -> Value {
    match Target::of(entry) {
        Some(target) => json!({ "kind": target.kind(), "letsIn": target.extent() }),
        None => json!({}),
    }
}

fn detail(context: &Context, entry: &AccessEntry) -> Detail {
    let target = Target::of(entry);
    let mut detail = vec![("entry", vec![super::entry::name(entry)])];
    detail.extend(target.map(|target| ("lets in", vec![target.extent()])));
    detail.extend(entry.comment.as_ref().map(|text| ("comment", vec![text.clone()])));
    let expires = entry.delete_after_date.as_deref().map(|date| context.ui.moment(date));
    detail.push(("expires", vec![expires.unwrap_or_else(|| "never".to_owned())]));
    detail
}

/// Tells how far entries have come.
pub(super) async fn status(context: &Context, args: StatusArgs) -> Result<()> {
    context.ui.check(&PROGRESS)?;
    let wanted = names::read(context, &args.entries)?;
    let on = context.project().await?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let standing = match names::are_many(wanted.len()) {
        true => Some(super::entry::fetch(on).await?),
        false => None,
    };
    let standing: Option<HashSet<String>> =
        standing.map(|rows| rows.iter().flat_map(|row| keys(&row.view)).collect());
    for text in &wanted {
        let progress = async {
            let target = Target::parse(text)?;
            if standing.as_ref().is_some_and(|known| !known.contains(&target.to_string())) {
                return Err(not_there(&target.to_string()));
            }
            wait(context, &args.wait, on, &target).await?;
            let row = on.client.access_entry_status(&on.project, &target.value()).await;
            let status = row.map_err(|e| missing(e.into(), &target))?.view.status;
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
    names::failures(context, failed, wanted.len(), "access-list entry")
}

/// Waits, where it was asked for, until an entry has reached all clouds.
pub(super) async fn wait(
    context: &Context,
    wait: &Wait,
    on: &ProjectClient,
    target: &Target,
) -> Result<()> {
    let object = format!("access-list entry {target}");
    wait.until(context, &object, async || {
        let row = on.client.access_entry_status(&on.project, &target.value()).await;
        let status = row.map_err(|e| missing(e.into(), target))?.view.status;
        Ok(match status.as_str() {
            "ACTIVE" => Look::Done,
            "FAILED" => Look::Failed("it did not reach all clouds".to_owned()),
            _ => Look::Still(status),
        })
    })
    .await
}
