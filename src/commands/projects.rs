//! `spctl projects`: the projects that the credential sees.

use clap::Subcommand;
use futures_util::TryStreamExt;

use crate::atlas::projects::Project;
use crate::commands::names::{self, Named};
use crate::commands::rows;
use crate::context::{Context, is_id};
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Detail, Listing};

/// What to do with projects.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the projects that the credential sees
    #[command(alias = "ls")]
    List,
    /// Show projects, by id or name
    #[command(alias = "show")]
    Get(Named),
}

static LISTING: Listing<Project> = Listing {
    columns: &[
        Column { name: "name", value: |p| p.name.as_str().into() },
        Column { name: "id", value: |p| p.id.as_str().into() },
        Column { name: "org", value: |p| Cell::maybe(p.org_id.clone()) },
        Column { name: "clusters", value: |p| Cell::maybe(p.cluster_count.map(|n| n.to_string())) },
        Column { name: "created", value: |p| Cell::time(p.created.as_deref()) },
    ],
    default: 5,
    name: |p| p.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.block_on(async {
        match command {
            Command::List => list(context).await,
            Command::Get(named) => get(context, named).await,
        }
    })
}

async fn list(context: &Context) -> Result<()> {
    context.ui.check(&LISTING)?;
    let org = context.org_filter().await?;
    let in_org = |project: &Project| org.is_none() || project.org_id == org;
    let rows = rows(context.client()?.projects());
    let rows = rows.try_filter(|(_, project)| std::future::ready(in_org(project)));
    context.ui.list(&LISTING, rows, "this credential sees no projects").await.map(drop)
}

async fn get(context: &Context, named: Named) -> Result<()> {
    let client = context.client()?;
    let fetch = async |name: &str| {
        let project = match is_id(name) {
            true => client.project(name).await,
            false => client.project_by_name(name).await,
        };
        project.map_err(Error::from).map_err(|error| match error.kind() {
            Kind::NotFound => Error::not_found(format!("there is no project {name:?}"))
                .api(error.api_facts().clone())
                .hint("spctl projects list shows what this credential sees"),
            _ => error,
        })
    };
    names::show(context, &LISTING, "project", &named.names, fetch, detail).await
}

fn detail(project: &Project) -> Detail {
    vec![
        ("project", vec![project.name.clone()]),
        ("id", vec![project.id.clone()]),
        ("organisation", vec![project.org_id.clone().unwrap_or_default()]),
        ("created", vec![project.created.clone().unwrap_or_default()]),
    ]
}
