//! Which rows of a listing are wanted.

use super::options::Options;
use crate::local::engine::{Misread, Predicate};
use crate::local::wire::failure::{Code, Failure};

/// The condition that a listing's `filter` is, as in a query; without one, all rows are wanted.
///
/// # Errors
/// It is no condition, or has operators that are not known here.
pub(super) fn filter(given: &mut Options) -> Result<Predicate, Failure> {
    let condition = given.document("filter")?.unwrap_or_default();
    Predicate::read(&condition).map_err(|misread| {
        let text = match misread {
            Misread::Unknown(name) | Misread::NotHere(name) => format!("unknown operator: {name}"),
            Misread::Malformed(what) => format!("the filter has {what}"),
        };
        Failure::new(Code::BAD_VALUE, text)
    })
}
