//! Stream processors.
