//! `private-links delete`.

use serde_json::json;
use serde_json::value::to_raw_value;

use super::{NOUN, link};
use crate::atlas::Row;
use crate::atlas::private_links::{self, PrivateLink};
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned, ReadBack, Weight};
use crate::commands::names;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::NoColumns;

/// Which private links to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links delete 66f1a2b3c4d5e6f708192a3b --wait
  spctl private-links delete - --yes --failed left.txt < ids.txt")]
pub struct Args {
    /// The private links' ids, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    wait: Wait,
    #[command(flatten)]
    batch: Batch,
}

/// Deletes private links.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.ids)?;
    let on = context.project().await?;
    let fetch = || link::fetch(on);
    let look = async || Ok(plan(&wanted, &on.project, &fetch().await?));
    let planned = Planned::by(look).await?;
    let own = planned.plan().object("");
    // It stays listed until its endpoint is gone: what is verified is that Atlas is deleting it.
    let read_back = || async {
        let now = fetch().await?;
        let mut found = ReadBack::new();
        for id in &wanted {
            let listed = now.iter().map(|row| &row.view).find(|listed| listed.id == *id);
            let leaving = listed.is_none_or(link::is_leaving);
            let raw = to_raw_value(&json!({ "leaving": leaving }))
                .map_err(|e| Error::failed("cannot judge a private link").source(e))?;
            found.insert(own.named(id), raw);
        }
        Ok(found)
    };
    let applied = change::execute(context, planned, Some(&args.batch), &NoColumns, read_back).await;
    applied
        .then(context, async |done| {
            for object in done {
                link::wait(context, &args.wait, on, &object.name, true).await?;
            }
            Ok(())
        })
        .await
}

fn plan(wanted: &[String], project: &str, known: &[Row<PrivateLink>]) -> Plan {
    let mut plan = Plan::new(project, NOUN, "delete", "deleted");
    for id in wanted {
        match known.iter().find(|row| row.view.id == *id) {
            None => plan.refuse(plan.object(id), link::missing(id, link::ids(known))),
            Some(row) if link::is_leaving(&row.view) => plan.unchanged(plan.object(id)),
            Some(row) => {
                let expect = Expect::Has(json!({ "leaving": true }));
                let call = private_links::delete_call(project, id);
                let change = Change::new(plan.object(id), call, expect);
                plan.change(change.was(row.raw.clone()).facts(facts(&row.view)));
            }
        }
    }
    plan
}

fn facts(found: &PrivateLink) -> Vec<Fact> {
    let mut facts = vec![Fact::new("provider", found.provider.clone())];
    facts.extend(found.vendor.iter().map(|text| Fact::new("vendor", text.clone())));
    facts.extend(link::service(found).map(|text| Fact::new("service", text.clone())));
    facts.extend(found.dns_domain.iter().map(|text| Fact::new("DNS domain", text.clone())));
    let state = |text: &String| Fact::new("state", text.clone()).weighs(Weight::Passing);
    facts.extend(found.state.iter().map(state));
    facts
}
