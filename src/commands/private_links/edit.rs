//! `private-links update` and `delete`.

use serde_json::json;
use serde_json::value::to_raw_value;

use super::{LISTING, read};
use crate::atlas::Row;
use crate::atlas::private_links::{self, PrivateLink};
use crate::change::{self, Batch, Change, Expect, Fact, Plan, Planned, ReadBack, Weight};
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
    let on = context.project().await?;
    let fetch = || read::fetch(on);
    let look = async || update_plan(&args, &on.project, &fetch().await?);
    change::apply(context, Planned::by(look).await?, None, &LISTING, fetch).await.outcome?;
    read::wait(context, &args.wait, on, &args.id, false).await
}

fn update_plan(args: &UpdateArgs, project: &str, rows: &[Row<PrivateLink>]) -> Result<Plan> {
    let row = rows.iter().find(|row| row.view.id == args.id);
    let row = row.ok_or_else(|| read::missing(&args.id))?;
    let link = &row.view;
    let mut plan = Plan::new(project, "private link", "update", "updated");
    let before = link.dns_domain.as_deref();
    let state = link.state.as_deref().unwrap_or_default();
    if before == Some(&*args.dns_domain) {
        plan.unchanged(plan.object(&args.id));
    } else if before.is_some() && state != "IDLE" {
        return Err(Error::new(
            Kind::Conflict,
            format!("private link {} has a DNS domain, and is {state}", args.id),
        )
        .hint("a domain that is set can be changed only while the private link is IDLE: make a new one"));
    } else {
        let fields = json!({ "dnsDomain": args.dns_domain });
        let call = private_links::update_call(project, &args.id, fields.clone());
        let change = Change::new(plan.object(&args.id), call, Expect::Has(fields));
        let fact = Fact::change("DNS domain", before.unwrap_or("none"), &args.dns_domain);
        plan.change(change.was(row.raw.clone()).fact(fact));
    }
    Ok(plan)
}

/// Deletes private links.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    let wanted = names::read(context, &args.ids)?;
    let on = context.project().await?;
    let fetch = || read::fetch(on);
    let look = async || Ok(delete_plan(&wanted, &on.project, &fetch().await?));
    let planned = Planned::by(look).await?;
    let own = planned.plan().object("");
    // It is listed until its endpoint is gone: what is verified is that it goes.
    let read_back = || async {
        let now = fetch().await?;
        let mut found = ReadBack::new();
        for id in &wanted {
            let link = now.iter().map(|row| &row.view).find(|link| link.id == *id);
            let leaving = link.is_none_or(read::is_leaving);
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
                read::wait(context, &args.wait, on, &object.name, true).await?;
            }
            Ok(())
        })
        .await
}

fn delete_plan(wanted: &[String], project: &str, known: &[Row<PrivateLink>]) -> Plan {
    let mut plan = Plan::new(project, "private link", "delete", "deleted");
    for id in wanted {
        match known.iter().find(|row| row.view.id == *id) {
            None => plan.refuse(plan.object(id), read::missing(id)),
            Some(row) if read::is_leaving(&row.view) => plan.unchanged(plan.object(id)),
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

fn facts(link: &PrivateLink) -> Vec<Fact> {
    let mut facts = vec![Fact::new("provider", link.provider.clone())];
    facts.extend(link.vendor.iter().map(|text| Fact::new("vendor", text.clone())));
    facts.extend(read::service(link).map(|text| Fact::new("service", text.clone())));
    facts.extend(link.dns_domain.iter().map(|text| Fact::new("DNS domain", text.clone())));
    let state = |text: &String| Fact::new("state", text.clone()).weighs(Weight::Passing);
    facts.extend(link.state.iter().map(state));
    facts
}
