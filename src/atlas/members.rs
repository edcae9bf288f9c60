//! People and their roles.
