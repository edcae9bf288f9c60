//! What every change to people shares: look up, plan, send, read back.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::TryStreamExt;
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::home::{self, Access, Where};
use super::list::{LISTING, Person, missing};
use super::role;
use crate::atlas::Row;
use crate::atlas::members::{Home, Member};
use crate::change::{self, Batch, Change, ObjectId, Planned, ReadBack};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};

/// The people that a change is about.
#[derive(Debug, clap::Args)]
pub struct Who {
    /// The people by e-mail address, or - to read addresses from stdin
    #[arg(value_name = "EMAIL", required = true)]
    pub names: Vec<String>,
    #[command(flatten)]
    pub place: Where,
    /// What several names have in common.
    #[command(flatten)]
    pub batch: Batch,
}

/// What shall become of one member.
pub enum Edit {
    /// It is as it should be.
    Unchanged,
    /// Send these: one for each role.
    Send(Vec<Change>),
}

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// Looks members up and changes each as `edit` says; `roles` are those that `edit` may speak of.
pub async fn edit(
    context: &Context,
    who: &Who,
    home: &Home,
    verb: Verb,
    roles: &[String],
    edit: impl Fn(&Row<Member>) -> Result<Edit>,
) -> Result<()> {
    let wanted = names::read(context, &who.names)?;
    let client = context.client()?;
    let look = async || {
        let known = home::direct(client, home).await?;
        let mut plan = home::plan(home, verb.0, verb.1);
        let mut absent = Vec::new();
        for name in &wanted {
            match known.iter().find(|row| home::is_called(&row.view, name)) {
                Some(row) if plan.has(&home::object(home, &row.view)) => {}
                Some(row) => match edit(row) {
                    Ok(Edit::Unchanged) => plan.unchanged(home::object(home, &row.view)),
                    Ok(Edit::Send(changes)) => {
                        changes.into_iter().for_each(|change| plan.change(change));
                    }
                    Err(error) => plan.refuse(home::object(home, &row.view), error),
                },
                None => absent.push(name.clone()),
            }
        }
        for (name, error) in explain(context, home, absent).await? {
            plan.refuse(plan.object(name), error);
        }
        Ok(plan)
    };
    execute(context, Planned::by(look).await?, Some(&who.batch), home, roles).await
}

/// Why somebody who has no roles of their own cannot be changed.
async fn explain(
    context: &Context,
    home: &Home,
    absent: Vec<String>,
) -> Result<Vec<(String, Error)>> {
    if absent.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<_> = match home {
        Home::Org(_) => Vec::new(),
        Home::Project(_) => home::everyone(context.client()?, home).try_collect().await?,
    };
    let why = |name: String| {
        let error = match all.iter().find(|(row, _)| home::is_called(&row.view, &name)) {
            Some((row, _)) => {
                let roles = row.view.roles.own.iter().map(|role| role::display(role));
                let roles = roles.collect::<Vec<_>>().join(", ");
                Error::not_found(format!(
                    "{name} has no role of their own in this project: {roles} comes from a team or \
                     from a role in the organisation"
                ))
                .hint(format!("spctl members invite {name} --role ROLE gives a role of their own"))
                .hint(format!(
                    "spctl members get {name} --in-org shows both: a role in the organisation \
                     changes with --in-org, what a team gives in Atlas"
                ))
            }
            None => missing(home, &name),
        };
        (name, error)
    };
    Ok(absent.into_iter().map(why).collect())
}

/// That a member holds a role, which is read back by itself.
pub fn holding(home: &Home, email: &str, role: &str) -> ObjectId {
    let (Home::Project(id) | Home::Org(id)) = home;
    ObjectId::new("role of a member", id, format!("{role} of {}", email.to_lowercase()))
}

/// Runs a plan about people, and writes those that were changed where a format was asked for.
pub async fn execute<'a>(
    context: &'a Context,
    planned: Planned<'a>,
    batch: Option<&Batch>,
    home: &'a Home,
    roles: &'a [String],
) -> Result<()> {
    let client = context.client()?;
    let shown = Rc::new(RefCell::new(Vec::new()));
    let fetched = Rc::clone(&shown);
    let applied = change::execute(context, planned, batch, &LISTING, move || async move {
        let rows = home::direct(client, home).await?;
        let found = read_back(home, &rows, roles)?;
        fetched.replace(rows);
        Ok(found)
    })
    .await;
    let show = async |done: &[ObjectId]| {
        if !context.ui.wants_data() || done.is_empty() {
            return Ok(());
        }
        let is_done =
            |row: &Row<Member>| done.iter().any(|object| home::is_called(&row.view, &object.name));
        let person =
            |row: Row<Member>| (row.raw, Person { member: row.view, access: Access::Direct });
        let rows = shown.take().into_iter().filter(is_done).map(person).collect();
        context.ui.show(&LISTING, rows, |_| Vec::new())
    };
    applied.then(context, show).await
}

/// People by their address in either spelling, and what each holds of some roles.
fn read_back(home: &Home, rows: &[Row<Member>], roles: &[String]) -> Result<ReadBack> {
    let raw = |held: bool| -> Result<Box<RawValue>> {
        to_raw_value(&json!({ "held": held }))
            .map_err(|e| Error::failed("cannot note what was read back").source(e))
    };
    let mut found = HashMap::new();
    for row in rows {
        let object = home::object(home, &row.view);
        for role in roles {
            let held = raw(row.view.roles.own.contains(role))?;
            found.insert(holding(home, &object.name, role), held);
        }
        found.insert(object.named(object.name.to_lowercase()), row.raw.clone());
        found.insert(object, row.raw.clone());
    }
    Ok(found)
}
