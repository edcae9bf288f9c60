//! The smallest HTTP client that does, so that the server is met by another client than ours.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use base64::Engine;
use serde_json::Value;

use crate::support::Lab;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Calls `path` beneath the API's root as Organization Owner, in the version of `date`.
pub fn call(lab: &Lab, method: &str, path: &str, date: &str, body: Option<&Value>) -> Answer {
    let media = format!("application/vnd.atlas.{date}");
    // A date may name its own suffix: `2023-02-01+gzip`.
    let media = if date.contains('+') { media } else { format!("{media}+json") };
    let mut head = format!("Authorization: Bearer {}\r\nAccept: {media}\r\n", lab.token());
    if body.is_some() {
        head.push_str(&format!("Content-Type: {media}\r\n"));
    }
    let body = body.map(Value::to_string).unwrap_or_default();
    send(lab.url(), method, &format!("/api/atlas/v2{path}"), &head, &body)
}

/// One request on one connection; `head` is further header lines.
pub fn send(url: &str, method: &str, target: &str, head: &str, body: &str) -> Answer {
    try_send(url, method, target, head, body).expect("a whole answer")
}

/// Like [`send`], for servers that may be gone.
pub fn try_send(url: &str, method: &str, target: &str, head: &str, body: &str) -> Option<Answer> {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let length = body.len();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{head}\
         Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let split = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..split]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: answer[split + 4..].to_vec() })
}

/// A token of the service account whose id and secret these are.
pub fn token(url: &str, id: &str, secret: &str) -> String {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
    let head = format!(
        "Authorization: Basic {basic}\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n"
    );
    let answer = send(url, "POST", "/api/oauth/token", &head, "grant_type=client_credentials");
    assert_eq!(answer.status, 200, "{}", answer.head);
    answer.json()["access_token"].as_str().expect("a token").to_owned()
}
