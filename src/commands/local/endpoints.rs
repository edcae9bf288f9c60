//! `spctl local endpoints`.

use std::path::Path;

use serde::Serialize;

use crate::commands::connection_string::ConnectionString;
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::local::Clock;
use crate::local::admin::{self, Admin, InstanceEndpoint};
use crate::near;
use crate::ui::{Column, Listing};

/// Which instances to show.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The instances, or - to read names from stdin; all of the project if none is named
    #[arg(value_name = "INSTANCE")]
    instances: Vec<String>,
}

/// Where an instance is served.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct EndpointRow {
    name: String,
    address: String,
    ca_file: String,
    uri: String,
}

static LISTING: Listing<EndpointRow> = Listing {
    columns: &[
        Column::identifying("name", |row| row.name.as_str().into()),
        Column::telling_apart("address", |row| row.address.as_str().into()),
        Column::new("uri", |row| row.uri.as_str().into()),
        Column::new("ca-file", |row| row.ca_file.as_str().into()),
    ],
    default: 4,
    name: |row| row.name.clone(),
};

pub(super) fn run(context: &Context, path: &Path, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = names::read(context, &args.instances)?;
    let endpoints = served(path, context.flags.project.as_deref())?;
    if args.instances.is_empty() {
        let rows = endpoints.into_iter().map(row).collect::<Result<Vec<_>>>()?;
        let nothing = "no stream processing instances in this project";
        return context.ui.list_computed(&LISTING, rows, nothing).map(drop);
    }
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match endpoints.iter().find(|endpoint| endpoint.name == *name) {
            Some(endpoint) => rows.push(row(endpoint.clone())?),
            None => failed.push(missing(name, &endpoints)),
        }
    }
    if !rows.is_empty() {
        context.ui.list_computed(&LISTING, rows, "")?;
    }
    names::failures(context, failed, wanted.len(), "instance")
}

/// Where the instances of a project of the local store are served.
///
/// # Errors
/// Unavailable, when no server listens for them; no such project.
pub fn served(path: &Path, project: Option<&str>) -> Result<Vec<InstanceEndpoint>> {
    // Where there is no store, there is no server either.
    match admin::is_there(path)? {
        true => Admin::open(path, Clock::System)?.endpoints(project),
        false => Err(admin::not_served(path)),
    }
}

fn row(endpoint: InstanceEndpoint) -> Result<EndpointRow> {
    let ca_file = std::path::absolute(&endpoint.ca_file)
        .map_err(|e| Error::failed("cannot find the data directory").source(e))?;
    Ok(EndpointRow {
        name: endpoint.name,
        address: endpoint.address.to_string(),
        ca_file: ca_file.display().to_string(),
        uri: ConnectionString::to([endpoint.address]).to_string(),
    })
}

fn missing(name: &str, endpoints: &[InstanceEndpoint]) -> Error {
    let known = endpoints.iter().map(|endpoint| endpoint.name.as_str());
    let otherwise = "spctl local endpoints shows which ones exist";
    Error::not_found(format!("there is no instance {name:?} in this project"))
        .hint(near::hint(name, known, otherwise))
}
