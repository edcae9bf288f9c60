//! `privileges of`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::asked;
use super::of_holder::{self, Holder};
use super::paths::Row as PathRow;
use super::users::Called;
use super::who_can::{Step, steps};
use crate::commands::names;
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::catalogue::actions::{ACTIONS, Action};
use crate::privileges::decide::paths::Paths;
use crate::privileges::decide::{Decider, Obstacle, links, told};
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::rights::Verdict;
use crate::privileges::scopes::ScopeKind;
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Detail, Listing, Ui, row};

/// Whose privileges.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Stream actions apply to an instance as a whole: the roles decide which, the scopes on which instances. \
A user who may write pipelines also acts through the connections of an instance, as the roles that \
these execute as; what that gives it is listed under pipelines.

People, API keys and service accounts act through the Admin API by their roles in the project and its \
organisation: what these allow (yes), what they let their holder obtain (grantable), and what they reach.

With -o csv, a row for each action on each instance.

Examples:
  spctl privileges of alice
  spctl privileges of alice bob -o csv
  spctl privileges of dana@example.com
  spctl users list -q | spctl privileges of - -o json")]
pub struct Args {
    /// Database users, people, API keys or service accounts, or - to read names from stdin
    #[arg(value_name = "USER", required = true)]
    users: Vec<String>,
    #[command(flatten)]
    source: SourceArgs,
}

/// An action on an instance.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answer {
    #[serde(skip)]
    pub(super) user: String,
    pub(super) action: &'static str,
    pub(super) instance: String,
    /// `yes`, `no` or `might`; of people also `grantable`: they could grant it to themselves.
    pub(super) allowed: &'static str,
    pub(super) why: String,
    /// Every way to it.
    pub(super) ways: Vec<Vec<Step>>,
}

/// A database user, or somebody who acts through the API.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Whom {
    User(Box<Explained>),
    Holder(Box<Holder>),
}

impl Whom {
    fn name(&self) -> &str {
        match self {
            Whom::User(user) => &user.user,
            Whom::Holder(holder) => &holder.name,
        }
    }

    fn answers(self) -> Vec<Answer> {
        match self {
            Whom::User(user) => user.actions,
            Whom::Holder(holder) => holder.actions,
        }
    }
}

/// All that a user may do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    user: String,
    name: String,
    database: String,
    expires: Option<String>,
    expired: bool,
    unrestricted: bool,
    roles: Vec<String>,
    /// Scopes that point at nothing that exists.
    points_at_nothing: Vec<String>,
    actions: Vec<Answer>,
    clusters: Vec<String>,
    federated_databases: Vec<String>,
    pipelines: Vec<PathRow>,
}

static ANSWERS: Listing<Answer> = Listing {
    columns: &[
        Column::identifying("user", |a| a.user.as_str().into()),
        Column::telling_apart("instance", |a| a.instance.as_str().into()),
        Column::telling_apart("action", |a| a.action.into()),
        Column::telling_apart("allowed", |a| a.allowed.into()),
        Column::new("why", |a| a.why.as_str().into()),
    ],
    default: 5,
    name: |a| a.user.clone(),
};

static USERS: Listing<Whom> = Listing {
    columns: &[Column::identifying("user", |one: &Whom| Cell::from(one.name()))],
    default: 1,
    name: |one| one.name().to_owned(),
};

/// Shows what they may do.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&ANSWERS)?;
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.users.iter().any(|name| name == "-")
        && args.source.snapshot.as_ref().is_some_and(is_stdin)
    {
        return Err(Error::usage("stdin cannot hold both the names and the policy")
            .hint("name the file of the policy"));
    }
    let wanted = names::read(context, &args.users)?;
    let project = args.source.project(context)?;
    asked::say_unseen(context, &project, asked::ON_CLUSTERS);
    let (decider, called) = (Decider::new(&project), Called::of(&project));
    let paths = Paths::new(&decider);
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        // A database user may have a person's address for a name: both are meant.
        let holder = of_holder::find(&project, name);
        match (called.find(name), holder) {
            (Ok(user), _) => {
                found.push(Whom::User(Box::new(explained(&decider, &paths, user, &called))));
            }
            (Err(_), Some(_)) => {}
            (Err(error), None) => {
                let people = project.principals.iter().map(|one| one.name.as_str());
                failed.push(match near::near(name, people).first() {
                    Some(near) => error.hint(format!("or is {near} meant?")),
                    None => error,
                });
            }
        }
        found.extend(holder.map(|one| Whom::Holder(Box::new(of_holder::explained(&project, one)))));
    }
    if found.iter().any(|one| matches!(one, Whom::Holder(_))) || !failed.is_empty() {
        asked::say_unseen(context, &project, &["member", "organisation roles"]);
    }
    let whole = context.ui.shows_whole() || context.ui.options().names;
    if whole && !found.is_empty() {
        let is_one = found.len() == 1;
        let rows = found.into_iter().map(row::computed).collect::<Result<_>>()?;
        let alone = names::is_one(&args.users) && is_one;
        context.ui.show_asked(&USERS, rows, alone, |one| match one {
            Whom::User(user) => detail(&context.ui, &project, user),
            Whom::Holder(holder) => of_holder::detail(&context.ui, &project, holder),
        })?;
    } else if !found.is_empty() {
        let answers = found.into_iter().flat_map(Whom::answers);
        context.ui.list_computed(&ANSWERS, answers, "the project has no instances")?;
    }
    names::failures(context, failed, wanted.len(), "user")
}

/// Why a user may do an action on an instance, or may not.
pub(super) fn why(
    decider: &Decider<'_>,
    user: &DatabaseUser,
    action: &'static Action,
    instance: &str,
) -> String {
    let obstacles = decider.obstacles(user, action, instance);
    if !obstacles.is_empty() {
        let told = obstacles.iter().map(|obstacle| match obstacle {
            Obstacle::Expired(end) => format!("it expired on {}", rfc3339(*end)),
            Obstacle::OutOfScope => "its scopes do not name it".to_owned(),
            Obstacle::NoRole => "none of its roles allows it".to_owned(),
        });
        return told.collect::<Vec<_>>().join("; ");
    }
    by(decider, user, action)
}

/// By which roles.
fn by(decider: &Decider<'_>, user: &DatabaseUser, action: &'static Action) -> String {
    let ways = decider.ways(user, action);
    let mut told: Vec<String> = ways.chains.iter().map(|chain| told(&links(chain))).collect();
    if ways.has_more {
        told.push("and further ways".to_owned());
    }
    told.join("; or ")
}

fn explained<'a>(
    decider: &Decider<'a>,
    paths: &Paths<'_, 'a>,
    user: &'a DatabaseUser,
    called: &Called<'_>,
) -> Explained {
    let project = decider.project;
    let name = called.name(user);
    let mut by_action: BTreeMap<&str, Vec<Vec<Step>>> = BTreeMap::new();
    for action in ACTIONS {
        let chains = decider.ways(user, action).chains;
        let ways = chains.iter().map(|chain| steps(&links(chain))).collect();
        by_action.insert(action.documented, ways);
    }
    let answer = |instance: &str, action: &'static Action| {
        let verdict = decider.verdict(user, action, instance);
        let ways = by_action.get(action.documented).filter(|_| verdict != Verdict::No);
        Answer {
            user: name.clone(),
            action: action.documented,
            instance: instance.to_owned(),
            allowed: verdict.word(),
            why: why(decider, user, action, instance),
            ways: ways.cloned().unwrap_or_default(),
        }
    };
    let instances = project.instances.iter().map(|instance| instance.name.as_str());
    let actions = instances.flat_map(|i| ACTIONS.iter().map(move |action| (i, action)));
    let reached = match user.has_expired(project.taken) {
        true => Default::default(),
        false => project.estate.reached(&user.scopes),
    };
    let names = |kind: ScopeKind| {
        reached.iter().filter(|scope| scope.kind == kind).map(|scope| scope.name.clone()).collect()
    };
    Explained {
        actions: actions.map(|(instance, action)| answer(instance, action)).collect(),
        name: user.name.clone(),
        database: user.database.clone(),
        expires: user.expires.map(rfc3339),
        expired: user.has_expired(project.taken),
        unrestricted: user.scopes.is_empty(),
        roles: user.roles.iter().map(ToString::to_string).collect(),
        points_at_nothing: project
            .estate
            .dangling(&user.scopes)
            .iter()
            .map(ToString::to_string)
            .collect(),
        clusters: names(ScopeKind::Cluster),
        federated_databases: names(ScopeKind::DataLake),
        pipelines: paths.from(user).map(|path| PathRow::of(&path, name.clone())).collect(),
        user: name,
    }
}

/// For people: each action once, since only the instances differ by scope.
fn detail(ui: &Ui, project: &Project, user: &Explained) -> Detail {
    let list = |items: &[String]| match items {
        [] => vec!["none".to_owned()],
        items => vec![items.join(", ")],
    };
    let expires = match &user.expires {
        None => "never".to_owned(),
        Some(end) if user.expired => format!("{}: it has expired", ui.moment(end)),
        Some(end) => ui.moment(end),
    };
    let on = |allowed: &dyn Fn(&Answer) -> bool| -> Vec<&Answer> {
        user.actions.iter().filter(|answer| allowed(answer)).collect()
    };
    let total = project.instances.len();
    let mut actions = Vec::new();
    for action in ACTIONS {
        let of_it = on(&|answer| answer.action == action.documented);
        let mut told: Vec<(String, Vec<&str>)> = Vec::new();
        for answer in of_it {
            let text = format!("{}: {}", answer.allowed, answer.why);
            match told.iter_mut().find(|(other, _)| *other == text) {
                Some((_, instances)) => instances.push(&answer.instance),
                None => told.push((text, vec![&answer.instance])),
            }
        }
        actions.extend(told.into_iter().map(|(text, instances)| {
            let on = match instances.len() == total && total > 1 {
                true => "every instance".to_owned(),
                false => instances.join(", "),
            };
            format!("{} on {on}: {text}", action.documented)
        }));
    }
    if total == 0 {
        actions.push("the project has no instances".to_owned());
    }
    let mut detail: Detail = vec![
        ("user", vec![format!("{}@{}", user.name, user.database)]),
        ("expires", vec![expires]),
        ("roles", list(&user.roles)),
        ("actions", actions),
    ];
    let reached = |items: &[String]| {
        let mut reached = list(items);
        if user.unrestricted && !user.expired {
            reached.push("and all that are created later: it has no scopes".to_owned());
        }
        reached
    };
    detail.push(("clusters", reached(&user.clusters)));
    detail.push(("federated databases", list(&user.federated_databases)));
    if !user.points_at_nothing.is_empty() {
        detail.push(("points at nothing", list(&user.points_at_nothing)));
    }
    let pipelines: Vec<String> = user.pipelines.iter().map(PathRow::told).collect();
    detail.push(("pipelines", if pipelines.is_empty() { list(&[]) } else { pipelines }));
    detail
}
