//! `users grant --action`.

use super::exact_roles::{ExactRoles, RolesAfter};
use super::role_arg::held;
use super::role_change::{GRANT, with};
use super::selection::UserArgs;
use crate::atlas::users::Role;
use crate::change::Fact;
use crate::commands::known::Verbatim;
use crate::commands::roles::creation::check_name;
use crate::commands::roles::remaining::by_way;
use crate::commands::roles::{arg, view};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::definition::Definition;
use crate::privileges::permission::Permissions;
use crate::shell::quote;

/// Grants exactly these actions, and these roles.
pub async fn run(
    context: &Context,
    who: &UserArgs,
    roles: &[Role],
    actions: Permissions,
    role_name: Option<String>,
    verbatim: Verbatim,
) -> Result<()> {
    arg::check_added(&actions, verbatim)?;
    role_name.as_deref().map_or(Ok(()), check_name)?;
    let given = roles.iter().map(|role| role.role_name.as_str());
    let work = ExactRoles::fetch(context, given).await?;
    arg::check_given(roles.iter().map(held), &work.graph)?;
    let definition = Definition { permissions: actions, ..Definition::default() };
    if let Some(name) = &role_name
        && work.graph.has_custom(name)
        && !work.graph.says_exactly(name, &definition)
    {
        return Err(Error::new(
            Kind::Conflict,
            format!("custom role {name} already exists with other privileges"),
        )
        .hint(format!(
            "spctl roles get {name} shows it; omit --role-name, or choose another name",
            name = quote(name)
        )));
    }
    work.run(who, GRANT, None, |work, known| {
        let before = &known.user().roles;
        let holds: Vec<_> = before.iter().map(held).collect();
        let own = work.graph.closure(holds.iter().cloned()).permissions();
        let mut after = with(before, roles);
        let mut facts = Vec::new();
        let has_all = definition.permissions.is_subset(&own);
        if !has_all || role_name.is_some() {
            let (role, is_new) = work.role(known, &definition, role_name.as_deref())?;
            let state = if is_new { "new" } else { "existing" };
            let allows = view::actions_text(&definition.permissions);
            facts.push(Fact::means("role", format!("{} ({state}): {allows}", role.role_name)));
            after = with(&after, &[role]);
        }
        let had = definition.permissions.iter().filter_map(|permission| {
            Some((permission.clone(), work.graph.covering(&holds, permission)?))
        });
        let had: Vec<_> = had.collect();
        let had = by_way(&known.name, &had).into_iter();
        facts.extend(had.map(|text| Fact::new("holds already", text)));
        Ok(Some(RolesAfter { roles: after, scopes: None, facts }))
    })
    .await
}
