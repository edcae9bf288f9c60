//! `private-links update` and `delete`.

use serde_json::json;
use serde_json::value::to_raw_value;

use super::{LISTING, read};
use crate::atlas::private_links::{self, PrivateLink};
use crate::commands::change::{self, Batch, Change, Expect, Fact, Plan, ReadBack};
use crate::commands::names;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::NoColumns;

/// What to change.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links update 66f1a2b3c4d5e6f708192a3b --dns-domain abc.us-east-1.aws.private.confluent.cloud")]
pub struct UpdateArgs {
    /// The private link's id
    #[arg(value_name = "ID")]
    id: String,
    /// The domain of the service's host names; one that is set can be changed only while the
    /// private link is IDLE
    #[arg(long, value_name = "DOMAIN")]
    dns_domain: String,
    #[command(flatten)]
    wait: Wait,
}

/// Which private links to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links delete 66f1a2b3c4d5e6f708192a3b --wait
  spctl private-links delete - --yes --failed left.txt < ids.txt")]
pub struct DeleteArgs {
    /// The private links' ids, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    wait: Wait,
    #[command(flatten)]
    batch: Batch,
}

/// Changes the DNS domain.
pub(super) async fn update(context: &Context, args: UpdateArgs) -> Result<()> {
    let project = context.project().await?;
    let client = context.client()?;
    let rows = read::fetch(client, &project).await?;
    let row = rows.iter().find(|row| row.view.id == args.id);
    let link = &row.ok_or_else(|| read::missing(&args.id))?.view;
    let mut plan = Plan::new("private link", "update", "updated");
    let before = link.dns_domain.as_deref();
    let state = link.state.as_deref().unwrap_or_default();
    if before == Some(&*args.dns_domain) {
        plan.unchanged.push(args.id.clone());
    } else if before.is_some() && state != "IDLE" {
        return Err(Error::new(
            Kind::Conflict,
            format!("private link {} has a DNS domain, and is {state}", args.id),
        )
        .hint("a domain that is set can be changed only while the private link is IDLE: make a new one"));
    } else {
        let fields = json!({ "dnsDomain": args.dns_domain });
        plan.changes.push(Change {
            object: args.id.clone(),
            facts: vec![Fact::change("DNS domain", before.unwrap_or("none"), &args.dns_domain)],
            call: private_links::update_call(&project, &args.id, fields.clone()),
            expect: Expect::Has(fields),
        });
    }
    let fetch = || read::fetch(client, &project);
    change::apply(context, plan, None, &LISTING, fetch).await.outcome?;
    read::wait(context, &args.wait, client, &project, &args.id, false).await
}

/// Deletes private links.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let wanted = names::read(context, &args.ids)?;
    let project = context.project().await?;
    let client = context.client()?;
    let known = read::fetch(client, &project).await?;
    let mut plan = Plan::new("private link", "delete", "deleted");
    for id in wanted {
        match known.iter().map(|row| &row.view).find(|link| link.id == id) {
            None => plan.refused.push((id.clone(), read::missing(&id))),
            Some(link) if read::is_leaving(link) => plan.unchanged.push(id),
            Some(link) => plan.changes.push(Change {
                facts: facts(link),
                call: private_links::delete_call(&project, &id),
                expect: Expect::Has(json!({ "leaving": true })),
                object: id,
            }),
        }
    }
    let ids: Vec<String> = plan.changes.iter().map(|change| change.object.clone()).collect();
    // It is listed until its endpoint is gone: what is verified is that it goes.
    let read_back = || async {
        let now = read::fetch(client, &project).await?;
        let mut found = ReadBack::new();
        for id in &ids {
            let link = now.iter().map(|row| &row.view).find(|link| link.id == *id);
            let leaving = link.is_none_or(read::is_leaving);
            let raw = to_raw_value(&json!({ "leaving": leaving }))
                .map_err(|e| Error::failed("cannot judge a private link").source(e))?;
            found.insert(id.clone(), raw);
        }
        Ok(found)
    };
    let applied = change::execute(context, plan, Some(&args.batch), &NoColumns, read_back).await;
    applied
        .then(context, async |done| {
            for id in done {
                read::wait(context, &args.wait, client, &project, id, true).await?;
            }
            Ok(())
        })
        .await
}

fn facts(link: &PrivateLink) -> Vec<Fact> {
    let mut facts = vec![Fact::new("provider", link.provider.clone())];
    facts.extend(link.vendor.iter().map(|text| Fact::new("vendor", text.clone())));
    facts.extend(read::service(link).map(|text| Fact::new("service", text.clone())));
    facts.extend(link.dns_domain.iter().map(|text| Fact::new("DNS domain", text.clone())));
    facts.extend(link.state.iter().map(|text| Fact::new("state", text.clone())));
    facts
}
