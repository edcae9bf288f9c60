//! `users grant --action` and `users revoke --action`: exactly these privilege actions, by way of
//! custom roles that are found or made, and never by changing a role that others hold.

use std::collections::HashSet;

use super::edit::{self, Edit, NOUN, Who, refuse};
use super::naming::{self, Known, full_name};
use super::roles::{GRANT, REVOKE, change, check_revoked, keeps_one, with};
use crate::atlas::Row;
use crate::atlas::roles::CustomRole;
use crate::atlas::users::Role;
use crate::commands::change::{Fact, Plan, Planned, Stage};
use crate::commands::names;
use crate::commands::roles::edit::{check_name, creation};
use crate::commands::roles::usage::{Users, told};
use crate::commands::roles::{arg, view};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::permissions::{Permission, Permissions};
use crate::privileges::shapes::{Catalogue, Inseparable, RoleOn, Shape};

/// The users and roles of a project, and the custom roles that are to be made.
struct Work<'a> {
    context: &'a Context,
    project: String,
    users: Vec<Known>,
    roles: Vec<Row<CustomRole>>,
    /// The roles that are there and those to be made.
    catalogue: Catalogue,
    making: Plan,
    /// The names of the roles that were made for this, once they were.
    made: Option<HashSet<String>>,
    /// The long names of those whom the command is about.
    named: HashSet<String>,
}

/// What becomes of one user's roles.
struct After {
    roles: Vec<Role>,
    facts: Vec<Fact>,
}

impl<'a> Work<'a> {
    async fn fetch(context: &'a Context) -> Result<Work<'a>> {
        let project = context.project().await?;
        let client = context.client()?;
        let fetched = async {
            tokio::try_join!(naming::fetch(client, &project), view::fetch(client, &project))
        };
        let (users, roles) = context.interruptible(fetched).await?;
        let catalogue = view::catalogue(&roles);
        let making = Plan::new(&project, "custom role", "create", "created");
        let (made, named) = (None, HashSet::new());
        Ok(Work { context, project, users, roles, catalogue, making, made, named })
    }

    /// The role that says exactly this: one that is there, or one that will be made.
    fn role(&mut self, shape: &Shape, wanted: Option<&str>) -> Result<(Role, bool)> {
        let found = match wanted {
            Some(name) => self.catalogue.0.contains_key(name).then(|| name.to_owned()),
            None => self.catalogue.exactly(shape).map(str::to_owned),
        };
        let found = found.filter(|name| self.catalogue.says_exactly(name, shape));
        if found.is_none() && self.made.is_some() {
            let why = "the custom role for it was changed or deleted meanwhile; unchanged";
            return Err(Error::new(Kind::Conflict, why));
        }
        let name = match (found, wanted) {
            (Some(name), _) => name,
            (None, wanted) => {
                let name = wanted.map_or_else(|| self.catalogue.fresh_name(shape), str::to_owned);
                let change = creation(&self.making, &name, shape, &self.catalogue);
                self.making.changes.push(change);
                self.catalogue.0.insert(name.clone(), Some(shape.clone()));
                name
            }
        };
        let is_new = self.made.as_ref().map_or_else(
            || self.making.changes.iter().any(|change| change.object.name == name),
            |made| made.contains(&name),
        );
        let role = Role { role_name: name, database_name: "admin".into(), collection_name: None };
        Ok((role, is_new))
    }

    /// Plans each user's change.
    fn plan(
        &mut self,
        names: &[String],
        auth_db: Option<&str>,
        verb: edit::Verb,
        after: impl Fn(&mut Self, &Known) -> Result<Option<After>>,
    ) -> Plan {
        let mut plan = Plan::new(&self.project, NOUN, verb.0, verb.1);
        let users = self.users.clone();
        let select = |name: &String| naming::select(&users, name, auth_db);
        let selected = names.iter().filter_map(|name| select(name).ok());
        self.named = selected.map(|known| full_name(known.user())).collect();
        for name in names {
            let known = match select(name) {
                Ok(known) if plan.has(&known.name) => continue,
                Ok(known) => known,
                Err(error) => {
                    plan.refused.push((name.clone(), error));
                    continue;
                }
            };
            let edit = after(self, known).map(|after| {
                after.map(|after| (change(&known.user().roles, &after.roles), after.facts))
            });
            match edit {
                Err(error) => plan.refused.push((known.name.clone(), error)),
                Ok(None | Some((Edit::Unchanged, _))) => plan.unchanged.push(known.name.clone()),
                Ok(Some((Edit::Send { fields, expect, mut facts }, further))) => {
                    facts.extend(further);
                    let change = edit::update(&plan, known, fields, expect, facts);
                    plan.changes.push(change);
                }
            }
        }
        plan
    }

    /// Plans each user's change, and runs everything: roles first.
    async fn run(
        mut self,
        who: &Who,
        verb: edit::Verb,
        after: impl Fn(&mut Self, &Known) -> Result<Option<After>>,
    ) -> Result<()> {
        let names = names::read(self.context, &who.names)?;
        let auth_db = who.auth_db.as_deref();
        let plan = self.plan(&names, auth_db, verb, &after);
        let Work { context, project, making, .. } = self;
        let made: HashSet<String> = making.changes.iter().map(|c| c.object.name.clone()).collect();
        let look = async || {
            let mut work = Work { made: Some(made.clone()), ..Work::fetch(context).await? };
            Ok(work.plan(&names, auth_db, verb, &after))
        };
        let client = context.client()?;
        let read_back = || async {
            let roles = view::fetch(client, &project).await?;
            Ok(roles.into_iter().map(|row| (row.view.role_name, row.raw)).collect())
        };
        let first = Stage::new(making, read_back);
        let planned = Planned::from(plan).anew(look);
        edit::execute_after(context, vec![first], planned, Some(&who.batch), &project).await.outcome
    }
}

/// Gives exactly these actions, and these roles.
pub async fn grant(
    context: &Context,
    who: &Who,
    roles: &[Role],
    actions: Permissions,
    role_name: Option<String>,
) -> Result<()> {
    arg::note_unknown(context, &actions);
    role_name.as_deref().map_or(Ok(()), check_name)?;
    let work = Work::fetch(context).await?;
    arg::check_given(roles.iter().map(|role| role.role_name.as_str()), &work.catalogue)?;
    let shape = Shape { permissions: actions, ..Shape::default() };
    if let Some(name) = &role_name
        && work.catalogue.0.get(name).is_some_and(|there| there.as_ref() != Some(&shape))
    {
        return Err(Error::new(
            Kind::Conflict,
            format!("custom role {name} exists already, and does not say exactly this"),
        )
        .hint(format!(
            "spctl roles get {name} shows it; leave --role-name away, or name another"
        )));
    }
    work.run(who, GRANT, |work, known| {
        let before = &known.user().roles;
        let held = work.catalogue.closure(&places(before));
        let mut after = with(before, roles);
        let mut facts = Vec::new();
        let has_all = shape.permissions.is_subset(&held.permissions);
        if !has_all || role_name.is_some() {
            let (role, is_new) = work.role(&shape, role_name.as_deref())?;
            let state = if is_new { "made for this" } else { "there already" };
            facts.push(Fact::new("role", format!("{} ({state})", role.role_name)));
            after = with(&after, &[role]);
        }
        let is_gained =
            |p: &&Permission| !held.permissions.contains(p) && held.built_in(p).is_none();
        let gained: Permissions = shape.permissions.iter().filter(is_gained).cloned().collect();
        facts.push(Fact::means("gains actions", view::actions_text(&gained)));
        if let Some(role) = shape.permissions.iter().find_map(|p| held.built_in(p)) {
            facts.push(Fact::new("holds already", format!("actions through the built-in {role}")));
        }
        Ok(Some(After { roles: after, facts }))
    })
    .await
}

/// Takes these roles, and exactly these actions.
pub async fn revoke(
    context: &Context,
    who: &Who,
    roles: &[Role],
    actions: Permissions,
) -> Result<()> {
    let work = Work::fetch(context).await?;
    arg::check_removed(&actions, &work.catalogue)?;
    let holders = Users::of_users(
        work.users.iter().map(|known| known.user().clone()).collect(),
        work.roles.clone(),
    );
    work.run(who, REVOKE, |work, known| {
        check_revoked(context, known, roles, &work.catalogue)?;
        let before = &known.user().roles;
        let (mut after, mut shapes, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for role in before.iter().filter(|role| !roles.contains(role)) {
            let place = (role.role_name.clone(), role.database_name.clone());
            match work.catalogue.without(&place, &actions) {
                Err(why) => return Err(inseparable(known, role, &why, &actions)),
                Ok(None) => after.push(role.clone()),
                Ok(Some(shape)) => {
                    let others = holders.holders_but(&role.role_name, &work.named);
                    let others =
                        if others.is_empty() { "nobody else".into() } else { told(&others) };
                    let text = format!("{} stays as it is, for {others}", role.role_name);
                    facts.push(Fact::new("role", text));
                    shapes.push(shape);
                }
            }
        }
        shapes.retain(|shape| !shape.is_empty());
        if shapes.is_empty() {
            keeps_one(known, before, &after)?;
        }
        for shape in shapes {
            let (role, is_new) = work.role(&shape, None)?;
            let state = if is_new { "made for this" } else { "there already" };
            let text = format!(
                "{} ({state}): {}",
                role.role_name,
                view::actions_text(&work.catalogue.closure([&on_admin(&role)]).permissions)
            );
            facts.push(Fact::new("instead", text));
            after = with(&after, &[role]);
        }
        let held = work.catalogue.closure(&places(before));
        let lost: Permissions = actions.intersection(&held.permissions).cloned().collect();
        let left = work.catalogue.closure(&places(&after));
        let elsewhere: Vec<&str> = left.others.iter().map(|(role, _)| role.as_str()).collect();
        if actions.iter().any(|p| p.as_stream().is_none()) && !elsewhere.is_empty() {
            let text = format!("whatever {} allows", elsewhere.join(", "));
            facts.push(Fact::new("keeps", text));
        }
        facts.push(Fact::means("loses actions", view::actions_text(&lost)));
        Ok(Some(After { roles: after, facts }))
    })
    .await
}

fn places(roles: &[Role]) -> Vec<RoleOn> {
    roles.iter().map(|r| (r.role_name.clone(), r.database_name.clone())).collect()
}

fn on_admin(role: &Role) -> RoleOn {
    (role.role_name.clone(), role.database_name.clone())
}

fn inseparable(known: &Known, role: &Role, why: &Inseparable, actions: &Permissions) -> Error {
    let actions = view::actions_text(actions);
    match why {
        Inseparable::BuiltIn(built_in) if *built_in == role.role_name => {
            refuse(known, format!("{actions}: it comes with the built-in role {built_in}")).hint(
                format!(
                    "grant what is to stay first (--action, --role), then: spctl users revoke {} \
                     --role {built_in}",
                    known.name
                ),
            )
        }
        Inseparable::BuiltIn(built_in) => refuse(
            known,
            format!(
                "{actions}: it comes with the built-in role {built_in}, which custom role {} inherits",
                role.role_name
            ),
        )
        .hint("grant what is to stay first (--action, --role), then revoke the custom role"),
        Inseparable::Obscure(obscure) => refuse(
            known,
            format!("custom role {obscure} says something that this program does not understand"),
        )
        .hint("it is left alone; revoke it whole with --role, after granting what is to stay"),
    }
}
