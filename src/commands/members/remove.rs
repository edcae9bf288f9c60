//! `members remove`.

use super::all_projects::{self, Names};
use super::home;
use super::role::displays;
use super::role_change::ELSEWHERE;
use super::selection::{self, MemberArgs, MemberEdit, Verb};
use super::view::{is_pending, person, status};
use crate::atlas::members::{Home, Member};
use crate::change::{Change, Expect, Fact, Weight};
use crate::context::Context;
use crate::error::Result;

/// Which people to remove.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members remove robin@example.com
  spctl members remove robin@example.com --in-org
  spctl members remove - --yes < leavers.txt

A person removed from a project stays in the organisation; a person removed from the organisation \
loses all its projects. A pending invitation to a project includes one to the organisation, which is \
withdrawn with --in-org. Database users and API keys that the person knows of are not affected: see \
spctl users.")]
pub struct Args {
    #[command(flatten)]
    who: MemberArgs,
}

/// Removes people.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let home = args.who.place.home(context).await?;
    let names = match &home {
        Home::Org(_) => all_projects::project_names(context.client()?).await?,
        Home::Project(_) => Names::new(),
    };
    selection::each(context, &args.who, &home, Verb("remove", "removed"), &[], |row| {
        let member = &row.view;
        let object = home::object(&home, member);
        let change = Change::new(object, home.remove_call(&member.id), Expect::Gone);
        let change = change.was(row.raw.clone()).facts(facts(&home, member, &names));
        Ok(MemberEdit::Send(vec![change], Vec::new()))
    })
    .await
}

/// The person as they are today.
pub fn facts(home: &Home, member: &Member, names: &Names) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new("person", person(member).unwrap_or_else(|| "not known yet".to_owned())),
        Fact::new("status", status(member)).weighs(Weight::Passing),
        Fact::means("loses", displays(&member.roles.own)),
    ];
    for assignment in &member.roles.projects {
        let name = names.get(&assignment.group_id).unwrap_or(&assignment.group_id);
        let roles = displays(&assignment.group_roles);
        facts.push(Fact::means("loses", format!("in project {name}: {roles}")));
    }
    if let Home::Project(_) = home {
        let keeps = match is_pending(member) {
            true => "the invitation to the organisation: members remove --in-org withdraws it",
            false => ELSEWHERE,
        };
        facts.push(Fact::new("keeps", keeps));
    }
    facts
}
