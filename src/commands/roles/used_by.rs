//! `roles used-by`: who holds a role, what inherits it, which connections execute as it.

use super::usage::{Use, Users};
use crate::commands::names::{self, Named};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

static LISTING: Listing<Use> = Listing {
    columns: &[
        Column::new("role", |u| u.role.as_str().into()),
        Column::telling_apart("used-by", |u| u.kind.into()),
        Column::identifying("name", |u| u.name.as_str().into()),
        Column::new("through", |u| Cell::maybe(u.through.clone())),
    ],
    default: 4,
    name: |u| u.name.clone(),
};

/// Lists the uses of roles.
pub(super) async fn run(context: &Context, named: Named) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = names::read(context, &named.names)?;
    let on = context.project().await?;
    let users = Users::fetch(on).await?;
    users.warn(context);
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for role in &wanted {
        let uses = users.of(role);
        if uses.is_empty() && !users.has(role) {
            failed.push(super::missing(role));
        }
        rows.extend(uses);
    }
    if failed.len() < wanted.len() {
        let nothing = match wanted.as_slice() {
            [role] => format!("nothing uses role {role}"),
            _ => "nothing uses these roles".to_owned(),
        };
        context.ui.list_computed(&LISTING, rows, &nothing)?;
    }
    names::failures(context, failed, wanted.len(), "role")
}
