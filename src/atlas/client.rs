//! One `send` that everything passes through.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{StatusCode, header};
use jiff::Timestamp;
use reqwest::Response;
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::watch;
use tracing::Level;
use url::Url;

use super::auth::{Auth, random_hex};
use super::caller::Caller;
use super::error::{ApiError, Cause};
use super::oauth::RemovedToken;
use super::pace::Pacer;
use super::retry::Patience;
use super::wire::{self, Wire};
use super::{Answer, Call, Retry, Row, Settings, redact};

/// A client of one server, as one caller. Clones share connections, tokens and pace.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// Whether the rows of lists are released as they arrive.
    streams: bool,
}

struct Inner {
    wire: Wire,
    auth: Auth,
    pace: Pacer,
    retry: Retry,
    /// Whether requests must no longer wait.
    hurried: watch::Sender<bool>,
    /// Whether the server is a local control plane, which compares fingerprints.
    compares: AtomicBool,
}

/// What a local control plane is known by, besides its address.
const CONTROL_PLANE: &str = "spctl-control-plane";

/// A condition that is checked right before a request is sent. Such a request does not wait for a
/// rate limit, since the condition might no longer hold afterwards.
type Condition<'a> = Option<&'a (dyn Fn() -> bool + Sync)>;

/// The largest body that is shown, in bytes.
const LARGEST_SHOWN: usize = 1 << 20;

/// How long the path and query of a request may be, in bytes: more than any server takes.
const LONGEST_TARGET: usize = 16 << 10;

/// The error when a condition no longer holds.
fn stale() -> ApiError {
    ApiError::new(Cause::Stale, "what it is based on was out of date before it could be sent")
        .stale()
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url().as_str()).finish()
    }
}

impl Client {
    /// A client; nothing is sent yet, and certificates are read for https only.
    pub fn new(settings: Settings) -> Result<Self, ApiError> {
        let wire = Wire::new(&settings)?;
        let auth = Auth::new(settings.credential, &wire, settings.retry.clone())?;
        let pace = Pacer::new(settings.rate_window);
        let (retry, hurried) = (settings.retry, watch::Sender::new(false));
        let compares = AtomicBool::new(false);
        let inner = Arc::new(Inner { wire, auth, pace, retry, hurried, compares });
        Ok(Client { inner, streams: false })
    }

    /// The same client for lists of any size, whose rows are released as they arrive. All other
    /// lists are limited in size.
    #[must_use]
    pub fn streaming(&self) -> Client {
        Client { inner: self.inner.clone(), streams: true }
    }

    pub(super) fn streams(&self) -> bool {
        self.streams
    }

    /// From now on, a request that would have to wait, for a rate limit or to be repeated, fails
    /// with [`Cause::Stopped`] instead; those already waiting fail immediately. Requests in flight
    /// go on.
    pub fn stop_waiting(&self) {
        self.inner.hurried.send_replace(true);
    }

    /// Ends once [`Client::stop_waiting`] was called.
    pub async fn stopped(&self) {
        // The client owns the sender, which therefore outlives this.
        let _ = self.inner.hurried.subscribe().wait_for(|hurried| *hurried).await;
    }

    /// Whether [`Client::stop_waiting`] was called.
    pub fn is_stopped(&self) -> bool {
        *self.inner.hurried.borrow()
    }

    /// How often a request has had to wait for a rate limit: what was read before such a wait is
    /// out of date after it.
    pub fn waits(&self) -> u64 {
        self.inner.pace.waits()
    }

    /// Waits until a call like this one, and what must be read for it, no longer has to wait for a
    /// rate limit.
    pub async fn rest(&self, call: &Call) {
        let family = call.family();
        tokio::select! {
            () = self.inner.pace.rest(&family) => {}
            () = self.stopped() => {}
        }
    }

    /// Where requests go.
    pub fn base_url(&self) -> &Url {
        self.inner.wire.base()
    }

    /// Makes a call and reads the answer to its end.
    pub async fn send(&self, call: &Call) -> Result<Answer, ApiError> {
        self.send_if(call, None).await
    }

    /// The same, as long as a condition holds: it is checked before each attempt, and if it no
    /// longer holds, nothing is sent and the error [is stale](ApiError::is_stale).
    pub async fn send_while(
        &self,
        call: &Call,
        still: &(dyn Fn() -> bool + Sync),
    ) -> Result<Answer, ApiError> {
        self.send_if(call, Some(still)).await
    }

    async fn send_if(&self, call: &Call, still: Condition<'_>) -> Result<Answer, ApiError> {
        let read = async |response: Response, request_id| {
            let status = response.status();
            Ok(Answer { status, request_id, body: wire::read_json(response).await? })
        };
        let answer = self.run_while(call, still, read).await?;
        show_body("answer body", &answer.body);
        Ok(answer)
    }

    /// Makes a call whose answer is one object.
    pub async fn get<T: DeserializeOwned>(&self, call: &Call) -> Result<Row<T>, ApiError> {
        let answer = self.send(call).await?;
        serde_json::from_slice::<Box<RawValue>>(&answer.body)
            .and_then(Row::parse)
            .map_err(|error| self.unreadable(call, &error).request_id(answer.request_id))
    }

    /// Revokes the token that a service account uses; returns whether there was one.
    pub async fn revoke_token(&self) -> Result<bool, ApiError> {
        match &self.inner.auth {
            Auth::Account(tokens) => tokens.revoke(&self.inner.wire).await,
            _ => Ok(false),
        }
    }

    /// Revokes a token that was stored for this service account.
    ///
    /// # Errors
    /// Those of the API; [`Cause::Refused`] if it was issued for another secret.
    pub async fn revoke_removed(&self, taken: &RemovedToken) -> Result<(), ApiError> {
        match &self.inner.auth {
            Auth::Account(tokens) => tokens.revoke_removed(&self.inner.wire, taken).await,
            _ => Err(ApiError::new(Cause::Refused, "the token belongs to a service account")),
        }
    }

    /// Stores the token that a service account uses in this file, for later commands; does nothing
    /// for other callers.
    pub async fn keep_token(&self, path: &Path) {
        if let Auth::Account(tokens) = &self.inner.auth {
            tokens.keep(path).await;
        }
    }

    /// A service account's access token, and until when it is used; `None` for a caller of another
    /// kind.
    pub async fn access_token(&self) -> Result<Option<(SecretString, Timestamp)>, ApiError> {
        let Auth::Account(tokens) = &self.inner.auth else { return Ok(None) };
        let (token, until) = tokens.current(&self.inner.wire).await?;
        Ok(Some((token, Timestamp::from_second(until).unwrap_or(Timestamp::MAX))))
    }

    /// The error of an answer that cannot be decoded.
    pub(super) fn unreadable(&self, call: &Call, error: &serde_json::Error) -> ApiError {
        let why = format!("the answer is not what this operation returns: {error}");
        self.explain(ApiError::new(Cause::Unreadable, why), call)
    }

    /// Adds the call to a failure.
    pub(super) fn explain(&self, error: ApiError, call: &Call) -> ApiError {
        let auth = &self.inner.auth;
        let caller = if call.is_public() { Caller::Nobody } else { auth.caller() };
        error.of(call, caller)
    }

    /// Attempts a call until it succeeds or patience ends; `finish` takes a successful answer, and
    /// its failure is the call's.
    pub(super) async fn run<T>(
        &self,
        call: &Call,
        finish: impl AsyncFn(Response, String) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.run_while(call, None, finish).await
    }

    async fn run_while<T>(
        &self,
        call: &Call,
        still: Condition<'_>,
        finish: impl AsyncFn(Response, String) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        if let Some(value) = call.unaddressable() {
            let why = format!("{value:?} cannot be used in a request's path");
            return Err(self.explain(ApiError::new(Cause::Refused, why), call));
        }
        call.learn(self.inner.wire.known());
        if call.target().len() > LONGEST_TARGET {
            let kib = LONGEST_TARGET >> 10;
            let why = format!("a name is too long: a request's path may have at most {kib} KiB");
            return Err(self.explain(ApiError::new(Cause::Refused, why), call));
        }
        let id = random_hex::<16>()?;
        let mut patience = Patience::new(&self.inner.retry);
        loop {
            patience.attempts += 1;
            let failure = match self.attempt(call, still, &id, patience.attempts, &finish).await {
                Ok(done) => return Ok(done),
                Err(failure) => failure,
            };
            let last = match patience.after(call.method(), &failure) {
                None => failure,
                Some(wait) => tokio::select! {
                    () = patience.sleep(wait, &failure) => {
                        if failure.is_throttled() {
                            self.inner.pace.waited();
                        }
                        match still.is_none_or(|still| still()) {
                            true => continue,
                            false => failure.stale(),
                        }
                    }
                    () = self.stopped() => {
                        let why = format!("interrupted before it was sent again, after: {failure}");
                        ApiError::new(Cause::Stopped, why)
                    }
                },
            };
            return Err(self.explain(last, call).request_id(id));
        }
    }

    async fn attempt<T>(
        &self,
        call: &Call,
        still: Condition<'_>,
        id: &str,
        attempt: u32,
        finish: &impl AsyncFn(Response, String) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let Inner { wire, auth, pace, retry, compares, .. } = &*self.inner;
        let url = wire.url(&call.target())?;
        let uri = wire::target(&url);
        let permit = tokio::select! {
            biased;
            permit = pace.permit(call.family(), still.is_none()) => permit.ok_or_else(stale)?,
            () = self.stopped() => {
                return Err(ApiError::new(Cause::Stopped, "interrupted before it was sent"));
            }
        };
        let mut renewed = false;
        let response = loop {
            let authorization = match call.is_public() {
                true => None,
                false => {
                    let authorization = auth.authorize(wire, call.method(), &uri).await;
                    Some(authorization.map_err(ApiError::before_call)?)
                }
            };
            let mut request = wire
                .request(call.method(), url.clone())
                .header(header::ACCEPT, call.media_type())
                .header("x-request-id", id);
            if let Some(body) = call.body_json() {
                let bytes = body.to_string();
                show_body("request body", bytes.as_bytes());
                request = request.header(header::CONTENT_TYPE, call.media_type()).body(bytes);
            }
            let generation = authorization.as_ref().map(|known| known.generation);
            if let Some(header) = authorization.and_then(|known| known.header) {
                request = request.header(header::AUTHORIZATION, header);
            }
            if let Some(fingerprint) = call.fingerprint()
                && compares.load(Ordering::Relaxed)
            {
                request = request.header(header::IF_MATCH, format!("\"{fingerprint}\""));
            }
            if !still.is_none_or(|still| still()) {
                return Err(stale());
            }
            let response = wire.exchange(request, attempt).await?;
            permit.note(response.headers());
            if response.headers().contains_key(CONTROL_PLANE) {
                compares.store(true, Ordering::Relaxed);
            }
            if response.status() == StatusCode::UNAUTHORIZED
                && let Some(generation) = generation
                && !std::mem::replace(&mut renewed, true)
                && auth
                    .renew(wire, generation, response.headers())
                    .await
                    .map_err(ApiError::before_call)?
            {
                continue;
            }
            break response;
        };
        let given = wire::request_id(response.headers()).unwrap_or(id).to_owned();
        if response.status().is_success() {
            drop(permit);
            return finish(response, given.clone())
                .await
                .map_err(|failure| failure.request_id(given));
        }
        let (status, headers) = (response.status(), response.headers().clone());
        // An error whose text cannot be read is still an error.
        let body = wire::read(response).await.unwrap_or_default();
        show_body("answer body", &body);
        let failure = wire.refusal(status, &headers, &body).through(wire.proxy()).request_id(given);
        if let Some(wait) = failure.facts().retry_after.filter(|_| failure.is_throttled())
            && wait <= retry.longest_wait
        {
            permit.throttled(wait);
        }
        Err(failure)
    }
}

/// For debugging: a body without the fields that are secret by name.
fn show_body(what: &'static str, body: &[u8]) {
    if !tracing::enabled!(Level::DEBUG) || body.is_empty() {
        return;
    }
    if body.len() > LARGEST_SHOWN {
        tracing::debug!(bytes = body.len(), "{what}: too large to show");
        return;
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => tracing::debug!(body = %redact::json(value), "{what}"),
        Err(_) => tracing::debug!(bytes = body.len(), "{what}: not JSON"),
    }
}
