//! Lists, read to their end row by row.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt, future};
use serde::de::{self, DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::error::{ApiError, Cause};
use super::row::or_default;
use super::{Call, Client, Paging, Row};

/// Rows of a page: the most that the API returns.
const PAGE: u64 = 500;
/// Pages that are fetched ahead, if together they are no larger than [`LARGEST`].
const AHEAD: usize = 16;
/// Pages in a row that may hold nothing new.
const STALE: u32 = 3;
/// Rows of one answer, at most: lists without pages have more than a page.
const MOST_ROWS: usize = 100_000;
/// The largest list that is held as a whole, in bytes.
const LARGEST: usize = 64 << 20;

#[derive(Deserialize)]
struct Page {
    #[serde(deserialize_with = "few")]
    results: Vec<Box<RawValue>>,
    /// Some lists say 0 however many rows they have.
    #[serde(rename = "totalCount", default, deserialize_with = "or_default")]
    total: u64,
    #[serde(default, deserialize_with = "or_default")]
    links: Vec<Link>,
}

/// The rows of a page. Millions of rows of one byte each would take much more memory than the page.
fn few<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Box<RawValue>>, D::Error> {
    struct Rows;
    impl<'de> Visitor<'de> for Rows {
        type Value = Vec<Box<RawValue>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {MOST_ROWS} rows")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut rows = Vec::new();
            while let Some(row) = seq.next_element()? {
                if rows.len() == MOST_ROWS {
                    return Err(de::Error::invalid_length(MOST_ROWS + 1, &self));
                }
                rows.push(row);
            }
            Ok(rows)
        }
    }
    deserializer.deserialize_seq(Rows)
}

#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "or_default")]
    rel: String,
}

impl Page {
    /// Only the link's presence counts: its address comes from the server and is not followed.
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
    /// All rows of a list, in order, as they arrive. A list that turns out shorter than announced
    /// ends with an error, and so does one that is too large to hold, except for
    /// [`Client::streaming`].
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
            given: 0,
            total: 0,
            bytes: 0,
            known: SeenRows::default(),
            stale: 0,
            ahead: stream::empty().boxed(),
        };
        stream::try_unfold(reader, |mut reader| async move {
            Ok(reader.next().await?.map(|rows| (rows, reader)))
        })
        .map_ok(move |raws| parse(call.clone(), raws))
        .try_flatten()
        // Nothing after an error is read: the list is broken there.
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
    /// Rows that were passed on, and how many there should be.
    given: u64,
    total: u64,
    /// Their size in bytes.
    bytes: usize,
    /// Rows that were seen before.
    known: SeenRows,
    /// Consecutive pages without a new row.
    stale: u32,
    /// The pages that the total promises, while they are fetched.
    ahead: BoxStream<'static, Result<Page, ApiError>>,
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        loop {
            let page = match self.ahead.next().await {
                Some(page) => page?,
                // The list's end; or, if it has grown since its total was announced, further rows.
                None if !self.more => return self.end(),
                None if self.read == 0 => return self.first().await.map(Some),
                None => fetch(&self.client, &self.call, self.read + 1).await?.0,
            };
            self.read += 1;
            self.more = page.has_next();
            if self.more && page.results.is_empty() {
                return Err(self.short(&format!("page {} was empty but not the last", self.read)));
            }
            if let Some(rows) = self.fresh(page.results)? {
                return self.give(rows).map(Some);
            }
        }
    }

    /// A list that repeats rows is shorter than announced.
    fn end(&self) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        match self.given < self.total {
            false => Ok(None),
            true => {
                Err(self.short(&format!("got {} of {} announced rows", self.given, self.total)))
            }
        }
    }

    /// The first page decides how the others are read.
    async fn first(&mut self) -> Result<Vec<Box<RawValue>>, ApiError> {
        self.read = 1;
        let (client, call) = (self.client.clone(), self.call.clone());
        if !matches!(call.paging(), Paging::Counted | Paging::Uncounted) {
            self.more = false;
            let answer = client.send(&call).await?;
            let mut bare = serde_json::Deserializer::from_slice(&answer.body);
            return few(&mut bare)
                .and_then(|rows| bare.end().map(|()| rows))
                .map_err(|error| client.unreadable(&call, &error).request_id(answer.request_id));
        }
        let (mut page, mut bytes) = fetch(&client, &call, 1).await?;
        if !page.is_whole(1, page.total) {
            (page, bytes) = fetch(&client, &call, 1).await?;
        }
        let total = page.total;
        if !page.is_whole(1, total) {
            let rows = page.results.len();
            return Err(self.short(&format!("got {rows} of {total} announced rows")));
        }
        (self.more, self.total) = (page.has_next(), total);
        let rows = self.fresh(page.results)?.unwrap_or_default();
        let ahead = (LARGEST / bytes.max(1)).clamp(1, AHEAD);
        self.ahead = stream::iter(2..=total.div_ceil(PAGE))
            .map(move |number| whole(client.clone(), call.clone(), number, total))
            .buffered(ahead)
            .boxed();
        self.give(rows)
    }

    /// Passes rows on, unless the caller would hold too many.
    fn give(&mut self, rows: Vec<Box<RawValue>>) -> Result<Vec<Box<RawValue>>, ApiError> {
        self.given += rows.len() as u64;
        self.bytes += rows.iter().map(|row| row.get().len()).sum::<usize>();
        if self.bytes > LARGEST && !self.client.streams() {
            let why = format!("the list is larger than {} MiB", LARGEST >> 20);
            return Err(self.client.explain(ApiError::new(Cause::TooLarge, why), &self.call));
        }
        Ok(rows)
    }

    /// The new rows of a page, if their number was announced: a list that grows while it is read
    /// repeats some, which must not be counted for others. A page without new rows is skipped, a
    /// few times at most: otherwise a server that goes round in circles would be read for ever.
    fn fresh(&mut self, rows: Vec<Box<RawValue>>) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        // Collected first, because every row must be remembered.
        let new: Vec<bool> = rows.iter().map(|row| self.known.add(row)).collect();
        if rows.is_empty() || new.contains(&true) {
            self.stale = 0;
            let counted = self.total > 0;
            let rows = rows.into_iter().zip(new).filter(|(_, new)| *new || !counted);
            return Ok(Some(rows.map(|(row, _)| row).collect()));
        }
        self.stale += 1;
        let number = self.read;
        match self.stale < STALE {
            true => {
                tracing::warn!("page {number} repeats earlier rows only: skipped");
                Ok(None)
            }
            false => {
                let first = number + 1 - u64::from(STALE);
                let why = format!("pages {first} to {number} repeat earlier rows only");
                Err(self.short(&why))
            }
        }
    }

    fn short(&self, why: &str) -> ApiError {
        self.client.explain(ApiError::new(Cause::Incomplete, why), &self.call)
    }
}

/// The rows seen before, as hashes: the last ones, and those before them. A circle is noticed if it
/// is no longer than [`SeenRows::MOST`] rows.
#[derive(Default)]
struct SeenRows {
    hash: RandomState,
    last: HashSet<u64>,
    before: HashSet<u64>,
}

impl SeenRows {
    /// Rows of one generation: both take some 40 MB.
    const MOST: usize = 1 << 20;

    /// Remembers a row; returns whether it is new.
    fn add(&mut self, row: &RawValue) -> bool {
        if self.last.len() >= Self::MOST {
            self.before = std::mem::take(&mut self.last);
        }
        let hash = self.hash.hash_one(row.get());
        self.last.insert(hash) && !self.before.contains(&hash)
    }
}

/// A page that holds what the total promises. One that does not is read once again.
async fn whole(client: Client, call: Call, number: u64, total: u64) -> Result<Page, ApiError> {
    let mut page = fetch(&client, &call, number).await?.0;
    if !page.is_whole(number, total) {
        page = fetch(&client, &call, number).await?.0;
    }
    if page.is_whole(number, total) {
        return Ok(page);
    }
    let rows = (number - 1) * PAGE + page.results.len() as u64;
    let why = format!("got {rows} of {total} announced rows");
    Err(client.explain(ApiError::new(Cause::Incomplete, why), &call))
}

/// Reads a page, and returns its size in bytes. Only the first is asked for the total: counting for
/// a page far down the list makes the server time out.
async fn fetch(client: &Client, call: &Call, number: u64) -> Result<(Page, usize), ApiError> {
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
        .map(|page| (page, answer.body.len()))
        .map_err(|error| client.unreadable(&call, &error).request_id(answer.request_id))
}
