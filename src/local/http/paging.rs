//! Pages of a listing, with their links.

use serde_json::{Value, json};

use super::refusal::ErrorReply;
use super::reply::{Outcome, Reply};
use super::request::Admitted;
use crate::local::domain::{self, Listing, Part};

/// Which part of a listing is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: i64,
    /// From 1 to 500.
    pub size: i64,
    /// Whether the total is wanted.
    pub count: bool,
}

impl Page {
    /// Reads the parameters, and refuses what is out of range.
    pub fn of(call: &Admitted<'_>) -> Result<Page, ErrorReply> {
        let ranged = |name: &str, default: i64, most: i64| {
            let value = call.request.number(name)?.unwrap_or(default);
            if (1..=most).contains(&value) {
                return Ok(value);
            }
            Err(ErrorReply::query(format!(
                "The query parameter {name} must be between 1 and {most}, not {value}."
            )))
        };
        Ok(Page {
            number: ranged("pageNum", 1, i64::from(i32::MAX))?,
            size: ranged("itemsPerPage", 100, 500)?,
            count: call.request.flag_or("includeCount", true)?,
        })
    }

    /// How many rows precede it.
    pub fn offset(self) -> i64 {
        (self.number - 1) * self.size
    }
}

/// A page of what a query of the domain finds; the query is given the part that is asked for.
pub fn page(call: &Admitted<'_>, query: impl FnOnce(Part) -> domain::Outcome<Listing>) -> Outcome {
    page_of(call, query, |row| row)
}

/// Like [`page()`], with every object as it is shown.
pub fn page_of(
    call: &Admitted<'_>,
    query: impl FnOnce(Part) -> domain::Outcome<Listing>,
    shown: impl Fn(Value) -> Value,
) -> Outcome {
    let page = Page::of(call)?;
    let Listing { results, total } = query(Part { limit: page.size, skip: page.offset() })?;
    let results = results.into_iter().map(shown).collect();
    Ok(linked(call, page, results, total, page.offset() + page.size < total))
}

/// A page of a feed, whose total Atlas gives as 0 however many there are; `results` may hold one
/// more than the page, which shows that another follows.
pub fn feed(call: &Admitted<'_>, page: Page, mut results: Vec<Value>) -> Reply {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let more = results.len() > size;
    results.truncate(size);
    linked(call, page, results, 0, more)
}

fn linked(call: &Admitted<'_>, page: Page, results: Vec<Value>, total: i64, more: bool) -> Reply {
    let mut links = vec![link(call, page, page.number, "self")];
    if page.number > 1 {
        links.push(link(call, page, page.number - 1, "previous"));
    }
    if more {
        links.push(link(call, page, page.number + 1, "next"));
    }
    let mut body = json!({ "links": links, "results": results });
    if page.count {
        body["totalCount"] = total.into();
    }
    Reply::ok(body)
}

fn link(call: &Admitted<'_>, page: Page, number: i64, rel: &str) -> Value {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("includeCount", if page.count { "true" } else { "false" });
    query.append_pair("itemsPerPage", &page.size.to_string());
    query.append_pair("pageNum", &number.to_string());
    for (key, value) in call.request.query() {
        if !matches!(key.as_str(), "includeCount" | "itemsPerPage" | "pageNum") {
            query.append_pair(&key, &value);
        }
    }
    let href = format!("{}{}?{}", call.base, call.request.path(), query.finish());
    json!({ "href": href, "rel": rel })
}
