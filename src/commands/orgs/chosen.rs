//! The organisation that a command acts on.

use futures_util::TryStreamExt;

use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// The id of the organisation that a command acts on: from `--org` or the environment, else of the
/// selected project, else the only one that the credential can access.
///
/// # Errors
/// Usage, if none of these gives one; not found, if no organisation has the name.
pub async fn chosen(context: &Context) -> Result<String> {
    if let Some(id) = context.org().await? {
        return Ok(id);
    }
    let client = context.client()?;
    match context.project().await {
        Ok(on) => {
            if let Some(org) = on.client.project(&on.project).await?.view.org_id {
                return Ok(org);
            }
        }
        Err(error) if error.kind() == Kind::Usage => {}
        Err(error) => return Err(error),
    }
    let all: Vec<_> = client.orgs().try_collect().await?;
    match all.as_slice() {
        [one] => Ok(one.view.id.clone()),
        _ => Err(Error::usage("no organisation is selected").hint(
            "add --org, or set MONGODB_ATLAS_ORG_ID; spctl orgs list shows which ones exist",
        )),
    }
}
