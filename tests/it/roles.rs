//! `spctl roles`.
