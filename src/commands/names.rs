//! Names on the command line, or on stdin with `-`.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Read};

use tokio::sync::OnceCell;

use crate::atlas::Row;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::text::{self, without_mark};
use crate::ui::{Detail, Listing, plural};

/// What a command that shows named objects takes.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The names, or - to read them from stdin
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
}

/// Whether this many names are better looked up in one listing than one by one.
pub fn are_many(names: usize) -> bool {
    names > 8
}

/// A listing that is read when the first name is looked for in it.
pub struct Listed<T>(OnceCell<HashMap<String, Row<T>>>);

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Listed(OnceCell::new())
    }
}

impl<T: Clone> Listed<T> {
    /// The object of a name; `keys` are the names that an object goes by, and of several that have
    /// one the first counts.
    ///
    /// # Errors
    /// Those of the listing.
    pub async fn find(
        &self,
        name: &str,
        all: impl AsyncFnOnce() -> Result<Vec<Row<T>>>,
        keys: impl Fn(&T) -> Vec<String>,
    ) -> Result<Option<Row<T>>> {
        let known = self.0.get_or_try_init(async || {
            let mut known = HashMap::new();
            for row in all().await? {
                for key in keys(&row.view) {
                    known.entry(key).or_insert_with(|| row.clone());
                }
            }
            Ok::<_, Error>(known)
        });
        Ok(known.await?.get(name).cloned())
    }

    /// The names of the listing, once it was read.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.get().into_iter().flat_map(HashMap::keys).map(String::as_str)
    }
}

/// The outcome of looking up named objects.
pub struct LookedUp<T> {
    /// Those that exist.
    pub rows: Vec<Row<T>>,
    /// An error for each one that does not.
    pub failed: Vec<Error>,
    /// How many were asked for.
    pub asked: usize,
}

/// Looks up named objects and shows them; each one that does not exist is an error of its own.
/// `fetch` gets whether there are so many names that it should look in a [`Listed`].
///
/// # Errors
/// The one failure, or the worst of several.
pub async fn show<T>(
    context: &Context,
    listing: &Listing<'_, T>,
    noun: &str,
    given: &[String],
    fetch: impl AsyncFn(&str, bool) -> Result<Row<T>>,
    detail: impl Fn(&T) -> Detail,
) -> Result<()> {
    context.ui.check(listing)?;
    let found = look_up(context, given, fetch).await?;
    if !found.rows.is_empty() {
        let rows = found.rows.into_iter().map(|row| (row.raw, row.view)).collect();
        context.ui.show_asked(listing, rows, is_one(given), detail)?;
    }
    failures(context, found.failed, found.asked, noun)
}

/// Looks named objects up.
///
/// # Errors
/// Those that are about all of the names.
pub async fn look_up<T>(
    context: &Context,
    given: &[String],
    fetch: impl AsyncFn(&str, bool) -> Result<Row<T>>,
) -> Result<LookedUp<T>> {
    let wanted = read(context, given)?;
    let many = are_many(wanted.len());
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for name in &wanted {
        match fetch(name, many).await {
            Ok(row) => rows.push(row),
            // That there is no such name is known from the listing: what the API refuses is that.
            Err(error) if many && error.api_facts().status.is_some() => return Err(error),
            Err(error) if many && !matches!(error.kind(), Kind::NotFound | Kind::Usage) => {
                return Err(error);
            }
            Err(error) => failed.push(error),
        }
    }
    Ok(LookedUp { rows, failed, asked: wanted.len() })
}

/// Whether the command line asks for one object by name, rather than for several or those of stdin.
pub fn is_one(given: &[String]) -> bool {
    matches!(given, [name] if name != "-")
}

/// The given names, each once, in order; `-` stands for the lines of stdin.
///
/// # Errors
/// Usage, if `-` was given and stdin has no names, or is a terminal.
pub fn read(context: &Context, given: &[String]) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in given {
        match name.as_str() {
            "-" => {
                let read = lines(context)?;
                if read.is_empty() {
                    return Err(Error::usage("stdin holds no names").hint("nothing was changed"));
                }
                names.extend(read);
            }
            _ => names.push(name.clone()),
        }
    }
    let mut seen = HashSet::new();
    let first: Vec<bool> = names.iter().map(|name| seen.insert(name.as_str())).collect();
    let mut first = first.into_iter();
    names.retain(|_| first.next().unwrap_or(true));
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err(Error::usage("a name is empty").hint("is a variable of the script not set?"));
    }
    Ok(names)
}

/// How many names stdin may hold, and how many bytes of them.
const MOST_NAMES: usize = 20_000;
const MOST_BYTES: u64 = 8 << 20;

fn lines(context: &Context) -> Result<Vec<String>> {
    if context.ui.stdin_is_terminal() {
        return Err(Error::usage("- reads names from stdin, and stdin is a terminal")
            .hint("pipe in names, as in: spctl users list -q | spctl users get -"));
    }
    let mut names = Vec::new();
    // One byte more than may be tells that there is more.
    let limited = std::io::stdin().lock().take(MOST_BYTES + 1);
    let mut read = 0;
    for (index, line) in limited.split(b'\n').enumerate() {
        let is_first = index == 0;
        let line = line
            .and_then(text::utf8)
            .map_err(|e| Error::usage("cannot read names from stdin").source(e))?;
        read += line.len() as u64 + 1;
        if read > MOST_BYTES || names.len() >= MOST_NAMES {
            return Err(Error::usage(format!(
                "stdin holds more than {MOST_NAMES} names, or {} MiB of them",
                MOST_BYTES >> 20
            ))
            .hint("nothing was changed; split the list, as in: split -l 10000"));
        }
        let name = line.trim_end_matches('\r');
        let name = if is_first { without_mark(name) } else { name };
        if !name.trim().is_empty() {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Whether a name can be a segment of a URL: empty ones name something else, and dot segments are
/// resolved away by every parser on the route, encoded or not.
pub fn stands_in_a_url(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
}

/// Checks that a new object's name is one that every list can show on a line of its own, and that
/// the URL of the object can hold.
///
/// # Errors
/// Usage: a name that is empty, holds a control character such as a line's end, or is `.` or `..`;
/// or one of those that are `taken`.
pub fn check_new(noun: &str, name: &str, taken: &[&str]) -> Result<()> {
    if taken.contains(&name) {
        let why = "its URL is that of something else, so it could never be changed or deleted";
        return Err(Error::usage(format!("{name:?} cannot be the name of a {noun}: {why}"))
            .hint("use another name; capital and small letters differ"));
    }
    let why = match name {
        _ if name.trim().is_empty() => "it is empty",
        _ if !stands_in_a_url(name) => "no URL can hold it, so it could never be read or deleted",
        _ if name.chars().any(char::is_control) => "it holds a control character",
        "-" => "it stands for names on stdin",
        _ => return Ok(()),
    };
    Err(Error::usage(format!("{name:?} cannot be the name of a {noun}: {why}"))
        .hint("use a name on one line, without tabs or escape characters"))
}

/// The end of a command that looked several objects up: each failure is shown, the worst decides.
///
/// # Errors
/// The one failure, or the worst of several.
pub fn failures(context: &Context, mut failed: Vec<Error>, asked: usize, noun: &str) -> Result<()> {
    let Some(kind) = Kind::worst(failed.iter().map(Error::kind)) else { return Ok(()) };
    if asked == 1
        && let Some(error) = failed.pop()
    {
        return Err(error);
    }
    for error in &failed {
        context.ui.error(error);
    }
    Err(Error::new(kind, format!("{} of {} failed", failed.len(), plural(asked, noun))))
}
