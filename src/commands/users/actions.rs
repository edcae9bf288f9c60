//! `users grant --action` and `users revoke --action`: exactly these privilege actions, by way of
//! custom roles that are found or made, and never by changing a role that others hold.

use std::collections::HashSet;

use super::edit::{self, Edit, NOUN, Who, refuse};
use super::naming::{self, Known, full_name};
use super::roles::{GRANT, REVOKE, change, check_revoked, held, keeps_one, still_allowed, with};
use crate::atlas::Row;
use crate::atlas::roles::CustomRole;
use crate::atlas::users::Role;
use crate::change::{Fact, Plan, Planned, Stage};
use crate::commands::names;
use crate::commands::roles::edit::{check_name, creation};
use crate::commands::roles::remaining::{Remaining, by_way};
use crate::commands::roles::usage::{Users, told};
use crate::commands::roles::{NOUN as ROLE, arg, view};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::definition::Definition;
use crate::privileges::effective::{Chain, End};
use crate::privileges::graph::RoleGraph;
use crate::privileges::permission::Permissions;
use crate::session::ProjectClient;

/// The users and roles of a project, and the custom roles that are to be made.
struct Work<'a> {
    context: &'a Context,
    on: &'a ProjectClient,
    users: Vec<Known>,
    roles: Vec<Row<CustomRole>>,
    /// The roles that are there and those to be made.
    graph: RoleGraph,
    making: Plan,
    /// The names of the roles that were made for this, once they were.
    made: Option<HashSet<String>>,
    /// The long names of those whom the command is about.
    named: HashSet<String>,
    /// What is said beside the changes.
    notes: Vec<String>,
}

/// What becomes of one user's roles.
struct After {
    roles: Vec<Role>,
    facts: Vec<Fact>,
}

impl<'a> Work<'a> {
    async fn fetch(context: &'a Context) -> Result<Work<'a>> {
        let on = context.project().await?;
        let fetched = async { tokio::try_join!(naming::fetch(on), view::fetch(on)) };
        let (users, roles) = context.signals.interruptible(fetched).await?;
        let graph = view::graph(&roles);
        let making = Plan::new(&on.project, ROLE, "create", "created");
        let (made, named, notes) = (None, HashSet::new(), Vec::new());
        Ok(Work { context, on, users, roles, graph, making, made, named, notes })
    }

    /// The role that says exactly this: one that is there, or one that will be made.
    fn role(
        &mut self,
        known: &Known,
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
                "database user {}: the custom role for it was changed or deleted meanwhile; unchanged",
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
        verb: edit::Verb,
        after: impl Fn(&mut Self, &Known) -> Result<Option<After>>,
    ) -> Plan {
        let mut plan = Plan::new(&self.on.project, NOUN, verb.0, verb.1);
        let users = self.users.clone();
        let select = |name: &String| naming::select(&users, name, auth_db);
        let selected = names.iter().filter_map(|name| select(name).ok());
        self.named = selected.map(|known| full_name(known.user())).collect();
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
                after.map(|after| (change(&known.user().roles, &after.roles), after.facts))
            });
            match edit {
                Err(error) => plan.refuse(object, error),
                Ok(None | Some((Edit::Unchanged, _))) => plan.unchanged(object),
                Ok(Some((Edit::Send { fields, expect, mut facts }, further))) => {
                    facts.extend(further);
                    plan.change(edit::update(&plan, known, fields, expect, facts));
                }
            }
        }
        self.notes.drain(..).for_each(|note| plan.note(note));
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
        let Work { context, on, making, .. } = self;
        let made = making.changes().iter().map(|change| change.object().name.clone());
        let made: HashSet<String> = made.collect();
        let look = async || {
            let mut work = Work { made: Some(made.clone()), ..Work::fetch(context).await? };
            Ok(work.plan(&names, auth_db, verb, &after))
        };
        let read_back = || async {
            let roles = view::fetch(on).await?;
            Ok(view::read_back(&on.project, roles))
        };
        let first = Stage::new(making, read_back);
        let planned = Planned::from(plan).anew(look);
        edit::execute_after(context, vec![first], planned, Some(&who.batch), on).await.outcome
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
    arg::check_given(roles.iter().map(|role| role.role_name.as_str()), &work.graph)?;
    let definition = Definition { permissions: actions, ..Definition::default() };
    if let Some(name) = &role_name
        && work.graph.has_custom(name)
        && !work.graph.says_exactly(name, &definition)
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
        let holds: Vec<_> = before.iter().map(held).collect();
        let own = work.graph.closure(holds.iter().cloned()).permissions();
        let mut after = with(before, roles);
        let mut facts = Vec::new();
        let has_all = definition.permissions.is_subset(&own);
        if !has_all || role_name.is_some() {
            let (role, is_new) = work.role(known, &definition, role_name.as_deref())?;
            let state = if is_new { "made for this" } else { "there already" };
            facts.push(Fact::new("role", format!("{} ({state})", role.role_name)));
            after = with(&after, &[role]);
        }
        let (mut gained, mut had) = (Permissions::new(), Vec::new());
        for permission in &definition.permissions {
            match work.graph.covering(&holds, permission) {
                None => drop(gained.insert(permission.clone())),
                Some(chain) => had.push((permission.clone(), chain)),
            }
        }
        facts.push(Fact::means("gains actions", view::actions_text(&gained)));
        let had = by_way(&known.name, &had).into_iter();
        facts.extend(had.map(|text| Fact::new("holds already", text)));
        Ok(Some(After { roles: after, facts }))
    })
    .await
}

/// Takes these roles, and exactly these actions; where an action would stay possible, only what can
/// be taken, and only where that was allowed.
pub async fn revoke(
    context: &Context,
    who: &Who,
    roles: &[Role],
    actions: Permissions,
    allow_remaining: bool,
) -> Result<()> {
    let work = Work::fetch(context).await?;
    arg::check_removed(&actions, &work.graph)?;
    let holders = Users::of_users(
        work.users.iter().map(|known| known.user().clone()).collect(),
        work.roles.clone(),
    );
    work.run(who, REVOKE, |work, known| {
        check_revoked(known, roles, &work.graph, &mut work.notes)?;
        let before = &known.user().roles;
        let left: Vec<Role> = before.iter().filter(|role| !roles.contains(role)).cloned().collect();
        let taking = work.graph.take(&left.iter().map(held).collect::<Vec<_>>(), &actions);
        let still = |chains| Remaining { holder: Some(&known.name), taken: &actions, chains };
        if let Some(why) = still(&taking.remaining).sentence("would still be")
            && !allow_remaining
        {
            let error = refuse(known, why);
            let error =
                remedies(context, known, &taking.remaining).into_iter().fold(error, Error::hint);
            return Err(error.hint("--allow-remaining takes what can be taken, and leaves this"));
        }
        let (mut after, mut definitions, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for (role, instead) in left.iter().zip(taking.instead) {
            let Some(definition) = instead else {
                after.push(role.clone());
                continue;
            };
            let others = holders.holders_but(&role.role_name, &work.named);
            let others = if others.is_empty() { "nobody else".into() } else { told(&others) };
            facts.push(Fact::new(
                "role",
                format!("{} stays as it is, for {others}", role.role_name),
            ));
            definitions.push(definition);
        }
        definitions.retain(|definition| !definition.is_empty());
        if definitions.is_empty() {
            keeps_one(known, before, &after)?;
        }
        for definition in definitions {
            let (role, is_new) = work.role(known, &definition, None)?;
            let state = if is_new { "made for this" } else { "there already" };
            let text = format!(
                "{} ({state}): {}",
                role.role_name,
                view::actions_text(&work.graph.closure([held(&role)]).permissions())
            );
            facts.push(Fact::new("instead", text));
            after = with(&after, &[role]);
        }
        let kept: Vec<_> = after.iter().map(held).collect();
        let remaining = work.graph.take(&kept, &actions).remaining;
        if after == *before {
            if let Some(why) = still(&remaining).sentence("is still") {
                work.notes.push(format!("warning: database user {}: {why}", known.name));
            }
            return Ok(None);
        }
        let gone = before.iter().filter(|role| !left.contains(role));
        facts.extend(still_allowed(known, gone, &after, &work.graph));
        facts.push(Fact::means("loses actions", view::actions_text(&taking.lost)));
        facts.extend(still(&remaining).facts());
        Ok(Some(After { roles: after, facts }))
    })
    .await
}

/// How to get rid of what stays possible.
fn remedies(context: &Context, known: &Known, chains: &[Chain]) -> Vec<String> {
    const MOST: usize = 3;
    let revoke =
        format!("{} users revoke {}", context.flags.spctl(), crate::shell::quote(&known.name));
    let mut hints = Vec::new();
    for chain in chains {
        let hint = match (&chain.end, chain.roles.as_slice()) {
            // A right granted inside of the place would go with it: so that comes last.
            (End::Allows(given), _) if !given.by_built_in => format!(
                "{revoke} --action {} takes the whole of it; then grant what is to stay",
                crate::shell::quote(&given.permission.as_argument())
            ),
            (_, [held, ..]) => format!(
                "grant what is to stay first (--action, --role), then: {revoke} --role {}",
                crate::shell::quote(&held.to_string())
            ),
            (_, []) => continue,
        };
        if !hints.contains(&hint) && hints.len() < MOST {
            hints.push(hint);
        }
    }
    hints
}
