//! The `links` of an object: where it stands, and what is beneath it. They are not stored, since the
//! next server has another address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::request::Admitted;
use super::routes::ROOT;

/// What stands as it is in a segment of a path, as in `$external`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'$')
    .remove(b':')
    .remove(b'@');

/// Where names of relations begin that the standard does not have. They are names: nothing is
/// there to be read.
const RELATIONS: &str = "https://cloud.mongodb.com";

/// The object with a link to itself, at these segments of the path.
pub fn to_self(call: &Admitted<'_>, object: Value, segments: &[&str]) -> Value {
    with_below(call, object, segments, &[])
}

/// The object with a link to itself and to each resource beneath it.
pub fn with_below(
    call: &Admitted<'_>,
    mut object: Value,
    segments: &[&str],
    below: &[&str],
) -> Value {
    if !call.object_links {
        object["links"] = json!([]);
        return object;
    }
    let segments = segments.iter().map(|segment| utf8_percent_encode(segment, SEGMENT).to_string());
    let own = format!("{}{ROOT}/{}", call.base, segments.collect::<Vec<_>>().join("/"));
    let mut links = vec![json!({ "href": own, "rel": "self" })];
    let there = |name: &&str| json!({ "href": format!("{own}/{name}"), "rel": format!("{RELATIONS}/{name}") });
    links.extend(below.iter().map(there));
    object["links"] = links.into();
    object
}
