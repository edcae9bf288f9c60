//! `access-lists get`.

use serde_json::{Value, json};

use super::LISTING;
use super::entry::{self, EntryTarget};
use crate::atlas::access_lists::AccessEntry;
use crate::commands::{effective, names};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::Detail;

/// Which entries to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl access-lists get 198.51.100.7
  spctl access-lists get 203.0.113.0/24 -o json")]
pub struct Args {
    /// The entries, or - to read them from stdin
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
}

/// Shows entries by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let listed = names::Listed::default();
    let fetch = async |text: &str, many: bool| {
        let target = EntryTarget::parse(text)?;
        let found = if many {
            let all = async || entry::fetch(on).await;
            let found = listed.find(&target.to_string(), all, entry::keys).await?;
            found.ok_or_else(|| entry::not_found(&target.to_string()))
        } else {
            let entry =
                on.client.access_entry(&on.project, &target.value()).await.map_err(Error::from);
            entry.map_err(|error| entry::missing(error, &target))
        };
        effective::with(found?, |entry| Ok(facts(entry)))
    };
    let detail = |entry: &AccessEntry| detail(context, entry);
    names::show(context, &LISTING, entry::NOUN, &args.entries, fetch, detail).await
}

/// What is computed from an entry: what it lets in.
fn facts(entry: &AccessEntry) -> Value {
    match EntryTarget::of(entry) {
        Some(target) => json!({ "kind": target.kind(), "letsIn": target.extent() }),
        None => json!({}),
    }
}

fn detail(context: &Context, entry: &AccessEntry) -> Detail {
    let target = EntryTarget::of(entry);
    let mut detail = vec![("entry", vec![entry::name(entry)])];
    detail.extend(target.map(|target| ("lets in", vec![target.extent()])));
    detail.extend(entry.comment.as_ref().map(|text| ("comment", vec![text.clone()])));
    let expires = entry.delete_after_date.as_deref().map(|date| context.ui.moment(date));
    detail.push(("expires", vec![expires.unwrap_or_else(|| "never".to_owned())]));
    detail
}
