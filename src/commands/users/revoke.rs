//! `users revoke`.

use super::naming::NamedUser;
use super::patch::{self, UserPatch};
use super::revoke_actions;
use super::role_arg::RoleArg;
use super::role_change::{REVOKE, change, keeps_one, still_allowed};
use super::selection::UserArgs;
use super::view::role;
use crate::atlas::users::Role;
use crate::change::Remark;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::consequence::{Around, Sent};
use crate::commands::known::Verbatim;
use crate::commands::roles::arg::{ActionParser, AllowRemaining};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::privileges::graph::RoleGraph;
use crate::privileges::permission::Permission;

/// Which roles or actions to revoke, and from whom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --action, each of the user's custom roles that allows it is replaced by \
one without it, reused or created; the role itself does not change for its other holders. If the action \
would still be allowed, by a built-in role or a right with a wider scope, nothing is changed without \
--allow-remaining.

Examples:
  spctl users revoke alice bob --role atlasAdmin --yes
  spctl users revoke alice --action stopStreamProcessor
  spctl users revoke alice --action FIND@shop.orders --allow-remaining"
)]
#[group(id = "what", required = true, multiple = true, args = ["roles", "actions"])]
pub struct Args {
    #[command(flatten)]
    who: UserArgs,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE,…", num_args = 1..)]
    roles: Vec<CommaList<RoleArg>>,
    /// A privilege action, in either spelling; with @DATABASE.COLLECTION for one on data
    #[arg(long = "action", value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(ActionParser), hide_possible_values = true)]
    actions: Vec<CommaList<Permission>>,
    #[command(flatten)]
    remaining: AllowRemaining,
    #[command(flatten)]
    verbatim: Verbatim,
}

/// Revokes roles; a user keeps at least one, as the API requires.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let roles: Vec<Role> = args.roles.into_items().into_iter().map(|RoleArg(role)| role).collect();
    if !args.actions.is_empty() {
        let actions = args.actions.into_items().into_iter().collect();
        let (allow, verbatim) = (args.remaining.allow_remaining, args.verbatim);
        return revoke_actions::run(context, &args.who, &roles, actions, allow, verbatim).await;
    }
    let graph = async |around: &Around| around.graph().await;
    patch::each(context, &args.who, REVOKE, Some(Sent::Fields), graph, |known, graph, notes| {
        check_revoked(known, &roles, graph, notes)?;
        let before = &known.user().roles;
        let after: Vec<Role> = before.iter().filter(|r| !roles.contains(r)).cloned().collect();
        keeps_one(known, before, &after)?;
        let mut edit = change(before, &after);
        if let UserPatch::Send { facts, .. } = &mut edit {
            let revoked = before.iter().filter(|role| !after.contains(role));
            facts.extend(still_allowed(known, revoked, &after, graph));
        }
        Ok(edit)
    })
    .await
}

/// Refuses to revoke a role that does not exist: a typo must not pass for "already revoked".
pub fn check_revoked(
    known: &NamedUser,
    roles: &[Role],
    graph: &RoleGraph,
    notes: &mut Vec<Remark>,
) -> Result<()> {
    let held = &known.user().roles;
    for wanted in roles.iter().filter(|wanted| !held.contains(wanted)) {
        let (name, shown) = (&wanted.role_name, role(wanted));
        if !graph.has(name) && !held.iter().any(|r| r.role_name == *name) {
            let why = format!("database user {}: there is no role {shown}", known.name);
            let all: Vec<String> = held.iter().map(role).collect();
            let known = held.iter().map(|r| r.role_name.as_str()).chain(graph.names());
            let otherwise = "spctl roles list shows which ones exist";
            return Err(Error::not_found(why)
                .hint(near::hint(name, known, otherwise))
                .hint(format!("it holds {}", all.join(", "))));
        }
        let kept: Vec<Role> = held.iter().filter(|r| !roles.contains(r)).cloned().collect();
        let who = &known.name;
        for other in kept.iter().filter(|r| r.role_name == *name) {
            let text = format!("{who} does not hold {shown}, but keeps {}", role(other));
            notes.push(Remark::Note(text));
        }
        for fact in still_allowed(known, [wanted], &kept, graph) {
            let text = format!("{who} does not hold {shown}, but is allowed {}", fact.text);
            notes.push(Remark::Warning(text));
        }
    }
    Ok(())
}
