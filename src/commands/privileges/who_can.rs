//! `privileges who-can`.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::EnumValueParser;
use futures_util::stream;
use serde::Serialize;

use super::asked::{self, StreamActionParser};
use super::between;
use super::users::Called;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::policy::SourceArgs;
use crate::commands::unseen;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::actions::Action;
use crate::privileges::catalogue::atlas_roles;
use crate::privileges::decide::{Asked, Decider, Grant, Link, kind_of, told, who_can};
use crate::privileges::project::{Principal, PrincipalKind, PrincipalRole, Project, Unseen};
use crate::times::{self, Moment};
use crate::ui::{Column, Format, Listing, plural, row};

/// Which action.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "spctl privileges who-can <ACTION> [OPTIONS]",
    after_help = "\
An action is named in any spelling: startStreamProcessor, START_STREAM_PROCESSOR or start. Each way is \
a row: for a database user the roles that it holds and inherits, for people, API keys and service \
accounts the role in the project or its organisation and the operation of the API: one that does it \
directly, or one by which they grant it to themselves. What could not be seen is said on stderr, and that nobody \
may only where everybody can be seen. A table has a row for all instances on which a way is the same, other \
formats a row for each. The exit code is 0 whoever may; spctl privileges can and check answer with one.

With --between, policies that spctl policy export wrote answer for the past: what was so when one was \
taken is known, and the time between two is unknown.

Examples:
  spctl privileges who-can startStreamProcessor
  spctl privileges who-can drop --instance payments --and create
  spctl privileges who-can start --kind database-user -q
  spctl privileges who-can start --between 2026-07-01 2026-10-01 \\
      --snapshots policies/ -o csv"
)]
pub struct Args {
    /// The action
    #[arg(value_parser = StreamActionParser, hide_possible_values = true)]
    action: &'static Action,
    /// Only whoever may do these as well, on the same instance
    #[arg(long, value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(StreamActionParser), hide_possible_values = true)]
    and: Vec<CommaList<&'static Action>>,
    /// Only on these instances
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Only holders of these kinds
    #[arg(long = "kind", value_name = "KIND,…", num_args = 1.., value_parser = CommaListParser(EnumValueParser::<Kind>::new()))]
    kinds: Vec<CommaList<Kind>>,
    /// Who could from one time until another
    #[arg(long, value_parser = times::parse, value_names = ["FROM", "TO"], num_args = 2, requires = "snapshots", conflicts_with = "snapshot")]
    between: Option<Vec<Moment>>,
    /// The directory of the policies that tell of that time
    #[arg(long, value_name = "DIR", requires = "between")]
    snapshots: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArgs,
}

/// Who holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Database users
    DatabaseUser,
    /// People
    Person,
    /// API keys
    ApiKey,
    /// Service accounts
    ServiceAccount,
}

impl Kind {
    /// As rows have it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::DatabaseUser => "database_user",
            Kind::Person => "person",
            Kind::ApiKey => "api_key",
            Kind::ServiceAccount => "service_account",
        }
    }
}

/// A way.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) database: Option<String>,
    pub(super) action: &'static str,
    /// One instance; in a table all on which the way is the same.
    pub(super) instance: String,
    pub(super) scope: String,
    pub(super) chain: Vec<Step>,
    /// What the next command takes.
    #[serde(skip)]
    pub(super) called: String,
    /// The chain, for people.
    #[serde(skip)]
    pub(super) told: String,
}

/// A role on a way.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    role: String,
    database: Option<String>,
    via: String,
}

/// A way as a document has it.
pub(super) fn steps(links: &[Link]) -> Vec<Step> {
    let step = |link: &Link| Step {
        role: link.role.clone(),
        database: link.database.clone(),
        via: link.via.word(),
    };
    links.iter().map(step).collect()
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("kind", |row| row.kind.into()),
        Column::identifying("name", |row| row.called.as_str().into()),
        Column::telling_apart("instance", |row| row.instance.as_str().into()),
        Column::telling_apart("action", |row| row.action.into()),
        Column::whole("chain", |row| row.told.as_str().into()),
        Column::new("scope", |row| row.scope.as_str().into()),
        Column::new("database", |row| row.database.clone().unwrap_or_default().into()),
    ],
    default: 5,
    name: |row| row.called.clone(),
};

/// The same where one action is asked about.
static OF_ONE: Listing<Row> = Listing {
    columns: &[
        Column::identifying("kind", |row| row.kind.into()),
        Column::identifying("name", |row| row.called.as_str().into()),
        Column::telling_apart("instance", |row| row.instance.as_str().into()),
        Column::whole("chain", |row| row.told.as_str().into()),
        Column::new("scope", |row| row.scope.as_str().into()),
        Column::telling_apart("action", |row| row.action.into()),
        Column::new("database", |row| row.database.clone().unwrap_or_default().into()),
    ],
    default: 4,
    name: |row| row.called.clone(),
};

impl Args {
    /// Every action that is asked about, each once.
    pub(super) fn actions(&self) -> Vec<&'static Action> {
        let mut actions = vec![self.action];
        for action in self.and.items() {
            if !actions.contains(action) {
                actions.push(action);
            }
        }
        actions
    }

    /// The instances that are named.
    pub(super) fn instances(&self) -> Vec<&String> {
        self.instances.items().collect()
    }

    /// Whether holders of a kind are asked about.
    pub(super) fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.items().any(|wanted| wanted.word() == kind)
    }

    /// What could not be seen of who is asked about.
    fn unseen<'a>(&self, project: &'a Project) -> impl Iterator<Item = &'a Unseen> {
        let mut rests: Vec<&str> = Vec::new();
        for (kind, needed) in [
            (Kind::DatabaseUser, &["database user", "custom role"][..]),
            (Kind::Person, &["member", "organisation roles"]),
            (Kind::ApiKey, &["API key"]),
            (Kind::ServiceAccount, &["service account"]),
        ] {
            if self.wants(kind.word()) {
                rests.extend(needed);
            }
        }
        rests.push("instances");
        let is_asked = move |what: &str| rests.iter().any(|begin| what.starts_with(begin));
        project.unseen.iter().filter(move |unseen| is_asked(&unseen.what))
    }

    /// For a sentence: `startStreamProcessor and dropStreamProcessor`.
    pub(super) fn told(&self) -> String {
        let names: Vec<_> = self.actions().iter().map(|action| action.documented).collect();
        names.join(" and ")
    }
}

/// Lists who may.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    if let (Some([from, to]), Some(directory)) = (args.between.as_deref(), &args.snapshots) {
        return between::run(context, args, (*from, *to), directory);
    }
    let actions = args.actions();
    let listing = if actions.len() == 1 { &OF_ONE } else { &LISTING };
    context.ui.check(listing)?;
    let project = args.source.project(context)?;
    let decider = Decider::new(&project);
    let instances = asked::instances(&project, &args.instances())?;
    let unseen: Vec<&Unseen> = args.unseen(&project).collect();
    unseen::say(context, unseen.iter().copied());
    asked::say_instances(context, &project);
    let may_be_others = args.instances().is_empty() && !asked::sees_instances(&project);
    let asked = Asked { all: actions.len() > 1, actions, instances, may_be_others };
    let mut grants = who_can(&decider, &asked);
    grants.retain(|grant| args.wants(grant.kind));
    let is_unclear = say_beside(context, |kind| args.wants(kind), &project, &grants);
    let called = Called::of(&project);
    // A table is for people, who read where everything is the same on one line.
    let together = context.ui.format() == Format::Table && !context.ui.writes_documents();
    let mut names = HashSet::new();
    if context.ui.options().names {
        grants.retain(|grant| names.insert((grant.name, grant.database)));
    }
    let alone = together || context.ui.options().names;
    let rows = grants.iter().flat_map(|grant| {
        let called = called.by(grant.name, grant.database);
        match alone {
            true => vec![grouped(grant, called)],
            // Of instances that nobody could see, none can be named.
            false if grant.instances.names().is_empty() => vec![grouped(grant, called)],
            false => grant.instances.names().iter().map(|i| single(grant, i, &called)).collect(),
        }
    });
    let rows = stream::iter(rows.map(row::computed));
    let nobody = match unseen.is_empty() && !is_unclear {
        true => format!("nobody may {}", args.told()),
        false => format!("nobody who can be seen may {}", args.told()),
    };
    context.block_on(context.ui.list(listing, rows, &nobody)).map(drop)
}

fn row_of(grant: &Grant<'_>, instance: String, scope: String, called: String) -> Row {
    Row {
        kind: grant.kind,
        name: grant.name.to_owned(),
        database: grant.database.map(str::to_owned),
        action: grant.action.documented,
        instance,
        scope,
        chain: steps(&grant.links),
        called,
        told: told(&grant.links),
    }
}

/// One of its instances.
pub(super) fn single(grant: &Grant<'_>, instance: &str, called: &str) -> Row {
    row_of(grant, instance.to_owned(), grant.scope_on(instance), called.to_owned())
}

fn grouped(grant: &Grant<'_>, called: String) -> Row {
    let (instance, scope) = match grant.scope {
        Some(scope) => ("(all)".to_owned(), scope.to_owned()),
        None => (grant.instances.names().join(", "), "its scopes".to_owned()),
    };
    row_of(grant, instance, scope, called)
}

/// Says what the rows do not, and whether it is unclear of somebody who is in none of them. `wants` is
/// which kinds of holders are asked about.
pub(super) fn say_beside(
    context: &Context,
    wants: impl Fn(&str) -> bool,
    project: &Project,
    grants: &[Grant<'_>],
) -> bool {
    let unclear = grants.iter().filter(|grant| !grant.is_certain);
    let unclear: HashSet<_> = unclear.map(|grant| (grant.name, grant.database)).collect();
    if !unclear.is_empty() {
        context.ui.warn(format!(
            "of {} it is unclear: a role is not fully understood, or is none of this project",
            plural(unclear.len(), "database user")
        ));
    }
    if grants.iter().any(|grant| grant.has_more) {
        context.ui.warn("some have more ways than are listed");
    }
    let invited = project.principals.iter().filter(|p| p.kind == PrincipalKind::Invited);
    let invited: Vec<_> = invited.map(|person| person.name.as_str()).collect();
    if !invited.is_empty() {
        context.ui.note(format!("invited, and not counted: {}", invited.join(", ")));
    }
    let is_known = |role: &PrincipalRole| atlas_roles::api_name(&role.role).is_some();
    let is_listed = |one: &Principal| grants.iter().any(|grant| grant.name == one.name);
    let others = project.principals.iter().filter(|one| one.kind != PrincipalKind::Invited);
    let others = others.filter(|one| wants(kind_of(one)) && !is_listed(one));
    let unclear = others.filter_map(|one| {
        let odd = one.roles.iter().find(|role| !is_known(role))?;
        Some(format!("{} holds {}", one.name, odd.role))
    });
    let unclear: Vec<String> = unclear.collect();
    if !unclear.is_empty() {
        let told = unclear.join(", ");
        context.ui.warn(format!("unclear, since the role is not known here: {told}"));
    }
    !unclear.is_empty()
}
