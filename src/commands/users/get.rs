//! `users get`.

use super::facts::{self, Facts};
use super::naming::{self, NamedUser};
use super::scopes::{describe, scopes};
use super::view::{LISTING, authentication, labels, role};
use super::without_password;
use crate::commands::{estate, names};
use crate::context::Context;
use crate::error::Result;
use crate::privileges::scopes::{Scope, ScopeKind, Scopes};
use crate::ui::{Column, Detail, Listing};

/// Which users to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users get alice
  spctl users get carol --auth-db '$external' -o json
  spctl users list -q | spctl users get -")]
pub struct Args {
    /// The users, or - to read names from stdin
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// The authentication database, if two users share a name
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    auth_db: Option<String>,
}

/// The columns of what a user reaches, which take a listing of the project.
const REACH: [Column<NamedUser>; 2] = [
    Column::new("reaches", |k| Facts::scopes(k, |reach| &reach.reaches)),
    Column::new("points-at-nothing", |k| Facts::scopes(k, |reach| &reach.points_at_nothing)),
];

/// Shows users by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let columns = [LISTING.columns, &REACH].concat();
    let listing = Listing { columns: &columns, ..LISTING };
    context.ui.check(&listing)?;
    let wanted = names::read(context, &args.names)?;
    let on = context.project().await?;
    let users = naming::fetch_named(on, &wanted, args.auth_db.as_deref());
    let (users, estate) = tokio::try_join!(users, estate::fetch(on))?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match naming::select(&users, name, args.auth_db.as_deref()) {
            Ok(known) => found.push(facts::shown(&context.ui, known.clone(), Some(&estate))?),
            Err(error) if estate.has(ScopeKind::Stream, name) => {
                failed.push(naming::as_instance(error, name));
            }
            Err(error) => failed.push(error),
        }
    }
    if !found.is_empty() {
        let users: Vec<NamedUser> = found.iter().map(|(_, known)| known.clone()).collect();
        without_password::note(context, on, &users)?;
        let alone = names::is_one(&args.names);
        context.ui.show_asked(&listing, found, alone, |known| detail(context, known))?;
    }
    names::failures(context, failed, wanted.len(), "database user")
}

fn detail(context: &Context, known: &NamedUser) -> Detail {
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

fn lines(scopes: &Scopes) -> Vec<String> {
    or_none(scopes.iter().map(Scope::to_string).collect())
}

fn or_none(lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => vec!["nothing".to_owned()],
        false => lines,
    }
}
