//! Which rows of a listing are wanted.

use bson::{Bson, Document};

/// Whether a row has all the values of a filter, whose keys may be paths.
pub(super) fn matches(row: &Document, filter: &Document) -> bool {
    filter.iter().all(|(path, wanted)| {
        let found = path.split('.').try_fold(None::<&Bson>, |at, name| {
            let next = match at {
                None => row.get(name),
                Some(value) => value.as_document().and_then(|inner| inner.get(name)),
            };
            next.map(Some).ok_or(())
        });
        matches!(found, Ok(Some(value)) if value == wanted)
    })
}
