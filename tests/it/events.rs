//! `spctl events`.
