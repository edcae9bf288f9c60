//! A project's events, newest first.

use jiff::Timestamp;

use crate::local::domain::Part;
use crate::local::domain::events::{self, Filter};
use crate::local::http::paging::{self, Page};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::Outcome;
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

pub const ROUTES: &[Route] =
    &[Route::json("listGroupEvents", "GET", "/groups/{groupId}/events", "2023-01-01", list)];

fn list(call: &Admitted<'_>) -> Outcome {
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
        return Ok(paging::feed(call, page, Vec::new()));
    }
    let part = Part { limit: page.size + 1, skip: page.offset() };
    let rows = events::list(&call.work, call.project(), &filter, part)?;
    Ok(paging::feed(call, page, rows))
}

fn moment(call: &Admitted<'_>, name: &str) -> Result<Option<Timestamp>, ErrorReply> {
    let Some(text) = call.query(name) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        let detail = format!("The query parameter {name} must be an ISO 8601 time.");
        ErrorReply::query(detail)
    })
}
