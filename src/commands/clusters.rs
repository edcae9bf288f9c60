//! The clusters of a project, which connections and scopes name.

use futures_util::TryStreamExt;

use super::known;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::session::ProjectClient;

/// Refuses the name of a cluster that is not there. What the credential may not look up is said,
/// and passes.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn check(context: &Context, on: &ProjectClient, name: &str) -> Result<()> {
    let looked = async {
        let clusters = on.client.clusters(&on.project).map_ok(|row| row.view.name);
        let known: Vec<String> = clusters.try_collect().await.map_err(Error::from)?;
        if known.iter().any(|known| known == name) {
            return Ok(());
        }
        let all = match known.is_empty() {
            true => "the project has no clusters".to_owned(),
            false => format!("the existing clusters are {}", known.join(", ")),
        };
        Err(Error::not_found(format!("there is no cluster {name:?} in this project"))
            .hint(near::hint(name, known.iter().map(String::as_str), all)))
    };
    known::checked(context, &format!("a cluster {name}"), looked.await)
}
