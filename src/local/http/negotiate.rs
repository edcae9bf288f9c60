//! Versioned media types: which version an `Accept` header requests.

use super::refusal::ErrorReply;
use super::request::Request;
use super::routes::{Media, Route};

/// Picks the newest version that is not newer than what the client accepts.
///
/// # Errors
/// 406 when the client accepts none of them.
pub fn version(request: &Request, routes: &[&'static Route]) -> Result<&'static Route, ErrorReply> {
    let accepted = request
        .headers
        .get_all(http::header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(versioned);
    for (date, suffix) in accepted {
        let newest = routes
            .iter()
            .filter(|route| suffix.eq_ignore_ascii_case(route.media.suffix()) && route.date <= date)
            .max_by_key(|route| route.date);
        if let Some(route) = newest {
            return Ok(route);
        }
    }
    let offered = routes.first().map(|route| route.media_type()).unwrap_or_default();
    Err(ErrorReply::new(
        406,
        "INVALID_VERSION_DATE",
        format!("The Accept header names no version of this operation. Send: {offered}."),
    ))
}

/// Refuses a body that is not declared as versioned JSON.
///
/// # Errors
/// 415
pub fn content_type(request: &Request, route: &Route) -> Result<(), ErrorReply> {
    let usable =
        request.header("content-type").and_then(versioned).is_some_and(|(date, suffix)| {
            suffix.eq_ignore_ascii_case(Media::Json.suffix()) && date >= route.date
        });
    if usable || request.header("content-type").is_some_and(|t| t.starts_with("application/json")) {
        return Ok(());
    }
    Err(ErrorReply::new(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        format!("The Content-Type must be application/vnd.atlas.{}+json.", route.date),
    ))
}

/// What the name of a versioned media type begins with.
const VERSIONED: &str = "application/vnd.atlas.";

/// Date and suffix of `application/vnd.atlas.<date>+<suffix>`, whatever its parameters.
fn versioned(media: &str) -> Option<(&str, &str)> {
    let bare = media.split(';').next().unwrap_or_default().trim();
    // Names of media types have no case.
    let (prefix, version) = bare.split_at_checked(VERSIONED.len())?;
    let (date, suffix) =
        version.split_once('+').filter(|_| prefix.eq_ignore_ascii_case(VERSIONED))?;
    date.parse::<jiff::civil::Date>().ok().filter(|_| date.len() == 10)?;
    Some((date, suffix))
}
