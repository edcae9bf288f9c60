//! People with roles in an organisation.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
