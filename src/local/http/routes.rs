//! The table of operations, and how a raw path finds its row.
//!
//! Segments are matched before they are decoded: a name may hold an encoded slash. After a colon,
//! only the table's own verbs are split off: a name may hold a colon.

use percent_encoding::percent_decode_str;

use super::refusal::ErrorReply;
use super::reply::Outcome;
use super::request::{Admitted, Prepared, Request};
use super::resources;

/// Where every operation's path begins.
pub const ROOT: &str = "/api/atlas/v2";

/// What answers an operation.
pub type Handler = fn(&Admitted<'_>) -> Outcome;
/// Prepares a request before its transaction begins.
pub type Prepare = fn(&Request) -> Prepared;
/// What is done after an attempt.
pub type After = fn(&Admitted<'_>, &Outcome) -> Result<(), ErrorReply>;

/// How an operation's answer is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `+json`
    Json,
    /// `+gzip`
    Gzip,
}

impl Media {
    /// The suffix of the media type.
    pub fn suffix(self) -> &'static str {
        match self {
            Media::Json => "json",
            Media::Gzip => "gzip",
        }
    }
}

/// One operation in one version.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The document's `operationId`.
    pub id: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// The path's template behind [`ROOT`].
    pub path: &'static str,
    /// The version, a date.
    pub date: &'static str,
    /// The answer's encoding.
    pub media: Media,
    /// What answers.
    pub handler: Handler,
    /// What takes time, and is done before the transaction begins.
    pub prepare: Option<Prepare>,
    /// What is done after each attempt of an authenticated caller, a refused one included.
    pub after: Option<After>,
}

impl Route {
    /// A row whose answer is JSON.
    pub const fn json(
        id: &'static str,
        method: &'static str,
        path: &'static str,
        date: &'static str,
        handler: Handler,
    ) -> Route {
        Route { id, method, path, date, media: Media::Json, handler, prepare: None, after: None }
    }

    /// Something to do before the transaction begins, once the caller is known and allowed. Such a
    /// row has nothing to do after an attempt that is refused before.
    pub const fn prepared_by(mut self, prepare: Prepare) -> Route {
        self.prepare = Some(prepare);
        self
    }

    /// Something to do after each attempt, in a transaction that may write: a read may record an
    /// event.
    pub const fn then(mut self, after: After) -> Route {
        self.after = Some(after);
        self
    }

    /// A row whose answer is a compressed file.
    pub const fn gzip(
        id: &'static str,
        path: &'static str,
        date: &'static str,
        handler: Handler,
    ) -> Route {
        let route = Route::json(id, "GET", path, date, handler);
        Route { media: Media::Gzip, ..route }
    }

    /// The media type that the operation answers with.
    pub fn media_type(&self) -> String {
        format!("application/vnd.atlas.{}+{}", self.date, self.media.suffix())
    }

    /// Which calls share a rate limit: the resource's word in the path.
    pub fn family(&self) -> &'static str {
        let mut words = self.path.split('/').filter(|s| !s.is_empty() && !s.starts_with('{'));
        let first = words.next().unwrap_or("");
        words.next().unwrap_or(first)
    }
}

/// The decoded segments of a path, by the names that the template gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(&'static str, String)>);

impl Params {
    /// A segment; empty when the template has none of this name.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// A segment, if the template has one of this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }
}

/// The result of looking up a method and a path.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// An operation.
    Operation {
        /// Its row, of whatever version.
        first: &'static Route,
        /// All of its rows, one per version.
        routes: Vec<&'static Route>,
        /// What the path names.
        params: Params,
    },
    /// The path is known, with these methods.
    OtherMethods(Vec<&'static str>),
    /// Nothing has this path.
    Nothing,
    /// The path cannot be decoded.
    Malformed,
}

/// Looks up a raw path.
pub fn find(method: &str, raw_path: &str) -> Lookup {
    find_in(resources::TABLES, method, raw_path)
}

fn find_in(tables: &'static [&'static [Route]], method: &str, raw_path: &str) -> Lookup {
    let Some(path) = raw_path.strip_prefix(ROOT) else {
        return Lookup::Nothing;
    };
    if !is_decodable(path) {
        return Lookup::Malformed;
    }
    let routes = tables.iter().copied().flatten();
    let mut matching: Vec<(Score, &'static Route)> =
        routes.filter_map(|route| Some((score(route.path, path)?, route))).collect();
    // `streams/accountDetails` precedes `streams/{tenantName}`, and a verb a bare name.
    let Some(best) = matching.iter().map(|(score, _)| score.clone()).max() else {
        return Lookup::Nothing;
    };
    let elsewhere = NOT_SERVED.iter().filter_map(|template| score(template, path)).max();
    if elsewhere > Some(best.clone()) {
        return Lookup::Nothing;
    }
    matching.retain(|(score, _)| *score == best);
    let methods = matching.iter().map(|(_, route)| route.method).collect();
    matching.retain(|(_, route)| route.method == method);
    let routes: Vec<_> = matching.into_iter().map(|(_, route)| route).collect();
    match routes.first() {
        None => Lookup::OtherMethods(methods),
        Some(&first) => Lookup::Operation { first, params: params(first.path, path), routes },
    }
}

/// Whether every `%` precedes two hexadecimal digits, and the result is UTF-8.
fn is_decodable(path: &str) -> bool {
    let is_byte = |rest: &str| {
        rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    path.split('%').skip(1).all(is_byte) && percent_decode_str(path).decode_utf8().is_ok()
}

/// The segments of a template paired with those of a path.
fn side_by_side<'a>(
    template: &'static str,
    path: &'a str,
) -> impl Iterator<Item = (&'static str, &'a str)> {
    template.split('/').zip(path.strip_suffix('/').unwrap_or(path).split('/'))
}

/// Paths of the API's that nothing here answers, and that would be taken for others.
const NOT_SERVED: [&str; 1] = ["/groups/{groupId}/databaseUsers/{username}/certs"];

/// How literally each segment of a path matches; what comes first counts most.
type Score = Vec<u8>;

/// How literally a path matches a template; `None` when it does not match.
fn score(template: &'static str, path: &str) -> Option<Score> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let segments = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    if segments(template) != segments(path) {
        return None;
    }
    let literally = |(wanted, given): (&'static str, &str)| match named(wanted) {
        None => (wanted == given).then_some(2),
        Some((_, verb)) => {
            given.strip_suffix(verb).filter(|value| !value.is_empty())?;
            Some(u8::from(!verb.is_empty()))
        }
    };
    side_by_side(template, path).map(literally).collect()
}

/// What a path that matches a template names.
fn params(template: &'static str, path: &str) -> Params {
    let value = |(wanted, given): (&'static str, &str)| {
        let (name, verb) = named(wanted)?;
        let value = percent_decode_str(given.strip_suffix(verb)?).decode_utf8().ok()?;
        Some((name, value.into_owned()))
    };
    Params(side_by_side(template, path).filter_map(value).collect())
}

/// The name of a segment `{name}:verb`, and the verb behind it.
fn named(segment: &'static str) -> Option<(&'static str, &'static str)> {
    segment.strip_prefix('{')?.split_once('}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::http::reply::Reply;

    fn nothing(_: &Admitted<'_>) -> Outcome {
        Ok(Reply::no_content())
    }

    static TABLE: &[Route] = &[
        Route::json("list", "GET", "/groups/{g}/streams", "2023-02-01", nothing),
        Route::json("sample", "POST", "/groups/{g}/streams:withSample", "2024-08-05", nothing),
        Route::json("account", "GET", "/groups/{g}/streams/accountDetails", "2024-11-13", nothing),
        Route::json("get", "GET", "/groups/{g}/streams/{t}", "2023-02-01", nothing),
        Route::json("patch", "PATCH", "/groups/{g}/streams/{t}", "2023-02-01", nothing),
        Route::json("logs", "GET", "/groups/{g}/streams/{t}:logs", "2025-03-12", nothing),
        Route::json("root", "GET", "", "2023-01-01", nothing),
        Route::json("by name", "GET", "/groups/byName/{t}", "2023-01-01", nothing),
        Route::json("user", "GET", "/groups/{g}/databaseUsers/{d}/{t}", "2023-01-01", nothing),
    ];

    static TABLES: &[&[Route]] = &[TABLE];

    fn look(method: &str, path: &str) -> String {
        match find_in(TABLES, method, &format!("{ROOT}{path}")) {
            Lookup::Operation { first, params, .. } => {
                format!("{} {}", first.id, params.find("t").unwrap_or("-"))
            }
            Lookup::OtherMethods(methods) => methods.join(","),
            Lookup::Nothing => "nothing".into(),
            Lookup::Malformed => "malformed".into(),
        }
    }

    #[test]
    fn a_path_finds_its_row() {
        assert_eq!(look("GET", ""), "root -");
        assert_eq!(look("GET", "/"), "root -");
        assert_eq!(look("GET", "/groups/1/streams"), "list -");
        assert_eq!(look("POST", "/groups/1/streams:withSample"), "sample -");
        assert_eq!(look("GET", "/groups/1/streams/accountDetails"), "account -");
        assert_eq!(look("GET", "/groups/1/streams/a%2Fb"), "get a/b");
        assert_eq!(look("GET", "/groups/1/streams/a:b"), "get a:b");
        assert_eq!(look("GET", "/groups/1/streams/a:logs"), "logs a");
        assert_eq!(look("GET", "/groups/1/streams/a%3Alogs"), "get a:logs");
    }

    #[test]
    fn what_comes_first_decides() {
        assert_eq!(look("GET", "/groups/byName/streams"), "by name streams");
        assert_eq!(look("GET", "/groups/byName/shop"), "by name shop");
    }

    #[test]
    fn a_path_of_an_operation_that_is_not_served_is_no_other() {
        assert_eq!(look("GET", "/groups/1/databaseUsers/admin/alice"), "user alice");
        assert_eq!(look("GET", "/groups/1/databaseUsers/alice/certs"), "nothing");
        assert_eq!(look("POST", "/groups/1/databaseUsers/alice/certs"), "nothing");
        assert_eq!(look("GET", "/groups/1/databaseUsers/admin/certs%2Fa"), "user certs/a");
    }

    #[test]
    fn a_wrong_method_is_not_a_wrong_path() {
        assert_eq!(look("PUT", "/groups/1/streams/a"), "GET,PATCH");
        assert_eq!(look("GET", "/groups/1/streams/a/b"), "nothing");
        assert_eq!(look("GET", "/groups//streams"), "nothing");
        for name in ["%zz", "%4", "%", "%ff", "%C3/%A9"] {
            assert_eq!(look("GET", &format!("/groups/1/streams/{name}")), "malformed", "{name}");
        }
    }

    #[test]
    fn every_row_is_an_operation_with_known_callers() {
        for route in resources::TABLES.iter().copied().flatten() {
            assert!(
                crate::privileges::catalogue::operations::caller(route.id).is_some(),
                "{}",
                route.id
            );
        }
    }
}
