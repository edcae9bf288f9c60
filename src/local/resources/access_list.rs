//! Addresses that may reach a project's databases.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
