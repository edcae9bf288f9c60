//! The embedded control plane: the Admin API over one SQLite file, with the same rules.
