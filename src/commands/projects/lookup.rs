//! Projects by id or name.

use futures_util::TryStreamExt;

use crate::atlas::projects::Project;
use crate::atlas::{ApiError, Client, Row, is_id};
use crate::commands::names::Listed;
use crate::error::{Error, Kind, Result};

/// A project by id or name: from the listing if there is one, otherwise fetched by itself.
pub(super) async fn find(
    client: &Client,
    name: &str,
    listed: Option<&Listed<Project>>,
) -> Result<Row<Project>> {
    if let Some(listed) = listed {
        return self::listed(client, listed, name).await?.ok_or_else(|| not_found(name));
    }
    let project = match is_id(name) {
        true => client.project(name).await,
        false => client.project_by_name(name).await,
    };
    project.map_err(|error| missing(error, name))
}

/// A project of the listing.
pub(super) async fn listed(
    client: &Client,
    listed: &Listed<Project>,
    name: &str,
) -> Result<Option<Row<Project>>> {
    let all = async || client.projects().try_collect().await.map_err(Error::from);
    listed.find(name, all, |project| vec![project.id.clone(), project.name.clone()]).await
}

fn missing(error: ApiError, name: &str) -> Error {
    let error = Error::from(error);
    match error.kind() {
        Kind::NotFound => not_found(name).api(error.api_facts().clone()),
        _ => error,
    }
}

fn not_found(name: &str) -> Error {
    Error::not_found(format!("there is no project {name:?}"))
        .hint("spctl projects list shows the projects that this credential can access")
}
