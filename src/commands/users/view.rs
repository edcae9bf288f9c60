//! A database user as it is shown: its columns, and its parts in words.

use super::facts::Facts;
use super::naming::NamedUser;
use super::scopes::scopes;
use crate::atlas::users::{Role, User};
use crate::privileges::scopes::ScopeKind;
use crate::ui::{Cell, Column, Listing};

/// The columns of a database user.
pub static LISTING: Listing<NamedUser> = Listing {
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

/// `role@database`, with the collection if the role is limited to one.
pub fn role(role: &Role) -> String {
    match &role.collection_name {
        Some(collection) => format!("{}@{}.{collection}", role.role_name, role.database_name),
        None => format!("{}@{}", role.role_name, role.database_name),
    }
}

pub fn labels(user: &User) -> Vec<String> {
    user.labels.iter().map(|l| format!("{}={}", l.key, l.value)).collect()
}

pub fn scoped(user: &User, kind: ScopeKind) -> Cell {
    if user.scopes.is_empty() {
        return "(all)".into();
    }
    Cell::List(scopes(user).into_iter().filter(|s| s.kind == kind).map(|s| s.name).collect())
}

/// How the user authenticates.
pub fn authentication(user: &User) -> String {
    elsewhere(user).unwrap_or_else(|| "password".to_owned())
}

/// Whether the user authenticates by a password of its own.
pub fn has_password(user: &User) -> bool {
    elsewhere(user).is_none()
}

/// How a user without a password of its own authenticates.
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
