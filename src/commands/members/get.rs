//! `members get`.

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use super::home::{self, Access, InOrg};
use super::view::{LISTING, Person, access, missing, person, status};
use super::{all_projects, role};
use crate::atlas::members::{Assignment, Member};
use crate::commands::{effective, names};
use crate::context::Context;
use crate::error::Result;
use crate::ui::Detail;

/// Which people to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members get sam@example.com
  spctl members get sam@example.com --in-org
  spctl members list -q --pending | spctl members get - -o json")]
pub struct Args {
    /// E-mail addresses or ids of people, or - to read them from stdin
    #[arg(value_name = "EMAIL", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    place: InOrg,
}

/// Shows people by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = names::read(context, &args.names)?;
    let home = args.place.home(context).await?;
    let client = context.client()?;
    let known: Vec<_> = home::everyone(client, &home).try_collect().await?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match known.iter().find(|(row, _)| home::is_called(&row.view, name)) {
            Some((row, access)) => match client.member(&home, &row.view.id).await {
                Ok(row) => found.push((row, *access)),
                Err(error) => failed.push(error.into()),
            },
            None => failed.push(missing(&home, name, known.iter().map(|(row, _)| row))),
        }
    }
    let projects = match found.iter().any(|(row, _)| !row.view.roles.projects.is_empty()) {
        true => all_projects::project_names(client).await?,
        false => Default::default(),
    };
    if !found.is_empty() {
        let found = found.into_iter().map(|(row, access)| {
            let row = effective::with(row, |member| Ok(facts(member, access, &projects)))?;
            Ok((row.raw, Person { member: row.view, access }))
        });
        let found = found.collect::<Result<_>>()?;
        let alone = names::is_one(&args.names);
        context
            .ui
            .show_asked(&LISTING, found, alone, |person| detail(context, person, &projects))?;
    }
    names::failures(context, failed, wanted.len(), home::noun(&home))
}

/// What is computed of a person: how they have access, and the names of their projects.
fn facts(member: &Member, access: Access, projects: &all_projects::Names) -> Value {
    let mut facts = json!({ "access": access });
    let named = |a: &Assignment| json!({ "id": a.group_id, "name": projects.get(&a.group_id) });
    if !member.roles.projects.is_empty() {
        facts["projects"] = member.roles.projects.iter().map(named).collect();
    }
    facts
}

fn detail(context: &Context, known: &Person, projects: &all_projects::Names) -> Detail {
    let member = &known.member;
    let line = |role: &String| match role::display(role) {
        display if display == *role => display,
        display => format!("{display} ({role})"),
    };
    let when = |date: &String| vec![context.ui.moment(date)];
    let mut detail = vec![("member", vec![member.username.clone()])];
    detail.extend(person(member).map(|name| ("person", vec![name])));
    detail.push(("id", vec![member.id.clone()]));
    detail.push(("status", vec![status(member)]));
    detail.push(("access", vec![access(known.access).to_owned()]));
    detail.push(("roles", member.roles.own.iter().map(line).collect()));
    let in_project = |a: &Assignment| {
        let name = projects.get(&a.group_id).unwrap_or(&a.group_id);
        format!("{name}: {}", role::displays(&a.group_roles))
    };
    if !member.roles.projects.is_empty() {
        detail.push(("projects", member.roles.projects.iter().map(in_project).collect()));
    }
    if !member.team_ids.is_empty() {
        detail.push(("teams", member.team_ids.clone()));
    }
    let dates = [
        ("invited", &member.invitation_created_at),
        ("invitation ends", &member.invitation_expires_at),
        ("created", &member.created_at),
        ("last login", &member.last_auth),
    ];
    detail.extend(dates.into_iter().filter_map(|(l, date)| Some((l, when(date.as_ref()?)))));
    detail.extend(member.inviter_username.clone().map(|name| ("invited by", vec![name])));
    detail
}
