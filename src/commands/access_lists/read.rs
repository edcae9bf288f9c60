//! `access-lists list`, `get` and `status`.

use std::collections::HashSet;

use futures_util::stream;
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::LISTING;
use super::entry::Target;
use crate::atlas::access_lists::AccessEntry;
use crate::commands::names;
use crate::commands::rows;
use crate::commands::wait::{Look, Wait};
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
struct State(String, String);

static STATES: Listing<State> = Listing {
    columns: &[
        Column::new("entry", |s| s.0.as_str().into()),
        Column::new("status", |s| s.1.as_str().into()),
    ],
    default: 2,
    name: |s| s.0.clone(),
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
        if many {
            let all = async || super::entry::fetch(on).await;
            let found = listed.find(&target.to_string(), all, keys).await?;
            return found.ok_or_else(|| not_there(&target.to_string()));
        }
        let entry = on.client.access_entry(&on.project, &target.value()).await.map_err(Error::from);
        entry.map_err(|error| missing(error, &target))
    };
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

fn detail(entry: &AccessEntry) -> Detail {
    let target = Target::of(entry);
    let mut detail = vec![("entry", vec![super::entry::name(entry)])];
    detail.extend(target.map(|target| ("lets in", vec![target.extent()])));
    detail.extend(entry.comment.as_ref().map(|text| ("comment", vec![text.clone()])));
    let expires = entry.delete_after_date.clone().unwrap_or_else(|| "never".to_owned());
    detail.push(("expires", vec![expires]));
    detail
}

/// Tells how far entries have come.
pub(super) async fn status(context: &Context, args: StatusArgs) -> Result<()> {
    context.ui.check(&STATES)?;
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
        let state = async {
            let target = Target::parse(text)?;
            if standing.as_ref().is_some_and(|known| !known.contains(&target.to_string())) {
                return Err(not_there(&target.to_string()));
            }
            wait(context, &args.wait, on, &target).await?;
            let row = on.client.access_entry_status(&on.project, &target.value()).await;
            let status = row.map_err(|e| missing(e.into(), &target))?.view.status;
            let document = json!({ "entry": target.to_string(), "STATUS": status });
            let raw = to_raw_value(&document)
                .map_err(|e| Error::failed("cannot write a status").source(e))?;
            Ok::<(Box<RawValue>, State), Error>((raw, State(target.to_string(), status)))
        };
        match state.await {
            Ok(state) => found.push(Ok(state)),
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        context.ui.list(&STATES, stream::iter(found), "").await?;
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
