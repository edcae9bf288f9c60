//! The client against a small server on loopback.

mod auth;
mod command_line;
mod download;
mod oauth;
mod pages;
mod send;
mod tracing;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::{Client, Credential, Retry, Settings};

/// A request as the server saw it.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenRequest {
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl SeenRequest {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A parameter of a digest's `Authorization`, quotes taken off.
    pub(super) fn digest(&self, name: &str) -> String {
        let parameters = self.header("authorization").trim_start_matches("Digest ").to_owned();
        parameters
            .split(", ")
            .filter_map(|item| item.split_once('='))
            .find(|(known, _)| *known == name)
            .map_or(String::new(), |(_, value)| value.trim_matches('"').to_owned())
    }
}

/// What the server saw so far.
pub(super) type Log = Arc<Mutex<Vec<SeenRequest>>>;

/// Serves until the test's runtime ends. `answer` is told how many requests came before.
pub(super) async fn serve(
    answer: impl Fn(usize, &SeenRequest) -> Response + Send + Sync + 'static,
) -> (Url, Log) {
    let log = Log::default();
    let (answer, seen) = (Arc::new(answer), log.clone());
    let router = Router::new().fallback(move |request: Request| {
        let (answer, seen) = (answer.clone(), seen.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let request = SeenRequest {
                target: parts.uri.to_string(),
                headers: parts.headers,
                body: String::from_utf8(body.to_vec()).unwrap(),
            };
            let before = {
                let mut seen = seen.lock().unwrap();
                seen.push(request.clone());
                seen.len() - 1
            };
            // Long enough that calls which start together overlap.
            tokio::time::sleep(Duration::from_millis(5)).await;
            answer(before, &request)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url.parse().unwrap(), log)
}

/// A client that waits for milliseconds where a real one waits for seconds.
pub(super) fn client(url: &Url, credential: Credential) -> Client {
    let settings = Settings {
        credential,
        retry: Retry {
            attempts: 3,
            first_wait: Duration::from_millis(2),
            longest_wait: Duration::from_secs(2),
            budget: Duration::from_secs(4),
        },
        rate_window: Duration::from_millis(200),
        ..Settings::new(url.clone())
    };
    Client::new(settings).unwrap()
}

pub(super) fn key() -> Credential {
    Credential::ApiKey { public: "abcdefgh".to_owned(), private: "private half".into() }
}

pub(super) fn json(status: u16, body: &str) -> Response {
    Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

pub(super) fn with(mut response: Response, name: &'static str, value: &str) -> Response {
    response.headers_mut().insert(name, value.parse().unwrap());
    response
}

/// A body that announces more than comes.
pub(super) fn cut(body: &'static str) -> Response {
    use futures_util::stream;
    let pieces = [Ok(body), Err(std::io::Error::other("cut"))];
    with(Response::new(Body::from_stream(stream::iter(pieces))), "content-length", "1000")
}
