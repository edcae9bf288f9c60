//! The instances that an archive holds.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::audit::archive::manifest::{self, Header};
use crate::audit::archive::place;

/// The directory of an instance in an archive.
#[derive(Debug, Clone)]
pub(in crate::commands::audit) struct Found {
    /// The project's name, if the archive has projects.
    pub(in crate::commands::audit) project: Option<String>,
    /// The instance's name.
    pub(in crate::commands::audit) instance: String,
    /// The directory.
    pub(in crate::commands::audit) directory: PathBuf,
}

/// The instances below a directory, which may itself be that of an archive, a project or an instance.
///
/// # Errors
/// What the file system says.
pub(in crate::commands::audit) fn find(root: &Path) -> io::Result<Vec<Found>> {
    let own = root.canonicalize()?;
    let own_name = own.file_name().map(|name| name.to_string_lossy().into_owned());
    let is = |key| own_name.as_deref().and_then(|name| place::name(key, name));
    if let Some(instance) = is("instance") {
        let above = own.parent().and_then(Path::file_name).unwrap_or_default();
        let project = place::name("project", &above.to_string_lossy());
        return Ok(vec![Found { project, instance, directory: root.to_owned() }]);
    }
    let mut found = instances(root, is("project"))?;
    for (project, directory) in named(root, "project")? {
        found.extend(instances(&directory, Some(project))?);
    }
    Ok(found)
}

fn instances(root: &Path, project: Option<String>) -> io::Result<Vec<Found>> {
    let found = named(root, "instance")?.into_iter();
    let found =
        found.map(|(instance, directory)| Found { project: project.clone(), instance, directory });
    Ok(found.collect())
}

/// The directories of this key, by name.
fn named(root: &Path, key: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let mut named = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| place::name(key, &name.to_string_lossy()));
        if let Some(name) = name.filter(|_| path.is_dir()) {
            named.push((name, path));
        }
    }
    named.sort();
    Ok(named)
}

/// The directory of a project: the one that holds it already, whatever the project was called then;
/// otherwise one of its name, which no other project may have.
///
/// # Errors
/// What the file system says.
pub(in crate::commands::audit) fn project_directory(
    root: &Path,
    id: &str,
    name: &str,
) -> io::Result<PathBuf> {
    let fresh = |name: &str| root.join(place::directory("project", name));
    let held = match named(root, "project") {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(fresh(name)),
        held => held?,
    };
    for (_, directory) in &held {
        if owner(directory)?.as_deref() == Some(id) {
            return Ok(directory.clone());
        }
    }
    let own = fresh(name);
    let is_another = held.iter().any(|(_, directory)| *directory == own) && owner(&own)?.is_some();
    Ok(if is_another { fresh(&format!("{name} {id}")) } else { own })
}

/// The id of the project whose instances a directory holds.
fn owner(directory: &Path) -> io::Result<Option<String>> {
    for (_, instance) in named(directory, "instance")? {
        let Ok(file) = fs::File::open(instance.join(manifest::NAME)) else { continue };
        let mut line = Vec::new();
        BufReader::new(io::Read::take(file, 1 << 16)).read_until(b'\n', &mut line)?;
        if let Ok(header) = serde_json::from_slice::<Header>(&line) {
            return Ok(Some(header.project));
        }
    }
    Ok(None)
}
