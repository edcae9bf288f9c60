//! How many at most.

use std::num::NonZeroUsize;

/// Reads a number of things that are wanted, of which there is at least one.
///
/// # Errors
/// A sentence that says what would have been understood.
pub fn most(text: &str) -> Result<NonZeroUsize, String> {
    text.trim().parse().map_err(|_| "give a number, 1 or more".to_owned())
}
