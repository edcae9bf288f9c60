//! Users who cannot sign in to instances yet, as only the local control plane can tell.

use super::naming::NamedUser;
use super::sign_in::{without_certificates, without_password};
use super::view::has_password;
use crate::commands::connection_string::shows_certificate;
use crate::config::Target;
use crate::context::Context;
use crate::error::Result;
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::session::ProjectClient;

/// How many users a note names.
const NAMED: usize = 3;

/// Notes which users that authenticate by password have none yet: the sample's, and those of a store
/// created before passwords were stored; and which ones have certificates that a server does not take.
/// Atlas does not tell; nor is it said to who asks for data.
pub fn note(context: &Context, on: &ProjectClient, users: &[NamedUser]) -> Result<()> {
    let Target::Local { store } = &context.settings.target else { return Ok(()) };
    if context.ui.wants_data() {
        return Ok(());
    }
    let store = Admin::open(store, Clock::System)?;
    let mut without = Vec::new();
    for known in users.iter().filter(|known| has_password(known.user())) {
        let user = known.user();
        if !store.has_password(&on.project, &user.database_name, &user.username)? {
            without.push(known.name.as_str());
        }
    }
    if let Some((who, name)) = called(&without) {
        context.ui.note(without_password(&who, &name));
    }
    let certified = users.iter().filter(|known| shows_certificate(known.user()));
    let certified: Vec<&str> = certified.map(|known| known.name.as_str()).collect();
    if let Some((who, _)) = called(&certified)
        && store.takes_certificates()? == Some(false)
    {
        context.ui.note(without_certificates(&who));
    }
    Ok(())
}

/// What users are called together, and what stands for their names in a command line; `None` if there
/// are none.
fn called(names: &[&str]) -> Option<(String, String)> {
    let first = names.first()?;
    Some(match names.len() {
        1 => ((*first).to_owned(), crate::shell::quote(first).into_owned()),
        2..=NAMED => (names.join(", "), "NAME".to_owned()),
        many => (format!("{many} of these users"), "NAME".to_owned()),
    })
}
