//! `spctl api`.
