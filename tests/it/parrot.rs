//! A server that quotes what it must not: secrets, in every spelling, in every place of an answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Serves until the test program ends; each request, head and body, is answered by what `answer`
/// makes of it: the status, headers and body.
pub fn serve(answer: impl Fn(&str, &str) -> (u16, String, String) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = BufReader::new(stream);
            let (mut head, mut length) = (String::new(), 0);
            while !head.ends_with("\r\n\r\n") {
                let before = head.len();
                if stream.read_line(&mut head).unwrap_or(0) == 0 {
                    break;
                }
                let line = head[before..].to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or(0);
                }
            }
            let mut body = vec![0; length];
            if stream.read_exact(&mut body).is_err() {
                continue;
            }
            let (status, headers, text) = answer(&head, &String::from_utf8_lossy(&body));
            let length = text.len();
            let whole = format!(
                "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{headers}\
                 Content-Length: {length}\r\nConnection: close\r\n\r\n{text}"
            );
            // A client that has seen enough hangs up.
            let _ = stream.get_mut().write_all(whole.as_bytes());
        }
    });
    address
}

/// A secret as servers may quote it.
pub fn spellings(secret: &str, id: &str) -> Vec<String> {
    let each = |how: &dyn Fn(char) -> String| secret.chars().map(how).collect::<String>();
    let percent = |c: char, all: bool| match c.is_ascii_alphanumeric() && !all {
        true => c.to_string(),
        false => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    };
    let inner = |text: &str| Value::from(text).to_string().trim_matches('"').to_owned();
    let html = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('"', "&quot;").replace('\'', "&#39;")
    };
    let escaped = each(&|c| percent(c, false));
    vec![
        secret.to_owned(),
        escaped.clone(),
        each(&|c| percent(c, true)),
        each(&|c| percent(c, true)).to_lowercase(),
        each(&|c| if c == ' ' { "+".to_owned() } else { percent(c, false) }),
        html(secret),
        each(&|c| format!("&#{};", u32::from(c))),
        each(&|c| format!("&#x{:x};", u32::from(c))),
        inner(secret),
        inner(&inner(secret)),
        inner(secret).replace('/', "\\/"),
        each(&|c| format!("\\u{:04x}", u32::from(c))),
        format!("{secret:?}"),
        html(&inner(secret)),
        inner(&html(secret)),
        escaped.replace('%', "%25"),
        BASE64_STANDARD.encode(secret),
        BASE64_STANDARD.encode(format!("x{secret}")),
        BASE64_STANDARD.encode(format!("xy{secret}z")),
        BASE64_STANDARD.encode(format!("{id}:{secret}")),
        BASE64_URL_SAFE_NO_PAD.encode(format!("{id}:{secret}")),
        BASE64_STANDARD.encode(format!("{id}:{secret}")).replace('+', "%2B").replace('/', "%2F"),
    ]
}

/// The spelling without what its neighbours share in base64: what must not be found.
pub fn core(spelling: &str) -> &str {
    let end = spelling.trim_end_matches('=').len();
    &spelling[..end]
}

/// The places of an answer, each made to hold these texts.
pub const PLACES: [&str; 8] = [
    "detail",
    "reason",
    "errorCode",
    "X-Request-Id",
    "X-Error-Code",
    "X-Other",
    "field",
    "cut detail",
];

/// An answer that is an error, with this text in one of the places.
pub fn quoting(place: &str, texts: &[String]) -> (u16, String, String) {
    let text = texts.join(" | ");
    let plain = json!({"error": 400, "detail": "refused"});
    match place {
        "detail" | "reason" | "errorCode" => {
            (400, String::new(), json!({"error": 400, place: text}).to_string())
        }
        // A text that is cut just within the secret.
        "cut detail" => {
            let text = texts[0].as_str();
            let detail = format!("{}{text}", "x".repeat(2000 - text.chars().count() + 2));
            (400, String::new(), json!({"error": 400, "detail": detail}).to_string())
        }
        "field" => (400, String::new(), json!({"error": 400, "unknown": [text]}).to_string()),
        header => (400, format!("{header}: {text}\r\n"), plain.to_string()),
    }
}
