//! `roles update`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::arg::{ActionParser, AllowRemaining, Inherit, check_added, check_given, check_removed};
use super::list::LISTING;
use super::obscure;
use super::pipelines::Pipelines;
use super::remaining::{Remaining, covered};
use super::usage::{Users, told};
use super::view::{self, allowed_text};
use crate::atlas::roles;
use crate::change::{self, Batch, Beside, Change, Expect, Fact, Plan, Planned, Remark};
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::consequence::of_roles;
use crate::commands::known::Verbatim;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::effective::{Chain, End};
use crate::privileges::graph::{GrantedRole, RoleGraph, RoleKind};
use crate::privileges::permission::{Permission, Permissions};
use crate::privileges::taking::is_taken;
use crate::shell::quote;

/// What to change in roles.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Everyone who holds the role is affected, and is named first, and so is what processors do \
through a connection that executes as it and could no longer do; to change what one user may do, use \
spctl users grant and revoke with --action.

Examples:
  spctl roles update night-shift --add-action dropStreamProcessor
  spctl roles update night-shift day-shift \\
      --remove-action sampleStreamProcessor --yes
  spctl roles update orders-rw --add-inherit read@ref \\
      --remove-inherit readAnyDatabase"
)]
pub struct Args {
    /// The roles, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Allow this action
    #[arg(long, value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(ActionParser), hide_possible_values = true)]
    add_action: Vec<CommaList<Permission>>,
    /// Stop allowing this action
    #[arg(long, value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(ActionParser), hide_possible_values = true)]
    remove_action: Vec<CommaList<Permission>>,
    /// Inherit this role
    #[arg(long, value_name = "ROLE[@DB],…", num_args = 1..)]
    add_inherit: Vec<CommaList<Inherit>>,
    /// Stop inheriting this role
    #[arg(long, value_name = "ROLE[@DB],…", num_args = 1..)]
    remove_inherit: Vec<CommaList<Inherit>>,
    #[command(flatten)]
    verbatim: Verbatim,
    #[command(flatten)]
    remaining: AllowRemaining,
    #[command(flatten)]
    batch: Batch,
}

/// Changes roles.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let edit = RoleEdit {
        add: args.add_action.into_items().into_iter().collect(),
        remove: args.remove_action.into_items().into_iter().collect(),
        add_inherits: args.add_inherit.into_items().into_iter().map(|Inherit(role)| role).collect(),
        remove_inherits: args
            .remove_inherit
            .into_items()
            .into_iter()
            .map(|Inherit(role)| role)
            .collect(),
        allow_remaining: args.remaining.allow_remaining,
        verbatim: args.verbatim,
    };
    edit.check()?;
    check_added(&edit.add, args.verbatim)?;
    let wanted = super::wanted(context, &args.names)?;
    let on = context.project().await?;
    let fetch = || view::fetch(on);
    let inherited = || edit.add_inherits.iter().map(|(role, _)| role.as_str());
    let names = || wanted.iter().map(String::as_str).chain(inherited());
    let users = Beside::new(context, async || {
        let mut users = Users::fetch_everywhere(on).await?;
        if names().any(|name| !users.graph.has(name)) {
            users = users.with(view::fetch_with(on, names()).await?);
        }
        let pipelines = match edit.takes() {
            true => Pipelines::fetch(on, &users, &wanted).await?,
            false => Pipelines::default(),
        };
        let around = users.around(context, on);
        Ok((users, pipelines, around))
    });
    let first = users.get().await?;
    let (known, pipelines, around) = &*first;
    known.warn(context);
    let mut first = plan(&wanted, &on.project, &edit, known, pipelines)?;
    context.signals.interruptible(of_roles(around, known, &mut first)).await?;
    let planned = Planned::from(first).anew(async || {
        let (beside, roles) = (users.get().await?, view::fetch_with(on, names()).await?);
        let (users, pipelines, around) = &*beside;
        let users = users.with(roles);
        let mut plan = plan(&wanted, &on.project, &edit, &users, pipelines)?;
        context.signals.interruptible(of_roles(around, &users, &mut plan)).await?;
        Ok(plan)
    });
    change::apply(context, planned, Some(&args.batch), &LISTING, fetch).await.outcome
}

fn plan(
    wanted: &[String],
    project: &str,
    edit: &RoleEdit,
    users: &Users,
    pipelines: &Pipelines,
) -> Result<Plan> {
    let graph = &users.graph;
    let mut plan = Plan::new(project, super::NOUN, "update", "updated");
    check_removed(&edit.remove, graph, edit.verbatim)?;
    check_given(edit.add_inherits.iter().cloned().map(Into::into), graph)?;
    let edits: Vec<_> = wanted.iter().map(|name| (name, edit.apply(name, graph))).collect();
    // What one role loses, another may have provided until now: they are judged together.
    let mut then = graph.clone();
    for (name, edited) in &edits {
        if let Ok((_, after)) = edited {
            then.insert(name, after.clone());
        }
    }
    for (name, edited) in edits {
        match edited {
            Err(error) => plan.refuse(plan.object(name), error),
            Ok((before, after)) => {
                let remaining = edit.remaining(name, &after, graph);
                if before == after {
                    let warning = |fact: Fact| {
                        let text = format!("custom role {name}: {}: {}", fact.label, fact.text);
                        Remark::Warning(text)
                    };
                    remaining.into_iter().map(warning).for_each(|text| plan.note(text));
                    plan.unchanged(plan.object(name));
                    continue;
                }
                let change = change(&plan, name, &before, &after, graph, users);
                let losses = pipelines.losses(users, name, &then);
                plan.change(change.facts(remaining).facts(losses));
            }
        }
    }
    Ok(plan)
}

/// What an update adds and removes.
struct RoleEdit {
    add: Permissions,
    remove: Permissions,
    add_inherits: Vec<RoleOn>,
    remove_inherits: Vec<RoleOn>,
    /// Whether what stays possible is only reported.
    allow_remaining: bool,
    /// Whether an action may be removed that nothing is known of.
    verbatim: Verbatim,
}

impl RoleEdit {
    fn takes(&self) -> bool {
        !self.remove.is_empty() || !self.remove_inherits.is_empty()
    }

    fn check(&self) -> Result<()> {
        let nothing = self.add.is_empty()
            && self.remove.is_empty()
            && self.add_inherits.is_empty()
            && self.remove_inherits.is_empty();
        if nothing {
            return Err(Error::usage("nothing to change was given")
                .hint("add --add-action, --remove-action, --add-inherit or --remove-inherit"));
        }
        if let Some(both) = self.add.intersection(&self.remove).next() {
            return Err(Error::usage(format!("{both} cannot be both added and removed")));
        }
        let covering = |added: &Permission| self.remove.iter().find(|p| p.is_within(added));
        if let Some((added, removed)) =
            self.add.iter().find_map(|added| Some((added, covering(added)?)))
        {
            return Err(Error::usage(format!(
                "{removed} cannot be removed while {added}, which allows it, is added"
            ))
            .hint("leave out one of them"));
        }
        if let Some((role, db)) =
            self.add_inherits.iter().find(|role| self.remove_inherits.contains(role))
        {
            return Err(Error::usage(format!("{role}@{db} cannot be both added and removed")));
        }
        Ok(())
    }

    /// The role's definition before and after.
    fn apply(&self, name: &str, graph: &RoleGraph) -> Result<(Definition, Definition)> {
        let before = match graph.kind(name) {
            RoleKind::Custom(definition) => definition.clone(),
            RoleKind::Obscure => return Err(obscure(name)),
            RoleKind::BuiltIn(_) => {
                return Err(Error::usage(format!("{name} is built in and cannot be changed"))
                    .hint("spctl roles create adds a custom role"));
            }
            RoleKind::Unknown => return Err(super::missing(name, graph.names())),
        };
        let nowhere = |(role, _): &&RoleOn| {
            !graph.has(role) && !before.inherits.iter().any(|(held, _)| held == role)
        };
        if let Some((role, db)) = self.remove_inherits.iter().find(nowhere) {
            let why = format!("custom role {name}: there is no role {role}@{db} to remove");
            let held = before.inherits.iter().map(|(held, _)| held.as_str());
            let otherwise = format!("spctl roles get {} shows it", quote(name));
            return Err(Error::not_found(why).hint(near::hint(role, held, otherwise)));
        }
        let mut after = before.clone();
        after.permissions.retain(|p| !is_taken(p, &self.remove));
        after.permissions.extend(self.add.iter().cloned());
        after.inherits.extend(self.add_inherits.iter().cloned());
        after.inherits.retain(|role| !self.remove_inherits.contains(role));
        if after.is_empty() {
            return Err(Error::usage(format!("nothing would be left of custom role {name}"))
                .hint(format!("spctl roles delete {}", quote(name))));
        }
        // A removed action is meant to be gone, not only from the list.
        let chains = graph.still_allows(name, &after, &self.remove, &self.add);
        let still = Remaining { holder: None, taken: &self.remove, chains: &chains };
        match still.sentence("would still be") {
            Some(why) if !self.allow_remaining => {
                let error = Error::usage(format!("custom role {name}: {why}"));
                let error = remedies(&chains).into_iter().fold(error, Error::hint);
                Err(error.hint("--allow-remaining removes what can be removed, and accepts this"))
            }
            _ => Ok((before, after)),
        }
    }

    /// What stays possible of the removed actions and roles.
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
            (Some(inherited), _) => {
                format!("remove it with --remove-inherit {}", quote(&inherited.to_string()))
            }
            (None, End::Allows(given)) => format!(
                "remove all of it with --remove-action {}, and add back with --add-action what is to \
                 stay",
                quote(&given.permission.as_argument())
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
        facts.push(Fact::change(
            "allows in total",
            &allowed_text(before, graph),
            &allowed_text(after, graph),
        ));
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

/// Each permission by itself, and each role whose permissions are not known.
fn everything(definition: &Definition, graph: &RoleGraph) -> BTreeSet<String> {
    let all = graph.resolved(definition);
    let beyond = all.inherits.iter();
    let beyond = beyond.map(|(role, database)| format!("whatever {role}@{database} allows"));
    all.permissions.iter().map(Permission::spelled).chain(beyond).collect()
}
