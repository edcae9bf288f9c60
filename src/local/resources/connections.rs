//! The connection registry of an instance.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
