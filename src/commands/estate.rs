//! What scopes can point at in a project.

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::near;
use crate::privileges::scopes::{Estate, Scope, ScopeKind, Scopes};
use crate::session::ProjectClient;

/// Instances, clusters and federated databases of a project, listed concurrently.
///
/// # Errors
/// Those of the API.
pub async fn fetch(on: &ProjectClient) -> Result<Estate> {
    let (instances, clusters, federated) = tokio::try_join!(
        listed(on, ScopeKind::Stream),
        listed(on, ScopeKind::Cluster),
        listed(on, ScopeKind::DataLake),
    )?;
    let things = instances.into_iter().chain(clusters).chain(federated).collect();
    Ok(Estate { things })
}

/// What a project has of one kind.
///
/// # Errors
/// Those of the API.
pub async fn listed(on: &ProjectClient, kind: ScopeKind) -> Result<Scopes> {
    let (client, project) = (&on.client, &on.project);
    let scope = |name: String| Scope::new(kind, name);
    let all = match kind {
        ScopeKind::Stream => {
            client.instances(project).map_ok(|row| scope(row.view.name)).try_collect().await
        }
        ScopeKind::Cluster => {
            client.clusters(project).map_ok(|row| scope(row.view.name)).try_collect().await
        }
        ScopeKind::DataLake => {
            let all = client.federated_databases(project);
            all.map_ok(|row| scope(row.view.name)).try_collect().await
        }
        ScopeKind::Other => Ok(Scopes::new()),
    };
    all.map_err(Error::from)
}

/// Scopes as the API takes them.
pub fn document(scopes: &Scopes) -> Value {
    scopes.iter().map(|s| json!({"name": s.name, "type": s.kind.api_name()})).collect()
}

/// Checks that something can be named in a scope, exists, and is of this kind.
///
/// # Errors
/// Usage, if the name does not fit the API's pattern; not found, with the existing ones.
pub fn check(estate: &Estate, kind: ScopeKind, name: &str, allow_future: bool) -> Result<()> {
    let mut bytes = name.bytes();
    let fits = bytes.next().is_some_and(|b| b.is_ascii_alphanumeric())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !fits {
        return Err(Error::usage(format!(
            "{name:?} cannot be the name of a scope's {}",
            kind.noun()
        ))
        .hint("names consist of letters, digits and hyphens, and begin with a letter or digit"));
    }
    if estate.has(kind, name) || allow_future {
        return Ok(());
    }
    let error = Error::not_found(format!("there is no {} {name:?}", kind.noun()));
    let options = [
        (ScopeKind::Stream, "--instance"),
        (ScopeKind::Cluster, "--cluster"),
        (ScopeKind::DataLake, "--federation"),
    ];
    if let Some((other, option)) = options.iter().find(|(other, _)| estate.has(*other, name)) {
        let noun = other.noun();
        let article = if noun.starts_with('i') { "an" } else { "a" };
        return Err(error.hint(format!(
            "{name} is {article} {noun}: name it with {option} {}",
            crate::shell::quote(name)
        )));
    }
    let all = format!("the existing {}s are {}", kind.noun(), list(estate, kind));
    let error = error.hint(near::hint(name, estate.names(kind), all));
    Err(match kind {
        ScopeKind::Stream => {
            error.hint("--allow-future-instance allows one that does not exist yet")
        }
        _ => error,
    })
}

/// The names of one kind, for a sentence.
pub fn list(estate: &Estate, kind: ScopeKind) -> String {
    let names: Vec<&str> = estate.names(kind).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}
