//! `privileges suggest`.

mod commands_form;
mod output;
mod policy_form;

use clap::ValueEnum;

use self::output::Suggested;
pub(super) use self::output::{UNTOLD, by_verdict};
use super::asked::{self, StreamActionParser};
use super::evidence::{self, EvidenceArgs, Gathered};
use super::users::Called;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::policy::SourceArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::privileges::catalogue::actions::Action;
use crate::privileges::graph::GrantedRole;
use crate::privileges::project::{DatabaseUser, Instance, Project};
use crate::privileges::suggestion::{Keep, Suggestion, scopes, together};

/// For whom.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For a user, and for all holders of a role, the role covers what the logs show in use, and --keep: what no log \
records (get, list, stats, connections, modify) is in it only where it is kept. What logs with gaps may not show \
is kept, unless --drop-unknown leaves it out. What the role leaves out is told \
on stderr with what is known of it; it need not be unused. A user is restricted to the instances where it was seen, and those whose log does \
not cover the window, unless --keep-scopes leaves its scopes as they are. What custom roles allow on data is kept as it is, since \
the log of an instance shows nothing of it. For a connection, the role is what the pipelines of its instance need on \
its cluster; no log is needed.

With -o json it is the body of a role for the API, with the evidence under the key \"effective\". --as policy \
writes a policy file of what would change, --as commands the commands that do it; spctl privileges trim does it with \
a record.

Examples:
  spctl privileges suggest --user dave --audit orders payments telemetry
  spctl privileges suggest --role streamDeveloper --audit archive/ \\
      --keep list,stats -o json
  spctl privileges suggest --connection shop --instance orders --as commands")]
#[group(id = "for", required = true, multiple = false, args = ["user", "role", "connection"])]
pub struct Args {
    /// The least role for this database user
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// The least role for all who hold this role, directly or by inheritance
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// The least role for this connection to execute as on its cluster
    #[arg(long, value_name = "CONNECTION", requires = "instances")]
    connection: Option<String>,
    /// The instance of the connection, or of logs that do not name theirs
    #[arg(long = "instance", visible_alias = "workspace", value_name = "INSTANCE")]
    instances: Option<String>,
    #[command(flatten)]
    evidence: EvidenceArgs,
    #[command(flatten)]
    keep: KeepArgs,
    /// What the role is called [default: one with exactly this definition, else a new name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What to write
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<Form>,
    #[command(flatten)]
    source: SourceArgs,
}

/// What is kept whether it was seen in use or not.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct KeepArgs {
    /// Allow these actions whether they were seen in use or not
    #[arg(long, value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(StreamActionParser), hide_possible_values = true)]
    keep: Vec<CommaList<&'static Action>>,
    /// Leave out as well what the logs may not show because they have gaps in the window
    #[arg(long)]
    drop_unknown: bool,
    /// Leave a user's scopes as they are: do not restrict it to the instances where it was seen
    #[arg(long)]
    pub keep_scopes: bool,
}

impl KeepArgs {
    /// What a role holds beside what was seen.
    pub fn keep(&self) -> Keep {
        Keep { actions: self.keep.items().copied().collect(), drops_untold: self.drop_unknown }
    }

    /// Says which of the actions these users do not hold, so that there is nothing to keep.
    pub fn say_not_held(&self, context: &Context, project: &Project, users: &[&DatabaseUser]) {
        let closure = |user: &&DatabaseUser| project.roles.closure(user.roles.iter().cloned());
        let held: Vec<_> = users
            .iter()
            .flat_map(|user| closure(user).stream_actions().collect::<Vec<_>>())
            .collect();
        for action in self.keep.items().filter(|action| !held.contains(*action)) {
            let name = action.documented;
            context.ui.warn(format!("--keep: {name} is not held, and nothing is added"));
        }
    }
}

/// What a suggestion is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A policy file, of what would change
    Policy,
    /// Commands
    Commands,
}

/// Suggests a role.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    if let Some(name) = &args.name {
        crate::commands::roles::creation::check_name(name)?;
    }
    context.ui.check(&output::LISTING)?;
    if args.form.is_some() && context.ui.wants_data() {
        return Err(Error::usage(
            "--as writes a form of its own, and -o, --jq and the like another",
        )
        .hint("omit one of them"));
    }
    let policy = args.source.policy(context)?;
    let project = policy.project();
    let instance: Vec<&String> = args.instances.iter().collect();
    let instances = asked::instances(&project, &instance)?;
    if let Some(connection) = &args.connection {
        let instance = project.instances.iter().find(|one| instances.contains(&&*one.name));
        let instance = instance.ok_or_else(|| Error::not_found("there is no such instance"))?;
        let suggested = of_connection(context, &project, instance, connection)?;
        return output::write(context, &policy, &suggested, args.form, args.name.as_deref());
    }
    let keep = args.keep.keep();
    let called = Called::of(&project);
    let users = match (&args.user, &args.role) {
        (Some(user), _) => vec![called.find(user)?],
        (_, Some(role)) => holders(&project, role)?,
        _ => Vec::new(),
    };
    args.keep.say_not_held(context, &project, &users);
    let is_live = args.source.snapshot.is_none();
    let own = if args.instances.is_some() { instances } else { Vec::new() };
    let gathered = seen(context, &project, &users, &args.evidence, &own, is_live)?;
    let (held, whom): (Vec<GrantedRole>, _) = match &args.role {
        Some(role) => (vec![GrantedRole::on_admin(role.as_str())], output::For::Role(role.clone())),
        None => {
            let user = *users.first().ok_or_else(|| Error::not_found("there is no such user"))?;
            (user.roles.clone(), output::For::User(called.name(user), user.clone()))
        }
    };
    let mut suggestion = suggestion(&project, &users, &held, &gathered, &keep)?;
    if let (output::For::User(_, user), false) = (&whom, args.keep.keep_scopes) {
        let evidence = &gathered.evidence;
        let judged = evidence.judge(&project, user, &|_| true);
        let with_data = suggestion.keeps_data();
        suggestion.scopes = scopes(&project, user, evidence, &judged, with_data);
    }
    let suggested = Suggested { suggestion, project: &project, whom };
    output::write(context, &policy, &suggested, args.form, args.name.as_deref())?;
    evidence::say_unseen(context, &project);
    gathered.finish(context)
}

/// What was seen of users, on all instances that they reach.
///
/// # Errors
/// Those of [`evidence::gather`]; usage, without a log.
pub fn seen(
    context: &Context,
    project: &Project,
    users: &[&DatabaseUser],
    args: &EvidenceArgs,
    asked: &[&str],
    is_live: bool,
) -> Result<Gathered> {
    if args.audit.is_empty() {
        return Err(evidence::no_audit());
    }
    evidence::gather(context, project, users, args, asked, is_live)
}

/// The least role for who holds these roles, by what the users did.
///
/// # Errors
/// Failed: a role is not understood.
pub fn suggestion(
    project: &Project,
    users: &[&DatabaseUser],
    held: &[GrantedRole],
    gathered: &Gathered,
    keep: &Keep,
) -> Result<Suggestion> {
    let closure = project.roles.closure(held.iter().cloned());
    let actions: Vec<_> = closure.stream_actions().collect();
    let judge = |user: &&DatabaseUser| gathered.evidence.judge(project, user, &|_| true);
    let mut judged = together(users.iter().map(judge));
    judged.retain(|one| actions.contains(&one.action));
    Suggestion::of_roles(&project.roles, held, &judged, keep).map_err(|role| {
        Error::failed(format!("the custom role {role} holds what this program does not understand"))
            .hint("nothing is suggested in its place, since it could allow less")
    })
}

/// Who holds a role.
fn holders<'a>(project: &'a Project, role: &str) -> Result<Vec<&'a DatabaseUser>> {
    if !project.roles.has(role) {
        return Err(Error::not_found(format!("there is no role {role:?}")).hint(near::hint(
            role,
            project.roles.names(),
            "spctl roles list shows which ones exist",
        )));
    }
    let holds = |user: &&DatabaseUser| {
        let closure = project.roles.closure(user.roles.iter().cloned());
        closure.0.iter().any(|reached| reached.role.role == role)
    };
    let holders: Vec<_> = project.users.iter().filter(holds).collect();
    match holders.is_empty() {
        true => Err(Error::new(Kind::Differs, format!("nobody holds the role {role}"))
            .hint("spctl roles used-by shows what else uses it")),
        false => Ok(holders),
    }
}

fn of_connection<'a>(
    context: &Context,
    project: &'a Project,
    instance: &'a Instance,
    name: &str,
) -> Result<Suggested<'a>> {
    let unseen = |what: &str| {
        Error::new(Kind::NotPermitted, format!("the {what} of {} could not be read", instance.name))
    };
    let connections = instance.connections.as_ref().ok_or_else(|| unseen("connections"))?;
    let Some(connection) = connections.iter().find(|connection| connection.name == name) else {
        let known = connections.iter().map(|connection| connection.name.as_str());
        return Err(Error::not_found(format!(
            "there is no connection {name:?} in {}",
            instance.name
        ))
        .hint(near::hint(name, known, "spctl connections list shows which ones exist")));
    };
    let Some(cluster) = &connection.cluster else {
        let why =
            format!("the connection {name} leads to no cluster, so that it executes as no role");
        return Err(Error::usage(why));
    };
    if instance.processors.is_none() {
        return Err(unseen("processors"));
    }
    let suggestion = Suggestion::of_connection(instance, name);
    for doubt in &suggestion.doubts {
        context.ui.warn(format!("cannot tell: {doubt}"));
    }
    context.ui.note(
        "pipelines that are run without being stored are not in the role: .process() keeps none",
    );
    let whom = output::For::Connection {
        instance: instance.name.clone(),
        name: name.to_owned(),
        cluster: cluster.clone(),
        executes_as: connection.executes_as.as_ref().map(ToString::to_string),
    };
    Ok(Suggested { suggestion, project, whom })
}
