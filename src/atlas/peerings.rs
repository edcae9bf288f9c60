//! VPC peering connections.
