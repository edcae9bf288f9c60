//! `access-lists get`.

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::LISTING;
use super::entry::{self, EntryTarget};
use super::idle::WholeList;
use crate::atlas::Row;
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
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let held: OnceCell<(Vec<Row<AccessEntry>>, WholeList)> = OnceCell::new();
    let read = async || {
        let rows = entry::fetch(on).await?;
        let whole = WholeList::of(&Vec::from_iter(entry::targets(&rows)));
        Ok::<_, Error>((rows, whole))
    };
    let list = async || held.get_or_try_init(read).await;
    let fetch = async |text: &str, many: bool| {
        let target = EntryTarget::parse(text)?;
        let found = if many {
            let is_it =
                |row: &&Row<AccessEntry>| EntryTarget::of(&row.view).as_ref() == Some(&target);
            let found = list().await?.0.iter().find(is_it).cloned();
            found.ok_or_else(|| entry::not_found(&target.to_string()))
        } else {
            let entry =
                on.client.access_entry(&on.project, &target.value()).await.map_err(Error::from);
            entry.map_err(|error| entry::missing(error, &target))
        };
        let (found, (_, whole)) = (found?, list().await?);
        let idle = whole.why(&target);
        effective::with(found, |_| Ok(facts(&target, idle.as_deref())))
    };
    let detail = |entry: &AccessEntry| detail(context, entry, held.get().map(|(_, whole)| whole));
    names::show(context, &LISTING, entry::NOUN, &args.entries, fetch, detail).await
}

/// What is computed from an entry: what it lets in, and why it restricts no one if that is so.
fn facts(target: &EntryTarget, idle: Option<&str>) -> Value {
    let mut facts = json!({ "kind": target.kind(), "letsIn": target.extent() });
    if let Some(why) = idle {
        facts["restricts"] = format!("no one: {why}").into();
    }
    facts
}

fn detail(context: &Context, entry: &AccessEntry, whole: Option<&WholeList>) -> Detail {
    let target = EntryTarget::of(entry);
    let idle = target.as_ref().and_then(|target| whole?.why(target));
    let mut detail = vec![("entry", vec![entry::name(entry)])];
    detail.extend(target.map(|target| ("lets in", vec![target.extent()])));
    detail.extend(idle.map(|why| ("restricts", vec![format!("no one: {why}")])));
    detail.extend(entry.comment.as_ref().map(|text| ("comment", vec![text.clone()])));
    let expires = entry.delete_after_date.as_deref().map(|date| context.ui.moment(date));
    detail.push(("expires", vec![expires.unwrap_or_else(|| "never".to_owned())]));
    detail
}
