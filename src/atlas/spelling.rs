//! Calls as people write them: a method and a path, and what is known of the operation they mean.

use http::Method;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Call, Media, Paging, UserCall, catalogue};

/// Where the paths of the documented operations begin.
const ROOT: &str = "/api/atlas/v2";

/// What must be escaped on a request line; existing escapes are left unchanged.
const UNFIT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'|');

/// Why a call cannot be made as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedCall {
    /// It holds a scheme and a host.
    Address,
    /// A placeholder is left in it.
    Placeholder,
    /// The operation is not known, and no version was named.
    Version,
    /// The version is not a date.
    Date,
}

/// A call of `method` on `path`, with or without `/api/atlas/v2`, perhaps with a query.
/// `version` is a date, followed by `+gzip` if that is wanted.
///
/// # Errors
/// The path is an address or has a placeholder left; the version is missing or not a date.
pub fn call(method: Method, path: &str, version: Option<&str>) -> Result<Call, MalformedCall> {
    if path.contains("://") {
        return Err(MalformedCall::Address);
    }
    if path.contains(['{', '}']) {
        return Err(MalformedCall::Placeholder);
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.trim_matches('/');
    let path = match path.split('/').next() {
        Some("api") => format!("/{path}"),
        Some("") | None => ROOT.to_owned(),
        Some(_) => format!("{ROOT}/{path}"),
    };
    let path = utf8_percent_encode(&path, UNFIT).to_string();
    let operation = catalogue::find(&method, &path);
    let (date, media) = match version {
        Some(version) => {
            let (date, suffix) = version.split_once('+').unwrap_or((version, ""));
            let media = match suffix {
                "gzip" => Media::Gzip,
                "json" => Media::Json,
                "" => operation.map_or(Media::Json, |operation| operation.media),
                _ => return Err(MalformedCall::Date),
            };
            (date.to_owned(), media)
        }
        None => {
            let operation = operation.ok_or(MalformedCall::Version)?;
            (operation.version.to_owned(), operation.media)
        }
    };
    if date.parse::<jiff::civil::Date>().is_err() || date.len() != 10 {
        return Err(MalformedCall::Date);
    }
    // An unknown operation may be paged; its pages say so.
    let paging = operation.map_or(Paging::Uncounted(&["_id", "id"]), |operation| operation.paging);
    let mut call = Call::typed(UserCall { method, path, version: date, media, paging, operation });
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()).into_owned() {
        call = call.query(name, value);
    }
    Ok(call)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(path: &str) -> String {
        call(Method::GET, path, Some("2023-01-01")).unwrap().target()
    }

    #[test]
    fn the_root_of_the_api_may_be_left_out() {
        for path in ["groups/1/streams", "/groups/1/streams", "/api/atlas/v2/groups/1/streams/"] {
            assert_eq!(target(path), "/api/atlas/v2/groups/1/streams");
        }
        assert_eq!(target("/"), "/api/atlas/v2");
        assert_eq!(target("/api/private/ipinfo"), "/api/private/ipinfo");
        assert_eq!(target("a/b%2Fc d?x=1%202&x=é"), "/api/atlas/v2/a/b%2Fc%20d?x=1%202&x=%C3%A9");
    }

    #[test]
    fn what_is_known_needs_no_version() {
        let known = call(Method::GET, "groups/1/streams/a:downloadOperationalLogs", None).unwrap();
        assert_eq!(known.operation().unwrap().id, "downloadGroupStreamOperationalLogs");
        assert_eq!(known.media_type(), "application/vnd.atlas.2025-03-12+gzip");
        let other = call(Method::GET, "groups/1/streams/a", Some("2024-01-01")).unwrap();
        assert_eq!(other.operation().unwrap().id, "getGroupStreamWorkspace");
        assert_eq!(other.media_type(), "application/vnd.atlas.2024-01-01+json");
        let wrong = |path, version| call(Method::GET, path, version).map(drop);
        assert_eq!(wrong("groups/1/alerts", None), Err(MalformedCall::Version));
        assert_eq!(wrong("groups/1/alerts", Some("now")), Err(MalformedCall::Date));
        assert_eq!(wrong("https://x.example/api", None), Err(MalformedCall::Address));
        assert_eq!(wrong("groups/{group}", None), Err(MalformedCall::Placeholder));
    }
}
