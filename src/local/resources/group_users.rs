//! People with roles in a project.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
