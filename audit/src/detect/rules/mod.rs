//! The rules, a file each.

mod administrator_activity;
mod denied_then_allowed;
mod drop_burst;
mod events_before_gap;
mod failed_logons;
mod first_seen;
mod logon_after_failures;
mod new_log_reader;
mod unknown_user;

use super::Rule;

/// All of them, in the order in which they are listed.
pub static RULES: &[&dyn Rule] = &[
    &failed_logons::ByAddress,
    &failed_logons::ByUser,
    &logon_after_failures::LogonAfterFailures,
    &first_seen::User,
    &first_seen::Address,
    &drop_burst::DropBurst,
    &new_log_reader::NewLogReader,
    &denied_then_allowed::DeniedThenAllowed,
    &administrator_activity::AdministratorActivity,
    &unknown_user::UnknownUser,
    &events_before_gap::EventsBeforeGap,
];
