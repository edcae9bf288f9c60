//! What changes of people's roles come to: which stream actions they may do through the Admin API, or
//! give themselves.

use std::collections::{BTreeSet, HashMap};

use super::around::{Around, Unseen};
use super::told;
use crate::atlas::members::Home;
use crate::change::{Fact, ObjectId, Plan};
use crate::error::Result;
use crate::privileges::catalogue::actions::{ACTIONS, Action};
use crate::privileges::catalogue::atlas_roles;
use crate::privileges::decide::principal_ways;
use crate::privileges::project::{Principal, PrincipalRole};

/// The roles of their own that somebody holds and will hold.
#[derive(Debug, Clone)]
pub struct Held {
    /// Who, as the plan has it.
    pub object: ObjectId,
    /// The id, of somebody who is there.
    pub id: Option<String>,
    /// The roles before.
    pub before: Vec<String>,
    /// The roles after.
    pub after: Vec<String>,
}

/// How somebody may do an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Not at all.
    None,
    /// By giving themselves a role that allows it.
    Obtained,
    /// By calling the Admin API.
    Direct,
}

/// Says in a plan about people what each of them gains and loses. In a project, what comes from a team
/// or from the organisation is read too, if it may be.
///
/// # Errors
/// Interrupted; what may not be read is said.
pub async fn of_members(
    around: Option<&Around>,
    home: &Home,
    held: Vec<Held>,
    plan: &mut Plan,
) -> Result<()> {
    if plan.changes().is_empty() {
        return Ok(());
    }
    let mut unseen = Unseen::default();
    let all = match around {
        Some(around) => {
            let members = around.members().await.map(<[_]>::to_vec);
            unseen
                .or_default("roles that people hold through teams or the organisation", members)?
        }
        None => Vec::new(),
    };
    let mut found: HashMap<ObjectId, Vec<Fact>> = HashMap::new();
    for one in held {
        let is_it = |id: &str, name: &str| match &one.id {
            Some(known) => known == id,
            None => name.eq_ignore_ascii_case(&one.object.name),
        };
        let listed = all.iter().find(|row| is_it(&row.view.id, &row.view.username));
        let elsewhere = listed.into_iter().flat_map(|row| &row.view.roles.own);
        let elsewhere: Vec<String> =
            elsewhere.filter(|role| !one.before.contains(role)).cloned().collect();
        let facts = facts(home, &one, &elsewhere);
        found.insert(one.object, facts);
    }
    // Somebody may be granted several roles, a change each.
    plan.tell(|change| found.remove(change.object()).unwrap_or_default());
    unseen.remarks().for_each(|remark| plan.note(remark));
    Ok(())
}

fn facts(home: &Home, held: &Held, elsewhere: &[String]) -> Vec<Fact> {
    let all = |own: &[String]| own.iter().chain(elsewhere).cloned().collect::<BTreeSet<_>>();
    let (before, after) = (all(&held.before), all(&held.after));
    let within = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.iter().all(|role| other.iter().any(|held| atlas_roles::includes(held, role)))
    };
    if within(&before, &after) && within(&after, &before) {
        return vec![told::nothing("")];
    }
    let place = match home {
        Home::Project(_) => "every instance",
        Home::Org(_) => "every instance of every project",
    };
    let (had, has) = (ways(&before), ways(&after));
    let mut facts = Vec::new();
    for (is_gain, one, other) in [(true, &has, &had), (false, &had, &has)] {
        for (way, how) in [
            (Way::Direct, "through the Admin API"),
            (Way::Obtained, "by taking a role that allows it"),
        ] {
            let is_it = |(action, of): &(&Action, Way)| {
                let was = other.iter().find(|(same, _)| same.documented == action.documented);
                *of == way && was.is_none_or(|(_, was)| *was < way)
            };
            let actions: Vec<String> = one
                .iter()
                .filter(|one| is_it(one))
                .map(|(action, _)| action.documented.to_owned())
                .collect();
            if !actions.is_empty() {
                let text = format!("{} on {place}, {how}", told::named(&actions).0);
                facts.push(Fact::means(told::label(is_gain), text));
            }
        }
    }
    facts
}

/// What somebody with these roles may do, once they have accepted.
fn ways(roles: &BTreeSet<String>) -> Vec<(&'static Action, Way)> {
    let held = |role: &String| PrincipalRole { role: role.clone(), team: None };
    let person = Principal { roles: roles.iter().map(held).collect(), ..Principal::default() };
    let way = |action: &'static Action| {
        let ways = principal_ways(&person, action);
        let way = match ways.first() {
            None => Way::None,
            Some(_) if ways.iter().any(|way| way.obtains.is_none()) => Way::Direct,
            Some(_) => Way::Obtained,
        };
        (action, way)
    };
    ACTIONS.iter().map(way).collect()
}
