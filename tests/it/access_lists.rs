//! `spctl access-lists`.
