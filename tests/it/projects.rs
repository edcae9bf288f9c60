//! `spctl projects`.
