//! `spctl processors`.
