//! Whether a database user can sign in to an instance, as far as that can be told.

use std::path::Path;

use jiff::Timestamp;

use super::scopes::{describe, scopes};
use super::view::has_password;
use crate::atlas::users::User;
use crate::commands::connection_string::{mechanism, shows_certificate};
use crate::commands::user_names::full_name;
use crate::error::{Error, Result};
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::privileges::scopes::{Scope, ScopeKind};
use crate::shell::quote;

/// Why a user cannot sign in to an instance, wherever it is: its scopes, or its end.
pub fn outside(user: &User, instance: &str, now: Timestamp) -> Vec<String> {
    let (name, scopes) = (&user.username, scopes(user));
    let mut reasons = Vec::new();
    let own = Scope::new(ScopeKind::Stream, instance);
    if !scopes.is_empty() && !scopes.iter().any(|scope| *scope == own) {
        let scopes = describe(&scopes);
        reasons.push(format!("{name} cannot sign in to {instance}: its scopes are {scopes}"));
    }
    let end = user.delete_after_date.as_deref().and_then(|end| end.parse::<Timestamp>().ok());
    if end.is_some_and(|end| end <= now) {
        reasons.push(format!("{name} cannot sign in any more: it has expired"));
    }
    reasons
}

/// Checks that the local control plane has the mechanism by which a user signs in.
///
/// # Errors
/// It has not, naming those that it has.
pub fn is_offered(user: &User) -> Result<()> {
    match mechanism(user) {
        None | Some("MONGODB-X509") => Ok(()),
        Some(mechanism) => Err(Error::failed(format!(
            "database user {} signs in by {mechanism}, which instances of the local control plane do \
             not have",
            full_name(user)
        ))
        .hint("there, users sign in by passwords or client certificates: spctl users create")),
    }
}

/// Why a user cannot sign in to instances of a local store, which knows whether it has a password and
/// whether its server takes certificates.
///
/// # Errors
/// The store cannot be read.
pub fn at_local(
    store: &Path,
    project: &str,
    user: &User,
    takes_certificates: bool,
) -> Result<Option<String>> {
    let name = &user.username;
    if shows_certificate(user) {
        return Ok((!takes_certificates).then(|| without_certificates(name)));
    }
    let store = Admin::open(store, Clock::System)?;
    let lacks = has_password(user) && !store.has_password(project, &user.database_name, name)?;
    Ok(lacks.then(|| without_password(name, &quote(name))))
}

/// That the server takes no certificates of clients.
pub fn without_certificates(who: &str) -> String {
    format!(
        "{who} cannot sign in to instances: the local server takes no certificates; spctl local \
         serve --client-ca FILE does"
    )
}

/// That users have no password yet; `name` is what stands for them in a command line.
pub fn without_password(who: &str, name: &str) -> String {
    format!(
        "{who} cannot sign in to instances: the local control plane has no password; spctl users update {name} --password sets one"
    )
}
