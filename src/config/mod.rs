//! Where each setting comes from: flags, environment, profiles.
