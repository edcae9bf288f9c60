//! `private-links create`.

use std::cell::RefCell;
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::document::LinkDocument;
use super::{LISTING, NOUN, link};
use crate::atlas::Row;
use crate::atlas::private_links::{self, PrivateLink};
use crate::change::{self, Change, Expect, Fact, Plan, ReadBack};
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::Result;

/// The new private link.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links create --provider aws --vendor confluent \\
      --region us-east-1 \\
      --service-endpoint com.amazonaws.vpce.us-east-1.vpce-svc-0123 \\
      --dns-domain abc.us-east-1.aws.private.confluent.cloud \\
      --dns-sub-domain use1-az1.abc.us-east-1.aws.private.confluent.cloud \\
      --wait
  spctl private-links create --file link.yaml --yes -q")]
pub struct Args {
    #[command(flatten)]
    document: LinkDocument,
    #[command(flatten)]
    wait: Wait,
}

/// Creates one private link.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let body = args.document.body(context)?;
    let on = context.project().await?;
    let before = context.signals.interruptible(link::fetch(on)).await?;
    let before: HashSet<String> = before.into_iter().map(|row| row.view.id).collect();
    let title = title(&body);
    let mut plan = Plan::new(&on.project, NOUN, "create", "created");
    let object = plan.object(&title);
    let call = private_links::create_call(&on.project, Value::Object(body.clone()));
    let expect = Expect::Has(Value::Object(readable(&body)));
    plan.change(Change::new(object.clone(), call, expect).facts(facts(&body)));
    // The API assigns the id: the new link is one that was not listed before and is as requested.
    let made: RefCell<Option<Row<PrivateLink>>> = RefCell::default();
    let read_back = || async {
        let rows = link::fetch(on).await?;
        let new = |row: &Row<PrivateLink>| !before.contains(&row.view.id);
        let mut found = ReadBack::new();
        for row in rows.into_iter().filter(new).filter(|row| title_of(&row.view) == title) {
            found.insert(object.clone(), row.raw.clone());
            made.replace(Some(row));
        }
        Ok(found)
    };
    change::execute(context, plan, None, &LISTING, read_back).await.outcome?;
    let Some(mut row) = made.take() else { return Ok(()) };
    let id = row.view.id.clone();
    let waited = link::wait(context, &args.wait, on, &id, false).await;
    if args.wait.wait
        && let Ok(latest) = on.client.private_link(&on.project, &id).await
    {
        row = latest;
    }
    // The next command needs the id, which is known only now.
    context.ui.show(&LISTING, vec![(row.raw, row.view)], |link| {
        vec![
            ("private link", vec![link.id.clone()]),
            ("state", link.state.iter().cloned().collect()),
        ]
    })?;
    waited
}

/// Provider and vendor: a name until there is an id.
fn title(body: &Map<String, Value>) -> String {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    named(text("provider").unwrap_or_default(), text("vendor"), text("region"))
}

fn title_of(link: &PrivateLink) -> String {
    named(&link.provider, link.vendor.as_deref(), link.region.as_deref())
}

fn named(provider: &str, vendor: Option<&str>, region: Option<&str>) -> String {
    let vendor = vendor.unwrap_or("GENERIC");
    let region = region.map(|region| format!(" {region}")).unwrap_or_default();
    format!("{} {}{region}", provider.to_uppercase(), vendor.to_uppercase())
}

/// The response spells provider and vendor in upper case.
fn readable(body: &Map<String, Value>) -> Map<String, Value> {
    let upper = |(name, value): (&String, &Value)| match (name.as_str(), value) {
        ("provider" | "vendor", Value::String(text)) => (name.clone(), text.to_uppercase().into()),
        _ => (name.clone(), value.clone()),
    };
    // Atlas may omit an empty list.
    let said = |(_, value): &(&String, &Value)| value.as_array().is_none_or(|l| !l.is_empty());
    body.iter().filter(said).map(upper).collect()
}

fn facts(body: &Map<String, Value>) -> Vec<Fact> {
    let labels = [
        ("provider", "provider"),
        ("vendor", "vendor"),
        ("region", "region"),
        ("serviceEndpointId", "service"),
        ("arn", "service"),
        ("azureResourceIds", "Azure resources"),
        ("gcpServiceAttachmentUris", "service attachments"),
        ("gcpConnectionIds", "connection ids"),
        ("dnsDomain", "DNS domain"),
        ("dnsSubDomain", "DNS subdomains"),
        ("authenticationScheme", "authentication"),
    ];
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let fact = |(field, label)| body.get(field).map(|value| Fact::new(label, text(value)));
    labels.into_iter().filter_map(fact).filter(|fact| !fact.text.is_empty()).collect()
}
