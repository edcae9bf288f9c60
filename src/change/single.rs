//! One request whose answer is wanted, and which nothing can be read back for.

use super::{Change, Expect, Fact, Plan, preview, send, verify};
use crate::atlas::{Answer, Call, redact};
use crate::context::Context;
use crate::error::{Error, Result};

/// Shows a request, asks, and sends it. `None` if `--dry-run` only showed it.
///
/// # Errors
/// Usage, if it was not confirmed; those of the API, with a hint if it is unknown whether the request
/// was applied.
pub async fn request(context: &Context, call: Call) -> Result<Option<Answer>> {
    let mut plan = Plan::new("", "request", "send", "sent");
    let body = call.body_masked().map(|body| Fact::new("body", body.to_string()));
    let object = plan.object(format!("{} {}", call.method(), redact::target(&call.target())));
    plan.change(Change::new(object, call, Expect::Has(serde_json::json!({}))).facts(body));
    preview::show(context, &plan);
    if context.dry_run {
        preview::requests(context, &plan.changes.iter().collect::<Vec<_>>()).await?;
        return Ok(None);
    }
    if !context.ui.confirm(&preview::question(&[&plan]))? {
        return Err(Error::usage("not confirmed; nothing was changed"));
    }
    context.say_where();
    let Some(change) = plan.changes.pop() else { return Ok(None) };
    let client = context.client()?;
    let answer = match send::to_the_end(context, client, client.send(&change.call)).await {
        Some(answer) => answer.map_err(Error::from),
        None => Err(send::unanswered()),
    };
    answer.map(Some).map_err(verify::unknown)
}
