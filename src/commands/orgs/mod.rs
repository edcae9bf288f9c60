//! `spctl orgs`: the organisations that the credential sees.

use clap::Subcommand;
use futures_util::TryStreamExt;

use crate::atlas::is_id;
use crate::atlas::orgs::Org;
use crate::commands::names::{self, Named};
use crate::commands::rows;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Column, Detail, Listing};

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the organisations that the credential sees
    #[command(alias = "ls")]
    List,
    /// Show organisations, by id or name
    #[command(
        alias = "show",
        after_help = "Examples:
  spctl orgs get ExampleShop
  spctl orgs list -q | spctl orgs get - -o json"
    )]
    Get(Named),
}

static LISTING: Listing<Org> = Listing {
    columns: &[
        Column::identifying("name", |o| o.name.as_str().into()),
        Column::telling_apart("id", |o| o.id.as_str().into()),
    ],
    default: 2,
    name: |o| o.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List => {
                let rows = rows(context.client()?.streaming().orgs());
                let nothing = "this credential sees no organisations";
                context.ui.list(&LISTING, rows, nothing).await.map(drop)
            }
            Command::Get(named) => get(context, named).await,
        }
    })
}

async fn get(context: &Context, named: Named) -> Result<()> {
    let client = context.client()?;
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        if many {
            let all = async || client.orgs().try_collect().await.map_err(Error::from);
            let keys = |org: &Org| vec![org.id.clone(), org.name.clone()];
            return listed.find(name, all, keys).await?.ok_or_else(|| missing(name));
        }
        let id = match is_id(name) {
            true => name.to_owned(),
            false => by_name(context, name).await?,
        };
        client.org(&id).await.map_err(Error::from).map_err(|error| match error.kind() {
            Kind::NotFound => missing(name).api(error.api_facts().clone()),
            _ => error,
        })
    };
    names::show(context, &LISTING, "organisation", &named.names, fetch, detail).await
}

fn detail(org: &Org) -> Detail {
    vec![("organisation", vec![org.name.clone()]), ("id", vec![org.id.clone()])]
}

fn missing(name: &str) -> Error {
    Error::not_found(format!("there is no organisation {name:?}"))
        .hint("spctl orgs list shows what this credential sees")
}

async fn by_name(context: &Context, name: &str) -> Result<String> {
    let all: Vec<_> = context.client()?.orgs().try_collect().await?;
    let found = all.into_iter().find(|org| org.view.name == name);
    found.map(|org| org.view.id).ok_or_else(|| missing(name))
}

/// The id of the organisation that a command acts on: of `--org` or the environment, else of the
/// chosen project, else the only one there is.
///
/// # Errors
/// Usage, where it cannot be told; not found, where none has the name.
pub async fn chosen(context: &Context) -> Result<String> {
    if let Some(id) = context.org().await? {
        return Ok(id);
    }
    let client = context.client()?;
    match context.project().await {
        Ok(on) => {
            if let Some(org) = on.client.project(&on.project).await?.view.org_id {
                return Ok(org);
            }
        }
        Err(error) if error.kind() == Kind::Usage => {}
        Err(error) => return Err(error),
    }
    let all: Vec<_> = client.orgs().try_collect().await?;
    match all.as_slice() {
        [one] => Ok(one.view.id.clone()),
        _ => Err(Error::usage("no organisation is chosen")
            .hint("add --org, or set MONGODB_ATLAS_ORG_ID; spctl orgs list shows what there is")),
    }
}
