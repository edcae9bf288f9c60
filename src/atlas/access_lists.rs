//! IP access lists.
