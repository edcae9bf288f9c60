//! What `accept`, `reject` and `delete` share: the choice of peerings, the plan, and the wait.

use std::cell::RefCell;

use serde_json::json;
use serde_json::value::to_raw_value;

use super::{Accounts, NOUN, lookup, state};
use crate::atlas::Call;
use crate::atlas::peerings::{self, Peering};
use crate::change::{self, Batch, Change, Expect, Fact, ObjectId, Plan, Planned, ReadBack, Weight};
use crate::commands::names;
use crate::commands::wait::{Look, Wait};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::NoColumns;

/// The arguments of all three.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// The peerings, by id or by the cloud's name, or - to read them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    pub(super) accounts: Accounts,
    #[command(flatten)]
    wait: Wait,
    #[command(flatten)]
    batch: Batch,
}

/// What to do with a peering.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Accept,
    Reject,
    Delete,
}

/// How far a decision on a peering has been carried out.
enum Progress {
    /// Carried out.
    Done,
    /// Requested of Atlas.
    Asked,
    /// Not requested yet, and possible.
    Open,
    /// No longer possible.
    Shut,
}

impl Decision {
    fn progress(self, peering: Option<&Peering>) -> Progress {
        let Some(peering) = peering else {
            return if self == Decision::Delete { Progress::Done } else { Progress::Shut };
        };
        let local = peering.local_status.as_str();
        let open = peering.cloud_status.eq_ignore_ascii_case("pending-acceptance");
        match (self, local) {
            (Decision::Accept, "ACTIVE") => Progress::Done,
            (Decision::Accept, "REQUEST_ACCEPT" | "ACCEPT_REQUESTED")
            | (Decision::Reject, "REQUEST_REJECT" | "REJECT_REQUESTED")
            | (Decision::Delete, "REQUEST_DELETE" | "DELETE_REQUESTED") => Progress::Asked,
            (Decision::Reject, _) if peering.cloud_status.eq_ignore_ascii_case("rejected") => {
                Progress::Done
            }
            (Decision::Delete, _) => Progress::Open,
            (_, "" | "NONE" | "SCAN_FAILED" | "UPDATE_FAILED") if open => Progress::Open,
            _ => Progress::Shut,
        }
    }

    fn plan(self, project: &str) -> Plan {
        let (verb, done) = match self {
            Decision::Accept => ("accept", "accepted"),
            Decision::Reject => ("reject", "rejected"),
            Decision::Delete => ("delete", "deleted"),
        };
        Plan::new(project, NOUN, verb, done)
    }

    fn call(self, project: &str, peering: &Peering) -> Call {
        let (account, vpc) = (&peering.requester_account_id, &peering.requester_vpc_id);
        match self {
            Decision::Accept => peerings::accept_call(project, &peering.id, account, vpc),
            Decision::Reject => peerings::reject_call(project, &peering.id),
            Decision::Delete => peerings::delete_call(project, &peering.id),
        }
    }
}

/// Applies a decision to the peerings that `check` lets pass.
pub(super) async fn run(
    context: &Context,
    selection: Selection,
    decision: Decision,
    check: impl Fn(&Peering) -> Result<()>,
) -> Result<()> {
    let wanted = names::read(context, &selection.ids)?;
    let on = context.project().await?;
    // Once a peering is gone or rejected, no active one may be left that names its account.
    let accounts = RefCell::new(selection.accounts.ids());
    let fetch = async || {
        let accounts = accounts.borrow().clone();
        lookup::fetch(on, &accounts).await
    };
    let look = async || {
        let known = fetch().await?;
        let mut plan = decision.plan(&on.project);
        for name in &wanted {
            let row = match lookup::select(&known, name) {
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
            match decision.progress(Some(peering)) {
                Progress::Done | Progress::Asked => plan.unchanged(object),
                Progress::Shut => plan.refuse(object, shut(peering, plan.verb())),
                Progress::Open => {
                    let expect = Expect::Has(json!({ "asked": true }));
                    let change = Change::new(object, decision.call(&on.project, peering), expect);
                    plan.change(change.was(row.raw.clone()).facts(facts(peering)));
                }
            }
        }
        Ok(plan)
    };
    let planned = Planned::by(look).await?;
    let objects: Vec<ObjectId> =
        planned.plan().changes().iter().map(|change| change.object().clone()).collect();
    // Nothing happens immediately: what is verified is that Atlas has begun.
    let read_back = || async {
        let now = fetch().await?;
        let mut found = ReadBack::new();
        for object in &objects {
            let peering = now.iter().find(|row| row.view.id == object.name).map(|row| &row.view);
            let asked = matches!(decision.progress(peering), Progress::Done | Progress::Asked);
            let raw = to_raw_value(&json!({ "asked": asked }))
                .map_err(|e| Error::failed("cannot judge a peering").source(e))?;
            found.insert(object.clone(), raw);
        }
        Ok(found)
    };
    let applied =
        change::execute(context, planned, Some(&selection.batch), &NoColumns, read_back).await;
    applied
        .then(context, async |done| {
            for id in done.iter().map(|object| &object.name) {
                let look = async || {
                    let now = fetch().await?;
                    let peering = now.iter().find(|row| row.view.id == *id).map(|row| &row.view);
                    let state = peering.map(state).unwrap_or_default();
                    Ok(match decision.progress(peering) {
                        Progress::Done => Look::Done,
                        Progress::Shut => Look::Failed(state),
                        Progress::Asked | Progress::Open => Look::Still(state),
                    })
                };
                selection.wait.until(context, &format!("peering {id}"), look).await?;
            }
            Ok(())
        })
        .await
}

fn shut(peering: &Peering, verb: &str) -> Error {
    let state = state(peering);
    let error = Error::new(
        Kind::Conflict,
        format!(
            "cannot {verb} peering {}: it is {state}, and does not await acceptance",
            peering.id
        ),
    );
    match state.as_str() {
        "active" => error.hint("spctl peerings delete ends an active peering"),
        _ => error.hint("only the account that requested it can request it again"),
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
