//! `users restrict`: which instances a user may act on.

use std::collections::BTreeSet;

use super::naming::NamedUser;
use super::patch;
use super::scopes::{change, describe, understood};
use super::selection::{UserArgs, Verb, refuse};
use crate::comma_list::{CommaList, Items};
use crate::commands::consequence::Around;
use crate::commands::{estate, instances};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::scopes::{Estate, Refusal, Restriction, Scope, ScopeKind, Scopes};
use crate::shell::quote;

/// Whom to restrict, and to what.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An unrestricted user reaches every instance, cluster and federated database of the \
project. A user with scopes reaches only what they name, so restricting one to an instance removes its \
access to clusters; --keep-clusters keeps it.

Examples:
  spctl users restrict alice --instance orders --dry-run
  spctl users restrict alice --instance orders --keep-clusters
  spctl users restrict erin --add payments
  spctl users list -q | spctl users restrict - --instance orders \\
      --allow-gain --yes"
)]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
    /// Set the user's instances to exactly these
    #[arg(long = "instance", visible_alias = "workspace", value_name = "NAME,…", num_args = 1..)]
    #[arg(conflicts_with_all = ["add", "remove"])]
    instances: Vec<CommaList<String>>,
    /// Add these instances
    #[arg(long, value_name = "INSTANCE,…", num_args = 1..)]
    add: Vec<CommaList<String>>,
    /// Remove these instances
    #[arg(long, value_name = "INSTANCE,…", num_args = 1..)]
    remove: Vec<CommaList<String>>,
    /// Let the user reach this cluster as well
    #[arg(long = "cluster", value_name = "NAME,…", num_args = 1..)]
    clusters: Vec<CommaList<String>>,
    /// Let the user reach this federated database as well
    #[arg(long = "federation", value_name = "NAME,…", num_args = 1..)]
    federations: Vec<CommaList<String>>,
    /// Keep the clusters and federated databases that the user reaches today
    #[arg(long)]
    keep_clusters: bool,
    /// Let the user gain access to something it does not reach today
    #[arg(long)]
    allow_gain: bool,
    /// Allow instances that do not exist yet
    #[arg(long)]
    allow_future_instance: bool,
}

/// Sets, adds or removes the instances of users.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    if args.instances.is_empty() && args.add.is_empty() && args.remove.is_empty() {
        let error = Error::usage("no instances given");
        let error = match misplaced(context, &args.who.names).await {
            Some(hint) => error.hint(hint),
            None => error,
        };
        return Err(
            error.hint("name them with --instance, or change the list with --add and --remove")
        );
    }
    let restriction = restriction(&args);
    if let Some(name) = restriction.add.intersection(&restriction.remove).next() {
        return Err(Error::usage(format!("instance {name} is both added and removed")));
    }
    let estate = async |around: &Around| {
        let estate = around.estate().await?;
        exists(&args, &estate)?;
        Ok(estate)
    };
    let verb = Verb("restrict", "restricted");
    // Its scopes say what a user gains and loses.
    patch::each(context, &args.who, verb, None, estate, |known, estate, _| {
        let before = understood(known)?;
        removable(known, args.remove.items(), &before, estate)?;
        let after = restriction.apply(&before, estate).map_err(|r| refusal(known, &r, estate))?;
        Ok(change(known, &before, &after, estate))
    })
    .await
}

/// What to type, if instances stand where users are expected.
async fn misplaced(context: &Context, names: &[String]) -> Option<String> {
    let known = instances::names(context.project().await.ok()?).await.ok()?;
    let (places, users): (Vec<&String>, Vec<&String>) =
        names.iter().partition(|name| known.contains(name));
    if places.is_empty() {
        return None;
    }
    let words =
        |names: &[&String]| names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(" ");
    let what = if places.len() == 1 { "is the name of an instance" } else { "are instances" };
    let places = words(&places);
    let users = if users.is_empty() { "USER".to_owned() } else { words(&users) };
    Some(format!("{places} {what}: spctl users restrict {users} --instance {places}"))
}

/// Refuses to remove an instance that neither exists nor is named in a scope: a typo must not pass
/// for "already removed".
fn removable<'a>(
    known: &NamedUser,
    mut names: impl Iterator<Item = &'a String>,
    before: &Scopes,
    estate: &Estate,
) -> Result<()> {
    let kind = ScopeKind::Stream;
    let nowhere = |name: &&String| {
        !before.contains(&Scope::new(kind, name.as_str())) && !estate.has(kind, name)
    };
    match names.find(nowhere) {
        None => Ok(()),
        Some(name) => {
            let why = format!("database user {}: there is no instance {name:?}", known.name);
            let held = before.iter().map(|scope| scope.name.as_str()).chain(estate.names(kind));
            let otherwise = format!("its scopes are {}", describe(before));
            Err(Error::not_found(why).hint(near::hint(name, held, otherwise)))
        }
    }
}

fn restriction(args: &Args) -> Restriction {
    let set = |names: &Vec<CommaList<String>>| names.items().cloned().collect::<BTreeSet<_>>();
    Restriction {
        exactly: set(&args.instances),
        add: set(&args.add),
        remove: set(&args.remove),
        clusters: set(&args.clusters),
        federations: set(&args.federations),
        keep_clusters: args.keep_clusters,
        allow_gain: args.allow_gain,
    }
}

/// Checks that what the command line names exists, and is of that kind.
fn exists(args: &Args, estate: &Estate) -> Result<()> {
    let future = args.allow_future_instance;
    for name in args.instances.items().chain(args.add.items()) {
        estate::check(estate, ScopeKind::Stream, name, future)?;
    }
    for name in args.clusters.items() {
        estate::check(estate, ScopeKind::Cluster, name, false)?;
    }
    for name in args.federations.items() {
        estate::check(estate, ScopeKind::DataLake, name, false)?;
    }
    Ok(())
}

fn refusal(known: &NamedUser, refusal: &Refusal, estate: &Estate) -> Error {
    match refusal {
        Refusal::WouldUnrestrict => refuse(
            known,
            "no scope would be left, and a user without scopes reaches everything",
        )
        .hint(
            "use spctl users unrestrict to allow that, or spctl users delete to remove all access",
        ),
        Refusal::Unrestricted => {
            refuse(known, "it is unrestricted, so there is no list to add to or remove from").hint(
                format!(
                    "name its instances with --instance; the existing ones are {}",
                    estate::list(estate, ScopeKind::Stream)
                ),
            )
        }
        Refusal::WouldGain(gained) => {
            let gained: Vec<String> = gained.iter().map(Scope::to_string).collect();
            refuse(known, format!("it would gain {}", gained.join(", ")))
                .hint("allow this with --allow-gain, or add to its instances with --add")
        }
    }
}
