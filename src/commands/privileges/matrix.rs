//! `privileges matrix`.

use std::collections::HashSet;
use std::path::PathBuf;

use futures_util::stream;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::users::Called;
use super::{asked, page};
use crate::comma_list::{CommaList, Items};
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::Result;
use crate::files::output::{self, Replace};
use crate::privileges::catalogue::actions::ACTIONS;
use crate::privileges::decide::Decider;
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::rights::{Rights, Verdict};
use crate::ui::{Cell, Column, Format, Listing, plural, row};

/// Of which instances.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A table shows for every user who may do something on an instance which actions: x is allowed, ? depends \
on a role that is not fully understood. Its columns are the actions process, create, modify, start, \
stop, drop, sample, get, list, stats (sts) and connections. The other formats have all users, and the \
actions' whole names.

Examples:
  spctl privileges matrix --instance orders
  spctl privileges matrix -o csv > matrix.csv
  spctl privileges matrix --html matrix.html --snapshot policy.yaml")]
pub struct Args {
    /// Only these instances
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Write a heat map as a page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "html")]
    force: bool,
    #[command(flatten)]
    source: SourceArgs,
}

/// What a user may do on an instance.
#[derive(Debug, Clone, Serialize)]
struct Row<'a> {
    instance: &'a str,
    user: &'a str,
    database: &'a str,
    #[serde(serialize_with = "by_action")]
    actions: Rights,
    #[serde(skip)]
    called: String,
}

fn by_action<S: Serializer>(rights: &Rights, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(ACTIONS.len()))?;
    for action in ACTIONS {
        map.serialize_entry(action.documented, rights.verdict(action).word())?;
    }
    map.end()
}

impl<'a> Row<'a> {
    fn of(
        user: &'a DatabaseUser,
        rights: Rights,
        instance: &'a str,
        (project, called): (&Project, &Called<'_>),
    ) -> Self {
        let counts = user.may_be_on(instance, project.taken);
        Row {
            instance,
            user: &user.name,
            database: &user.database,
            actions: if counts { rights } else { Rights::default() },
            called: called.name(user),
        }
    }

    fn verdict(&self, index: usize) -> Verdict {
        ACTIONS.get(index).map_or(Verdict::No, |action| self.actions.verdict(action))
    }
}

fn mark(row: &Row<'_>, index: usize) -> Cell {
    match row.verdict(index) {
        Verdict::Yes => "x".into(),
        Verdict::Might => "?".into(),
        Verdict::No => Cell::Empty,
    }
}

fn word(row: &Row<'_>, index: usize) -> Cell {
    row.verdict(index).word().into()
}

/// The actions in so few letters that all stand beside each other.
const SHORT: [&str; 11] =
    ["pro", "cre", "mod", "sta", "sto", "dro", "sam", "get", "lis", "sts", "con"];

/// The columns of a table, or of what programs read.
fn columns<'a>(in_short: bool) -> Vec<Column<'static, Row<'a>>> {
    let mut columns = vec![
        Column::telling_apart("instance", |row: &Row<'a>| row.instance.into()),
        Column::telling_apart("user", |row: &Row<'a>| row.called.as_str().into()),
    ];
    columns.extend(ACTIONS.iter().enumerate().map(|(index, action)| match in_short {
        true => Column::nth(SHORT[index], index, mark).identifies(),
        false => Column::nth(action.documented, index, word),
    }));
    columns
}

/// Shows them.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let in_short = context.ui.format() == Format::Table;
    let columns = columns(in_short);
    let default = columns.len();
    let listing = Listing { columns: &columns, default, name: |row: &Row<'_>| row.called.clone() };
    context.ui.check(&listing)?;
    if let Some(path) = &args.html {
        output::free(path, Replace::forced(args.force))?;
    }
    let project = args.source.project(context)?;
    let named: Vec<&String> = args.instances.items().collect();
    let instances = asked::instances(&project, &named)?;
    asked::say_unseen(context, &project, asked::ON_USERS);
    let (decider, called) = (Decider::new(&project), Called::of(&project));
    // Scopes and roles are independent: the whole is the rights of each user, and where they count.
    let users: Vec<_> = project.users.iter().map(|user| (user, decider.rights(user))).collect();
    if let Some(path) = &args.html {
        let cells = users.iter().map(|(user, rights)| (called.name(user), *user, *rights));
        let page = page::matrix(&project, &instances, &cells.collect::<Vec<_>>());
        page::write(path, &page, args.force)?;
        let of = plural(instances.len(), "instance");
        context.ui.note(format!("{} on {of} -> {}", plural(users.len(), "user"), path.display()));
        return Ok(());
    }
    let may_nothing = |row: &Row<'_>| row.actions == Rights::default();
    let mut left_out = 0_usize;
    let rows = instances.iter().flat_map(|instance| {
        let on = |(user, rights)| Row::of(user, rights, instance, (&project, &called));
        users.iter().copied().map(on)
    });
    let names = context.ui.options().names;
    let mut seen = HashSet::new();
    let rows = rows.filter(|row| {
        let leave = (in_short || names) && may_nothing(row);
        left_out += usize::from(leave);
        !leave && (!names || seen.insert((row.user, row.database)))
    });
    let rows = stream::iter(rows.map(row::computed));
    context.block_on(context.ui.list(&listing, rows, "no user may do anything"))?;
    if left_out > 0 && !names {
        let pairs = plural(left_out, "row");
        context.ui.note(format!("left out: {pairs} of users who may do nothing there"));
    }
    Ok(())
}
