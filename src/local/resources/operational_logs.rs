//! Operational logs of instances.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
