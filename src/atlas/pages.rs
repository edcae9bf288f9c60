//! Lists to their end, row by row.

use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt, future};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::error::{ApiError, Cause};
use super::row::or_default;
use super::{Call, Client, Paging, Row};

/// Rows of a page: the most that the API hands out.
const PAGE: u64 = 500;
/// Pages that are fetched ahead.
const AHEAD: usize = 16;

#[derive(Deserialize)]
struct Page {
    results: Vec<Box<RawValue>>,
    /// Some lists say 0 however many rows they have.
    #[serde(rename = "totalCount", default, deserialize_with = "or_default")]
    total: u64,
    #[serde(default, deserialize_with = "or_default")]
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "or_default")]
    rel: String,
}

impl Page {
    /// Only the link's presence counts: its address is the server's word, and is not followed.
    fn has_next(&self) -> bool {
        self.links.iter().any(|link| link.rel == "next")
    }

    /// Whether it holds the rows that page `number` of `total` rows must hold.
    fn is_whole(&self, number: u64, total: u64) -> bool {
        let expected = total.saturating_sub((number - 1) * PAGE).min(PAGE);
        self.results.len() as u64 >= expected
    }
}

impl Client {
    /// All rows of a list, in order, as they come. A list that comes shorter than it announced
    /// ends with an error.
    pub fn list<T: DeserializeOwned>(
        &self,
        call: Call,
    ) -> impl Stream<Item = Result<Row<T>, ApiError>> + use<T> {
        let client = self.clone();
        let parse = move |call: Call, raws: Vec<Box<RawValue>>| {
            let client = client.clone();
            stream::iter(raws)
                .map(move |raw| Row::parse(raw).map_err(|error| client.unreadable(&call, &error)))
        };
        let reader = Reader {
            client: self.clone(),
            call: call.clone(),
            read: 0,
            more: true,
            begins: None,
            ahead: stream::empty().boxed(),
        };
        stream::try_unfold(reader, |mut reader| async move {
            Ok(reader.next().await?.map(|rows| (rows, reader)))
        })
        .map_ok(move |raws| parse(call.clone(), raws))
        .try_flatten()
        // Nothing behind an error is read: the list is broken there.
        .scan(false, |broken, row| {
            let end = std::mem::replace(broken, row.is_err());
            future::ready((!end).then_some(row))
        })
    }
}

/// Reads one list.
struct Reader {
    client: Client,
    call: Call,
    /// The number of the last page that was read.
    read: u64,
    /// Whether that page announced another.
    more: bool,
    /// The first row of that page.
    begins: Option<Box<RawValue>>,
    /// The pages that the total promises, while they are fetched.
    ahead: BoxStream<'static, Result<Page, ApiError>>,
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        let page = match self.ahead.next().await {
            Some(page) => page?,
            // The list's end; or, if it grew since its total was told, rows beyond that.
            None if !self.more => return Ok(None),
            None if self.read == 0 => return self.first().await.map(Some),
            None => fetch(&self.client, &self.call, self.read + 1).await?,
        };
        self.read += 1;
        self.more = page.has_next();
        if self.more && page.results.is_empty() {
            return Err(self.short(&format!("page {} was empty, yet not the last", self.read)));
        }
        self.begin(&page.results)?;
        Ok(Some(page.results))
    }

    /// The first page decides how the others are read.
    async fn first(&mut self) -> Result<Vec<Box<RawValue>>, ApiError> {
        self.read = 1;
        let (client, call) = (self.client.clone(), self.call.clone());
        if !matches!(call.paging(), Paging::Counted | Paging::Uncounted) {
            self.more = false;
            let answer = client.send(&call).await?;
            return serde_json::from_slice(&answer.body)
                .map_err(|error| client.unreadable(&call, &error).request_id(answer.request_id));
        }
        let mut page = fetch(&client, &call, 1).await?;
        if !page.is_whole(1, page.total) {
            page = fetch(&client, &call, 1).await?;
        }
        let total = page.total;
        if !page.is_whole(1, total) {
            let rows = page.results.len();
            return Err(self.short(&format!("{rows} rows came of {total} announced")));
        }
        self.more = page.has_next();
        self.begin(&page.results)?;
        self.ahead = stream::iter(2..=total.div_ceil(PAGE))
            .map(move |number| whole(client.clone(), call.clone(), number, total))
            .buffered(AHEAD)
            .boxed();
        Ok(page.results)
    }

    /// Sees to it that a page is not the one before once more: no count would tell, and a server that
    /// passes over the page's number would be read for ever.
    fn begin(&mut self, rows: &[Box<RawValue>]) -> Result<(), ApiError> {
        let begins = rows.first().cloned();
        let before = std::mem::replace(&mut self.begins, begins);
        match (&self.begins, before) {
            (Some(now), Some(before)) if now.get() == before.get() => {
                let number = self.read;
                Err(self.short(&format!("page {number} is page {} once more", number - 1)))
            }
            _ => Ok(()),
        }
    }

    fn short(&self, why: &str) -> ApiError {
        self.client.explain(ApiError::new(Cause::Incomplete, why), &self.call)
    }
}

/// A page that holds what the total promises. One that does not is read once more.
async fn whole(client: Client, call: Call, number: u64, total: u64) -> Result<Page, ApiError> {
    let mut page = fetch(&client, &call, number).await?;
    if !page.is_whole(number, total) {
        page = fetch(&client, &call, number).await?;
    }
    if page.is_whole(number, total) {
        return Ok(page);
    }
    let rows = (number - 1) * PAGE + page.results.len() as u64;
    let why = format!("{rows} rows came of {total} announced");
    Err(client.explain(ApiError::new(Cause::Incomplete, why), &call))
}

/// Reads a page. Only the first is asked for the total: counting for a page far behind is what
/// makes the server give up.
async fn fetch(client: &Client, call: &Call, number: u64) -> Result<Page, ApiError> {
    let counted = call.paging() == Paging::Counted;
    let call = call.clone().query("pageNum", number).query("itemsPerPage", PAGE);
    let uncounted = || call.clone().query("includeCount", false);
    let answer = if counted && number > 1 {
        client.send(&uncounted()).await?
    } else {
        match client.send(&call).await {
            Err(error) if counted && error.error_code() == Some("TIMEOUT_WHILE_PAGING") => {
                client.send(&uncounted()).await?
            }
            answer => answer?,
        }
    };
    serde_json::from_slice(&answer.body)
        .map_err(|error| client.unreadable(&call, &error).request_id(answer.request_id))
}
