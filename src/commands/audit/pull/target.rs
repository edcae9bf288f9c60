//! Which instances are archived, and where.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;

use crate::audit::archive::place;
use crate::comma_list::{CommaList, Items};
use crate::commands::audit::archive::{find, project_directory};
use crate::commands::{instances, names};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// The instances that a pull is about.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(super) struct Which {
    /// The instances, or - to read names from stdin
    #[arg(value_name = "INSTANCE")]
    names: Vec<String>,
    /// The same as the names alone
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// All instances of the project
    #[arg(long, conflicts_with_all = ["names", "instances"])]
    all: bool,
    /// All instances of all projects that the credential can access
    #[arg(long, conflicts_with_all = ["names", "instances"])]
    all_projects: bool,
}

/// An instance to be archived.
pub(super) struct Target {
    pub(super) on: ProjectClient,
    /// The project's name.
    pub(super) project: String,
    pub(super) instance: String,
    /// Its directory.
    pub(super) directory: PathBuf,
    /// Whether it is only known from the archive, so that its log may be gone.
    pub(super) is_archived_only: bool,
}

/// The instances, and an error for each project that cannot be read.
///
/// # Errors
/// Those that are about all of them.
pub(super) async fn all(
    context: &Context,
    which: &Which,
    to: &Path,
) -> Result<(Vec<Target>, Vec<Error>)> {
    if which.all_projects {
        return of_all_projects(context, to).await;
    }
    let given: Vec<String> = which.names.iter().chain(which.instances.items()).cloned().collect();
    let given = names::read(context, &given)?;
    let on = context.project().await?;
    let (name, directory) = place_of(on, to).await?;
    match which.all {
        true => Ok((listed(on, &name, &directory).await?, Vec::new())),
        false => {
            let targets = given.into_iter();
            let targets = targets.map(|instance| target(on, &name, &directory, instance, false));
            Ok((targets.collect(), Vec::new()))
        }
    }
}

/// A project's name, and its directory. Who may not read the project sees its id.
async fn place_of(on: &ProjectClient, to: &Path) -> Result<(String, PathBuf)> {
    let name = match on.client.project(&on.project).await.map_err(Error::from) {
        Ok(row) if !row.view.name.is_empty() => row.view.name,
        Err(error) if error.kind() != Kind::NotPermitted => return Err(error),
        _ => on.project.clone(),
    };
    let directory = directory(to, &on.project, &name)?;
    Ok((name, directory))
}

fn directory(to: &Path, id: &str, name: &str) -> Result<PathBuf> {
    project_directory(to, id, name)
        .map_err(|e| Error::failed(format!("cannot read {}", to.display())).source(e))
}

fn target(
    on: &ProjectClient,
    project: &str,
    directory: &Path,
    instance: String,
    is_archived_only: bool,
) -> Target {
    Target {
        on: on.clone(),
        project: project.to_owned(),
        directory: directory.join(place::directory("instance", &instance)),
        instance,
        is_archived_only,
    }
}

/// The instances that a project lists, and those that are archived of it.
async fn listed(on: &ProjectClient, name: &str, directory: &Path) -> Result<Vec<Target>> {
    let listed: BTreeSet<String> = instances::names(on).await?.into_iter().collect();
    let archived = match directory.is_dir() {
        true => find(directory)
            .map_err(|e| Error::failed(format!("cannot read {}", directory.display())).source(e))?,
        false => Vec::new(),
    };
    let archived = archived.into_iter().map(|found| found.instance);
    let gone: Vec<String> = archived.filter(|name| !listed.contains(name)).collect();
    let of = |instance, is_archived_only| target(on, name, directory, instance, is_archived_only);
    let targets = listed.into_iter().map(|instance| of(instance, false));
    Ok(targets.chain(gone.into_iter().map(|instance| of(instance, true))).collect())
}

async fn of_all_projects(context: &Context, to: &Path) -> Result<(Vec<Target>, Vec<Error>)> {
    context.flags.all_projects()?;
    let client = context.client()?;
    let org = context.org().await?;
    let projects: Vec<_> = client.projects().try_collect().await.map_err(Error::from)?;
    let (mut targets, mut failed) = (Vec::new(), Vec::new());
    for row in projects {
        let project = row.view;
        if org.is_some() && project.org_id != org {
            continue;
        }
        let on = ProjectClient { client: client.clone(), project: project.id };
        let directory = directory(to, &on.project, &project.name)?;
        match listed(&on, &project.name, &directory).await {
            Ok(listed) => targets.extend(listed),
            Err(error) if error.kind() == Kind::Interrupted => return Err(error),
            Err(error) => failed.push(error.context(format!("project {}", project.name))),
        }
    }
    Ok((targets, failed))
}
