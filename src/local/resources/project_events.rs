//! A project's events.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
