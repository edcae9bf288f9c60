//! `members footprint`: what people hold, which database users are theirs, what they made that stands,
//! which secrets they may know, and what of all that cannot be seen.

mod made;
mod person;
mod secret;
mod theirs;
mod unseen;

use serde::Serialize;

use super::{all_projects, home};
use crate::atlas::members::{Home, Member};
use crate::commands::audit::{self, Traces};
use crate::commands::{names, orgs, policy};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::Policy;
use crate::privileges::project::Project;
use crate::ui::{Cell, Column, Listing};

use made::Feed;
pub use person::Footprint;
use person::begin;
pub use theirs::{Person, Sign};
use unseen::{not_seen, unseen};

/// Whose.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What each of them holds in the project and its organisation, which database users are theirs, what they made \
that still stands, as the project's events tell it, and which secrets they may know: of connections they \
created or changed, of database users they created or changed. A database user is theirs if its name, the \
subject of its certificate or its name at an identity provider is their address; where only a label, a \
description or half the address says so, it may be (may-use). What cannot be seen is listed as unseen.

With --audit, processors that their database users created, and when each was last seen.

Examples:
  spctl members footprint dana@example.com
  spctl members footprint dana@example.com --audit orders payments -o json
  spctl members footprint - -o csv < leavers.txt")]
pub struct Args {
    /// E-mail addresses or ids of people, or - to read them from stdin
    #[arg(value_name = "EMAIL", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    evidence: EvidenceArgs,
}

/// What else tells of them.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
pub struct EvidenceArgs {
    /// Audit logs that tell what their database users made: instances, archives, directories or files,
    /// or - for stdin, as the audit commands take them
    #[arg(long = "audit", value_name = "SOURCE", num_args = 1..)]
    pub audit: Vec<String>,
}

/// How something is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A role, a team or an invitation.
    Holds,
    /// A database user that is theirs.
    Uses,
    /// A database user that may be theirs.
    MayUse,
    /// They made it, and it stands.
    Made,
    /// A secret that they set or could have set.
    MayKnow,
    /// It cannot be seen.
    Unseen,
}

impl Relation {
    fn word(self) -> &'static str {
        match self {
            Relation::Holds => "holds",
            Relation::Uses => "uses",
            Relation::MayUse => "may-use",
            Relation::Made => "made",
            Relation::MayKnow => "may-know",
            Relation::Unseen => "unseen",
        }
    }
}

/// One thing that is somebody's.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// Whose; none where it is not about one person.
    pub person: Option<String>,
    /// How.
    pub relation: Relation,
    /// What it is: `database user`, `project role`.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// How that is known, or why it cannot be seen.
    pub why: String,
    /// When it was done, RFC 3339.
    pub at: Option<String>,
    /// The command that takes it back or replaces the secret, if one does.
    pub remedy: Option<String>,
}

/// The columns of what is somebody's.
pub static LISTING: Listing<Trace> = Listing {
    columns: &[
        Column::identifying("person", |t| Cell::maybe(t.person.clone())),
        Column::telling_apart("relation", |t| t.relation.word().into()),
        Column::telling_apart("kind", |t| t.kind.as_str().into()),
        Column::identifying("name", |t| t.name.as_str().into()),
        Column::new("why", |t| t.why.as_str().into()),
        Column::new("at", |t| Cell::moment(t.at.as_deref())),
        Column::new("remedy", |t| Cell::maybe(t.remedy.clone())),
    ],
    default: 5,
    name: |t| t.name.clone(),
};

impl Trace {
    /// In a few words: `Project Owner in project shop`, `connection orders/shop`.
    pub fn told(&self) -> String {
        match self.relation {
            Relation::Holds => format!("{} {}", self.name, self.why),
            _ => format!("{} {}", self.kind, self.name),
        }
    }
}

/// What was found out about people.
pub struct Gathered {
    /// The project's policy, from which much of it is.
    pub policy: Policy,
    /// The same as a value.
    pub project: Project,
    /// Each of them, in the order of the command line.
    pub people: Vec<Footprint>,
    /// What cannot be seen, whoever it is about.
    pub unseen: Vec<Trace>,
    traces: Option<Traces>,
}

/// Lists it.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let wanted = names::read(context, &args.names)?;
    let gathered = gather(context, &wanted, &args.evidence)?;
    let mut failed = Vec::new();
    for footprint in &gathered.people {
        if !footprint.is_known && footprint.traces.is_empty() {
            failed.push(nobody(&gathered, &footprint.person));
        }
    }
    let people = gathered.people.iter().flat_map(|one| &one.traces);
    let rows: Vec<Trace> = match failed.len() == wanted.len() {
        true => Vec::new(),
        false => people.chain(&gathered.unseen).cloned().collect(),
    };
    if !rows.is_empty() {
        context.ui.list_computed(&LISTING, rows, "nothing")?;
    }
    let told = gathered.finish(context);
    names::failures(context, failed, wanted.len(), "person").and(told)
}

/// The error for somebody of whom there is no trace.
fn nobody(gathered: &Gathered, person: &Person) -> Error {
    let known = gathered.project.principals.iter().map(|one| one.name.as_str());
    let name = &person.address;
    Error::not_found(format!("{name} is not in this project, and nothing in it tells of them"))
        .hint(crate::near::hint(
            name,
            known,
            "spctl members list --in-org shows who is in the organisation",
        ))
}

/// Finds out what is theirs. Each is told of once.
///
/// # Errors
/// Those of the API, but for what may not be read; that a log cannot be opened.
pub fn gather(context: &Context, wanted: &[String], evidence: &EvidenceArgs) -> Result<Gathered> {
    let policy = policy::SourceArgs::default().policy(context)?;
    let project = policy.project();
    let (org, feed) = context.block_on(context.signals.interruptible(async {
        Ok((of_organisation(context).await?, made::read(context).await?))
    }))?;
    let mut unseen = unseen(&policy, &project);
    let feed = feed.unwrap_or_else(|error| {
        unseen.push(not_seen("what they made", &error.to_string()));
        Feed::default()
    });
    if feed.is_cut {
        unseen
            .push(not_seen("what they made long ago", "the project has more events than are read"));
    }
    let mut people: Vec<Footprint> = Vec::new();
    for name in wanted {
        let footprint = begin(&policy, &project, org.as_deref().unwrap_or_default(), name.trim());
        if !people.iter().any(|one| one.person.is(&footprint.person.address)) {
            people.push(footprint);
        }
    }
    let traces = match evidence.audit.as_slice() {
        [] => {
            let why = "no audit log was read; --audit SOURCE reads some";
            unseen.push(not_seen("what their database users made inside instances", why));
            None
        }
        sources => {
            let logged = people.iter().flat_map(|one| &one.logged);
            let users: Vec<String> = logged.map(|(_, logged)| logged.clone()).collect();
            match users.is_empty() {
                true => None,
                false => Some(audit::traces(context, sources, users)?),
            }
        }
    };
    let projects =
        context.block_on(async { project_names(context, org.as_deref(), &people).await })?;
    for footprint in &mut people {
        footprint.complete(context, &policy, &project, &feed, traces.as_ref());
        footprint.name_projects(&projects);
    }
    Ok(Gathered { policy, project, people, unseen, traces })
}

impl Gathered {
    /// Tells what of the logs could not be read. Called once the answer is written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub fn finish(self, context: &Context) -> Result<()> {
        self.traces.map_or(Ok(()), |traces| traces.finish(context))
    }
}

/// The members of the organisation, if they may be read.
async fn of_organisation(context: &Context) -> Result<Option<Vec<Member>>> {
    let home = Home::Org(orgs::chosen(context).await?);
    match home::direct(context.client()?, &home).await {
        Ok(rows) => Ok(Some(rows.into_iter().map(|row| row.view).collect())),
        Err(error) if error.kind() == Kind::NotPermitted => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of other projects, where somebody has roles there.
async fn project_names(
    context: &Context,
    org: Option<&[Member]>,
    people: &[Footprint],
) -> Result<all_projects::Names> {
    let is_asked = |member: &&Member| people.iter().any(|one| one.person.is(&member.username));
    let mut asked = org.into_iter().flatten().filter(is_asked);
    match asked.any(|member| member.roles.projects.len() > 1) {
        true => all_projects::project_names(context.client()?).await,
        false => Ok(all_projects::Names::default()),
    }
}
