//! What changes of custom roles come to, for everybody who holds them and for connections that execute
//! as them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::around::{Around, Unseen};
use super::told;
use crate::atlas::roles::CustomRole;
use crate::change::{Change, Fact, Plan};
use crate::commands::policy::access::{self, AccessChange};
use crate::commands::roles::usage::Users;
use crate::error::Result;
use crate::policy;
use crate::privileges::definition::Definition;
use crate::privileges::delta::{Holder, Places};
use crate::privileges::graph::RoleGraph;
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::scopes::Estate;

/// The most holders that one line names, and the most lines of one role.
const MOST: usize = 10;

/// Says in a plan about custom roles who gains and loses what, by the users of the roles as the command
/// has read them. What one role no longer gives, another of the same plan may: each is judged with those
/// before it as they will be.
///
/// # Errors
/// Interrupted; what may not be read is said.
pub async fn of_roles(around: &Around, users: &Users, plan: &mut Plan) -> Result<()> {
    let edits: Vec<(String, Option<Definition>)> =
        plan.changes().iter().map(|change| (change.object().name.clone(), after(change))).collect();
    let heirs = edits.iter().flat_map(|(name, _)| users.graph.heirs(name));
    let mut affected: BTreeSet<String> = heirs.map(|heir| heir.role).collect();
    affected.extend(edits.iter().map(|(name, _)| name.clone()));
    let holders = users.holders(&affected);
    let mut unseen = Unseen::default();
    let estate = match holders.iter().any(|user| user.scopes.is_empty()) {
        true => around.visible_estate(&mut unseen).await?,
        false => Estate::default(),
    };
    let instances = users.executions(&affected);
    let project = |roles: &RoleGraph| Project {
        taken: around.now,
        users: holders.clone(),
        roles: roles.clone(),
        instances: instances.clone(),
        estate: estate.clone(),
        ..Project::default()
    };
    let mut graph = users.graph.clone();
    let mut found: HashMap<String, Vec<Fact>> = HashMap::new();
    for (name, after) in edits {
        let Some(after) = after else { continue };
        let before = project(&graph);
        graph.insert(&name, after);
        let changes = access::between(&before, &project(&graph));
        found.insert(name, facts(users, &holders, &changes));
    }
    plan.tell(|change| {
        found.remove(&change.object().name).unwrap_or_else(|| vec![told::nothing("")])
    });
    unseen.remarks().for_each(|remark| plan.note(remark));
    Ok(())
}

/// The role as the request makes it; none if it is deleted.
fn after(change: &Change) -> Option<Definition> {
    let document = change.after()?;
    let role: CustomRole = serde_json::from_value(document.clone()).ok()?;
    policy::roles::definition(&role, &document)
}

/// A line for all who gain or lose the same in the same places: `alice, bob: … on instance orders`.
fn facts(users: &Users, holders: &[DatabaseUser], changes: &[AccessChange]) -> Vec<Fact> {
    type What<'a> = (bool, &'a [String], Rc<Places>);
    let mut groups: BTreeMap<What<'_>, Vec<String>> = BTreeMap::new();
    for change in changes {
        let what = (!change.is_gain, change.actions.as_slice(), Rc::clone(&change.places));
        groups.entry(what).or_default().push(called(users, &change.who));
    }
    if groups.is_empty() {
        // Nobody is affected, as the preview says already.
        return match holders.is_empty() {
            true => Vec::new(),
            false => vec![told::nothing("")],
        };
    }
    let many = groups.len();
    let mut facts: Vec<Fact> = Vec::with_capacity(many.min(MOST + 1));
    let mut beyond = Vec::new();
    for (index, ((is_loss, actions, places), who)) in groups.into_iter().enumerate() {
        if index >= MOST {
            beyond.push(format!("{is_loss} {actions:?} {places} {who:?}"));
            continue;
        }
        let (named, left) = told::named(actions);
        let (who, others) = some(&who);
        let (places, elsewhere) = told::places(&places);
        let text = format!("{who}: {named} on {places}");
        facts
            .push(Fact::means(told::label(!is_loss), text).leaves_out(left + &others + &elsewhere));
    }
    if let more @ 1.. = beyond.len() {
        let text = format!("{more} more gains and losses, of other users");
        facts.push(Fact::means("and", text).leaves_out(beyond.join("\n")));
    }
    facts
}

fn called(users: &Users, who: &Holder) -> String {
    match who {
        Holder::User { name, database } => users.called(name, database),
        Holder::Connection { instance, .. } => format!("connection {instance}"),
        Holder::Principal { name, .. } => name.clone(),
    }
}

/// The first of some names, and the others.
pub(super) fn some(names: &[String]) -> (String, String) {
    let (shown, others) = names.split_at(MOST.min(names.len()));
    let shown = shown.join(", ");
    match others.len() {
        0 => (shown, String::new()),
        more => (format!("{shown} and {more} more"), others.join(", ")),
    }
}
