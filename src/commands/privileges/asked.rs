//! What a question names: actions and instances, and what of the project could not be seen.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;

use crate::commands::unseen;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::catalogue::actions::{self, ACTIONS, Action};
use crate::privileges::project::Project;
use crate::privileges::scopes::ScopeKind;

/// Reads a stream action: in any spelling, or by its word alone.
#[derive(Debug, Clone, Copy)]
pub struct StreamActionParser;

impl TypedValueParser for StreamActionParser {
    type Value = &'static Action;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> std::result::Result<&'static Action, clap::Error> {
        let text = value.to_string_lossy();
        actions::find_by_word(&text).ok_or_else(|| {
            let option = arg.map(ToString::to_string).unwrap_or_default();
            let words: Vec<String> = ACTIONS.iter().map(Action::word).collect();
            let all = format!("the actions are {}", words.join(", "));
            let known = ACTIONS.iter().map(|action| action.documented);
            let tip = near::hint(&text, known.chain(words.iter().map(String::as_str)), all);
            let message = format!(
                "invalid value '{text}' for '{option}': there is no such stream action\n\n  \
                 tip: {tip}\n"
            );
            clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |a: &'static Action| PossibleValue::new(a.documented).help(a.allows);
        Some(Box::new(ACTIONS.iter().map(value)))
    }
}

/// The instances that are asked about: those named, each once, or all that there are. Where instances
/// could not be seen, whoever names one is believed, and so are the scopes of users.
///
/// # Errors
/// Not found: one is named that the project does not have.
pub fn instances<'a>(project: &'a Project, named: &[&'a String]) -> Result<Vec<&'a str>> {
    let all = || project.instances.iter().map(|instance| instance.name.as_str());
    if named.is_empty() {
        return Ok(match sees_instances(project) {
            true => all().collect(),
            false => all().chain(scoped(project)).collect::<BTreeSet<_>>().into_iter().collect(),
        });
    }
    let mut asked: Vec<&str> = Vec::new();
    for name in named {
        if !all().any(|known| known == *name) && sees_instances(project) {
            return Err(no_instance(name, all()));
        }
        if !asked.contains(&name.as_str()) {
            asked.push(name);
        }
    }
    Ok(asked)
}

/// The error about an instance that is not there.
pub fn no_instance<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Error::not_found(format!("there is no instance {name:?} in this project")).hint(near::hint(
        name,
        known,
        "spctl instances list shows which ones exist",
    ))
}

/// The instances that scopes name.
fn scoped(project: &Project) -> impl Iterator<Item = &str> {
    let scopes = project.users.iter().flat_map(|user| &user.scopes);
    scopes.filter(|scope| scope.kind == ScopeKind::Stream).map(|scope| scope.name.as_str())
}

/// Whether all instances of a project could be seen.
pub fn sees_instances(project: &Project) -> bool {
    !project.unseen.iter().any(|unseen| unseen.what == "instances")
}

/// What an answer rests on: the beginnings of what a project calls the kinds that it could not see.
pub type Rests = &'static [&'static str];

/// What database users may do.
pub const ON_USERS: Rests = &["database user", "custom role", "instances"];

/// What they reach.
pub const ON_CLUSTERS: Rests =
    &["database user", "custom role", "instances", "cluster", "federated", "connection"];

/// Who may do something, whoever it is.
pub const ON_HOLDERS: Rests = &[
    "database user",
    "custom role",
    "instances",
    "member",
    "API key",
    "service account",
    "organisation roles",
];

/// Says what could not be seen, as far as the answer rests on it.
pub fn say_unseen(context: &Context, project: &Project, rests: Rests) {
    let matters = |what: &str| rests.iter().any(|kind| what.starts_with(kind));
    unseen::say(context, project.unseen.iter().filter(|unseen| matters(&unseen.what)));
}

/// Says why there is no answer where there is nothing to act on.
pub fn say_instances(context: &Context, project: &Project) {
    if project.instances.is_empty() && sees_instances(project) {
        context.ui.note("the project has no instances");
    }
}
