//! Private links.
