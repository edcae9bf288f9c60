//! `peerings accept`, `reject` and `delete`.

use std::cell::RefCell;

use serde_json::json;
use serde_json::value::to_raw_value;

use super::read::state;
use super::{Accounts, find};
use crate::atlas::Call;
use crate::atlas::peerings::{self, Peering};
use crate::change::{self, Batch, Change, Expect, Fact, ObjectId, Plan, Planned, ReadBack, Weight};
use crate::commands::names;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::NoColumns;

/// What all three take.
#[derive(Debug, clap::Args)]
struct Which {
    /// The peerings, by id or by the cloud's name, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    accounts: Accounts,
    #[command(flatten)]
    wait: Wait,
    #[command(flatten)]
    batch: Batch,
}

/// Which peerings to accept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings accept pcx-0123456789abcdef0 --account-id 111122223333
  spctl peerings accept pcx-0123456789abcdef0 --account-id 111122223333 --vpc-id vpc-0abc --yes --wait")]
pub struct AcceptArgs {
    #[command(flatten)]
    which: Which,
    /// Accept only what this VPC asks for
    #[arg(long, value_name = "VPC")]
    vpc_id: Option<String>,
}

/// Which peerings to reject.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings reject pcx-0123456789abcdef0 --account-id 999988887777")]
pub struct RejectArgs {
    #[command(flatten)]
    which: Which,
}

/// Which peerings to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings delete pcx-0123456789abcdef0 --wait")]
pub struct DeleteArgs {
    #[command(flatten)]
    which: Which,
}

/// What is asked of a peering, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Delete,
}

/// How far a peering is on the way to what is asked of it.
enum Stand {
    /// There.
    Done,
    /// Atlas has been asked.
    Asked,
    /// Not asked yet, and can be.
    Open,
    /// It can no longer be asked.
    Shut,
}

impl Answer {
    fn stand(self, peering: Option<&Peering>) -> Stand {
        let Some(peering) = peering else {
            return if self == Answer::Delete { Stand::Done } else { Stand::Shut };
        };
        let local = peering.local_status.as_str();
        let open = peering.cloud_status.eq_ignore_ascii_case("pending-acceptance");
        match (self, local) {
            (Answer::Accept, "ACTIVE") => Stand::Done,
            (Answer::Accept, "REQUEST_ACCEPT" | "ACCEPT_REQUESTED")
            | (Answer::Reject, "REQUEST_REJECT" | "REJECT_REQUESTED")
            | (Answer::Delete, "REQUEST_DELETE" | "DELETE_REQUESTED") => Stand::Asked,
            (Answer::Reject, _) if peering.cloud_status.eq_ignore_ascii_case("rejected") => {
                Stand::Done
            }
            (Answer::Delete, _) => Stand::Open,
            (_, "" | "NONE" | "SCAN_FAILED" | "UPDATE_FAILED") if open => Stand::Open,
            _ => Stand::Shut,
        }
    }

    fn plan(self, project: &str) -> Plan {
        let (verb, done) = match self {
            Answer::Accept => ("accept", "accepted"),
            Answer::Reject => ("reject", "rejected"),
            Answer::Delete => ("delete", "deleted"),
        };
        Plan::new(project, "peering", verb, done)
    }

    fn call(self, project: &str, peering: &Peering) -> Call {
        let (account, vpc) = (&peering.requester_account_id, &peering.requester_vpc_id);
        match self {
            Answer::Accept => peerings::accept_call(project, &peering.id, account, vpc),
            Answer::Reject => peerings::reject_call(project, &peering.id),
            Answer::Delete => peerings::delete_call(project, &peering.id),
        }
    }
}

/// Accepts peerings.
pub(super) async fn accept(context: &Context, args: AcceptArgs) -> Result<()> {
    let AcceptArgs { which, vpc_id } = args;
    // Only for this verb does the account say whose peerings to answer, and not just where to look.
    let accounts = which.accounts.accounts.clone();
    run(context, which, Answer::Accept, |peering| {
        let (account, vpc) = (&peering.requester_account_id, &peering.requester_vpc_id);
        let other = |what: &str, is: &str, wanted: &str| {
            Error::new(Kind::Conflict, format!(
                "peering {} is asked for by {what} {is}, not by {wanted}",
                peering.id
            ))
            .hint("accept it only when you know who that is; whoever has a peering can reach the network behind it")
        };
        if !accounts.is_empty() && !accounts.contains(account) {
            return Err(other("account", account, &accounts.join(", ")));
        }
        match &vpc_id {
            Some(wanted) if wanted != vpc => Err(other("VPC", vpc, wanted)),
            _ => Ok(()),
        }
    })
    .await
}

/// Rejects peerings.
pub(super) async fn reject(context: &Context, args: RejectArgs) -> Result<()> {
    run(context, args.which, Answer::Reject, |_| Ok(())).await
}

/// Deletes peerings.
pub(super) async fn delete(context: &Context, args: DeleteArgs) -> Result<()> {
    run(context, args.which, Answer::Delete, |_| Ok(())).await
}

async fn run(
    context: &Context,
    which: Which,
    answer: Answer,
    check: impl Fn(&Peering) -> Result<()>,
) -> Result<()> {
    let wanted = names::read(context, &which.ids)?;
    let on = context.project().await?;
    // Once a peering is gone or rejected, no active one may be left to learn its account from.
    let accounts = RefCell::new(which.accounts.accounts.clone());
    let fetch = async || {
        let accounts = accounts.borrow().clone();
        find::fetch(on, &accounts).await
    };
    let look = async || {
        let known = fetch().await?;
        let mut plan = answer.plan(&on.project);
        for name in &wanted {
            let row = match find::select(&known, name) {
                Ok(row) => row,
                Err(error) => {
                    plan.refuse(plan.object(name), error);
                    continue;
                }
            };
            let peering = &row.view;
            let object = plan.object(&peering.id);
            if plan.has(&object) {
                continue;
            }
            if let Err(error) = check(peering) {
                plan.refuse(object, error);
                continue;
            }
            if !accounts.borrow().contains(&peering.requester_account_id) {
                accounts.borrow_mut().push(peering.requester_account_id.clone());
            }
            match answer.stand(Some(peering)) {
                Stand::Done | Stand::Asked => plan.unchanged(object),
                Stand::Shut => plan.refuse(object, shut(peering, plan.verb())),
                Stand::Open => {
                    let expect = Expect::Has(json!({ "asked": true }));
                    let change = Change::new(object, answer.call(&on.project, peering), expect);
                    plan.change(change.was(row.raw.clone()).facts(facts(peering)));
                }
            }
        }
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let objects: Vec<ObjectId> =
        planned.plan().changes().iter().map(|change| change.object().clone()).collect();
    // What was asked for is not so at once: what is verified is that Atlas is at it.
    let read_back = || async {
        let now = fetch().await?;
        let mut found = ReadBack::new();
        for object in &objects {
            let peering = now.iter().find(|row| row.view.id == object.name).map(|row| &row.view);
            let asked = matches!(answer.stand(peering), Stand::Done | Stand::Asked);
            let raw = to_raw_value(&json!({ "asked": asked }))
                .map_err(|e| Error::failed("cannot judge a peering").source(e))?;
            found.insert(object.clone(), raw);
        }
        Ok(found)
    };
    let applied =
        change::execute(context, planned, Some(&which.batch), &NoColumns, read_back).await;
    applied
        .then(context, async |done| {
            for id in done.iter().map(|object| &object.name) {
                let look = async || {
                    let now = fetch().await?;
                    let peering = now.iter().find(|row| row.view.id == *id).map(|row| &row.view);
                    let state = peering.map(state).unwrap_or_default();
                    Ok(match answer.stand(peering) {
                        Stand::Done => Look::Done,
                        Stand::Shut => Look::Failed(state),
                        Stand::Asked | Stand::Open => Look::Still(state),
                    })
                };
                which.wait.until(context, &format!("peering {id}"), look).await?;
            }
            Ok(())
        })
        .await
}

fn shut(peering: &Peering, verb: &str) -> Error {
    let state = state(peering);
    let error = Error::new(
        Kind::Conflict,
        format!("peering {} is {state}: it awaits no answer, so one cannot {verb} it", peering.id),
    );
    match state.as_str() {
        "active" => error.hint("spctl peerings delete ends an active peering"),
        _ => error.hint("only whoever asked for it can ask again"),
    }
}

fn facts(peering: &Peering) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(peering.name.iter().map(|name| Fact::new("name", name.clone())));
    facts.push(Fact::means("account", peering.requester_account_id.clone()));
    facts.push(Fact::means("VPC", peering.requester_vpc_id.clone()));
    facts.extend(peering.requester_cidr.iter().map(|cidr| Fact::means("addresses", cidr.clone())));
    facts.push(Fact::new("state", state(peering)).weighs(Weight::Passing));
    facts
}
