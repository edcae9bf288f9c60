//! The control plane's IP addresses, which are public.

use http::Method;
use serde_json::value::RawValue;

use super::{ApiError, Call, Client, Media, Operation, Paging};

/// All addresses by direction, provider and region.
pub const LIST: Operation = Operation {
    id: "listControlPlaneIpAddresses",
    method: Method::GET,
    path: "/api/atlas/v2/unauth/controlPlaneIPAddresses",
    version: "2023-11-15",
    media: Media::Json,
    paging: Paging::None,
    what: "read the control plane's IP addresses",
};

impl Client {
    /// The document as it came: every level of it may be missing, so its reader decides.
    pub async fn control_plane_addresses(&self) -> Result<Box<RawValue>, ApiError> {
        Ok(self.get::<serde::de::IgnoredAny>(&Call::new(&LIST)).await?.raw)
    }
}
