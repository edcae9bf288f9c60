//! A change is shown before it is made.

use serde_json::json;

use super::report::{by_noun, each_once};
use super::{Change, Fact, ObjectId, Plan};
use crate::atlas::{Call, redact};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing, plural, row};

pub(super) fn question(plans: &[&Plan]) -> String {
    let one = |plan: &&Plan| match plan.changes.as_slice() {
        [one] => format!("{} {}", plan.verb, one.object),
        many => format!("{} {}", plan.verb, summary(many)),
    };
    format!("{}?", plans.iter().map(one).collect::<Vec<_>>().join(", then "))
}

/// `database user alice`, or `2 database users and 1 custom role`.
fn summary(changes: &[Change]) -> String {
    let objects = each_once(changes.iter().flat_map(Change::objects));
    match objects.as_slice() {
        [one] => one.to_string(),
        many => {
            let parts = by_noun(many).into_iter().map(|(noun, count)| plural(count, noun));
            parts.collect::<Vec<_>>().join(" and ")
        }
    }
}

pub(super) fn show(context: &Context, plan: &Plan) {
    for (object, facts) in &plan.shown {
        show_one(context, plan.verb, object, facts);
    }
    show_changes(context, plan.verb, &plan.changes);
}

/// What each change is about, and what will be.
pub(super) fn show_changes(context: &Context, verb: &str, changes: &[Change]) {
    for change in changes {
        show_one(context, verb, &change.object, &change.facts);
    }
}

fn show_one(context: &Context, verb: &str, object: &ObjectId, facts: &[Fact]) {
    context.ui.plan(verb, object, facts.iter().map(|fact| (fact.label, fact.text.as_str())));
}

/// The requests that would be sent, on stdout.
pub(super) async fn requests(context: &Context, changes: &[&Change]) -> Result<()> {
    shown(context, changes.iter().map(|change| &change.call)).await
}

/// Requests that would be sent, on stdout.
///
/// # Errors
/// Those of writing.
pub async fn shown<'a>(context: &Context, calls: impl IntoIterator<Item = &'a Call>) -> Result<()> {
    struct Request(String, String, String);
    static LISTING: Listing<Request> = Listing {
        columns: &[
            Column::identifying("method", |r| r.0.clone().into()),
            Column::whole("path", |r| r.1.clone().into()),
            Column::whole("body", |r| Cell::Text(r.2.clone())),
        ],
        default: 3,
        name: |r| r.1.clone(),
    };
    let rows = calls.into_iter().map(|call| {
        let known = context.ui.known();
        let mut body = call.body_masked();
        body.iter_mut().for_each(|body| known.mask_json(body));
        let path = known.mask(&redact::target(&call.target())).into_owned();
        let raw = row::document(&json!({
            "method": call.method().as_str(), "path": path, "body": body,
        }))?;
        let body = body.map(|b| b.to_string()).unwrap_or_default();
        Ok((raw, Request(call.method().to_string(), path, body)))
    });
    let nothing = "no request would be sent";
    context.ui.list_all(&LISTING, rows, nothing).map(drop)
}
