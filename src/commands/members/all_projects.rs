//! `members list --all-projects`: where people have access, in everything that can be read.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::home::{self, Access};
use super::view::{access, is_pending, roles, status};
use crate::atlas::members::{Home, Member, MemberFilter};
use crate::atlas::{Client, Row};
use crate::commands::effective;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Listing, plural};

/// How many projects are read at the same time.
const AT_ONCE: usize = 8;

/// Projects' names by their ids.
pub type Names = HashMap<String, String>;

/// A person in one place.
struct Membership {
    member: Member,
    access: Access,
    /// `None` for the organisation itself.
    project: Option<String>,
    org: String,
}

static LISTING: Listing<Membership> = Listing {
    columns: &[
        Column::identifying("name", |t| t.member.username.as_str().into()),
        Column::telling_apart("project", |t| {
            t.project.as_deref().unwrap_or("(organisation)").into()
        }),
        Column::new("roles", |t| roles(&t.member)),
        Column::new("access", |t| access(t.access).into()),
        Column::new("status", |t| status(&t.member).into()),
        Column::new("org", |t| t.org.as_str().into()),
        Column::new("invitation-ends", |t| Cell::moment(t.member.invitation_expires_at.as_deref())),
        Column::new("last-login", |t| Cell::moment(t.member.last_auth.as_deref())),
        Column::new("id", |t| t.member.id.as_str().into()),
    ],
    default: 6,
    name: |t| t.member.username.clone(),
};

/// A project or an organisation to search.
struct SearchedPlace {
    home: Home,
    project: Option<(String, String)>,
    org: (String, String),
}

/// The names of all projects that the credential can access.
pub async fn project_names(client: &Client) -> Result<Names> {
    let pair = |row: Row<crate::atlas::projects::Project>| (row.view.id, row.view.name);
    client.projects().map_ok(pair).try_collect().await.map_err(Error::from)
}

/// Lists people in all organisations and projects that the credential can access.
pub(super) async fn list(context: &Context, email: Option<&str>, pending: bool) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.flags.all_projects()?;
    let client = context.client()?;
    let (orgs, projects) = places(context).await?;
    let mut found = Vec::new();
    let mut spellings: Option<BTreeSet<String>> = email.map(|e| BTreeSet::from([e.to_owned()]));
    for place in &orgs {
        let rows: Result<Vec<_>> = home::everyone(client, &place.home).try_collect().await;
        match rows {
            Ok(rows) => {
                let rows = rows.into_iter().filter(|(row, _)| wanted(&row.view, email, pending));
                let rows: Vec<_> = rows.collect();
                if let Some(all) = &mut spellings {
                    all.extend(rows.iter().map(|(row, _)| row.view.username.clone()));
                }
                found.extend(rows.into_iter().map(|row| trace(place, row)));
            }
            Err(error) if error.kind() == Kind::NotPermitted => {
                // Only the list tells how the API spells the address.
                spellings = None;
                context.ui.warn(format!("cannot read the members of organisation {}", place.org.1));
            }
            Err(error) => return Err(error),
        }
    }
    let seen = |org: &(String, String)| orgs.iter().any(|place| place.org.0 == org.0);
    let unseen: BTreeSet<&str> =
        projects.iter().map(|p| &p.org).filter(|org| !seen(org)).map(|org| &*org.1).collect();
    for org in unseen {
        spellings = None;
        context.ui.warn(format!("cannot read the members of organisation {org}"));
    }
    let mut failed: Vec<Error> = Vec::new();
    let looked = {
        let in_projects = stream::iter(&projects)
            .map(|place| look(client, place, spellings.as_ref(), email, pending))
            .buffered(AT_ONCE);
        let rows = stream::iter([Ok(found)]).chain(in_projects);
        let rows = successes(rows, &mut failed);
        context.ui.list(&LISTING, rows, &nothing(email, pending)).await
    };
    context.ui.note(format!(
        "searched {} and {}; not included: API keys, service accounts, people who join a team later, \
         and what this credential cannot access",
        plural(orgs.len(), "organisation"),
        plural(projects.len(), "project")
    ));
    looked?;
    let kind = Kind::worst(failed.iter().map(Error::kind));
    failed.iter().for_each(|error| context.ui.error(error));
    kind.map_or(Ok(()), |kind| {
        Err(Error::new(kind, format!("{} could not be read", plural(failed.len(), "project"))))
    })
}

fn nothing(email: Option<&str>, pending: bool) -> String {
    match (email, pending) {
        (Some(email), _) => format!("{email} is not in anything that this credential can access"),
        (None, true) => "no pending invitations".to_owned(),
        (None, false) => "no people".to_owned(),
    }
}

type MembershipRow = (Box<RawValue>, Membership);

/// Sets the failures aside: a project that cannot be read does not hide the others.
fn successes(
    rows: impl Stream<Item = Result<Vec<Result<MembershipRow>>>>,
    failed: &mut Vec<Error>,
) -> impl Stream<Item = Result<MembershipRow>> {
    rows.filter_map(move |rows| {
        let rows = match rows {
            Ok(rows) => Some(stream::iter(rows)),
            Err(error) => {
                failed.push(error);
                None
            }
        };
        std::future::ready(rows)
    })
    .flatten()
}

/// Organisations and projects; if an organisation is chosen, only that one and its projects.
async fn places(context: &Context) -> Result<(Vec<SearchedPlace>, Vec<SearchedPlace>)> {
    let client = context.client()?;
    let chosen = context.org().await?;
    let orgs: Vec<_> = client.orgs().try_collect().await?;
    let names: Names = orgs.iter().map(|o| (o.view.id.clone(), o.view.name.clone())).collect();
    let orgs = orgs.into_iter().map(|row| row.view);
    let orgs = orgs.filter(|org| chosen.as_ref().is_none_or(|chosen| org.id == *chosen));
    let orgs = orgs.map(|org| SearchedPlace {
        home: Home::Org(org.id.clone()),
        project: None,
        org: (org.id, org.name),
    });
    let all: Vec<_> = client.projects().try_collect().await?;
    let projects = all.into_iter().map(|row| row.view);
    let projects = projects.filter(|project| chosen.is_none() || project.org_id == chosen);
    let projects = projects.map(|project| {
        let org = project.org_id.unwrap_or_default();
        let name = names.get(&org).unwrap_or(&org).clone();
        SearchedPlace {
            home: Home::Project(project.id.clone()),
            project: Some((project.id, project.name)),
            org: (org, name),
        }
    });
    Ok((orgs.collect(), projects.collect()))
}

fn wanted(member: &Member, email: Option<&str>, pending: bool) -> bool {
    email.is_none_or(|email| home::is_called(member, email)) && (!pending || is_pending(member))
}

/// The people of one project. The API is asked for one address only if its spelling is known:
/// whether its filter ignores case is not documented.
async fn look(
    client: &Client,
    place: &SearchedPlace,
    spellings: Option<&BTreeSet<String>>,
    email: Option<&str>,
    pending: bool,
) -> Result<Vec<Result<MembershipRow>>> {
    let about = |error: Error| {
        let name = place.project.as_ref().map_or("", |(_, name)| name);
        error.context(format!("project {name}"))
    };
    let filters: Vec<Option<&str>> = match spellings {
        Some(spellings) => spellings.iter().map(|s| Some(s.as_str())).collect(),
        None => vec![None],
    };
    // Most projects have nobody with the address, which takes one call; only a match takes another,
    // for whether the roles are the person's own.
    let ask = async |inherited| -> Result<Vec<Row<Member>>> {
        let mut found: Vec<Row<Member>> = Vec::new();
        for email in &filters {
            let wanted = MemberFilter { inherited, email: *email };
            let rows: Vec<_> = client.members(&place.home, wanted).try_collect().await?;
            found.extend(rows);
        }
        Ok(found)
    };
    let mut found = ask(true).await.map_err(about)?;
    found.retain(|row| wanted(&row.view, email, pending));
    // Two spellings of an address may find one person twice.
    let mut seen = HashSet::new();
    found.retain(|row| seen.insert(row.view.id.clone()));
    let own: HashSet<String> = match found.is_empty() {
        true => HashSet::new(),
        false => ask(false).await.map_err(about)?.into_iter().map(|row| row.view.id).collect(),
    };
    let access = |row: &Row<Member>| match own.contains(&row.view.id) {
        true => Access::Direct,
        false => Access::Inherited,
    };
    let found: Vec<_> = found.into_iter().map(|row| (access(&row), row)).collect();
    Ok(found.into_iter().map(|(access, row)| trace(place, (row, access))).collect())
}

fn named((id, name): &(String, String)) -> Value {
    json!({ "id": id, "name": name })
}

/// A row with where it is from.
fn trace(place: &SearchedPlace, (row, access): (Row<Member>, Access)) -> Result<MembershipRow> {
    let from = json!({
        "access": access,
        "organization": named(&place.org),
        "project": place.project.as_ref().map(named),
    });
    let row = effective::with(row, |_| Ok(from))?;
    let project = place.project.as_ref().map(|(_, name)| name.clone());
    Ok((row.raw, Membership { member: row.view, access, project, org: place.org.1.clone() }))
}
