//! `spctl connections`.
