//! Answers that are streamed rather than read.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use jiff::SignedDuration;
use percent_encoding::percent_decode_str;
use reqwest::Response;

use super::error::{ApiError, Cause, ahead};
use super::{Call, Client, Media, wire};

/// A download that has begun.
pub struct Download {
    /// Any 2xx.
    pub status: StatusCode,
    /// The file name that the server proposes, as it came: it may hold anything.
    pub filename: Option<String>,
    /// The length in bytes, if it is announced.
    pub length: Option<u64>,
    /// Whether its end is distinct from the connection's. If not, only the content can show whether
    /// it is complete.
    pub framed: bool,
    /// How far this machine's clock is ahead of the server's, if the answer has a date.
    pub ahead: Option<SignedDuration>,
    /// The id under which the request can be found in logs.
    pub request_id: String,
    client: Client,
    call: Call,
    first: Option<Bytes>,
    rest: Response,
}

impl Client {
    /// Begins a download. It is retried, if that helps, until the first bytes arrive; from then on
    /// a failure is the download's.
    pub async fn download(&self, call: &Call) -> Result<Download, ApiError> {
        self.run(call, async |mut response, request_id| {
            let headers = response.headers();
            let (filename, length) = (filename(headers), response.content_length());
            let ahead = ahead(headers);
            let (status, framed) = (response.status(), wire::is_framed(&response));
            if call.media() == Media::Gzip && status != StatusCode::OK {
                let why = format!("the server answered {status} instead of a log");
                return Err(ApiError::new(Cause::Unreadable, why));
            }
            let first = next(&mut response).await?;
            if first.is_none() && !framed {
                return Err(wire::endless(&[]));
            }
            Ok(Download {
                status,
                filename,
                length,
                framed,
                ahead,
                request_id,
                client: self.clone(),
                call: call.clone(),
                first,
                rest: response,
            })
        })
        .await
    }
}

impl Download {
    /// The next bytes; none at the end. A body that ends before its announced length is an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ApiError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        next(&mut self.rest).await.map_err(|error| {
            self.client.explain(error, &self.call).request_id(self.request_id.clone())
        })
    }
}

async fn next(response: &mut Response) -> Result<Option<Bytes>, ApiError> {
    response.chunk().await.map_err(|error| ApiError::from_exchange(error.without_url()))
}

/// The name of a `Content-Disposition`, the encoded form (RFC 6266) before the plain one.
fn filename(headers: &HeaderMap) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(header::CONTENT_DISPOSITION)?.as_bytes());
    let parameter = |name: &str| {
        let start = value.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
        let rest = &value[start..];
        let text = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split(';').next(),
        };
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let encoded = parameter("filename*").and_then(|text| {
        let (_, name) = text.split_once("''")?;
        Some(percent_decode_str(name).decode_utf8().ok()?.into_owned())
    });
    encoded.or_else(|| parameter("filename"))
}
