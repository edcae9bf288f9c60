//! Projects by id or name.

use futures_util::TryStreamExt;

use crate::atlas::projects::Project;
use crate::atlas::{Client, Row, is_id};
use crate::commands::names::Listed;
use crate::error::{Error, Result};
use crate::session::{no_project, no_project_among};

/// A project by id or name: from the listing if there is one, otherwise fetched by itself.
pub(super) async fn find(
    client: &Client,
    name: &str,
    listed: Option<&Listed<Project>>,
) -> Result<Row<Project>> {
    if let Some(listed) = listed {
        return match self::listed(client, listed, name).await? {
            Some(row) => Ok(row),
            None => Err(no_project_among(name, listed.names().filter(|key| !is_id(key)))),
        };
    }
    let project = match is_id(name) {
        true => client.project(name).await,
        false => client.project_by_name(name).await,
    };
    match project.map_err(Error::from) {
        Ok(row) => Ok(row),
        Err(error) => Err(no_project(client, error, name).await),
    }
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
