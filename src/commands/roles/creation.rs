//! What `roles create` and `roles clone` share: the checks and the change that creates a role.

use super::list::LISTING;
use super::view::{self, allowed_text};
use crate::atlas::roles;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::built_in;
use crate::privileges::definition::Definition;
use crate::privileges::graph::RoleGraph;
use crate::session::ProjectClient;
use crate::shell::quote;

/// Checks a name against the API's pattern.
///
/// # Errors
/// Usage.
pub fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || name == "-" || !name.chars().all(fits) || name.starts_with("xgen-") {
        return Err(Error::usage(format!("{name:?} is not a valid name for a custom role")).hint(
            "a name has letters, digits, hyphens and underscores, and does not begin with xgen-",
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

pub(super) async fn make(
    context: &Context,
    on: &ProjectClient,
    name: &str,
    definition: Definition,
    graph: &RoleGraph,
) -> Result<()> {
    if graph.has_custom(name) {
        return Err(Error::new(Kind::Conflict, format!("custom role {name} already exists")).hint(
            format!("spctl roles get {} shows it; spctl roles update changes it", quote(name)),
        ));
    }
    let mut plan = Plan::new(&on.project, super::NOUN, "create", "created");
    plan.change(creation(&plan, name, &definition, graph));
    change::apply(context, plan, None, &LISTING, || view::fetch(on)).await.outcome
}

/// The change that creates a role.
pub fn creation(plan: &Plan, name: &str, definition: &Definition, graph: &RoleGraph) -> Change {
    let mut facts = vec![Fact::new("actions", view::actions_text(&definition.permissions))];
    if !definition.inherits.is_empty() {
        facts.push(Fact::new("inherits", view::inherits_text(definition)));
        facts.push(Fact::new("allows in total", allowed_text(definition, graph)));
    }
    let body = view::document(name, definition);
    let call = roles::create_call(plan.project(), body.clone());
    Change::new(plan.object(name), call, Expect::Has(body)).facts(facts)
}
