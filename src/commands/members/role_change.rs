//! What granting and revoking roles share.

use serde_json::json;

use super::execute::holding;
use super::home;
use super::role::{RoleArgs, display, displays};
use super::selection::{MemberArgs, MemberEdit};
use crate::atlas::members::{Home, Member};
use crate::atlas::{Call, Row};
use crate::change::{Change, Expect, Fact};

/// Which roles, and whose.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub who: MemberArgs,
    #[command(flatten)]
    pub roles: RoleArgs,
}

/// What a change of somebody's own roles in a project leaves.
pub const ELSEWHERE: &str = "what the organisation or a team grants";

/// One change per role, all under the member's name, so that a list of failed names can be fed
/// back; each is verified separately.
pub fn each(
    home: &Home,
    row: &Row<Member>,
    label: &'static str,
    changed: &[String],
    after: &[String],
    held: bool,
    call: impl Fn(&str) -> Call,
) -> MemberEdit {
    let member = &row.view;
    if changed.is_empty() {
        return MemberEdit::Unchanged;
    }
    let summary = Fact::change("roles", &displays(&member.roles.own), &displays(after));
    // Where both give the same role, the list of a project does not tell them apart.
    let keeps = match home {
        Home::Project(_) if !held => Some(Fact::new("keeps", ELSEWHERE)),
        _ => None,
    };
    let change = |(index, role): (usize, &String)| {
        let mut facts = vec![Fact::means(label, display(role))];
        if index == 0 {
            facts.push(summary.clone());
            facts.extend(keeps.clone());
        }
        let expect = Expect::At(holding(home, &member.username, role), json!({ "held": held }));
        let change = Change::new(home::object(home, member), call(role), expect);
        change.was(row.raw.clone()).facts(facts)
    };
    MemberEdit::Send(changed.iter().enumerate().map(change).collect(), after.to_vec())
}
