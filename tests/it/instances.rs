//! `spctl instances`.
