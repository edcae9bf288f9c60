//! The one handler of the server: reads a request, finds its row, has it answered on the store's
//! thread, and sends, records and logs the answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderName, Response, StatusCode};
use serde_json::json;
use tokio::sync::Notify;

use super::auth::oauth;
use super::doorway::Hosts;
use super::faults::{FaultAction, Faults};
use super::operation::{self, Answer, OperationCall, Shared};
use super::rate::Minute;
use super::recorder::{Exchange, Recorder};
use super::refusal::ErrorReply;
use super::render::{self, Rendered};
use super::request::Request;
use super::routes::{self, Lookup};
use super::transport::Transport;
use crate::local::crypto;
use crate::local::seats::Seat;
use crate::local::store::Store;
use crate::local::wire::Tell;

/// Where a caller asks for its own address: no documented operation, but one that tools use.
const IP_INFO: &str = "/api/private/ipinfo";

/// No body of this API comes near this.
const MOST_BODY_BYTES: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How much of a path, and of anything else that a caller chooses, a line of the log shows.
const LONGEST_PATH: usize = 1000;
const LONGEST_WORD: usize = 100;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Tells a client that it may ask with `If-Match`.
const CONTROL_PLANE: HeaderName = HeaderName::from_static("spctl-control-plane");

/// What the handler works with.
pub struct Service {
    pub(super) shared: Arc<Shared>,
    pub(super) transport: Transport,
    pub(super) hosts: Hosts,
    pub(super) store: Arc<Store>,
    /// Held by the request that is being prepared, until it is done.
    pub(super) turn: tokio::sync::Mutex<()>,
    pub(super) faults: Faults,
    pub(super) recorder: Option<Recorder>,
    pub(super) log: Option<Tell>,
    /// Told of after each request that may have changed something.
    pub(super) changed: Arc<Notify>,
    pub(super) object_links: bool,
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The client's address.
    pub peer: SocketAddr,
    /// It comes by https.
    pub is_secure: bool,
}

/// Answers any request.
pub async fn handle(
    service: Arc<Service>,
    seat: Arc<Seat>,
    from: Origin,
    request: http::Request<hyper::body::Incoming>,
) -> Response<Body> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let checked = service.hosts.check(&parts);
    let body = match checked.and_then(|()| service.transport.check(from.is_secure)) {
        Ok(()) => read(Body::new(body), &seat).await,
        Err(refusal) => Err(refusal),
    };
    seat.busy();
    let request = Request {
        method: parts.method,
        target: parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned(),
        headers: parts.headers,
        body: body.clone().unwrap_or_default(),
        peer: from.peer,
        base: Arc::clone(service.transport.base(from.is_secure)),
    };
    let found = routes::find(request.method.as_str(), request.path());
    let operation = match &found {
        Lookup::Operation { first, .. } => Some(first.id),
        _ => None,
    };
    let is_ip_info = request.path() == IP_INFO;
    let fault = service.faults.strike(operation.or(is_ip_info.then_some("ipinfo")));
    let let_in = body.is_ok();
    let (mut rendered, caller) = match (&fault, body) {
        (_, Err(refusal)) => (render::refusal(&request, &refusal), None),
        (Some(fault), Ok(_)) if let Some(answer) = instead(&request, fault) => (answer, None),
        (_, Ok(_)) => service.answer(&request, found).await,
    };
    if let Some(FaultAction::Delay(time)) = &fault {
        tokio::time::sleep(*time).await;
    }
    if let Some(FaultAction::Meanwhile(meanwhile)) = &fault {
        let act = Arc::clone(&meanwhile.0);
        // It may ask this server something, which must be able to answer.
        if tokio::task::spawn_blocking(move || act()).await.is_err() {
            rendered.status = 500;
        }
    }
    if let Some(FaultAction::Gateway(status)) = fault {
        rendered.status = status;
        let html = http::HeaderValue::from_static("text/html");
        rendered.headers.insert(http::header::CONTENT_TYPE, html);
        rendered.body = Bytes::from_static(b"<html>upstream</html>");
    }
    let id = match request.header("x-request-id") {
        Some(id) => id.to_owned(),
        None => crypto::random_hex().unwrap_or_default(),
    };
    rendered.set(REQUEST_ID, &id);
    rendered.set(CONTROL_PLANE, "local");
    if let Some(FaultAction::MalformedJson) = fault {
        rendered.body = Bytes::from_static(b"{\"results\": [");
    }
    if let Some(FaultAction::Body(body)) = &fault {
        rendered.body = body.clone();
    }
    if let_in {
        service.record(&request, operation, &rendered);
    }
    if request.method != http::Method::GET {
        service.changed.notify_one();
    }
    seat.idle(caller.is_some());
    if service.log.is_some() {
        let line = line(&request, rendered.status, caller.as_deref(), started.elapsed());
        // After the answer, so that the client does not wait for the log.
        tokio::spawn(async move { service.tell(&line) });
    }
    send(rendered, fault.as_ref())
}

/// Reads a body to its end, unless it is too long or too slow, or there is no room.
async fn read(body: Body, seat: &Seat) -> Result<Bytes, ErrorReply> {
    let refused = |status, code, detail: String| {
        // What has not been read of it may still come.
        Err(ErrorReply::new(status, code, detail).header("connection", "close"))
    };
    let whole = async {
        let (mut stream, mut whole) = (body.into_data_stream(), BytesMut::new());
        while let Some(part) = stream.next().await {
            match part {
                Ok(part) if whole.len() + part.len() <= MOST_BODY_BYTES => {
                    if !seat.hold(part.len()) {
                        let detail = "Too many bodies are being sent at once.".to_owned();
                        return refused(503, "SERVICE_UNAVAILABLE", detail);
                    }
                    whole.extend_from_slice(&part);
                }
                _ => {
                    let detail =
                        format!("The body is larger than {MOST_BODY_BYTES} bytes, or incomplete.");
                    return refused(413, "PAYLOAD_TOO_LARGE", detail);
                }
            }
        }
        Ok(whole.freeze())
    };
    match tokio::time::timeout(BODY_TIME, whole).await {
        Ok(read) => read,
        Err(_) => {
            let detail = format!("The body took longer than {} seconds.", BODY_TIME.as_secs());
            refused(408, "REQUEST_TIMEOUT", detail)
        }
    }
}

impl Service {
    /// Adds a line to the log.
    pub(super) fn tell(&self, line: &str) {
        if let Some(log) = &self.log {
            log(line);
        }
    }

    async fn answer(&self, request: &Request, found: Lookup) -> (Rendered, Option<String>) {
        if matches!(request.path(), oauth::TOKEN | oauth::REVOKE) {
            return (self.token(request).await, None);
        }
        if request.path() == IP_INFO && request.method == http::Method::GET {
            return (self.ip_info(request).await, None);
        }
        let asked = match found {
            Lookup::Operation { first, routes, params } => {
                let (request, object_links) = (request.clone(), self.object_links);
                OperationCall { request, first, routes, params, object_links }
            }
            Lookup::OtherMethods(methods) => {
                let allow = methods.join(", ");
                let detail = format!("{} is not allowed here, only {allow}.", request.method);
                let refusal = ErrorReply::new(405, "METHOD_NOT_ALLOWED", detail);
                return (render::refusal(request, &refusal.header("allow", allow)), None);
            }
            Lookup::Malformed => {
                let detail = "The path is not percent-encoded UTF-8.";
                let refusal = ErrorReply::bad("INVALID_PATH_PARAMETER", detail);
                return (render::refusal(request, &refusal), None);
            }
            Lookup::Nothing => {
                let detail = format!("Cannot find resource {}.", request.path());
                let refusal = ErrorReply::not_found("RESOURCE_NOT_FOUND", detail);
                return (render::refusal(request, &refusal), None);
            }
        };
        match self.operate(asked).await {
            Some(mut answer) => {
                let caller = answer.caller.take();
                (render::answer(request, answer), caller)
            }
            None => (render::refusal(request, &store_gone()), None),
        }
    }

    /// Has an operation answered on the store's thread; `None` when there is no store any more.
    async fn operate(&self, asked: OperationCall) -> Option<Answer> {
        let (shared, asked) = (Arc::clone(&self.shared), Arc::new(asked));
        if asked.only_reads() {
            return self.store.read(move |db| operation::answer(&shared, db, &asked)).await;
        }
        let Some(prepare) = asked.first.prepare else {
            return self.store.run(move |db| operation::answer(&shared, db, &asked)).await;
        };
        let job = Arc::clone(&asked);
        let begun = self.store.run(move |db| operation::begin(&shared, db, &job)).await?;
        let begun = match begun {
            Ok(begun) => begun,
            Err(answer) => return Some(*answer),
        };
        // Slow preparation holds up neither the store nor other callers; one after another, so that
        // requests are carried out in the order in which they arrived.
        let _turn = self.turn.lock().await;
        let job = Arc::clone(&asked);
        let prepared = tokio::task::spawn_blocking(move || prepare(&job.request)).await.ok()?;
        self.store.run(move |db| operation::finish(db, &asked, begun, &prepared)).await
    }

    /// The caller's own address, for any authenticated caller.
    async fn ip_info(&self, request: &Request) -> Rendered {
        let (shared, job) = (Arc::clone(&self.shared), request.clone());
        let who = self.store.run(move |db| {
            let now = shared.clock.now(db).map_err(ErrorReply::from)?;
            shared.gate.authenticate(db, now, &job)
        });
        match who.await {
            Some(Ok(_)) => {
                let address = request.peer.ip().to_string();
                Rendered::plain_json(200, &json!({ "currentIpv4Address": address }))
            }
            Some(Err(refusal)) => render::refusal(request, &refusal),
            None => render::refusal(request, &store_gone()),
        }
    }

    async fn token(&self, request: &Request) -> Rendered {
        let limit = self.shared.limits.tokens_per_minute;
        let caller = request.peer.ip().to_string();
        let spent = self.shared.windows.spend(&caller, "oauth", limit, Minute::Fixed);
        if let Some(seconds) = spent.retry_after {
            let refusal = ErrorReply::new(429, "RATE_LIMITED", "Too many token requests.")
                .header("retry-after", seconds.to_string());
            return render::refusal(request, &refusal);
        }
        let (clock, job) = (self.shared.clock, request.clone());
        let answer = self
            .store
            .run(move |db| clock.now(db).and_then(|now| oauth::answer(db, now, &job)))
            .await;
        match answer {
            Some(Ok((status, body))) => Rendered::plain_json(status, &body),
            Some(Err(error)) => render::refusal(request, &error.into()),
            None => render::refusal(request, &store_gone()),
        }
    }

    fn record(&self, request: &Request, operation: Option<&str>, rendered: &Rendered) {
        if let Some(recorder) = &self.recorder {
            recorder.push(Exchange {
                operation: operation.map(str::to_owned),
                method: request.method.to_string(),
                target: request.target.clone(),
                request_headers: request.headers.clone(),
                request_body: request.body.to_vec(),
                status: rendered.status,
                response_headers: rendered.headers.clone(),
                response_body: rendered.body.to_vec(),
            });
        }
    }
}

/// A request's line in the log. The path only: neither header, body nor query may carry a secret
/// into a log. A path can hold control characters beyond ASCII.
fn line(request: &Request, status: u16, caller: Option<&str>, took: Duration) -> String {
    let shown = |text: &str, most: usize| text.escape_default().take(most).collect::<String>();
    format!(
        "{} {} {status} {}ms {}",
        shown(request.method.as_str(), LONGEST_WORD),
        shown(request.path(), LONGEST_PATH),
        took.as_millis(),
        shown(caller.unwrap_or("-"), LONGEST_WORD),
    )
}

fn store_gone() -> ErrorReply {
    ErrorReply::new(500, "UNEXPECTED_ERROR", "The local store is closed.")
}

/// The answer of a fault that prevents the request from being carried out.
fn instead(request: &Request, fault: &FaultAction) -> Option<Rendered> {
    match fault {
        FaultAction::Status { status, error_code, retry_after } => {
            let code = error_code.as_deref().unwrap_or("UNEXPECTED_ERROR");
            let mut refusal = ErrorReply::new(*status, code, "An injected fault.");
            if let Some(seconds) = retry_after {
                refusal = refusal.header("retry-after", seconds.to_string());
            }
            Some(render::refusal(request, &refusal))
        }
        FaultAction::NoBody401 => {
            let mut rendered = render::refusal(request, &ErrorReply::new(401, "", ""));
            rendered.headers.clear();
            rendered.body = Bytes::new();
            Some(rendered)
        }
        _ => None,
    }
}

fn send(rendered: Rendered, fault: Option<&FaultAction>) -> Response<Body> {
    let whole = rendered.body.len();
    let body = match fault {
        Some(FaultAction::CutBody { after_bytes }) => cut(rendered.body, *after_bytes),
        Some(FaultAction::TruncateGzip) => {
            Body::from(rendered.body.slice(..whole.saturating_sub(9)))
        }
        _ => Body::from(rendered.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(rendered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = rendered.headers;
    if matches!(fault, Some(FaultAction::CutBody { .. })) {
        response.headers_mut().insert(http::header::CONTENT_LENGTH, whole.into());
    }
    response
}

/// A body that fails after so many bytes, upon which the connection is closed.
fn cut(body: Bytes, after_bytes: usize) -> Body {
    let part = body.slice(..after_bytes.min(body.len()));
    let stream = futures_util::stream::unfold(Some(part), |part| async move {
        match part {
            Some(part) => Some((Ok(part), None)),
            None => {
                // The part must have left before the connection goes.
                tokio::time::sleep(Duration::from_millis(30)).await;
                Some((Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted)), None))
            }
        }
    });
    Body::from_stream(stream)
}
