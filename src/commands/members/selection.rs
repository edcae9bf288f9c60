//! The people that a command line names, and a change to each of them.

use futures_util::TryStreamExt;

use super::execute::execute;
use super::home::{self, InOrg};
use super::role;
use super::view::missing;
use crate::atlas::Row;
use crate::atlas::members::{Home, Member};
use crate::change::{Batch, Beside, Change, Planned};
use crate::commands::consequence::{Held, of_members};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::shell::quote;

/// The people that a change is about.
#[derive(Debug, clap::Args)]
pub struct MemberArgs {
    /// E-mail addresses of people, or - to read them from stdin
    #[arg(value_name = "EMAIL", required = true)]
    pub names: Vec<String>,
    #[command(flatten)]
    pub place: InOrg,
    /// Options of a command on several objects.
    #[command(flatten)]
    pub batch: Batch,
}

/// The change to one member.
pub enum MemberEdit {
    /// It is as it should be.
    Unchanged,
    /// Send these changes, one per role, after which these roles of their own are held.
    Send(Vec<Change>, Vec<String>),
}

/// A verb in the forms that messages need.
#[derive(Clone, Copy)]
pub struct Verb(pub &'static str, pub &'static str);

/// Looks members up and changes each as `edit` says; `roles` are those that `edit` may change.
pub async fn each(
    context: &Context,
    who: &MemberArgs,
    home: &Home,
    verb: Verb,
    roles: &[String],
    edit: impl Fn(&Row<Member>) -> Result<MemberEdit>,
) -> Result<()> {
    let wanted = names::read(context, &who.names)?;
    let client = context.client()?;
    let around = Beside::new(context, async || home::around(context, home).await);
    let look = async || {
        let around = around.get().await?;
        let known = home::direct(client, home).await?;
        let mut plan = home::plan(home, verb.0, verb.1);
        let (mut absent, mut held) = (Vec::new(), Vec::new());
        for name in &wanted {
            match known.iter().find(|row| home::is_called(&row.view, name)) {
                Some(row) if plan.has(&home::object(home, &row.view)) => {}
                Some(row) => match edit(row) {
                    Ok(MemberEdit::Unchanged) => plan.unchanged(home::object(home, &row.view)),
                    Ok(MemberEdit::Send(changes, after)) => {
                        let object = home::object(home, &row.view);
                        let (id, before) = (Some(row.view.id.clone()), row.view.roles.own.clone());
                        held.push(Held { object, id, before, after });
                        changes.into_iter().for_each(|change| plan.change(change));
                    }
                    Err(error) => plan.refuse(home::object(home, &row.view), error),
                },
                None => absent.push(name.clone()),
            }
        }
        for (name, error) in explain(context, home, absent, &known).await? {
            plan.refuse(plan.object(name), error);
        }
        let told = of_members(around.as_ref().as_ref(), home, held, &mut plan);
        context.signals.interruptible(told).await?;
        Ok(plan)
    };
    execute(context, Planned::by(look).await?, Some(&who.batch), home, roles).await
}

/// Why somebody who has no roles of their own cannot be changed.
pub async fn explain(
    context: &Context,
    home: &Home,
    absent: Vec<String>,
    direct: &[Row<Member>],
) -> Result<Vec<(String, Error)>> {
    if absent.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<_> = match home {
        Home::Org(_) => Vec::new(),
        Home::Project(_) => home::everyone(context.client()?, home).try_collect().await?,
    };
    let why = |name: String| {
        let error = match all.iter().find(|(row, _)| home::is_called(&row.view, &name)) {
            Some((row, _)) => {
                let roles = row.view.roles.own.iter().map(|role| role::display(role));
                let roles = roles.collect::<Vec<_>>().join(", ");
                Error::not_found(format!(
                    "{name} has no role of their own in this project: {roles} comes from a team or \
                     from a role in the organisation"
                ))
                .hint(format!("spctl members invite {} --role ROLE grants one", quote(&name)))
                .hint(format!(
                    "spctl members get {} --in-org shows both: change a role in the \
                     organisation with --in-org, a team's in Atlas",
                    quote(&name)
                ))
            }
            None => {
                let known = direct.iter().chain(all.iter().map(|(row, _)| row));
                missing(home, &name, known)
            }
        };
        (name, error)
    };
    Ok(absent.into_iter().map(why).collect())
}
