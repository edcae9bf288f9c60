//! Private links.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
