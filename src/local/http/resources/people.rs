//! What the queries for members of projects and of organisations share.

use crate::local::domain::people::{Filter, STATUSES};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::request::Admitted;

/// Which people the query asks for.
pub fn filter(call: &Admitted<'_>) -> Result<Filter, ErrorReply> {
    let asked = call
        .request
        .query()
        .filter(|(key, _)| matches!(key.as_str(), "orgMembershipStatus" | "orgMembershipStatuses"));
    let statuses: Vec<String> = asked.map(|(_, value)| value).collect();
    if let Some(status) = statuses.iter().find(|status| !STATUSES.contains(&status.as_str())) {
        return Err(ErrorReply::query(format!("There is no membership status {status:?}.")));
    }
    let username = call.query("username").map(|name| name.to_ascii_lowercase());
    Ok(Filter { username, statuses })
}
