//! `orgs get`.

use futures_util::TryStreamExt;

use super::LISTING;
use crate::atlas::is_id;
use crate::atlas::orgs::Org;
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::Detail;

/// Shows organisations by id or name.
pub(super) async fn run(context: &Context, named: Named) -> Result<()> {
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

async fn by_name(context: &Context, name: &str) -> Result<String> {
    let all: Vec<_> = context.client()?.orgs().try_collect().await?;
    let found = all.into_iter().find(|org| org.view.name == name);
    found.map(|org| org.view.id).ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Error {
    Error::not_found(format!("there is no organisation {name:?}"))
        .hint("spctl orgs list shows the organisations that this credential can access")
}

fn detail(org: &Org) -> Detail {
    vec![("organisation", vec![org.name.clone()]), ("id", vec![org.id.clone()])]
}
