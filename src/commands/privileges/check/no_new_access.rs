//! `privileges check no-new-access`.

use std::path::PathBuf;

use serde::Serialize;

use super::{LIVE, apart, policy, seen};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::delta::{self, Access, Holder};
use crate::privileges::project::PrincipalKind;
use crate::ui::{Cell, Column, Listing, plural};

/// Which policies to compare.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Compared are database users, by roles, scopes and expiry; the roles that connections
execute as; and the roles of people, API keys and service accounts. A role that is not
fully understood counts as gained. An unrestricted user gains nothing by a new instance.
What NEW does not name is taken to stay as it is in OLD. Entries of access lists are not
compared. The exit code is 3 if anything is newly possible.

Examples:
  spctl privileges check no-new-access main.yaml proposed.yaml
  spctl privileges check no-new-access live proposed.yaml -o json
  spctl privileges check no-new-access approved.yaml")]
pub struct Args {
    /// The policy as it was, live for the project as it is now, or - for stdin
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The policy as it would be
    #[arg(value_name = "NEW", default_value = LIVE)]
    new: PathBuf,
}

/// Something that is newly possible, as it is written.
#[derive(Debug, Serialize)]
struct Row {
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<String>,
    action: String,
    #[serde(rename = "where")]
    places: Vec<String>,
    /// Whether it is only not known to be impossible.
    unclear: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    chain: Vec<String>,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("kind", |row| row.kind.into()),
        Column::identifying("name", |row| called(row).into()),
        Column::identifying("action", |row| row.action.as_str().into()),
        Column::new("where", |row| Cell::List(row.places.clone())),
        Column::new("chain", |row| row.chain.join(" -> ").into()),
        Column::telling_apart("after", |row| Cell::maybe(row.after.clone())),
    ],
    default: 6,
    name: called,
};

fn called(row: &Row) -> String {
    match &row.database {
        Some(database) => format!("{}@{database}", row.name),
        None => row.name.clone(),
    }
}

impl Row {
    fn of(access: &Access) -> Row {
        let (kind, name, database) = match &access.who {
            Holder::User { name, database } => {
                ("database_user", name.clone(), Some(database.clone()))
            }
            Holder::Connection { instance, name } => {
                ("connection", format!("{instance}/{name}"), None)
            }
            Holder::Principal { kind, name } => (principal(*kind), name.clone(), None),
        };
        Row {
            kind,
            name,
            database,
            action: access.action.clone(),
            places: access.places.texts(),
            unclear: access.is_doubtful,
            after: access.places.after.map(crate::times::rfc3339),
            chain: access.chain.to_vec(),
        }
    }
}

fn principal(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Person | PrincipalKind::Invited => "person",
        PrincipalKind::ApiKey => "api_key",
        PrincipalKind::ServiceAccount => "service_account",
    }
}

/// Tells everything that is newly possible.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    apart([&args.old, &args.new])?;
    let what = "privileges check";
    let old = policy(context, what, &args.old)?;
    // What it does not name is still there, unless somebody removes it.
    let new = policy(context, what, &args.new)?.beside(&old);
    let (old, new) = (seen(context, &old), seen(context, &new));
    let gained = delta::gained(&old, &new);
    let rows = gained.iter().map(Row::of);
    context.ui.list_computed(&LISTING, rows, "nothing is newly possible")?;
    match gained.len() {
        0 => Ok(()),
        many => {
            let why = format!("{} newly possible", plural(many, "action"));
            Err(Error::new(Kind::Differs, why))
        }
    }
}
