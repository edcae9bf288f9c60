//! `spctl members`.
