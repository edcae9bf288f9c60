//! `spctl private-links`.
