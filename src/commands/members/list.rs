//! `members list` and `members get`.

use futures_util::{TryStreamExt, future};
use serde_json::{Value, json};

use super::home::{self, Access, Where};
use super::{everywhere, role};
use crate::atlas::members::{Assignment, Home, Member};
use crate::commands::{effective, names};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::{Cell, Column, Detail, Listing};

/// Which people to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members list
  spctl members list --pending
  spctl members list --in-org
  spctl members list --all-projects --email leaver@example.com
  spctl members list --columns name,last-login -o csv

Everybody with access is listed: members with roles of their own, then those who have access
through a team or through a role in the organisation (access: inherited).")]
pub struct ListArgs {
    #[command(flatten)]
    place: Where,
    /// In every project and organisation that the credential sees
    #[arg(long, conflicts_with = "in_org")]
    all_projects: bool,
    /// Only this person
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// Only people who have not accepted their invitation yet
    #[arg(long)]
    pending: bool,
}

/// Which people to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl members get sam@example.com
  spctl members get sam@example.com --in-org
  spctl members list -q --pending | spctl members get - -o json")]
pub struct GetArgs {
    /// The people by e-mail address or id, or - to read them from stdin
    #[arg(value_name = "EMAIL", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    place: Where,
}

/// A person of a project or organisation.
#[derive(Debug, Clone)]
pub struct Person {
    /// What the API said.
    pub member: Member,
    /// How the person comes to be there.
    pub access: Access,
}

/// The columns of a person.
pub static LISTING: Listing<Person> = Listing {
    columns: &[
        Column::identifying("name", |p| p.member.username.as_str().into()),
        Column::new("roles", |p| roles(&p.member)),
        Column::new("access", |p| access(p.access).into()),
        Column::new("status", |p| status(&p.member).into()),
        Column::new("invitation-ends", |p| Cell::moment(p.member.invitation_expires_at.as_deref())),
        Column::new("last-login", |p| Cell::moment(p.member.last_auth.as_deref())),
        Column::new("person", |p| Cell::maybe(person(&p.member))),
        Column::new("id", |p| p.member.id.as_str().into()),
        Column::new("invited-by", |p| Cell::maybe(p.member.inviter_username.clone())),
        Column::new("created", |p| Cell::moment(p.member.created_at.as_deref())),
    ],
    default: 6,
    name: |p| p.member.username.clone(),
};

/// Lists people as they come.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    let email = args.email.as_deref();
    if args.all_projects {
        return everywhere::list(context, email, args.pending).await;
    }
    context.ui.check(&LISTING)?;
    let home = args.place.home(context).await?;
    // Whether the API's own filter minds the case is not documented: all are read.
    let rows = home::everyone(&context.client()?.streaming(), &home)
        .try_filter(|(row, _)| {
            let wanted = email.is_none_or(|email| home::is_called(&row.view, email));
            future::ready(wanted && (!args.pending || is_pending(&row.view)))
        })
        .and_then(|(row, access)| {
            let row = effective::with(row, |_| Ok(json!({ "access": access })));
            future::ready(row.map(|row| (row.raw, Person { member: row.view, access })))
        });
    let place = match home {
        Home::Project(_) => "project",
        Home::Org(_) => "organisation",
    };
    let nothing = match (email, args.pending) {
        (Some(email), _) => format!("{email} is not in this {place}"),
        (None, true) => format!("no pending invitations in this {place}"),
        (None, false) => format!("no people in this {place}"),
    };
    context.ui.list(&LISTING, rows, &nothing).await.map(drop)
}

/// Shows people by name.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
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
            None => failed.push(missing(&home, name)),
        }
    }
    let projects = match found.iter().any(|(row, _)| !row.view.roles.projects.is_empty()) {
        true => everywhere::project_names(client).await?,
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

/// Nobody of this name is there.
pub fn missing(home: &Home, name: &str) -> Error {
    let (place, flag) = match home {
        Home::Project(_) => ("project", ""),
        Home::Org(_) => ("organisation", " --in-org"),
    };
    Error::not_found(format!("{name} is not in this {place}"))
        .hint(format!("spctl members list{flag} shows who is"))
}

/// What is computed of a person: how they come to be there, and the names of their projects.
fn facts(member: &Member, access: Access, projects: &everywhere::Names) -> Value {
    let mut facts = json!({ "access": access });
    let named = |a: &Assignment| json!({ "id": a.group_id, "name": projects.get(&a.group_id) });
    if !member.roles.projects.is_empty() {
        facts["projects"] = member.roles.projects.iter().map(named).collect();
    }
    facts
}

fn detail(context: &Context, known: &Person, projects: &everywhere::Names) -> Detail {
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

/// The roles, by the names that the documentation uses.
pub fn roles(member: &Member) -> Cell {
    Cell::List(member.roles.own.iter().map(|role| role::display(role)).collect())
}

/// `direct` or `inherited`.
pub fn access(access: Access) -> &'static str {
    match access {
        Access::Direct => "direct",
        Access::Inherited => "inherited",
    }
}

/// `active`, `pending`, `invitation expired` ...
pub fn status(member: &Member) -> String {
    member.org_membership_status.to_lowercase().replace('_', " ")
}

/// Whether an invitation waits to be accepted.
pub fn is_pending(member: &Member) -> bool {
    member.org_membership_status == "PENDING"
}

/// First and last name.
pub fn person(member: &Member) -> Option<String> {
    let parts = [member.first_name.as_deref(), member.last_name.as_deref()];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}
