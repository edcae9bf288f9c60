//! VPC peering connections.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
