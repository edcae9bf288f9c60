//! Failover connections of a connection.

use crate::local::routes::Route;

pub const ROUTES: &[Route] = &[];
