//! `roles create`, `clone` and `update`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::arg::{
    ActionParser, AllowRemaining, Inherit, check_given, check_removed, note_unknown, preset,
    preset_name,
};
use super::list::LISTING;
use super::remaining::{Remaining, covered};
use super::usage::{Users, told};
use super::view;
use crate::atlas::roles;
use crate::change::{self, Batch, Beside, Change, Expect, Fact, Plan, Planned};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in;
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::effective::{Chain, End};
use crate::privileges::graph::{GrantedRole, RoleGraph, RoleKind};
use crate::privileges::permission::{Permission, Permissions};
use crate::privileges::taking::is_taken;
use crate::session::ProjectClient;

/// The role to be.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Stream actions are written as in the documentation (startStreamProcessor) \
or as in the API (START_STREAM_PROCESSOR), and apply to an instance as a whole; actions on data name \
their place, as in FIND@shop.orders. spctl roles actions and spctl roles presets list them.

Examples:
  spctl roles create night-shift --preset operator
  spctl roles create starter --action startStreamProcessor stopStreamProcessor
  spctl roles create orders-rw --action FIND@shop.orders INSERT@shop.orders --inherit read@ref"
)]
pub struct CreateArgs {
    /// The role's name: letters, digits, hyphens and underscores
    #[arg(value_name = "NAME")]
    name: String,
    /// An action it allows, in either spelling, with @DATABASE.COLLECTION for one on data
    #[arg(long = "action", value_name = "ACTION", num_args = 1.., value_parser = ActionParser, hide_possible_values = true)]
    actions: Vec<Permission>,
    /// A role whose permissions it has too; the database is admin by default
    #[arg(long = "inherit", value_name = "ROLE[@DB]", num_args = 1..)]
    inherits: Vec<Inherit>,
    /// The actions of a preset: viewer, operator, developer or administrator
    #[arg(long, value_name = "PRESET", value_parser = preset_name(), hide_possible_values = true, ignore_case = true)]
    preset: Option<String>,
}

/// What to change of roles.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Everybody who holds the role is affected, and named first; to change what \
one user may do, use spctl users grant and revoke with --action.

Examples:
  spctl roles update night-shift --add-action dropStreamProcessor
  spctl roles update night-shift day-shift --remove-action sampleStreamProcessor --yes
  spctl roles update orders-rw --add-inherit read@ref --remove-inherit readAnyDatabase"
)]
pub struct UpdateArgs {
    /// The roles, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Allow this action
    #[arg(long, value_name = "ACTION", num_args = 1.., value_parser = ActionParser, hide_possible_values = true)]
    add_action: Vec<Permission>,
    /// No longer allow this action
    #[arg(long, value_name = "ACTION", num_args = 1.., value_parser = ActionParser, hide_possible_values = true)]
    remove_action: Vec<Permission>,
    /// Have this role's permissions too
    #[arg(long, value_name = "ROLE[@DB]", num_args = 1..)]
    add_inherit: Vec<Inherit>,
    /// No longer have this role's permissions
    #[arg(long, value_name = "ROLE[@DB]", num_args = 1..)]
    remove_inherit: Vec<Inherit>,
    #[command(flatten)]
    remaining: AllowRemaining,
    #[command(flatten)]
    batch: Batch,
}

/// Which role to copy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl roles clone streamOperator night-shift")]
pub struct CloneArgs {
    /// The role that is there, a custom one
    #[arg(value_name = "NAME")]
    name: String,
    /// The role to be
    #[arg(value_name = "NEW")]
    new: String,
}

/// Creates one role.
pub(super) async fn create(context: &Context, args: CreateArgs) -> Result<()> {
    check_name(&args.name)?;
    let presets = args.preset.iter().flat_map(|name| preset(name));
    let definition = Definition {
        permissions: args.actions.iter().cloned().chain(presets).collect(),
        inherits: args.inherits.into_iter().map(|Inherit(role)| role).collect(),
    };
    if definition.is_empty() {
        return Err(Error::usage("a role needs an action or an inherited role").hint(
            "add --action, --preset or --inherit; spctl roles actions and spctl roles presets list \
             what there is",
        ));
    }
    note_unknown(context, &definition.permissions);
    let on = context.project().await?;
    let graph = view::graph(&view::fetch(on).await?);
    check_given(definition.inherits.iter().map(|(role, _)| role.as_str()), &graph)?;
    make(context, on, &args.name, definition, &graph).await
}

/// Creates a role that says what another says.
pub(super) async fn clone(context: &Context, args: CloneArgs) -> Result<()> {
    check_name(&args.new)?;
    let on = context.project().await?;
    let graph = view::graph(&view::fetch(on).await?);
    let definition = match graph.kind(&args.name) {
        RoleKind::Custom(definition) => definition.clone(),
        RoleKind::Obscure => return Err(obscure(&args.name)),
        RoleKind::BuiltIn(_) => {
            return Err(Error::usage(format!("{} is built in and cannot be cloned", args.name))
                .hint(format!("spctl roles create {} --inherit {}", args.new, args.name)));
        }
        RoleKind::Unknown => return Err(super::missing(&args.name)),
    };
    make(context, on, &args.new, definition, &graph).await
}

async fn make(
    context: &Context,
    on: &ProjectClient,
    name: &str,
    definition: Definition,
    graph: &RoleGraph,
) -> Result<()> {
    if graph.has_custom(name) {
        return Err(Error::new(Kind::Conflict, format!("custom role {name} exists already"))
            .hint(format!("spctl roles get {name} shows it; spctl roles update changes it")));
    }
    let mut plan = Plan::new(&on.project, super::NOUN, "create", "created");
    plan.change(creation(&plan, name, &definition, graph));
    change::apply(context, plan, None, &LISTING, || view::fetch(on)).await.outcome
}

/// The change that makes a role.
pub fn creation(plan: &Plan, name: &str, definition: &Definition, graph: &RoleGraph) -> Change {
    let mut facts = vec![Fact::new("actions", view::actions_text(&definition.permissions))];
    if !definition.inherits.is_empty() {
        facts.push(Fact::new("inherits", view::inherits_text(definition)));
        facts.push(Fact::new("allows in all", allowed(definition, graph)));
    }
    let body = view::document(name, definition);
    let call = roles::create_call(plan.project(), body.clone());
    Change::new(plan.object(name), call, Expect::Has(body)).facts(facts)
}

/// Changes roles.
pub(super) async fn update(context: &Context, args: UpdateArgs) -> Result<()> {
    let edit = Edit {
        add: args.add_action.into_iter().collect(),
        remove: args.remove_action.into_iter().collect(),
        add_inherits: args.add_inherit.into_iter().map(|Inherit(role)| role).collect(),
        remove_inherits: args.remove_inherit.into_iter().map(|Inherit(role)| role).collect(),
        allow_remaining: args.remaining.allow_remaining,
    };
    edit.check()?;
    note_unknown(context, &edit.add);
    let wanted = names::read(context, &args.names)?;
    let on = context.project().await?;
    let fetch = || view::fetch(on);
    let users = Beside::new(context, async || Users::fetch(on).await);
    let first = users.get().await?;
    first.warn(context);
    let planned = Planned::from(plan(&wanted, &on.project, &edit, &first)?).anew(async || {
        let (users, roles) = (users.get().await?, fetch().await?);
        plan(&wanted, &on.project, &edit, &users.with(roles))
    });
    change::apply(context, planned, Some(&args.batch), &LISTING, fetch).await.outcome
}

fn plan(wanted: &[String], project: &str, edit: &Edit, users: &Users) -> Result<Plan> {
    let graph = &users.graph;
    let mut plan = Plan::new(project, super::NOUN, "update", "updated");
    check_removed(&edit.remove, graph)?;
    check_given(edit.add_inherits.iter().map(|(role, _)| role.as_str()), graph)?;
    for name in wanted {
        match edit.apply(name, graph) {
            Err(error) => plan.refuse(plan.object(name), error),
            Ok((before, after)) => {
                let remaining = edit.remaining(name, &after, graph);
                if before == after {
                    let note = |fact: Fact| {
                        format!("warning: custom role {name}: {}: {}", fact.label, fact.text)
                    };
                    remaining.into_iter().map(note).for_each(|text| plan.note(text));
                    plan.unchanged(plan.object(name));
                    continue;
                }
                let change = change(&plan, name, &before, &after, graph, users);
                plan.change(change.facts(remaining));
            }
        }
    }
    Ok(plan)
}

/// What an update adds and removes.
struct Edit {
    add: Permissions,
    remove: Permissions,
    add_inherits: Vec<RoleOn>,
    remove_inherits: Vec<RoleOn>,
    /// Whether what stays possible all the same is only told.
    allow_remaining: bool,
}

impl Edit {
    fn check(&self) -> Result<()> {
        let nothing = self.add.is_empty()
            && self.remove.is_empty()
            && self.add_inherits.is_empty()
            && self.remove_inherits.is_empty();
        if nothing {
            return Err(Error::usage("nothing says what to change")
                .hint("add --add-action, --remove-action, --add-inherit or --remove-inherit"));
        }
        if let Some(both) = self.add.intersection(&self.remove).next() {
            return Err(Error::usage(format!("{both} is to be added and removed at once")));
        }
        let covering = |added: &Permission| self.remove.iter().find(|p| p.is_within(added));
        if let Some((added, removed)) =
            self.add.iter().find_map(|added| Some((added, covering(added)?)))
        {
            return Err(Error::usage(format!(
                "{removed} is to be removed, and {added} to be added, which allows it"
            ))
            .hint("leave one of them away"));
        }
        if let Some((role, db)) =
            self.add_inherits.iter().find(|role| self.remove_inherits.contains(role))
        {
            return Err(Error::usage(format!("{role}@{db} is to be added and removed at once")));
        }
        Ok(())
    }

    /// What a role says before and after.
    fn apply(&self, name: &str, graph: &RoleGraph) -> Result<(Definition, Definition)> {
        let before = match graph.kind(name) {
            RoleKind::Custom(definition) => definition.clone(),
            RoleKind::Obscure => return Err(obscure(name)),
            RoleKind::BuiltIn(_) => {
                return Err(Error::usage(format!("{name} is built in and cannot be changed"))
                    .hint("spctl roles create makes a role of your own"));
            }
            RoleKind::Unknown => return Err(super::missing(name)),
        };
        let nowhere = |(role, _): &&RoleOn| {
            !graph.has(role) && !before.inherits.iter().any(|(held, _)| held == role)
        };
        if let Some((role, db)) = self.remove_inherits.iter().find(nowhere) {
            let why = format!("custom role {name}: there is no role {role}@{db} to take out");
            return Err(Error::not_found(why).hint(format!("spctl roles get {name} shows it")));
        }
        let mut after = before.clone();
        after.permissions.retain(|p| !is_taken(p, &self.remove));
        after.permissions.extend(self.add.iter().cloned());
        after.inherits.extend(self.add_inherits.iter().cloned());
        after.inherits.retain(|role| !self.remove_inherits.contains(role));
        if after.is_empty() {
            return Err(Error::usage(format!("nothing would be left of custom role {name}"))
                .hint(format!("spctl roles delete {name}")));
        }
        // Whoever removes an action wants it gone, not only from the list.
        let chains = graph.still_allows(name, &after, &self.remove, &self.add);
        let still = Remaining { holder: None, taken: &self.remove, chains: &chains };
        match still.sentence("would still be") {
            Some(why) if !self.allow_remaining => {
                let error = Error::usage(format!("custom role {name}: {why}"));
                let error = remedies(&chains).into_iter().fold(error, Error::hint);
                Err(error.hint("--allow-remaining removes what can be removed, and leaves this"))
            }
            _ => Ok((before, after)),
        }
    }

    /// What of the removed actions and roles stays possible all the same.
    fn remaining(&self, name: &str, after: &Definition, graph: &RoleGraph) -> Vec<Fact> {
        let chains = graph.still_allows(name, after, &self.remove, &self.add);
        let mut facts = Remaining { holder: None, taken: &self.remove, chains: &chains }.facts();
        let mut then = graph.clone();
        let itself = [GrantedRole::on_admin(name)];
        then.insert(name, after.clone());
        for role in &self.remove_inherits {
            let covered = covered(&then, None, &GrantedRole::from(role.clone()), &itself);
            facts.extend(covered.into_iter().map(|text| Fact::new("still allowed", text)));
        }
        facts
    }
}

/// How to get rid of what stays possible.
fn remedies(chains: &[Chain]) -> Vec<String> {
    const MOST: usize = 3;
    let mut hints = Vec::new();
    for chain in chains {
        let hint = match (chain.roles.get(1), &chain.end) {
            (Some(inherited), _) => format!("take it away with --remove-inherit {inherited}"),
            (None, End::Allows(given)) => format!(
                "take the whole of it with --remove-action {}, and say with --add-action what is to \
                 stay",
                crate::shell::quote(&given.permission.as_argument())
            ),
            (None, End::Unclear(_)) => continue,
        };
        if !hints.contains(&hint) && hints.len() < MOST {
            hints.push(hint);
        }
    }
    hints
}

fn change(
    plan: &Plan,
    name: &str,
    before: &Definition,
    after: &Definition,
    graph: &RoleGraph,
    users: &Users,
) -> Change {
    let mut fields = Map::new();
    let mut facts = vec![Fact::change(
        "actions",
        &view::actions_text(&before.permissions),
        &view::actions_text(&after.permissions),
    )];
    if before.permissions != after.permissions {
        fields.insert("actions".into(), view::action_documents(&after.permissions));
    }
    if before.inherits != after.inherits {
        let texts = (view::inherits_text(before), view::inherits_text(after));
        facts.push(Fact::change("inherits", &texts.0, &texts.1));
        fields.insert("inheritedRoles".into(), view::inherited_documents(after));
    }
    if !after.inherits.is_empty() {
        facts.push(Fact::change("allows in all", &allowed(before, graph), &allowed(after, graph)));
    }
    let (had, has) = (everything(before, graph), everything(after, graph));
    for (label, left, right) in [("gains", &has, &had), ("loses", &had, &has)] {
        let only: Vec<&str> = left.difference(right).map(String::as_str).collect();
        if !only.is_empty() {
            facts.push(Fact::means(label, only.join(", ")));
        }
    }
    let uses = users.of(name);
    let affected = if uses.is_empty() { "nobody".to_owned() } else { told(&uses) };
    facts.push(Fact::new("affects", affected));
    let row = users.roles.iter().find(|row| row.view.role_name == name);
    let call = roles::update_call(plan.project(), name, json!(fields));
    Change::new(plan.object(name), call, Expect::Has(Value::Object(fields)))
        .was(row.map(|row| row.raw.clone()))
        .facts(facts)
}

/// Each of them by itself.
fn everything(definition: &Definition, graph: &RoleGraph) -> BTreeSet<String> {
    let all = graph.resolved(definition);
    let beyond = all.inherits.iter();
    let beyond = beyond.map(|(role, database)| format!("whatever {role}@{database} allows"));
    all.permissions.iter().map(Permission::spelled).chain(beyond).collect()
}

/// All stream actions and other permissions that a role amounts to, and what it has beyond them.
fn allowed(definition: &Definition, graph: &RoleGraph) -> String {
    let inherited = graph.closure(definition.inherits.iter().cloned().map(GrantedRole::from));
    let mut all: Permissions =
        definition.permissions.union(&inherited.permissions()).cloned().collect();
    all.extend(inherited.stream_actions().map(Permission::stream));
    let others = inherited.others().into_iter().map(|(role, db)| format!("{role}@{db}"));
    let obscure = inherited.obscure().into_iter().map(|(role, _)| role);
    let others: Vec<String> = others.chain(obscure).collect();
    match others.is_empty() {
        true => view::actions_text(&all),
        false => format!("{}, and whatever {} allows", view::actions_text(&all), others.join(", ")),
    }
}

fn obscure(name: &str) -> Error {
    Error::failed(format!(
        "custom role {name} says something that this program does not understand; it is left alone"
    ))
}

/// Checks what the API's pattern of names says.
///
/// # Errors
/// Usage.
pub fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || name == "-" || !name.chars().all(fits) || name.starts_with("xgen-") {
        return Err(Error::usage(format!("{name:?} cannot be the name of a custom role")).hint(
            "names are letters, digits, hyphens and underscores, and do not begin with xgen-",
        ));
    }
    match built_in::find(name) {
        None => Ok(()),
        Some(_) => {
            Err(Error::new(Kind::Conflict, format!("{name} is the name of a built-in role"))
                .hint("choose another name"))
        }
    }
}
