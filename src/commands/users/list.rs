//! `users list` and `users get`.

use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::everywhere;
use super::facts::{self, Facts};
use super::filter::Filter;
use super::naming::{self, Known, full_name};
use super::without_password;
use crate::atlas::users::{Role, User};
use crate::atlas::{ApiError, Row};
use crate::commands::{estate, names};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::scopes::{Scope, ScopeKind, Scopes};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Detail, Listing};

/// One page of the API: where a listing ends within it, names are given in their short form.
const PAGE: usize = 500;

/// Which users to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users list --instance payments
  spctl users list --role atlasAdmin --columns name,roles
  spctl users list --all-projects --label owner=dave@example.com
  spctl users list --label team=payments -q | spctl users lock -")]
pub struct ListArgs {
    #[command(flatten)]
    filter: Filter,
    /// Users of every project that the credential sees; with --org, of those of one organisation
    #[arg(long, conflicts_with = "instance")]
    all_projects: bool,
}

/// Which users to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users get alice
  spctl users get carol --auth-db '$external' -o json
  spctl users list -q | spctl users get -")]
pub struct GetArgs {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// The authentication database, where two users have one name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    auth_db: Option<String>,
}

/// The columns of a database user.
pub static LISTING: Listing<Known> = Listing {
    columns: &[
        Column::identifying("name", |k| k.name.as_str().into()),
        Column::new("roles", |k| Cell::List(k.user().roles.iter().map(role).collect())),
        Column::new("instances", |k| scoped(k.user(), ScopeKind::Stream)),
        Column::new("clusters", |k| scoped(k.user(), ScopeKind::Cluster)),
        Column::new("expires", |k| Cell::moment(k.user().delete_after_date.as_deref())),
        Column::new("authentication", |k| authentication(k.user()).into()),
        Column::telling_apart("database", |k| k.user().database_name.as_str().into()),
        Column::new("federations", |k| scoped(k.user(), ScopeKind::DataLake)),
        Column::new("description", |k| Cell::maybe(k.user().description.clone())),
        Column::new("labels", |k| Cell::List(labels(k.user()))),
        Column::new("expired", Facts::expired),
    ],
    default: 6,
    name: |k| k.name.clone(),
};

/// The columns of what a user reaches, for which the project has to be looked at.
const REACH: [Column<Known>; 2] = [
    Column::new("reaches", |k| Facts::scopes(k, |reach| &reach.reaches)),
    Column::new("points-at-nothing", |k| Facts::scopes(k, |reach| &reach.points_at_nothing)),
];

/// Lists users as they come.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    args.filter.check()?;
    if args.all_projects {
        return everywhere::list(context, args.filter).await;
    }
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let rows = on.client.streaming().users(&on.project);
    let filter = args.filter;
    let rows = named(rows)
        .await?
        .try_filter(|known| std::future::ready(filter.takes(known.user())))
        .and_then(|known| std::future::ready(facts::shown(&context.ui, known, None)));
    context.ui.list(&LISTING, rows, &filter.nothing("this project")).await?;
    filter.note_unheld(context);
    filter.check_instance(context).await
}

/// Short names can only be given once all users are known; a listing longer than a page is not
/// held back for them, and gives the long form.
async fn named(
    rows: impl Stream<Item = Result<Row<User>, ApiError>>,
) -> Result<impl Stream<Item = Result<Known>>> {
    let mut rows = Box::pin(rows.map_err(Error::from));
    let first: Vec<_> = rows.by_ref().take(PAGE + 1).try_collect().await?;
    let long = |row: Row<User>| Known::new(full_name(&row.view), row);
    let first: Vec<Known> = match first.len() > PAGE {
        true => first.into_iter().map(long).collect(),
        false => naming::name_all(first),
    };
    Ok(stream::iter(first.into_iter().map(Ok)).chain(rows.map_ok(long)))
}

/// Shows users by name.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let columns = [LISTING.columns, &REACH].concat();
    let listing = Listing { columns: &columns, ..LISTING };
    context.ui.check(&listing)?;
    let wanted = names::read(context, &args.names)?;
    let on = context.project().await?;
    let users = async {
        match &args.auth_db {
            None => naming::fetch(on).await,
            Some(_) if names::are_many(wanted.len()) => naming::fetch(on).await,
            Some(database) => in_database(on, database, &wanted).await,
        }
    };
    let (users, estate) = tokio::try_join!(users, estate::fetch(on))?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match naming::select(&users, name, args.auth_db.as_deref()) {
            Ok(known) => found.push(facts::shown(&context.ui, known.clone(), Some(&estate))?),
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        let users: Vec<Known> = found.iter().map(|(_, known)| known.clone()).collect();
        without_password::note(context, on, &users)?;
        let alone = names::is_one(&args.names);
        context.ui.show_asked(&listing, found, alone, |known| detail(context, known))?;
    }
    names::failures(context, failed, wanted.len(), "database user")
}

/// Users whose database is known need no listing; where one is not there, all are listed, for the
/// longer form of a name and for names that come near.
async fn in_database(on: &ProjectClient, database: &str, wanted: &[String]) -> Result<Vec<Known>> {
    const AT_ONCE: usize = 8;
    let one = |name: &String| {
        let name = name.clone();
        async move { on.client.user(&on.project, database, &name).await.map_err(Error::from) }
    };
    let found: Result<Vec<_>> =
        stream::iter(wanted.iter().map(one)).buffered(AT_ONCE).try_collect().await;
    match found {
        Ok(rows) => {
            let known = |row: Row<User>| Known::new(full_name(&row.view), row);
            Ok(rows.into_iter().map(known).collect())
        }
        Err(error) if error.kind() == Kind::NotFound => naming::fetch(on).await,
        Err(error) => Err(error),
    }
}

fn detail(context: &Context, known: &Known) -> Detail {
    let user = known.user();
    let mut detail = vec![
        ("user", vec![user.username.clone()]),
        ("database", vec![user.database_name.clone()]),
        ("authentication", vec![authentication(user)]),
        ("roles", or_none(user.roles.iter().map(role).collect())),
        ("scopes", vec![describe(&scopes(user))]),
    ];
    if let Some(Facts { reach: Some(reach), .. }) = &known.facts {
        detail.push(("reaches", lines(&reach.reaches)));
        if !reach.points_at_nothing.is_empty() {
            detail.push(("points at nothing", lines(&reach.points_at_nothing)));
        }
    }
    if let Some(date) = &user.delete_after_date {
        detail.push(("expires", vec![context.ui.moment(date)]));
    }
    if let Some(Facts { expired: Some(true), .. }) = known.facts {
        detail.push(("expired", vec!["yes".to_owned()]));
    }
    if let Some(text) = user.description.as_ref().filter(|t| !t.is_empty()) {
        detail.push(("description", vec![text.clone()]));
    }
    if !user.labels.is_empty() {
        detail.push(("labels", labels(user)));
    }
    detail
}

/// The scopes of a user; those of an unknown type are left to the raw answer.
pub(super) fn scopes(user: &User) -> Scopes {
    let known = |s: &crate::atlas::users::Scope| {
        ScopeKind::from_api(&s.kind).map(|kind| Scope::new(kind, &s.name))
    };
    user.scopes.iter().filter_map(known).collect()
}

/// `unrestricted`, or what the scopes name.
pub(super) fn describe(scopes: &Scopes) -> String {
    match scopes.is_empty() {
        true => "unrestricted".to_owned(),
        false => scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// `role@database`, with the collection where the role is limited to one.
pub(super) fn role(role: &Role) -> String {
    match &role.collection_name {
        Some(collection) => format!("{}@{}.{collection}", role.role_name, role.database_name),
        None => format!("{}@{}", role.role_name, role.database_name),
    }
}

fn lines(scopes: &Scopes) -> Vec<String> {
    or_none(scopes.iter().map(Scope::to_string).collect())
}

fn or_none(lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => vec!["nothing".to_owned()],
        false => lines,
    }
}

pub(super) fn labels(user: &User) -> Vec<String> {
    user.labels.iter().map(|l| format!("{}={}", l.key, l.value)).collect()
}

pub(super) fn scoped(user: &User, kind: ScopeKind) -> Cell {
    if user.scopes.is_empty() {
        return "(all)".into();
    }
    Cell::List(scopes(user).into_iter().filter(|s| s.kind == kind).map(|s| s.name).collect())
}

/// How the user proves who it is.
pub(super) fn authentication(user: &User) -> String {
    elsewhere(user).unwrap_or_else(|| "password".to_owned())
}

/// Whether the user proves who it is by a password of its own.
pub(super) fn has_password(user: &User) -> bool {
    elsewhere(user).is_none()
}

/// What vouches for a user that has no password of its own.
fn elsewhere(user: &User) -> Option<String> {
    let kinds = [
        ("X.509", &user.x509_type),
        ("AWS IAM", &user.aws_iam_type),
        ("LDAP", &user.ldap_auth_type),
        ("OIDC", &user.oidc_auth_type),
    ];
    kinds.into_iter().find_map(|(name, value)| {
        let value = value.as_ref().filter(|value| *value != "NONE")?;
        Some(format!("{name} {}", value.to_lowercase()))
    })
}
