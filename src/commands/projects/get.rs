//! `projects get`.

use super::{LISTING, NOUN, lookup};
use crate::atlas::projects::Project;
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

pub(super) async fn run(context: &Context, named: Named) -> Result<()> {
    let client = context.client()?;
    let listed = names::Listed::default();
    let fetch =
        async |name: &str, many: bool| lookup::find(client, name, many.then_some(&listed)).await;
    names::show(context, &LISTING, NOUN, &named.names, fetch, detail).await
}

fn detail(project: &Project) -> Detail {
    vec![
        ("project", vec![project.name.clone()]),
        ("id", vec![project.id.clone()]),
        ("organisation", vec![project.org_id.clone().unwrap_or_default()]),
        ("created", vec![project.created.clone().unwrap_or_default()]),
    ]
}
