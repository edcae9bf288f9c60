//! What handlers answer, and pages of documents.

use serde_json::{Value, json};

use super::refusal::Refusal;
use super::request::Call;
use super::store::docs;

/// What a handler hands back.
pub type Outcome = Result<Reply, Refusal>;

/// A successful answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing, as with 204.
    None,
    /// A document.
    Json(Value),
    /// A compressed file and the name it is offered under.
    Gzip {
        /// The compressed bytes.
        bytes: Vec<u8>,
        /// The name in `Content-Disposition`.
        filename: String,
    },
}

impl Reply {
    /// A document with a status.
    pub fn json(status: u16, value: Value) -> Self {
        Reply { status, body: Body::Json(value) }
    }

    /// 200
    pub fn ok(value: Value) -> Self {
        Reply::json(200, value)
    }

    /// 204
    pub fn no_content() -> Self {
        Reply { status: 204, body: Body::None }
    }
}

/// Which part of a listing is asked for.
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
    pub fn of(call: &Call<'_>) -> Result<Page, Refusal> {
        let ranged = |name: &str, default: i64, most: i64| {
            let value = call.request.number(name)?.unwrap_or(default);
            if (1..=most).contains(&value) {
                return Ok(value);
            }
            Err(Refusal::bad(
                "INVALID_QUERY_PARAMETER",
                format!("The query parameter {name} lies between 1 and {most}, not {value}."),
            ))
        };
        Ok(Page {
            number: ranged("pageNum", 1, i64::from(i32::MAX))?,
            size: ranged("itemsPerPage", 100, 500)?,
            count: call.request.flag_or("includeCount", true)?,
        })
    }

    /// How many rows stand before it.
    pub fn offset(self) -> i64 {
        (self.number - 1) * self.size
    }
}

/// A page of a kind of document, read from the store.
pub fn stored(call: &Call<'_>, kind: &str, parent: &str) -> Outcome {
    let page = Page::of(call)?;
    let total = docs::count(call.db, call.now, kind, parent)?;
    let results = docs::list(call.db, call.now, kind, parent, page.size, page.offset())?;
    Ok(render(call, page, results, total))
}

/// A page of what a query finds; the query is given a limit and an offset.
pub fn part(
    call: &Call<'_>,
    total: i64,
    list: impl FnOnce(i64, i64) -> rusqlite::Result<Vec<Value>>,
) -> Outcome {
    let page = Page::of(call)?;
    let results = list(page.size, page.offset())?;
    Ok(render(call, page, results, total))
}

/// A page of documents that were chosen one by one.
pub fn chosen(call: &Call<'_>, all: Vec<Value>) -> Outcome {
    let page = Page::of(call)?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(page.size).unwrap_or(usize::MAX);
    let results = all.into_iter().skip(skip).take(take).collect();
    Ok(render(call, page, results, total))
}

/// A page of a feed, whose total Atlas gives as 0 however many there are; `results` may hold one
/// more than the page, which tells that another follows.
pub fn feed(call: &Call<'_>, page: Page, mut results: Vec<Value>) -> Reply {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let more = results.len() > size;
    results.truncate(size);
    linked(call, page, results, 0, more)
}

fn render(call: &Call<'_>, page: Page, results: Vec<Value>, total: i64) -> Reply {
    linked(call, page, results, total, page.offset() + page.size < total)
}

fn linked(call: &Call<'_>, page: Page, results: Vec<Value>, total: i64, more: bool) -> Reply {
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

fn link(call: &Call<'_>, page: Page, number: i64, rel: &str) -> Value {
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
