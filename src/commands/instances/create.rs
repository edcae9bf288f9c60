//! `instances create`.

use serde_json::{Value, json};

use super::fetch;
use super::list::LISTING;
use super::reach::InstanceReach;
use super::region::{self, document, failover, names_of};
use super::size::Size;
use crate::atlas::instances::{self, Region};
use crate::brokers::regions::Provider;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::comma_list::{CommaList, Items};
use crate::commands::instance_args::OneInstance;
use crate::commands::known::Verbatim;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

/// The instance to create.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A name has letters, digits and hyphens. A region goes by any of its names: us-east-1, US_EAST_1 \
and VIRGINIA_USA are the same region.

Examples:
  spctl instances create invoices --provider aws --region us-east-1 \\
      --tier SP10
  spctl instances create invoices --provider aws --region us-east-1 \\
      --failover-region us-east-2
  spctl instances create trial --provider gcp --region us-central1 \\
      --sample"
)]
pub struct Args {
    #[command(flatten)]
    instance: OneInstance,
    /// The cloud provider: aws, azure or gcp
    #[arg(long, value_name = "PROVIDER")]
    provider: Provider,
    /// The region, by any of its names
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    size: Size,
    /// A region to fail over to; at most two
    #[arg(long = "failover-region", value_name = "REGION,…", num_args = 1..)]
    failover: Vec<CommaList<String>>,
    #[command(flatten)]
    verbatim: Verbatim,
    /// Add the sample connection sample_stream_solar
    #[arg(long)]
    sample: bool,
}

/// Creates one instance.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let name = args.instance.name();
    check_name(name)?;
    let home = region::named(args.provider, &args.region, args.verbatim)?;
    let failover = failover(args.provider, args.failover.items(), args.verbatim)?;
    let on = context.project().await?;
    let (known, users) = tokio::try_join!(fetch(on), InstanceReach::fetch(on))?;
    if known.iter().any(|row| row.view.name == name) {
        return Err(Error::new(Kind::Conflict, format!("instance {name} already exists"))
            .hint(format!("spctl instances get {} shows it; update changes it", quote(name))));
    }
    let mut body = json!({ "name": name, "dataProcessRegion": document(&home) });
    if !failover.is_empty() {
        body["failoverRegions"] = failover.iter().map(document).collect();
    }
    let size = args.size.fields();
    if !size.is_empty() {
        body["streamConfig"] = Value::Object(size);
    }
    let expect = Expect::Has(body.clone());
    if args.sample {
        body["sampleConnections"] = json!({ "solar": true });
    }
    let mut plan = Plan::new(&on.project, "instance", "create", "created");
    let call = instances::create_call(&on.project, args.sample, body);
    let facts = facts(&args, &home, &failover, &users);
    plan.change(Change::new(plan.object(name), call, expect).facts(facts));
    change::apply(context, plan, None, &LISTING, || fetch(on)).await.outcome
}

fn facts(args: &Args, home: &Region, failover: &[Region], users: &InstanceReach) -> Vec<Fact> {
    let mut facts = vec![Fact::new("region", names_of(home))];
    facts.extend(failover.iter().map(|place| Fact::new("failover region", names_of(place))));
    facts.extend(args.size.tier.iter().map(|tier| Fact::new("tier", tier.to_uppercase())));
    facts.extend(
        args.size.max_tier.iter().map(|tier| Fact::new("largest tier", tier.to_uppercase())),
    );
    if args.sample {
        facts.push(Fact::new("connection", "sample_stream_solar"));
    }
    let unrestricted = users.unrestricted();
    if !unrestricted.is_empty() {
        let names = unrestricted.join(", ");
        facts.push(Fact::new("reached immediately by", format!("{names} (unrestricted)")));
    }
    let scoped = users.scoped(args.instance.name());
    if !scoped.is_empty() {
        let names = scoped.join(", ");
        facts.push(Fact::new(
            "reached immediately by",
            format!("{names} (a scope already names it)"),
        ));
    }
    facts
}

/// Checks a name: a scope must be able to hold it.
fn check_name(name: &str) -> Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match fits {
        true => names::check_new("stream processing instance", name, instances::TAKEN),
        false => Err(Error::usage(format!("{name:?} is not a valid name for an instance"))
            .hint("a name has letters, digits and hyphens, and begins with a letter or digit")),
    }
}
