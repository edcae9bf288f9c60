//! What granting and revoking single actions share: custom roles with exactly these actions, reused
//! or created. A role that others hold is never changed.

use std::collections::HashSet;

use super::execute::execute_after;
use super::naming::{self, NOUN, NamedUser};
use super::patch::{self, UserPatch};
use super::role_change::change;
use super::scopes;
use super::selection::{UserArgs, Verb};
use crate::atlas::Row;
use crate::atlas::roles::CustomRole;
use crate::atlas::users::Role;
use crate::change::record::Recorder;
use crate::change::{Beside, Fact, Plan, Planned, Remark, Stage};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::commands::names;
use crate::commands::roles::creation::creation;
use crate::commands::roles::{NOUN as ROLE, view};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::definition::Definition;
use crate::privileges::graph::RoleGraph;
use crate::privileges::scopes::Scopes;
use crate::session::ProjectClient;

/// The users and roles of a project, and the custom roles to be created.
pub struct ExactRoles<'a> {
    context: &'a Context,
    on: &'a ProjectClient,
    /// The users.
    pub users: Vec<NamedUser>,
    /// The custom roles as they are.
    pub roles: Vec<Row<CustomRole>>,
    /// The existing roles, and those to be created.
    pub graph: RoleGraph,
    making: Plan,
    /// The names of the roles created for this, once they are.
    made: Option<HashSet<String>>,
    /// The users that the command names.
    pub named: HashSet<String>,
    /// Notes on the plan.
    pub notes: Vec<Remark>,
    /// Whether the plan says what each user gains and loses, rather than whoever makes it.
    pub tells: bool,
}

/// The roles of one user after the change.
pub struct RolesAfter {
    /// The roles.
    pub roles: Vec<Role>,
    /// The scopes, if they change too.
    pub scopes: Option<Scopes>,
    /// What that means, for the preview.
    pub facts: Vec<Fact>,
}

impl<'a> ExactRoles<'a> {
    /// Reads them, among them the roles of these names that a listing does not show yet.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn fetch(
        context: &'a Context,
        names: impl IntoIterator<Item = &str>,
    ) -> Result<ExactRoles<'a>> {
        let on = context.project().await?;
        let fetched = async { tokio::try_join!(naming::fetch(on), view::fetch_with(on, names)) };
        let (users, roles) = context.signals.interruptible(fetched).await?;
        let graph = view::graph(&roles);
        let making = Plan::new(&on.project, ROLE, "create", "created");
        let (made, named, notes, tells) = (None, HashSet::new(), Vec::new(), true);
        Ok(ExactRoles { context, on, users, roles, graph, making, made, named, notes, tells })
    }

    /// The role with exactly this definition, existing or to be created, and whether it is new.
    pub fn role(
        &mut self,
        known: &NamedUser,
        definition: &Definition,
        wanted: Option<&str>,
    ) -> Result<(Role, bool)> {
        let found = match wanted {
            Some(name) => self.graph.has_custom(name).then(|| name.to_owned()),
            None => self.graph.exactly(definition).map(str::to_owned),
        };
        let found = found.filter(|name| self.graph.says_exactly(name, definition));
        if found.is_none() && self.made.is_some() {
            let why = format!(
                "database user {}: the custom role for it has since been changed or deleted; unchanged",
                known.name
            );
            return Err(Error::new(Kind::Conflict, why));
        }
        let name = match (found, wanted) {
            (Some(name), _) => name,
            (None, wanted) => {
                let name = wanted.map_or_else(|| self.graph.fresh_name(definition), str::to_owned);
                let change = creation(&self.making, &name, definition, &self.graph);
                self.making.change(change);
                self.graph.insert(&name, definition.clone());
                name
            }
        };
        let is_new = self.made.as_ref().map_or_else(
            || self.making.has(&self.making.object(&name)),
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
        verb: Verb,
        after: impl Fn(&mut Self, &NamedUser) -> Result<Option<RolesAfter>>,
    ) -> Plan {
        let mut plan = Plan::new(&self.on.project, NOUN, verb.0, verb.1);
        let users = self.users.clone();
        let select = |name: &String| naming::select(&users, name, auth_db);
        let selected = names.iter().filter_map(|name| select(name).ok());
        self.named = selected.map(|known| known.name.clone()).collect();
        for name in names {
            let known = match select(name) {
                Ok(known) => known,
                Err(error) => {
                    plan.refuse(plan.object(name), error);
                    continue;
                }
            };
            let object = plan.object(&known.name);
            if plan.has(&object) {
                continue;
            }
            let edit = after(self, known).map(|after| {
                after.map(|after| {
                    let roles = change(&known.user().roles, &after.roles);
                    (scopes::and(roles, known, after.scopes.as_ref()), after.facts)
                })
            });
            match edit {
                Err(error) => plan.refuse(object, error),
                Ok(None | Some((UserPatch::Unchanged, _))) => plan.unchanged(object),
                Ok(Some((UserPatch::Send { fields, expect, mut facts }, further))) => {
                    facts.extend(further);
                    plan.change(patch::patch(&plan, known, fields, expect, facts));
                }
            }
        }
        self.notes.drain(..).for_each(|note| plan.note(note));
        plan
    }

    async fn tell(&self, around: &Around, plan: &mut Plan) -> Result<()> {
        match self.tells {
            true => {
                let told = of_users(around, Some(&self.graph), Sent::Fields, plan);
                self.context.signals.interruptible(told).await
            }
            false => Ok(()),
        }
    }

    /// Plans each user's change, and runs the plan: roles first. What is done is written down, if anywhere.
    ///
    /// # Errors
    /// Usage, if it was not confirmed; otherwise the worst failure.
    pub async fn run(
        mut self,
        who: &UserArgs,
        verb: Verb,
        recorder: Option<&Recorder<'_>>,
        after: impl Fn(&mut Self, &NamedUser) -> Result<Option<RolesAfter>>,
    ) -> Result<()> {
        let (context, on, tells) = (self.context, self.on, self.tells);
        let names = names::read(context, &who.names)?;
        let auth_db = who.auth_db.as_deref();
        let around = Beside::new(context, async || Ok(Around::new(context, on)));
        let mut plan = self.plan(&names, auth_db, verb, &after);
        self.tell(&*around.get().await?, &mut plan).await?;
        let ExactRoles { making, .. } = self;
        let made = making.changes().iter().map(|change| change.object().name.clone());
        let made: HashSet<String> = made.collect();
        let look = async || {
            let there = ExactRoles::fetch(context, made.iter().map(String::as_str)).await?;
            let mut work = ExactRoles { made: Some(made.clone()), ..there };
            let mut plan = work.plan(&names, auth_db, verb, &after);
            work.tells = tells;
            work.tell(&*around.get().await?, &mut plan).await?;
            Ok(plan)
        };
        let read_back = || async {
            let roles = view::fetch(on).await?;
            Ok(view::read_back(&on.project, roles))
        };
        let first = Stage::new(making, read_back);
        let planned = Planned::from(plan).anew(look);
        execute_after(context, vec![first], planned, Some(&who.batch), on, recorder).await.outcome
    }
}
