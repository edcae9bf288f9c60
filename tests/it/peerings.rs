//! `spctl peerings`.
