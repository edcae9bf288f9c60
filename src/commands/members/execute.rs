//! Runs a plan about people, and shows those that were changed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::home::{self, Access};
use super::view::{LISTING, Person};
use crate::atlas::Row;
use crate::atlas::members::{Home, Member};
use crate::change::{self, Batch, ObjectId, Planned, ReadBack};
use crate::context::Context;
use crate::error::{Error, Result};

/// A role of a member, which is read back separately.
pub fn holding(home: &Home, email: &str, role: &str) -> ObjectId {
    let (Home::Project(id) | Home::Org(id)) = home;
    ObjectId::new("role of a member", id, format!("{role} of {}", email.to_lowercase()))
}

/// Runs a plan about people, and prints those that were changed if a format was requested.
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
    let applied = change::execute(context, planned, batch, &LISTING, async move || {
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

/// People by their address, as it is and in lower case, and which of some roles each holds.
pub fn read_back(home: &Home, rows: &[Row<Member>], roles: &[String]) -> Result<ReadBack> {
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
