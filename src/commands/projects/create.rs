//! `projects create`.

use futures_util::TryStreamExt;

use super::{LISTING, NOUN};
use crate::atlas::projects::{self, Project};
use crate::atlas::{Client, Row};
use crate::change::{self, Batch, Change, Expect, Fact, Plan};
use crate::commands::{names, orgs};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

/// Which projects to create.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl projects create shop-test --org ExampleShop
  spctl projects create blue green --yes

The organisation comes from --org, the environment, or the selected project.")]
pub struct Args {
    /// The names, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// The id of the member to make Project Owner [default: the organisation's first owner]
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    #[command(flatten)]
    batch: Batch,
}

pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let wanted = names::read(context, &args.names)?;
    wanted.iter().try_for_each(|name| check_name(name))?;
    let client = context.client()?;
    let org = orgs::chosen(context).await?;
    let (there, home) = tokio::try_join!(fetch(client, &org), async {
        client.org(&org).await.map_err(Error::from)
    })?;
    let mut plan = Plan::new(&org, NOUN, "create", "created");
    for name in wanted {
        if there.iter().any(|row| row.view.name == name) {
            let error = Error::new(Kind::Conflict, format!("project {name} already exists"))
                .hint(format!("spctl projects get {} shows it", quote(&name)));
            plan.refuse(plan.object(name), error);
            continue;
        }
        let owner = args.owner.as_deref();
        let call = projects::create_call(&org, &name, owner);
        let expect = Expect::Has(serde_json::json!({ "name": name, "orgId": org }));
        plan.change(
            Change::new(plan.object(&name), call, expect)
                .fact(Fact::new("organisation", home.view.name.clone()))
                .fact(Fact::new("owner", owner.unwrap_or("the organisation's first owner"))),
        );
    }
    change::apply(context, plan, Some(&args.batch), &LISTING, || fetch(client, &org)).await.outcome
}

/// Checks a name against the API's pattern; spaces are allowed too.
fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_alphanumeric() || "-_.(),:&@+' ".contains(c);
    match (1..=64).contains(&name.chars().count()) && name.chars().all(fits) {
        true => names::check_new(NOUN, name, &[]),
        false => Err(Error::usage(format!("{name:?} is not a valid project name"))
            .hint("names are 1 to 64 letters, digits, spaces and -_.(),:&@+'")),
    }
}

async fn fetch(client: &Client, org: &str) -> Result<Vec<Row<Project>>> {
    client.projects_of(org).try_collect().await.map_err(Error::from)
}
