//! Privilege actions, roles and what they allow. Pure: no I/O.
