//! The HTTP beneath: one exchange, without credentials, retries or meaning.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use reqwest::{NoProxy, RequestBuilder, Response, redirect, retry};
use serde::de::IgnoredAny;
use url::{Host, Url};

use super::error::{self, ApiError, Cause};
use super::{Settings, redact, tls};
use crate::json;
use crate::mask::Known;

/// A server, and a way to reach it.
pub(super) struct Wire {
    http: reqwest::Client,
    base: Url,
    /// The proxy in use, as `host:port`.
    proxy: Option<String>,
    known: Known,
}

impl Wire {
    pub(super) fn new(settings: &Settings) -> Result<Self, ApiError> {
        let base = settings.base_url.clone();
        if !base.username().is_empty() || base.password().is_some() {
            let why =
                "the base URL must not contain a user or password: set credentials apart from it";
            return Err(ApiError::new(Cause::Refused, why));
        }
        let (http, proxy) = http(settings)?;
        Ok(Wire { http, base, proxy, known: settings.known.clone() })
    }

    /// Where requests go.
    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    /// The URL of a target.
    pub(super) fn url(&self, target: &str) -> Result<Url, ApiError> {
        let url = format!("{}{target}", self.base.as_str().trim_end_matches('/'));
        Url::parse(&url).map_err(|error| ApiError::new(Cause::Refused, error.to_string()))
    }

    pub(super) fn request(&self, method: &Method, url: Url) -> RequestBuilder {
        self.http.request(method.clone(), url)
    }

    /// Sends a request, and returns when the headers of the answer are there.
    pub(super) async fn exchange(
        &self,
        request: RequestBuilder,
        attempt: u32,
    ) -> Result<Response, ApiError> {
        let request = request
            .build()
            .map_err(|error| ApiError::new(Cause::Setup, innermost(&error.without_url())))?;
        let (method, target) = (request.method().clone(), redact::target(&target(request.url())));
        tracing::debug!(%method, target, headers = ?shown(request.headers()), "request");
        let started = std::time::Instant::now();
        let waits = || format!("no answer to {method} {target} for 5 s; still waiting");
        let outcome = impatiently(self.http.execute(request), waits).await;
        let ms = started.elapsed().as_millis();
        let response = match outcome {
            Ok(response) => response,
            Err(error) => {
                let error =
                    ApiError::from_exchange(error.without_url()).through(self.proxy.as_deref());
                tracing::info!(%method, target, %error, ms, attempt, "no answer");
                return Err(error);
            }
        };
        let status = response.status();
        // The headers of a token's answer may hold secrets, unknown until its body is read.
        let headers = (!target.contains(TOKENS)).then(|| response.headers());
        let id = headers.and_then(request_id).unwrap_or("-");
        tracing::info!(%method, target, status = status.as_u16(), ms, id, attempt, "answer");
        if let Some(headers) = headers {
            tracing::debug!(headers = ?shown(headers), "answer");
        }
        if status.is_redirection() {
            let to = response.headers().get(http::header::LOCATION);
            let to = to.and_then(|to| self.base.join(to.to_str().ok()?).ok());
            let to = to.map_or("nowhere".to_owned(), |to| to.origin().ascii_serialization());
            let why = format!("the server redirects to {to}, which is not followed");
            return Err(ApiError::new(Cause::Redirected, why));
        }
        if status == StatusCode::PARTIAL_CONTENT {
            let why = "the server sent only part of the answer";
            return Err(ApiError::new(Cause::Unreadable, why).through(self.proxy.as_deref()));
        }
        // The API never answers with a web page: this comes from something else.
        if status.is_success() && error::is_web_page(response.headers()) {
            let why = "the answer is a web page";
            return Err(ApiError::new(Cause::WebPage, why).through(self.proxy.as_deref()));
        }
        Ok(response)
    }

    /// The secrets that are known.
    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// The error of an answer other than success.
    pub(super) fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ApiError {
        ApiError::from_answer(status, headers, body, &self.known)
    }

    /// The proxy in use, as `host:port`.
    pub(super) fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }
}

/// A client for the settings' address, whoever serves it: certificates, proxy and patience are those of the
/// settings, redirects are not followed and nothing is repeated. With it comes the proxy in use, as
/// `host:port`.
pub(super) fn http(settings: &Settings) -> Result<(reqwest::Client, Option<String>), ApiError> {
    let base = &settings.base_url;
    let https = match base.scheme() {
        "https" => true,
        "http" if settings.allow_http || is_loopback(base) => false,
        "http" => {
            let why = format!("{base} would send credentials in clear text");
            return Err(ApiError::new(Cause::ClearText, why));
        }
        _ => {
            let why = format!("the base URL {base} is neither https nor http");
            return Err(ApiError::new(Cause::Refused, why));
        }
    };
    let unusable =
        |error: reqwest::Error| ApiError::new(Cause::Setup, innermost(&error.without_url()));
    let mut builder = reqwest::Client::builder()
        .user_agent(&settings.user_agent)
        // Atlas never redirects; a server that does gets no credential and no body of ours.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.idle_timeout)
        .tls_backend_preconfigured(tls::config(https, settings.ca_file.as_deref())?);
    let mut through = None;
    if let Some(proxy) = settings.proxy.as_ref().filter(|_| https) {
        settings.known.learn_address(&proxy.url);
        through = Some(named(&proxy.url)?);
        let except = proxy.except.as_deref().and_then(NoProxy::from_string);
        let proxy = reqwest::Proxy::https(&proxy.url).map_err(unusable)?.no_proxy(except);
        builder = builder.proxy(proxy);
    }
    Ok((builder.build().map_err(unusable)?, through))
}

/// A proxy without the password that its URL may hold.
fn named(proxy: &str) -> Result<String, ApiError> {
    let whole = match proxy.contains("://") {
        true => proxy.to_owned(),
        false => format!("http://{proxy}"),
    };
    // The address itself is not shown: it may hold a password.
    let unusable = |why: &dyn std::fmt::Display| {
        ApiError::new(Cause::ProxyUrl, format!("https_proxy is not the URL of a proxy: {why}"))
    };
    let url = Url::parse(&whole).map_err(|why| unusable(&why))?;
    match (url.scheme(), url.host_str(), url.port_or_known_default()) {
        ("http" | "https", Some(host), Some(port)) => Ok(format!("{host}:{port}")),
        ("http" | "https", _, _) => Err(unusable(&"it has no host")),
        (scheme, _, _) => Err(unusable(&format!("its scheme must be http or https, not {scheme}"))),
    }
}

/// Waits for an answer, and says so when it takes long.
async fn impatiently<T>(answer: impl Future<Output = T>, waits: impl FnOnce() -> String) -> T {
    let mut answer = std::pin::pin!(answer);
    let moment = std::time::Duration::from_secs(5);
    match tokio::time::timeout(moment, &mut answer).await {
        Ok(outcome) => outcome,
        Err(_) => {
            tracing::warn!("{}", waits());
            answer.await
        }
    }
}

/// Reads an answer to its end, within limits of time and size: apart from logs, the API answers
/// with pages of at most 500 rows.
pub(super) async fn read(response: Response) -> Result<Bytes, ApiError> {
    let target = redact::target(&target(response.url()));
    let whole = impatiently(tokio::time::timeout(LONGEST_ANSWER, collect(response)), || {
        format!("the answer to {target} is incomplete after 5 s; still waiting")
    });
    whole.await.unwrap_or_else(|_| {
        let why = format!("the answer was still incomplete after {} s", LONGEST_ANSWER.as_secs());
        Err(ApiError::new(Cause::Timeout, why).spent())
    })
}

/// Reads a JSON answer to its end. One with neither a length nor chunks ends where the connection
/// does, and is complete only if its text is.
pub(super) async fn read_json(response: Response) -> Result<Bytes, ApiError> {
    let framed = is_framed(&response);
    let body = read(response).await?;
    json::check(&body).map_err(|excess| {
        ApiError::new(Cause::Unreadable, format!("the answer cannot be read: {excess}"))
    })?;
    if framed {
        return Ok(body);
    }
    match serde_json::from_slice::<IgnoredAny>(&body) {
        // After a number, more digits might have followed.
        Ok(_) if !body.trim_ascii().last().is_some_and(u8::is_ascii_digit) => Ok(body),
        Err(error) if !error.is_eof() => {
            let why = "the answer announces no length and is not JSON, so its end is unknown";
            Err(ApiError::new(Cause::Unreadable, why))
        }
        _ => Err(endless(&body)),
    }
}

/// The failure of an answer that was cut off with the connection.
pub(super) fn endless(came: &[u8]) -> ApiError {
    let why = match came.is_empty() {
        true => "the answer announces no length and is empty",
        false => "the answer announces no length and is incomplete",
    };
    ApiError::new(Cause::Cut, why)
}

/// Whether an answer's end is distinct from the connection's: by its length, or by chunks.
pub(super) fn is_framed(response: &Response) -> bool {
    let codings = response.headers().get_all(http::header::TRANSFER_ENCODING);
    let last = codings
        .iter()
        .next_back()
        .and_then(|codings| codings.to_str().ok()?.split(',').next_back());
    response.content_length().is_some()
        || last.is_some_and(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
}

async fn collect(mut response: Response) -> Result<Bytes, ApiError> {
    let too_large = || {
        let why = format!("the answer is larger than {} MiB", LARGEST_ANSWER >> 20);
        ApiError::new(Cause::TooLarge, why)
    };
    let length = response.content_length();
    if length.is_some_and(|length| length > LARGEST_ANSWER as u64) {
        return Err(too_large());
    }
    let mut whole = Vec::new();
    let cut = |error: reqwest::Error| ApiError::from_exchange(error.without_url());
    while let Some(piece) = response.chunk().await.map_err(cut)? {
        if whole.len() + piece.len() > LARGEST_ANSWER {
            return Err(too_large());
        }
        if whole.is_empty() {
            // Most answers come in one piece.
            if length == Some(piece.len() as u64) {
                return Ok(piece);
            }
            whole.reserve_exact(length.and_then(|l| usize::try_from(l).ok()).unwrap_or_default());
        }
        whole.extend_from_slice(&piece);
    }
    Ok(Bytes::from(whole))
}

/// In the paths for getting and revoking tokens.
const TOKENS: &str = "/api/oauth/";

/// How large an answer may be, in bytes.
const LARGEST_ANSWER: usize = 16 << 20;

/// How long an answer may take from its beginning to its end.
const LONGEST_ANSWER: std::time::Duration = std::time::Duration::from_secs(300);

/// The id that the server gave a request, or adopted from us.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-request-id")?.to_str().ok().filter(|id| !id.is_empty())
}

/// A URL as it appears on the request line.
pub(super) fn target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn innermost(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Headers with every secret masked.
fn shown(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let show = |value| str::from_utf8(value).unwrap_or("(not text)");
    headers
        .iter()
        .map(|(name, value)| match redact::is_secret(name.as_str()) {
            true => (name.as_str(), redact::MASK),
            false => (name.as_str(), show(value.as_bytes())),
        })
        .collect()
}
