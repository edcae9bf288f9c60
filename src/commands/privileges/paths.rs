//! `privileges paths`.

use std::collections::HashSet;
use std::path::PathBuf;
use std::str::FromStr;

use futures_util::stream;
use serde::Serialize;

use super::users::Called;
use super::{asked, page, paths_dot};
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::output::{self, Replace};
use crate::near;
use crate::privileges::decide::Decider;
use crate::privileges::decide::paths::{Path, Paths};
use crate::privileges::project::{Cluster, Project};
use crate::privileges::scopes::ScopeKind;
use crate::ui::{Cell, Column, Listing, plural, row};

/// Which paths.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Whoever may create, modify or process a stream processor on an instance acts through the instance's \
connections: on their clusters, of other projects too, as the roles that the connections execute as. \
MORE is yes where such a path gives a database user more than its own roles and scopes do, and unclear \
where that cannot be told.

Examples:
  spctl privileges paths
  spctl privileges paths --from alice
  spctl privileges paths --to cluster:shop-main -o csv
  spctl privileges paths --more --html paths.html
  spctl privileges paths --dot | dot -Tsvg > paths.svg")]
pub struct Args {
    /// Only paths to this cluster
    #[arg(long, value_name = "cluster:NAME")]
    to: Option<Target>,
    /// Only paths of this database user
    #[arg(long, value_name = "USER")]
    from: Option<String>,
    /// Only paths that give more than the user holds, or may
    #[arg(long)]
    more: bool,
    /// Write a graph for Graphviz
    #[arg(long, conflicts_with = "html")]
    dot: bool,
    /// Write a page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "html")]
    force: bool,
    #[command(flatten)]
    source: SourceArgs,
}

/// What paths lead to.
#[derive(Debug, Clone)]
struct Target(String);

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.strip_prefix("cluster:") {
            Some(name) if !name.is_empty() => Ok(Target(name.to_owned())),
            _ => Err("expected cluster:NAME".to_owned()),
        }
    }
}

/// A path, as it is written.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// As the user is called.
    #[serde(skip)]
    pub(super) called: String,
    user: String,
    database: String,
    /// What it may do that lets it write pipelines.
    pub(super) actions: Vec<&'static str>,
    /// Whether it may that, as far as its roles are understood.
    allowed: &'static str,
    pub(super) instance: String,
    pub(super) connection: String,
    pub(super) cluster: String,
    /// The cluster's project, if that is another one.
    pub(super) project: Option<String>,
    /// What the connection executes as.
    pub(super) role: Option<String>,
    /// `yes`, `no` or `unclear`.
    pub(super) more: &'static str,
    pub(super) why: String,
}

impl Row {
    /// A path of a user who is called so.
    pub(super) fn of(path: &Path<'_>, called: String) -> Self {
        Row {
            called,
            user: path.user.name.clone(),
            database: path.user.database.clone(),
            actions: path.actions.iter().map(|action| action.documented).collect(),
            allowed: if path.is_certain { "yes" } else { "might" },
            instance: path.instance.to_owned(),
            connection: path.connection.name.clone(),
            cluster: path.cluster.name.clone(),
            project: path.cluster.project.clone(),
            role: path.connection.executes_as.as_ref().map(ToString::to_string),
            more: match path.gain.is_more() {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unclear",
            },
            why: path.gain.told(),
        }
    }

    /// For people, without the user.
    pub(super) fn told(&self) -> String {
        let role = self.role.as_deref().unwrap_or("an unnamed role");
        let more = match self.more {
            "yes" => "more than it holds: ",
            "unclear" => "unclear: ",
            _ => "",
        };
        let place = format!("{}/{} -> {}", self.instance, self.connection, self.cluster);
        format!("{place} as {role}: {more}{}", self.why)
    }
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("user", |row| row.called.as_str().into()),
        Column::telling_apart("instance", |row| row.instance.as_str().into()),
        Column::telling_apart("connection", |row| row.connection.as_str().into()),
        Column::telling_apart("cluster", |row| row.cluster.as_str().into()),
        Column::new("as", |row| Cell::maybe(row.role.clone())),
        Column::telling_apart("more", |row| row.more.into()),
        Column::new("why", |row| row.why.as_str().into()),
        Column::new("project", |row| Cell::maybe(row.project.clone())),
        Column::new("actions", |row| {
            Cell::List(row.actions.iter().map(|action| (*action).to_owned()).collect())
        }),
    ],
    default: 7,
    name: |row| row.called.clone(),
};

/// Lists them, or draws them.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    if let Some(path) = &args.html {
        output::free(path, Replace::forced(args.force))?;
    }
    let project = args.source.project(context)?;
    let called = Called::of(&project);
    let from = args.from.as_deref().map(|name| called.find(name)).transpose()?;
    if let Some(Target(cluster)) = &args.to {
        exists(&project, cluster)?;
    }
    asked::say_unseen(context, &project, asked::ON_CLUSTERS);
    let decider = Decider::new(&project);
    let paths = Paths::new(&decider);
    let users =
        project.users.iter().filter(|user| from.is_none_or(|from| std::ptr::eq(from, *user)));
    let is_wanted = |path: &Path<'_>| {
        args.to.as_ref().is_none_or(|to| path.cluster.name == to.0)
            && (!args.more || path.gain.is_more() != Some(false))
    };
    let found = users.flat_map(|user| {
        let called = called.name(user);
        paths.from(user).filter(is_wanted).map(move |path| Row::of(&path, called.clone()))
    });
    if args.dot {
        return paths_dot::write(context, &project, found);
    }
    if let Some(file) = &args.html {
        let rows: Vec<Row> = found.collect();
        page::write(file, &page::paths(&project, &rows), args.force)?;
        context.ui.note(format!("{} -> {}", plural(rows.len(), "path"), file.display()));
        return Ok(());
    }
    let names = context.ui.options().names;
    let mut seen = HashSet::new();
    let found = found.filter(|row| !names || seen.insert(row.called.clone()));
    let rows = stream::iter(found.map(row::computed));
    context
        .block_on(context.ui.list(&LISTING, rows, "no database user reaches a cluster so"))
        .map(drop)
}

fn exists(project: &Project, cluster: &str) -> Result<()> {
    let connections = project.instances.iter().flat_map(|i| i.connections.iter().flatten());
    let named = connections.filter_map(|connection| connection.cluster.as_ref());
    let named = named.map(|Cluster { name, .. }| name.as_str());
    let known: Vec<&str> = named.chain(project.estate.names(ScopeKind::Cluster)).collect();
    match known.contains(&cluster) {
        true => Ok(()),
        false => Err(Error::not_found(format!("there is no cluster {cluster:?}")).hint(
            near::hint(cluster, known, "spctl privileges paths lists those that are reached"),
        )),
    }
}
