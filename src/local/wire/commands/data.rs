//! Commands about data, of which an instance has none.

use super::{Answer, Command};
use crate::local::wire::failure::{Code, Failure};
use crate::privileges::catalogue::commands as catalogue;

/// How much of what a command is about is told back.
const LONGEST: usize = 200;

/// Refuses a command that nothing else answers: one of the server's is not permitted, whatever the
/// user's roles allow on clusters; others do not exist. To be told that a command is unknown, instead
/// of refused, is more than shells can bear: they show where in their own code that happened.
pub(super) fn refuse(command: &Command) -> Answer {
    let name = command.name.as_str();
    if !catalogue::is_about_data(name) {
        let text = format!("no such command: '{name}'");
        return Err(Failure::new(Code::COMMAND_NOT_FOUND, text));
    }
    let about = command.body.get(name).map(ToString::to_string).unwrap_or_default();
    let about: String = about.chars().take(LONGEST).collect();
    let text =
        format!("not authorized on {} to execute command {{ {name}: {about} }}", command.database);
    Err(Failure::new(Code::UNAUTHORIZED, text))
}
