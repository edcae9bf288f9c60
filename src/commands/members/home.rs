//! Whose members a command is about: the project's, or the organisation's.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{Stream, StreamExt, TryStreamExt};
use serde::Serialize;

use crate::atlas::members::{Home, Member, MemberFilter};
use crate::atlas::{Client, Row};
use crate::change::{ObjectId, Plan};
use crate::commands::consequence::Around;
use crate::commands::orgs;
use crate::context::Context;
use crate::error::{Error, Result};

/// Where to look for people.
#[derive(Debug, Clone, clap::Args)]
pub struct InOrg {
    /// Use the organisation: that of --org, of the environment, or of the project. Implied by --org
    /// on the command line, unless --project is given too
    #[arg(long)]
    pub in_org: bool,
}

impl InOrg {
    /// The project or organisation.
    ///
    /// # Errors
    /// None is chosen, or none has the name.
    pub async fn home(&self, context: &Context) -> Result<Home> {
        let named = context.flags.org.is_some() && context.flags.project.is_none();
        match self.in_org || named {
            true => Ok(Home::Org(orgs::chosen(context).await?)),
            false => Ok(Home::Project(context.project().await?.project.clone())),
        }
    }
}

/// `project member` or `organisation member`.
pub fn noun(home: &Home) -> &'static str {
    match home {
        Home::Project(_) => "project member",
        Home::Org(_) => "organisation member",
    }
}

/// What a change to a member is about.
pub fn object(home: &Home, member: &Member) -> ObjectId {
    let (Home::Project(id) | Home::Org(id)) = home;
    ObjectId::new(noun(home), id, &member.username)
}

/// An empty plan about members.
pub fn plan(home: &Home, verb: &'static str, done: &'static str) -> Plan {
    let (Home::Project(id) | Home::Org(id)) = home;
    Plan::new(id, noun(home), verb, done)
}

/// What people hold in a project beside roles of their own; what they hold in an organisation is all
/// their own.
///
/// # Errors
/// A project that is not chosen.
pub async fn around(context: &Context, home: &Home) -> Result<Option<Around>> {
    Ok(match home {
        Home::Project(_) => Some(Around::new(context, context.project().await?)),
        Home::Org(_) => None,
    })
}

/// ` --in-org`, for commands that hints propose.
pub fn flag(home: &Home) -> &'static str {
    match home {
        Home::Project(_) => "",
        Home::Org(_) => " --in-org",
    }
}

/// How somebody has access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// By roles of their own.
    Direct,
    /// By a role in the organisation, or through a team.
    Inherited,
}

/// The people of a project or organisation as they come: first those with roles of their own, then,
/// in a project, those whose access comes from elsewhere.
pub fn everyone(
    client: &Client,
    home: &Home,
) -> impl Stream<Item = Result<(Row<Member>, Access)>> + use<> {
    let direct = Arc::new(Mutex::new(HashSet::new()));
    let seen = Arc::clone(&direct);
    let own = client.members(home, MemberFilter::default()).map_ok(move |row| {
        seen.lock().unwrap_or_else(PoisonError::into_inner).insert(row.view.id.clone());
        (row, Access::Direct)
    });
    // An organisation's list already has everyone.
    let rest = matches!(home, Home::Project(_))
        .then(|| client.members(home, MemberFilter { inherited: true, email: None }));
    let rest = futures_util::stream::iter(rest).flatten().map_ok(|row| (row, Access::Inherited));
    let rest = rest.try_filter(move |(row, _)| {
        let seen = direct.lock().unwrap_or_else(PoisonError::into_inner);
        std::future::ready(!seen.contains(&row.view.id))
    });
    own.chain(rest).map_err(Error::from)
}

/// All people with roles of their own.
pub async fn direct(client: &Client, home: &Home) -> Result<Vec<Row<Member>>> {
    client.members(home, MemberFilter::default()).try_collect().await.map_err(Error::from)
}

/// Whether this is the person: by e-mail address in any case, or by id.
pub fn is_called(member: &Member, name: &str) -> bool {
    member.username.eq_ignore_ascii_case(name.trim()) || member.id == name
}
