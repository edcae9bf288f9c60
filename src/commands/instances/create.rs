//! `instances create`.

use serde_json::{Value, json};

use super::reach::Users;
use super::{LISTING, fetch, names_of};
use crate::atlas::instances::{self, Region};
use crate::brokers::regions::{self, Provider};
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// The sizes of instances and processors, the smallest first.
pub(super) const TIERS: [&str; 5] = ["SP2", "SP5", "SP10", "SP30", "SP50"];

/// The instance to be.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Regions are understood in each of their names: us-east-1, US_EAST_1 and VIRGINIA_USA
are one place.

Examples:
  spctl instances create invoices --provider aws --region us-east-1 --tier SP10
  spctl instances create invoices --provider aws --region us-east-1 --failover-region us-east-2
  spctl instances create trial --provider gcp --region us-central1 --sample"
)]
pub struct Args {
    /// The instance's name: letters, digits and hyphens
    #[arg(value_name = "NAME")]
    name: String,
    /// The cloud provider: aws, azure or gcp
    #[arg(long, value_name = "PROVIDER")]
    provider: Provider,
    /// The region, by any of its names
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    size: Size,
    /// A region to run in when that one fails; two at most
    #[arg(long = "failover-region", value_name = "REGION", num_args = 1..)]
    failover: Vec<String>,
    /// Add the sample connection sample_stream_solar
    #[arg(long)]
    sample: bool,
}

/// How large the instance's processors are.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Size {
    /// The tier of processors that name none
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true)]
    pub tier: Option<String>,
    /// The largest tier that a processor may ask for
    #[arg(long, value_name = "TIER", value_parser = TIERS, ignore_case = true)]
    pub max_tier: Option<String>,
}

impl Size {
    /// The fields of the API that are given.
    pub(super) fn fields(&self) -> serde_json::Map<String, Value> {
        let named = [("tier", &self.tier), ("maxTierSize", &self.max_tier)];
        let given = named.into_iter().filter_map(|(key, tier)| Some((key, tier.as_ref()?)));
        given.map(|(key, tier)| (key.to_owned(), json!(tier.to_uppercase()))).collect()
    }
}

/// Creates one instance.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    check_name(&args.name)?;
    let home = region(args.provider, &args.region)?;
    let failover = failover(args.provider, &args.failover)?;
    let on = context.project().await?;
    let (known, users) = tokio::try_join!(fetch(on), Users::fetch(on))?;
    if known.iter().any(|row| row.view.name == args.name) {
        return Err(Error::new(Kind::Conflict, format!("instance {} exists already", args.name))
            .hint(format!("spctl instances get {} shows it; update changes it", args.name)));
    }
    let mut body = json!({ "name": args.name, "dataProcessRegion": document(&home) });
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
    plan.change(Change::new(plan.object(&args.name), call, expect).facts(facts));
    change::apply(context, plan, None, &LISTING, || fetch(on)).await.outcome
}

fn facts(args: &Args, home: &Region, failover: &[Region], users: &Users) -> Vec<Fact> {
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
        facts.push(Fact::new("reached at once by", format!("{names} (unrestricted)")));
    }
    let scoped = users.scoped(&args.name);
    if !scoped.is_empty() {
        let names = scoped.join(", ");
        facts.push(Fact::new("reached at once by", format!("{names} (a scope names it already)")));
    }
    facts
}

/// Checks what a scope must be able to name.
fn check_name(name: &str) -> Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match fits {
        true => Ok(()),
        false => Err(Error::usage(format!("{name:?} cannot be the name of an instance"))
            .hint("names are letters, digits and hyphens, and begin with a letter or digit")),
    }
}

/// A region by any of its names, as instances have it.
pub fn region(provider: Provider, name: &str) -> Result<Region> {
    let region = regions::instance_name(provider, name).map_err(|problem| {
        let known = regions::REGIONS.iter().filter(|region| region.provider == provider);
        let known: Vec<&str> = known.map(|region| region.key).collect();
        Error::not_found(problem.to_string())
            .hint(format!("the regions of {provider} are {}", known.join(", ")))
    })?;
    Ok(Region { cloud_provider: provider.key().to_uppercase(), region })
}

/// The failover regions, which are the provider's own too.
pub(super) fn failover(provider: Provider, names: &[String]) -> Result<Vec<Region>> {
    if names.len() > 2 {
        return Err(Error::usage("an instance has two failover regions at most"));
    }
    names.iter().map(|name| region(provider, name)).collect()
}

/// A region as the API takes it.
pub(super) fn document(region: &Region) -> Value {
    json!({ "cloudProvider": region.cloud_provider, "region": region.region })
}
