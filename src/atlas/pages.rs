//! Lists, read to their end row by row.

use std::fmt;

use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt, future};
use serde::de::{self, DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::error::{ApiError, Cause};
use super::row::or_default;
use super::seen_rows::{Seen, SeenRows};
use super::{Call, Client, Paging, Row};

/// Rows of a page: the most that the API returns; and fewer, when an answer with more is too large to
/// read. Each divides the one before, so that reading goes on where it is.
const SIZES: [u64; 5] = [500, 100, 20, 4, 1];
/// Pages of fewer rows that are fetched ahead: each may be as large as an answer may be.
const AHEAD_OF_LARGE: usize = 4;
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
            size: SIZES[0],
            read: 0,
            more: true,
            given: 0,
            total: 0,
            bytes: 0,
            capped: false,
            sizes: Vec::new(),
            known: SeenRows::by(call.paging().identity()),
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
    /// How many rows pages are asked for.
    size: u64,
    /// The number of the last page that was read.
    read: u64,
    /// Whether that page announced another.
    more: bool,
    /// Rows that were passed on, and how many there should be.
    given: u64,
    total: u64,
    /// Their size in bytes.
    bytes: usize,
    /// Whether the first page had fewer rows than it was asked for, though it was not the last.
    capped: bool,
    /// How many rows each page had, until rows turn out to be missing.
    sizes: Vec<usize>,
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
                Some(page) => page,
                // The list's end; or, if it has grown since its total was announced, further rows.
                None if !self.more => return self.end().await,
                None if self.read == 0 => return self.first().await.map(Some),
                None => {
                    let page = fetch(&self.client, &self.call, self.read + 1, self.size).await;
                    page.map(|(page, _)| page)
                }
            };
            let page = match page {
                Err(error) if error.cause() == Cause::TooLarge => {
                    self.shrink(error)?;
                    continue;
                }
                page => page?,
            };
            self.read += 1;
            self.more = page.has_next();
            self.sizes.push(page.results.len());
            // A first page that was shorter than the others made too many seem to follow.
            if self.capped && !self.more {
                self.ahead = stream::empty().boxed();
            }
            if self.more && page.results.is_empty() {
                return Err(self.short(&format!("page {} was empty but not the last", self.read)));
            }
            if let Some(rows) = self.fresh(page.results)? {
                return self.give(rows).map(Some);
            }
        }
    }

    /// A list that is shorter than announced is read once again where rows can be missing: the last
    /// page, and those with fewer rows than others.
    async fn end(&mut self) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        let sizes = std::mem::take(&mut self.sizes);
        let fullest = sizes.iter().max().copied().unwrap_or_default();
        let numbered = (1..).zip(&sizes);
        let short = numbered.filter(|(number, rows)| **rows < fullest || *number == self.read);
        let mut found = Vec::new();
        for (number, _) in short.take(AHEAD) {
            if self.given + found.len() as u64 >= self.total {
                break;
            }
            let (page, _) = fetch(&self.client, &self.call, number, self.size).await?;
            found.extend(page.results.into_iter().filter(|row| self.known.add(row) == Seen::Never));
        }
        match self.given + (found.len() as u64) < self.total {
            false if found.is_empty() => Ok(None),
            false => self.give(found).map(Some),
            true => {
                let rows = self.given + found.len() as u64;
                Err(self.short(&format!("got {rows} of {} announced rows", self.total)))
            }
        }
    }

    /// The first page decides how the others are read.
    async fn first(&mut self) -> Result<Vec<Box<RawValue>>, ApiError> {
        let (client, call) = (self.client.clone(), self.call.clone());
        if !matches!(call.paging(), Paging::Counted(_) | Paging::Uncounted(_)) {
            (self.read, self.more) = (1, false);
            let answer = client.send(&call).await?;
            let mut bare = serde_json::Deserializer::from_slice(&answer.body);
            return few(&mut bare)
                .and_then(|rows| bare.end().map(|()| rows))
                .map_err(|error| client.unreadable(&call, &error).request_id(answer.request_id));
        }
        let (page, bytes) = loop {
            match fetch(&client, &call, 1, self.size).await {
                Err(error) if error.cause() == Cause::TooLarge => self.shrink(error)?,
                page => break page?,
            }
        };
        let rows = page.results.len();
        self.read = 1;
        (self.more, self.total) = (page.has_next(), page.total);
        self.sizes.push(rows);
        // A server may give fewer rows to a page than it was asked for, and then to every one.
        let size = rows as u64;
        self.capped = (1..self.size).contains(&size) && self.more;
        let pages = if self.capped || size >= self.size { page.total.div_ceil(size) } else { 1 };
        let fresh = self.fresh(page.results)?.unwrap_or_default();
        let ahead = match self.size == SIZES[0] {
            true => (LARGEST / bytes.max(1)).clamp(1, AHEAD),
            false => AHEAD_OF_LARGE,
        };
        self.fetch_ahead(pages, ahead);
        self.give(fresh)
    }

    /// Begins to fetch the pages after the last that was read.
    fn fetch_ahead(&mut self, last: u64, at_once: usize) {
        let (client, call, size) = (self.client.clone(), self.call.clone(), self.size);
        self.ahead = stream::iter(self.read + 1..=last)
            .map(move |number| {
                let (client, call) = (client.clone(), call.clone());
                async move { fetch(&client, &call, number, size).await.map(|(page, _)| page) }
            })
            .buffered(at_once)
            .boxed();
    }

    /// Asks for fewer rows from here on, since an answer with as many was too large to read.
    ///
    /// # Errors
    /// It was asked for one row.
    fn shrink(&mut self, error: ApiError) -> Result<(), ApiError> {
        // A server that gives fewer rows than it is asked for counts its pages by that.
        let rows = match (self.capped, self.sizes.first()) {
            (true, Some(rows)) => *rows as u64,
            _ => self.size,
        };
        let position = self.read * rows;
        let fits = |size: &u64| *size < rows && position.is_multiple_of(*size);
        let Some(size) = SIZES.into_iter().find(fits) else {
            let paged = self.size < SIZES[0];
            let why =
                format!("row {} of the list: {}", position + 1, error.detail().unwrap_or_default());
            return Err(if paged { self.too_large(&why) } else { error });
        };
        tracing::debug!("a page of {rows} rows is too large: asking for {size} at a time");
        (self.size, self.read, self.capped) = (size, position / size, false);
        // As many as were there before, all of them full.
        let (read, full) = (usize::try_from(self.read), usize::try_from(size));
        self.sizes = vec![full.unwrap_or_default(); read.unwrap_or_default()];
        self.fetch_ahead(self.total.div_ceil(size), AHEAD_OF_LARGE);
        Ok(())
    }

    fn too_large(&self, why: &str) -> ApiError {
        self.client.explain(ApiError::new(Cause::TooLarge, why), &self.call)
    }

    /// Passes rows on, unless the caller would hold too many.
    fn give(&mut self, rows: Vec<Box<RawValue>>) -> Result<Vec<Box<RawValue>>, ApiError> {
        self.given += rows.len() as u64;
        self.bytes += rows.iter().map(|row| row.get().len()).sum::<usize>();
        if self.bytes > LARGEST && !self.client.streams() {
            return Err(self.too_large(&format!("the list is larger than {} MiB", LARGEST >> 20)));
        }
        Ok(rows)
    }

    /// The new rows of a page: a list that grows while it is read repeats some. What is known by its
    /// text alone is repeated only where the number of rows is announced: there it must not be
    /// counted for others. A page without new rows is skipped, a few times at most: otherwise a
    /// server that goes round in circles would be read for ever.
    fn fresh(&mut self, rows: Vec<Box<RawValue>>) -> Result<Option<Vec<Box<RawValue>>>, ApiError> {
        // Collected first, because every row must be remembered.
        let seen: Vec<Seen> = rows.iter().map(|row| self.known.add(row)).collect();
        if rows.is_empty() || seen.contains(&Seen::Never) {
            self.stale = 0;
            let counted = self.total > 0;
            let is_new = |seen: &Seen| *seen == Seen::Never || (*seen == Seen::Text && !counted);
            let rows = rows.into_iter().zip(seen).filter(|(_, seen)| is_new(seen));
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

/// Reads a page, and returns its size in bytes. Only the first is asked for the total: counting for
/// a page far down the list makes the server time out.
async fn fetch(
    client: &Client,
    call: &Call,
    number: u64,
    size: u64,
) -> Result<(Page, usize), ApiError> {
    let counted = matches!(call.paging(), Paging::Counted(_));
    let call = call.clone().query("pageNum", number).query("itemsPerPage", size);
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
