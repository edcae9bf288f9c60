//! `orgs get`.

use futures_util::TryStreamExt;

use super::LISTING;
use crate::atlas::orgs::Org;
use crate::atlas::{Row, is_id};
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::no_org;
use crate::ui::Detail;

/// Shows organisations by id or name.
pub(super) async fn run(context: &Context, named: Named) -> Result<()> {
    let client = context.client()?;
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        if many {
            let all = async || client.orgs().try_collect().await.map_err(Error::from);
            let keys = |org: &Org| vec![org.id.clone(), org.name.clone()];
            let found = listed.find(name, all, keys).await?;
            return found.ok_or_else(|| no_org(name, listed.names()));
        }
        let id = match is_id(name) {
            true => name.to_owned(),
            false => by_name(context, name).await?,
        };
        client.org(&id).await.map_err(Error::from).map_err(|error| match error.kind() {
            Kind::NotFound => no_org(name, []).api(error.api_facts().clone()),
            _ => error,
        })
    };
    names::show(context, &LISTING, "organisation", &named.names, fetch, detail).await
}

async fn by_name(context: &Context, name: &str) -> Result<String> {
    let all: Vec<_> = context.client()?.orgs().try_collect().await?;
    match all.iter().find(|org: &&Row<Org>| org.view.name == name) {
        Some(org) => Ok(org.view.id.clone()),
        None => Err(no_org(name, all.iter().map(|org| org.view.name.as_str()))),
    }
}

fn detail(org: &Org) -> Detail {
    vec![("organisation", vec![org.name.clone()]), ("id", vec![org.id.clone()])]
}
