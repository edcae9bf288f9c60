//! What is computed of a database user, in addition to what the API returns.

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::naming::NamedUser;
use super::scopes::scopes;
use super::view::authentication;
use crate::commands::{effective, estate};
use crate::error::Result;
use crate::privileges::scopes::{Estate, Scopes};
use crate::ui::{Cell, Ui, row};

/// What the time and the project tell of a user.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Whether it has expired; none if it never expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<bool>,
    /// What its scopes amount to; none if the project was not read.
    #[serde(flatten)]
    pub reach: Option<Reach>,
}

/// What scopes amount to in a project as it is today.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    /// What exists and is reached.
    #[serde(serialize_with = "documents")]
    pub reaches: Scopes,
    /// Scopes that point at nothing that exists.
    #[serde(serialize_with = "documents")]
    pub points_at_nothing: Scopes,
}

/// The last key of a user's document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Effective<'a> {
    /// The shortest name that means this user alone.
    name: &'a str,
    /// The project's name, if several projects are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<&'a str>,
    authentication: String,
    /// Whether it reaches everything in the project, having no scopes.
    unrestricted: bool,
    #[serde(flatten)]
    facts: &'a Facts,
}

impl Facts {
    /// The facts at a moment; with the project's estate, also the reach.
    pub fn of(known: &NamedUser, now: Timestamp, estate: Option<&Estate>) -> Facts {
        let end = known.user().delete_after_date.as_deref();
        let end = end.and_then(|end| end.parse::<Timestamp>().ok());
        let held = scopes(known.user());
        let reach = |estate: &Estate| Reach {
            reaches: estate.reached(&held),
            points_at_nothing: estate.dangling(&held),
        };
        Facts { expired: end.map(|end| end <= now), reach: estate.map(reach) }
    }

    /// `yes` or `no` if the user expires at all.
    pub fn expired(known: &NamedUser) -> Cell {
        let expired = known.facts.as_ref().and_then(|facts| facts.expired);
        Cell::maybe(expired.map(|expired| if expired { "yes" } else { "no" }))
    }

    /// Scopes of the reach, if it is known.
    pub fn scopes(known: &NamedUser, which: fn(&Reach) -> &Scopes) -> Cell {
        let reach = known.facts.as_ref().and_then(|facts| facts.reach.as_ref());
        let scopes = reach.into_iter().flat_map(which);
        Cell::List(scopes.map(ToString::to_string).collect())
    }
}

/// A user as a listing shows it: with the facts, also in its document.
pub fn shown(
    ui: &Ui,
    mut known: NamedUser,
    estate: Option<&Estate>,
) -> Result<row::Row<NamedUser>> {
    let facts = Facts::of(&known, ui.now(), estate);
    let document = match ui.writes_documents() {
        true => document(&known, &facts)?,
        false => known.row.raw.clone(),
    };
    known.facts = Some(facts);
    Ok((document, known))
}

fn document(known: &NamedUser, facts: &Facts) -> Result<Box<RawValue>> {
    let effective = Effective {
        name: &known.name,
        project: known.project.as_deref(),
        authentication: authentication(known.user()),
        unrestricted: known.user().scopes.is_empty(),
        facts,
    };
    effective::document(&known.row.raw, &effective)
}

fn documents<S: Serializer>(scopes: &Scopes, serializer: S) -> Result<S::Ok, S::Error> {
    estate::document(scopes).serialize(serializer)
}
