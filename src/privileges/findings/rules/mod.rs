//! The rules, a file each.

mod administrators_role;
mod dangling_scope;
mod ending_certificate;
mod executes_as_administrator;
mod executes_as_nobody;
mod expired_entry;
mod made_by_program;
mod missing_role;
mod narrow_beside_open;
mod no_tls;
mod open_access_list;
mod owner_for_streams;
mod past_invitation;
mod pipeline_not_allowed;
mod process_without_sample;
mod reach_beyond_grants;
mod shared_credential;
mod stale_user;
mod temporary_without_expiry;
mod unexplained_entry;
mod unrestricted_user;
mod unused_role;
mod wider_than_pipelines;

use super::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &unrestricted_user::RULE,
    &administrators_role::RULE,
    &executes_as_administrator::RULE,
    &executes_as_nobody::RULE,
    &reach_beyond_grants::RULE,
    &owner_for_streams::RULE,
    &wider_than_pipelines::RULE,
    &open_access_list::RULE,
    &narrow_beside_open::RULE,
    &no_tls::RULE,
    &shared_credential::RULE,
    &ending_certificate::RULE,
    &unused_role::RULE,
    &temporary_without_expiry::RULE,
    &stale_user::RULE,
    &dangling_scope::RULE,
    &expired_entry::RULE,
    &unexplained_entry::RULE,
    &past_invitation::RULE,
    &made_by_program::RULE,
    &process_without_sample::RULE,
    &missing_role::RULE,
    &pipeline_not_allowed::RULE,
];
