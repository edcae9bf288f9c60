//! `spctl users-lock`.
