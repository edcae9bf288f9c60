//! Users without a password, as only the local control plane can tell.

use super::naming::NamedUser;
use super::view::has_password;
use crate::config::Target;
use crate::context::Context;
use crate::error::Result;
use crate::local::Clock;
use crate::local::admin::Admin;
use crate::session::ProjectClient;

/// How many users the note names.
const NAMED: usize = 3;

/// Notes which users that authenticate by password have none yet: the sample's, and those of a store
/// created before passwords were stored. Atlas does not tell; nor is it said to who asks for data.
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
    let Some(first) = without.first() else { return Ok(()) };
    let (who, name) = match without.len() {
        1 => ((*first).to_owned(), crate::shell::quote(first).into_owned()),
        2..=NAMED => (without.join(", "), "NAME".to_owned()),
        many => (format!("{many} of these users"), "NAME".to_owned()),
    };
    context.ui.note(format!(
        "{who} cannot sign in to instances: the local control plane has no password; spctl users update {name} --password sets one"
    ));
    Ok(())
}
