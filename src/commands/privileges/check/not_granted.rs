//! `privileges check not-granted`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::builder::EnumValueParser;
use serde::Serialize;

use super::super::asked::{self, StreamActionParser};
use super::super::users::Called;
use super::super::who_can::{self, Kind, say_beside, single};
use super::{LIVE, policy, seen};
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::context::Context;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::near;
use crate::privileges::catalogue::actions::Action;
use crate::privileges::decide::{Asked, Decider, Grant, who_can};
use crate::privileges::project::{PrincipalKind, Project};
use crate::ui::{Column, Listing, plural};

/// Which policy to check, and for what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Everybody counts: database users, and people, API keys and service accounts, who may do it
through the API or can grant it to themselves. As owners of a project can do anything,
--kind or --to says whom a gate is about. A role that is not fully understood counts as
granting it; whoever is invited does not count yet. The exit code is 3 if anybody may do it.

Examples:
  spctl privileges check not-granted policy.yaml \\
      --action dropStreamProcessor --instance payments --kind database-user
  spctl privileges check not-granted live --action start --instance orders \\
      --to alice robin@example.com")]
pub struct Args {
    /// The policy, live for the project as it is now, or - for stdin
    #[arg(value_name = "POLICY", default_value = LIVE)]
    policy: PathBuf,
    /// The stream action
    #[arg(long, value_name = "ACTION", required = true, value_parser = StreamActionParser, hide_possible_values = true)]
    action: &'static Action,
    /// The instance
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: String,
    /// Only to these: database users, people by their address, API keys, service accounts
    #[arg(long, value_name = "USER,…", num_args = 1..)]
    to: Vec<CommaList<String>>,
    /// Only to holders of these kinds
    #[arg(long = "kind", value_name = "KIND,…", num_args = 1.., value_parser = CommaListParser(EnumValueParser::<Kind>::new()))]
    kinds: Vec<CommaList<Kind>>,
}

/// A way by which somebody may do it, as it is written.
#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    way: who_can::Row,
    allowed: &'static str,
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::telling_apart("kind", |row| row.way.kind.into()),
        Column::identifying("name", |row| row.way.called.as_str().into()),
        Column::identifying("action", |row| row.way.action.into()),
        Column::identifying("instance", |row| row.way.instance.as_str().into()),
        Column::new("allowed", |row| row.allowed.into()),
        Column::new("chain", |row| row.way.told.as_str().into()),
        Column::new("scope", |row| row.way.scope.as_str().into()),
        Column::new("database", |row| row.way.database.clone().unwrap_or_default().into()),
    ],
    default: 6,
    name: |row| row.way.called.clone(),
};

/// Tells everybody who may do it, and by which ways.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let project = seen(context, &policy(context, "privileges check", &args.policy)?);
    let instances = asked::instances(&project, &[&args.instance])?;
    let instance = instances.first().copied().unwrap_or_default();
    let called = Called::of(&project);
    let to = args.to.items().map(|name| meant(&project, &called, name));
    let to: Vec<Holder<'_>> = to.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let wants_kind =
        |kind: &str| args.kinds.is_empty() || args.kinds.items().any(|one| one.word() == kind);
    let wants = |grant: &Grant<'_>| {
        wants_kind(grant.kind) && (args.to.is_empty() || to.contains(&(grant.name, grant.database)))
    };
    let decider = Decider::new(&project);
    let mut grants = who_can(
        &decider,
        &Asked {
            actions: vec![args.action],
            all: false,
            instances: instances.clone(),
            may_be_others: false,
        },
    );
    grants.retain(wants);
    let is_unclear = say_beside(context, wants_kind, &project, &grants) && args.to.is_empty();
    let many = counted(&grants);
    let mut names = BTreeSet::new();
    if context.ui.options().names {
        grants.retain(|grant| names.insert((grant.name, grant.database)));
    }
    let rows = grants.iter().map(|grant| Row {
        way: single(grant, instance, &called.by(grant.name, grant.database)),
        allowed: if grant.is_certain { "yes" } else { "unclear" },
    });
    context.ui.list_computed(&LISTING, rows, "nobody who was asked about may do it")?;
    match many {
        None => told(&project, args, is_unclear),
        Some(many) => {
            let why = format!("{many} may {} on {instance}", args.action.documented);
            Err(Error::new(ErrorKind::Differs, why))
        }
    }
}

/// Nobody may do it, unless somebody may who is not seen.
fn told(project: &Project, args: &Args, is_unclear: bool) -> Result<()> {
    let asked = |kind: Kind| args.kinds.items().any(|asked| *asked == kind);
    // Keys and accounts are seen where a policy has them, which is told either way.
    let by_default = args.kinds.is_empty();
    let rests = [
        ("database users", by_default || asked(Kind::DatabaseUser)),
        ("custom roles", by_default || asked(Kind::DatabaseUser)),
        ("members", by_default || asked(Kind::Person)),
        ("API keys", asked(Kind::ApiKey)),
        ("service accounts", asked(Kind::ServiceAccount)),
    ];
    let is_unseen = |what: &str| project.unseen.iter().any(|unseen| unseen.what == what);
    let unseen = rests.into_iter().filter(|(what, counts)| *counts && is_unseen(what));
    let unseen: Vec<&str> = unseen.map(|(what, _)| what).collect();
    match unseen.is_empty() {
        true if is_unclear => {
            Err(Error::new(ErrorKind::Differs, "it is unclear of some whether they may"))
        }
        true => Ok(()),
        false => {
            let why =
                format!("it cannot be told whether nobody may: {} are not seen", unseen.join(", "));
            Err(Error::new(ErrorKind::Differs, why)
                .hint("--kind asks about holders of some kinds alone"))
        }
    }
}

/// Whoever may hold something: a name, and the authentication database of a database user.
type Holder<'a> = (&'a str, Option<&'a str>);

/// Everybody who has this name: a database user may be called like a person.
fn meant<'a>(project: &'a Project, called: &Called<'a>, given: &str) -> Result<Vec<Holder<'a>>> {
    let is_called = |kind: PrincipalKind, name: &str| match kind {
        PrincipalKind::Person | PrincipalKind::Invited => name.eq_ignore_ascii_case(given),
        PrincipalKind::ApiKey | PrincipalKind::ServiceAccount => name == given,
    };
    let principals = project.principals.iter().filter(|one| is_called(one.kind, &one.name));
    let mut found: Vec<Holder<'_>> = principals.map(|one| (one.name.as_str(), None)).collect();
    match called.find(given) {
        Ok(user) => found.push((&user.name, Some(&user.database))),
        Err(_) if !found.is_empty() => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let users = project.users.iter().map(|user| user.name.as_str());
            let names = users.chain(project.principals.iter().map(|one| one.name.as_str()));
            let why =
                format!("there is no database user, person, API key or service account {given:?}");
            let otherwise = "spctl privileges who-can lists everybody who may do an action";
            return Err(Error::not_found(why).hint(near::hint(given, names, otherwise)));
        }
        Err(error) => return Err(error),
    }
    Ok(found)
}

/// How many may do it, by kind, in words; none if nobody may.
fn counted(grants: &[Grant<'_>]) -> Option<String> {
    let of = |kind: Kind| -> usize {
        let of_kind = grants.iter().filter(|grant| grant.kind == kind.word());
        of_kind.map(|grant| (grant.name, grant.database)).collect::<BTreeSet<_>>().len()
    };
    let people = match of(Kind::Person) {
        0 => None,
        1 => Some("1 person".to_owned()),
        many => Some(format!("{many} people")),
    };
    let others = |kind: Kind, noun: &str| (of(kind) > 0).then(|| plural(of(kind), noun));
    let each = [
        others(Kind::DatabaseUser, "database user"),
        people,
        others(Kind::ApiKey, "API key"),
        others(Kind::ServiceAccount, "service account"),
    ];
    let each: Vec<String> = each.into_iter().flatten().collect();
    (!each.is_empty()).then(|| each.join(", "))
}
