//! `private-links update`.

use serde_json::json;

use super::{LISTING, NOUN, doubts, link};
use crate::atlas::Row;
use crate::atlas::private_links::{self, PrivateLink};
use crate::change::{self, Change, Expect, Fact, Plan, Planned};
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// What to change.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl private-links update 66f1a2b3c4d5e6f708192a3b \\
      --dns-domain abc.us-east-1.aws.private.confluent.cloud")]
pub struct Args {
    /// The private link's id
    #[arg(value_name = "ID")]
    id: String,
    /// The domain of the service's host names; once set, it can be changed only while the private
    /// link is IDLE
    #[arg(long, value_name = "DOMAIN")]
    dns_domain: String,
    #[command(flatten)]
    wait: Wait,
}

/// Changes the DNS domain.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let fetch = || link::fetch(on);
    let look = async || plan(&args, &on.project, &fetch().await?);
    change::apply(context, Planned::by(look).await?, None, &LISTING, fetch).await.outcome?;
    link::wait(context, &args.wait, on, &args.id, false).await
}

fn plan(args: &Args, project: &str, rows: &[Row<PrivateLink>]) -> Result<Plan> {
    let row = rows.iter().find(|row| row.view.id == args.id);
    let row = row.ok_or_else(|| link::missing(&args.id, link::ids(rows)))?;
    let found = &row.view;
    let mut plan = Plan::new(project, NOUN, "update", "updated");
    let before = found.dns_domain.as_deref();
    let state = found.state.as_deref().unwrap_or_default();
    if before == Some(&*args.dns_domain) {
        plan.unchanged(plan.object(&args.id));
    } else if before.is_some() && state != "IDLE" {
        return Err(Error::new(
            Kind::Conflict,
            format!("private link {} already has a DNS domain, and is {state}", args.id),
        )
        .hint("a domain can be changed only while the private link is IDLE: create a new one"));
    } else {
        let fields = json!({ "dnsDomain": args.dns_domain });
        let call = private_links::update_call(project, &args.id, fields.clone());
        let change = Change::new(plan.object(&args.id), call, Expect::Has(fields));
        let fact = Fact::change("DNS domain", before.unwrap_or("none"), &args.dns_domain);
        let zones = found.dns_sub_domain.iter().map(String::as_str);
        let outside: Vec<&str> = doubts::outside(&args.dns_domain, zones).collect();
        let outside = (!outside.is_empty()).then(|| {
            let text = format!("{}: these do not contain the domain", outside.join(", "));
            Fact::new("DNS subdomains", text)
        });
        plan.change(change.was(row.raw.clone()).fact(fact).facts(outside));
    }
    Ok(plan)
}
