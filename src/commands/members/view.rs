//! A person as they are shown: the columns, and their parts in words.

use super::home::Access;
use super::role;
use crate::atlas::Row;
use crate::atlas::members::{Home, Member};
use crate::error::Error;
use crate::near;
use crate::ui::{Cell, Column, Listing};

/// A person of a project or organisation.
#[derive(Debug, Clone)]
pub struct Person {
    /// What the API returned.
    pub member: Member,
    /// How the person has access.
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

/// Whether an invitation is waiting to be accepted.
pub fn is_pending(member: &Member) -> bool {
    member.org_membership_status == "PENDING"
}

/// First and last name.
pub fn person(member: &Member) -> Option<String> {
    let parts = [member.first_name.as_deref(), member.last_name.as_deref()];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// The error for a person who is not among the known ones, who have access.
pub fn missing<'a>(
    home: &Home,
    name: &str,
    known: impl IntoIterator<Item = &'a Row<Member>>,
) -> Error {
    let (place, flag) = match home {
        Home::Project(_) => ("project", ""),
        Home::Org(_) => ("organisation", " --in-org"),
    };
    let known = known.into_iter().map(|row| row.view.username.as_str());
    Error::not_found(format!("{name} is not in this {place}")).hint(near::hint(
        name,
        known,
        format!("spctl members list{flag} shows who is"),
    ))
}
