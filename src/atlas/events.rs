//! Project events.
