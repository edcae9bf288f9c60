//! A suggestion, written: with its evidence, as a body for the API, as a policy, as commands.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::unused::Seen;
use super::Form;
use super::commands_form::commands;
use super::policy_form::changed;
use crate::commands::roles::view;
use crate::commands::{effective, estate};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::{self, Policy};
use crate::privileges::evidence::{Judged, Verdict};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::project::{Cluster, DatabaseUser, Project};
use crate::privileges::suggestion::{Reason, Suggestion, Why};
use crate::shell::quote;
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Listing, row};

/// Whom a role is suggested for.
pub(super) enum For {
    /// A user, as it is called.
    User(String, DatabaseUser),
    /// All holders of a role.
    Role(String),
    /// A connection, to execute as.
    Connection { instance: String, name: String, cluster: Cluster, executes_as: Option<String> },
}

/// A suggestion, and whom it is for.
pub(super) struct Suggested<'a> {
    pub(super) suggestion: Suggestion,
    pub(super) project: &'a Project,
    pub(super) whom: For,
}

/// A permission of the role, and why it is there.
pub(super) struct Row {
    role: String,
    action: String,
    because: &'static str,
    count: Option<u64>,
    last: Option<String>,
    detail: String,
}

/// Why a permission is in a role, or what is known of one that is not, in a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Evidence {
    action: String,
    because: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    why: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    instances: BTreeMap<String, Seen>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needed_by: Vec<String>,
}

impl Evidence {
    fn of(reason: &Reason) -> Evidence {
        let mut evidence = Evidence {
            action: reason.permission.as_argument(),
            because: "",
            count: None,
            first: None,
            last: None,
            why: String::new(),
            instances: BTreeMap::new(),
            needed_by: Vec::new(),
        };
        match &reason.why {
            Why::Seen(total, instances, why) => {
                evidence.because = "used";
                evidence.count = Some(total.count);
                evidence.first = total.first.map(rfc3339);
                evidence.last = total.last.map(rfc3339);
                evidence.why.clone_from(why);
                let seen = instances.iter().filter(|(_, used)| used.count > 0);
                evidence.instances =
                    seen.map(|(name, used)| (name.clone(), Seen::of(used))).collect();
            }
            Why::Kept => evidence.because = "kept",
            Why::Untold(why) => {
                evidence.because = "unknown";
                evidence.why.clone_from(why);
            }
            Why::Data => {
                evidence.because = "data";
                "the log of an instance shows nothing of it".clone_into(&mut evidence.why);
            }
            Why::Needed(by) => {
                evidence.because = "needed";
                evidence.needed_by.clone_from(by);
            }
        }
        evidence
    }

    fn dropped(judged: &Judged) -> Value {
        json!({
            "action": judged.action.documented,
            "verdict": judged.verdict.name(),
            "why": judged.why,
            "denied": judged.total.denied,
        })
    }
}

impl Row {
    fn of(role: &str, reason: &Reason) -> Row {
        let Evidence { action, because, count, last, why, instances, needed_by, .. } =
            Evidence::of(reason);
        let places: Vec<String> = instances
            .into_keys()
            .chain(needed_by)
            .chain((!why.is_empty()).then_some(why))
            .collect();
        Row { role: role.to_owned(), action, because, count, last, detail: places.join(", ") }
    }
}

/// The permissions of the suggested role.
pub(super) static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("action", |row| row.action.as_str().into()),
        Column::telling_apart("because", |row| row.because.into()),
        Column::telling_apart("count", |row| Cell::count(row.count)),
        Column::new("last", |row| Cell::maybe(row.last.clone())),
        Column::new("evidence", |row| row.detail.as_str().into()),
        Column::new("role", |row| row.role.as_str().into()),
    ],
    default: 5,
    name: |row| row.action.clone(),
};

/// Writes a suggestion.
pub(super) fn write(
    context: &Context,
    policy: &Policy,
    suggested: &Suggested<'_>,
    form: Option<Form>,
    name: Option<&str>,
) -> Result<()> {
    let Suggested { suggestion, project, whom } = suggested;
    if suggestion.definition.is_empty() {
        tell_dropped(context, suggestion);
        return Err(nothing(whom, suggestion));
    }
    // The roles of another project are not known here.
    let graph = match whom {
        For::Connection { cluster, .. } if is_elsewhere(project, cluster) => RoleGraph::default(),
        _ => project.roles.clone(),
    };
    let name = match (name, whom) {
        (Some(name), _) => name.to_owned(),
        (None, For::Role(role)) if graph.has_custom(role) => role.clone(),
        (None, _) => graph
            .exactly(&suggestion.definition)
            .map_or_else(|| graph.fresh_name(&suggestion.definition), str::to_owned),
    };
    let body = view::document(&name, &suggestion.definition);
    match form {
        Some(Form::Policy) => {
            let text = policy::yaml(&changed(policy, suggested, &name, &body))
                .map_err(|why| Error::failed(format!("cannot write the policy: {why}")))?;
            context.ui.write(text.as_bytes())?;
        }
        Some(Form::Commands) => {
            for line in commands(suggested, &graph, &name) {
                context.ui.line(context.ui.pasteable(&line))?;
            }
        }
        None => {
            let rows = suggestion.reasons.iter().map(|reason| Row::of(&name, reason));
            if context.ui.writes_documents() {
                let evidence: Vec<_> = suggestion.reasons.iter().map(Evidence::of).collect();
                let dropped: Vec<_> = suggestion.dropped.iter().map(Evidence::dropped).collect();
                let facts = json!({
                    "evidence": evidence,
                    "dropped": dropped,
                    "replaces": texts(&suggestion.replaces),
                    "losesOnData": texts(&suggestion.with_data),
                    "scopes": suggestion.scopes.as_ref().map(estate::document),
                    "doubts": suggestion.doubts,
                });
                let document = effective::document(&row::document(&body)?, &facts)?;
                let first = rows.take(1).map(|row| (document.clone(), row)).collect();
                context.ui.show_asked(&LISTING, first, true, |_| Vec::new())?;
            } else {
                let rows = rows.map(|row| Ok((row::document(&row.action)?, row)));
                context.ui.list_all(&LISTING, rows, "no action is needed")?;
            }
        }
    }
    tell(context, suggested, &graph, &name);
    Ok(())
}

/// What to do about gaps of a log.
pub const UNTOLD: &str =
    "give the logs of all of the window, or a shorter --window; --drop-unknown leaves it out";

fn nothing(whom: &For, suggestion: &Suggestion) -> Error {
    let is_young = |one: &Judged| one.verdict == Verdict::TooNew;
    let error = |why: String| Error::new(Kind::Differs, why);
    match whom {
        For::User(name, _) if suggestion.dropped.iter().any(is_young) => error(format!(
            "no role is suggested yet: {name} or its roles changed within the window"
        ))
        .hint("a shorter --window shows what was done since")
        .hint("--keep ACTION allows actions all the same"),
        For::User(name, _) => error(format!("no role is suggested: nothing was seen of {name}"))
            .hint("--keep ACTION allows actions all the same; a wider --window shows more")
            .hint(format!("if nobody needs the user: spctl users lock {}", quote(name))),
        For::Role(role) => {
            error(format!("no role is suggested: its holders use nothing of {role}"))
                .hint("--keep ACTION allows actions all the same; a wider --window shows more")
        }
        For::Connection { name, .. } => {
            error(format!("no role is suggested: no processor uses the connection {name}"))
        }
    }
}

fn tell(context: &Context, suggested: &Suggested<'_>, graph: &RoleGraph, name: &str) {
    let Suggested { suggestion, whom, .. } = suggested;
    let state = if graph.has_custom(name) { "existing" } else { "new" };
    let ui = &context.ui;
    match whom {
        For::User(user, _) => ui.note(format!(
            "custom role {name} ({state}) for {user}, instead of {}",
            texts(&suggestion.replaces).join(", ")
        )),
        For::Role(role) => ui.note(format!("custom role {name} ({state}) instead of {role}")),
        For::Connection { name: connection, executes_as, cluster, .. } => {
            let now = executes_as.as_deref().unwrap_or("no role of its own");
            ui.note(format!(
                "custom role {name} for the connection {connection} on cluster {}, which executes \
                 as {now}",
                cluster.name
            ));
        }
    }
    if let Some(scopes) = &suggestion.scopes {
        let all: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        ui.note(format!("restricted to {}", all.join(", ")));
    }
    if suggestion.changes_nothing() && !matches!(whom, For::Connection { .. }) {
        ui.note("nothing would be taken away");
    }
    tell_dropped(context, suggestion);
    for role in &suggestion.with_data {
        ui.warn(format!(
            "with {role} goes all that it allows on clusters, of which the log of an instance shows \
             nothing"
        ));
        if let For::User(user, _) = whom {
            let user = quote(user);
            ui.hint(format!(
                "grant what it needs there: spctl users grant {user} --role ROLE@DATABASE"
            ));
        }
    }
    if let For::User(user, _) = whom
        && !suggestion.changes_nothing()
    {
        ui.hint(format!(
            "spctl privileges trim --user {} does it, with the same --audit, and keeps a record",
            quote(user)
        ));
    }
}

fn tell_dropped(context: &Context, suggestion: &Suggestion) {
    let untold = suggestion.untold();
    if !untold.is_empty() {
        let names = untold.join(", ");
        context.ui.warn(format!("kept, since the log has gaps and may not show its use: {names}"));
        context.ui.hint(UNTOLD);
    }
    for (verdict, names) in by_verdict(&suggestion.dropped) {
        context.ui.note(format!("left out, {verdict}: {names}"));
    }
}

/// What is left out, by what is known of it.
pub fn by_verdict(dropped: &[Judged]) -> Vec<(&'static str, String)> {
    let mut all: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for one in dropped {
        all.entry(one.verdict).or_default().push(one.action.documented);
    }
    all.into_iter().map(|(verdict, names)| (verdict.name(), names.join(", "))).collect()
}

fn texts(roles: &[GrantedRole]) -> Vec<String> {
    roles.iter().map(ToString::to_string).collect()
}

pub(super) fn is_elsewhere(project: &Project, cluster: &Cluster) -> bool {
    cluster.project.as_ref().is_some_and(|other| *other != project.id)
}
