//! `privileges who-can --between`: who could, as far as exported policies tell.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::asked;
use super::users::Called;
use super::who_can::{Args, Step, steps};
use crate::commands::policy;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::decide::{self, Period, Standing, told};
use crate::privileges::project::Project;
use crate::times::{self, rfc3339};
use crate::ui::{Cell, Column, Listing, plural};

/// Somebody who could at some time.
#[derive(Debug, Serialize)]
struct Row {
    kind: &'static str,
    name: String,
    database: Option<String>,
    action: &'static str,
    instance: String,
    scope: String,
    chain: Vec<Step>,
    /// The whole time: when a policy was taken, and what is between two of them.
    periods: Vec<Part>,
    #[serde(skip)]
    called: String,
    #[serde(skip)]
    told: String,
}

#[derive(Debug, Serialize)]
struct Part {
    from: String,
    until: String,
    could: &'static str,
}

impl Row {
    /// The policies that say so, in order.
    fn at<'a>(&'a self, could: &'a [&'a str]) -> impl Iterator<Item = &'a str> + use<'a> {
        let is_it = |part: &&Part| could.contains(&part.could);
        self.periods.iter().filter(is_it).map(|part| part.from.as_str())
    }
}

const COULD: &[&str] = &["yes", "might"];

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::telling_apart("kind", |row| row.kind.into()),
        Column::identifying("name", |row| row.called.as_str().into()),
        Column::telling_apart("instance", |row| row.instance.as_str().into()),
        Column::new("could", |row| Cell::List(row.at(COULD).map(str::to_owned).collect())),
        Column::new("could-not", |row| Cell::List(row.at(&["no"]).map(str::to_owned).collect())),
        Column::telling_apart("action", |row| row.action.into()),
        Column::new("chain", |row| row.told.as_str().into()),
        Column::new("scope", |row| row.scope.as_str().into()),
        Column::new("database", |row| Cell::maybe(row.database.clone())),
    ],
    default: 5,
    name: |row| row.called.clone(),
};

/// Lists who could.
pub(super) fn run(
    context: &Context,
    args: &Args,
    (from, to): (times::Moment, times::Moment),
    directory: &Path,
) -> Result<()> {
    context.ui.check(&LISTING)?;
    let now = context.ui.now();
    let (from, to) = (from.ago(now), to.ago(now));
    if from >= to {
        return Err(Error::usage(format!(
            "--between: {} is not before {}",
            rfc3339(from),
            rfc3339(to)
        ))
        .hint("give the earlier time first"));
    }
    let mut snapshots = read(context, directory)?;
    snapshots.retain(|project| (from..=to).contains(&project.taken));
    if snapshots.is_empty() {
        let why = format!("no policy in {} was taken in that time", directory.display());
        return Err(Error::not_found(why).hint("who could is unknown for all of it"));
    }
    let named: Vec<String> = args.instances().into_iter().cloned().collect();
    let known = || snapshots.iter().flat_map(|project| &project.instances);
    for name in &named {
        if !known().any(|instance| instance.name == *name) {
            let known = known().map(|instance| instance.name.as_str());
            return Err(asked::no_instance(name, known));
        }
    }
    let actions = args.actions();
    let standings =
        decide::between(&snapshots, (from, to), &actions, (actions.len() > 1, &named), shows);
    say(context, &snapshots, (from, to));
    let latest = snapshots.last().map(Called::of);
    let row = |standing: Standing| {
        let called = latest.as_ref().map_or_else(
            || standing.name.clone(),
            |called| called.by(&standing.name, standing.database.as_deref()),
        );
        Row {
            kind: standing.kind,
            told: told(&standing.links),
            chain: steps(&standing.links),
            called,
            name: standing.name,
            database: standing.database,
            action: standing.action.documented,
            instance: standing.instance,
            scope: standing.scope,
            periods: standing.periods.iter().map(part).collect(),
        }
    };
    let rows = standings.into_iter().filter(|standing| args.wants(standing.kind)).map(row);
    let nobody = format!("nobody could {} when these policies were taken", args.told());
    context.ui.list_computed(&LISTING, rows, &nobody).map(drop)
}

fn part(period: &Period) -> Part {
    Part { from: rfc3339(period.from), until: rfc3339(period.until), could: period.could.word() }
}

/// Whether a policy shows all holders of a kind, so that who is not in it could not.
fn shows(project: &Project, kind: &str) -> bool {
    let needed: &[&str] = match kind {
        "database_user" => &["database user", "custom role", "instances"],
        "person" => &["member", "organisation roles", "instances"],
        "api_key" => &["API key", "instances"],
        _ => &["service account", "instances"],
    };
    let is_needed = |what: &str| needed.iter().any(|needed| what.starts_with(needed));
    !project.unseen.iter().any(|unseen| is_needed(&unseen.what))
}

/// The policies of a directory, in the order in which they were taken.
fn read(context: &Context, directory: &Path) -> Result<Vec<Project>> {
    let cannot = |error| {
        Error::usage(format!("--snapshots: cannot read {}", directory.display())).source(error)
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(directory).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let is_policy = path.extension().is_some_and(|end| {
            ["yaml", "yml", "json"].iter().any(|known| end.eq_ignore_ascii_case(known))
        });
        if is_policy && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut projects: Vec<Project> = Vec::new();
    for file in files {
        let project = policy::read(context, "--snapshots", &file)?.project();
        projects.push(project);
    }
    let wanted = context.flags.project.as_ref();
    let is_wanted = |project: &Project| {
        wanted.is_none_or(|wanted| *wanted == project.id || *wanted == project.name)
    };
    projects.retain(is_wanted);
    if let Some(other) = projects.iter().find(|project| project.id != projects[0].id) {
        let (one, other) = (&projects[0].name, &other.name);
        return Err(Error::usage(format!(
            "--snapshots: there are policies of several projects: {one} and {other}"
        ))
        .hint("choose one with --project"));
    }
    projects.sort_by_key(|project| project.taken);
    projects.dedup_by_key(|project| project.taken);
    Ok(projects)
}

/// Says what the answer rests on, and which time it leaves open.
fn say(context: &Context, snapshots: &[Project], (from, to): (Timestamp, Timestamp)) {
    let taken: Vec<String> = snapshots.iter().map(|project| rfc3339(project.taken)).collect();
    let count = plural(snapshots.len(), "snapshot");
    context.ui.note(format!("{count}, taken {}", taken.join(", ")));
    let mut open = Vec::new();
    let mut end = from;
    for moment in snapshots.iter().map(|project| project.taken).chain([to]) {
        if moment > end {
            open.push(format!("{} to {}", rfc3339(end), rfc3339(moment)));
        }
        end = moment;
    }
    if !open.is_empty() {
        context.ui.note(format!("unknown: {}", open.join(", ")));
    }
    for (kind, told) in [
        ("database_user", "database users"),
        ("person", "people"),
        ("api_key", "API keys"),
        ("service_account", "service accounts"),
    ] {
        let blind = snapshots.iter().filter(|project| !shows(project, kind)).count();
        if blind > 0 {
            context.ui.warn(format!("{told} are not seen, or not all, in {blind} of {count}"));
        }
    }
}
