//! What the queries for members of projects and of organisations share.

use serde_json::Value;

use crate::local::domain::people::{self, Filter, STATUSES};
use crate::local::domain::{self, Listing, Part};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::Outcome;
use crate::local::http::request::Admitted;
use crate::local::http::{links, paging};

/// The version of these operations that knows accounts instead of memberships.
pub const ACCOUNTS: &str = "2023-01-01";

/// A page of the accounts of those whom the query finds. Who is invited has none yet.
pub fn accounts(
    call: &Admitted<'_>,
    query: impl FnOnce(&Filter, Part) -> domain::Outcome<Listing>,
) -> Outcome {
    let active = Filter { username: None, statuses: vec!["ACTIVE".to_owned()] };
    let query = |part| {
        let Listing { results, total } = query(&active, part)?;
        let accounts = results.iter().map(|member| people::account(&call.work, member));
        Ok(Listing { results: accounts.collect::<domain::Outcome<_>>()?, total })
    };
    let linked = |account: Value| {
        let id = account["id"].as_str().unwrap_or_default().to_owned();
        links::to_self(call, account, &["users", &id])
    };
    paging::page_of(call, query, linked)
}

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
