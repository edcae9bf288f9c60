//! A project's events, newest first.

use jiff::Timestamp;

use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Page};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::events::{self, Filter};

pub const ROUTES: &[Route] =
    &[Route::json("listGroupEvents", "GET", "/groups/{groupId}/events", "2023-01-01", list)];

fn list(call: &Call<'_>) -> Outcome {
    let page = Page::of(call)?;
    // There is no raw document beyond what is handed out.
    call.request.flag("includeRaw")?;
    let values = |name: &str| -> Vec<String> {
        call.request.query().filter(|(key, _)| key == name).map(|(_, value)| value).collect()
    };
    let filter = Filter {
        types: values("eventType"),
        except: values("excludedEventType"),
        from: moment(call, "minDate")?,
        to: moment(call, "maxDate")?,
    };
    // No event here is a cluster's.
    if !values("clusterNames").is_empty() {
        return Ok(reply::feed(call, page, Vec::new()));
    }
    let rows = events::list(call.db, call.project(), &filter, page.size + 1, page.offset())?;
    Ok(reply::feed(call, page, rows))
}

fn moment(call: &Call<'_>, name: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = call.query(name) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        let detail = format!("The query parameter {name} is a time as ISO 8601 has it.");
        Refusal::bad("INVALID_QUERY_PARAMETER", detail)
    })
}
