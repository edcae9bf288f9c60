//! `spctl local serve` among strangers: connections, heads and bodies without end, and web pages.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;

use crate::local::{Served, key, with_key};
use crate::support::Lab;

const STRANGERS: usize = 700;

fn address(served: &Served) -> &str {
    let url = served.get("MONGODB_ATLAS_BASE_URL").expect("a URL");
    url.trim_start_matches("http://")
}

fn connect(served: &Served) -> TcpStream {
    let stream = TcpStream::connect(address(served)).expect("a connection");
    let long = Some(Duration::from_secs(60));
    stream.set_read_timeout(long).and_then(|()| stream.set_write_timeout(long)).expect("a limit");
    stream
}

/// What comes until the server closes the connection.
fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of the answer to a request with these header lines.
fn status(served: &Served, head: &str) -> String {
    let mut stream = connect(served);
    let request = format!(
        "GET /api/atlas/v2/unauth/controlPlaneIPAddresses HTTP/1.1\r\n{head}\
         Accept: application/vnd.atlas.2023-11-15+json\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("a request");
    rest(&mut stream).split(' ').nth(1).unwrap_or("none").to_owned()
}

/// Bytes of memory that a process has.
pub fn resident(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

#[test]
fn strangers_without_end_block_nobody_and_hold_little() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let reader = key(&lab, ["local", "key", "create", "--role", "GROUP_READ_ONLY"]);
    let works = || with_key(lab.bare(["users", "list"]), &served, &reader).finish().exits(0);
    works();
    let before = resident(&served.child);
    let host = address(&served);
    let half = "x".repeat((1 << 20) - 10);
    let kinds: [String; 3] = [
        String::new(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: "),
        format!(
            "POST /api/oauth/token HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1048576\r\n\r\n{half}"
        ),
    ];
    for sent in kinds {
        let mut strangers = Vec::new();
        for number in 0..STRANGERS {
            let mut stranger = connect(&served);
            // A connection that had to make way gets an error.
            let _ = stranger.write_all(sent.as_bytes());
            strangers.push(stranger);
            if number % 100 == 99 {
                works();
            }
        }
        works();
        if let (Some(before), Some(now)) = (before, resident(&served.child)) {
            assert!(now < before + (160 << 20), "{now} bytes after {before}");
        }
    }
    works();
}

#[test]
fn a_log_that_nobody_reads_is_bounded() {
    let lab = Lab::new();
    let served = Served::start_with_log(&lab);
    let before = resident(&served.child);
    let (long, host) = ("A".repeat(31_000), address(&served));
    let controls = "\u{9b}".repeat(15_000);
    for line in [format!("{long} /"), format!("GET /{long}"), format!("GET /{controls}")] {
        for _ in 0..10 {
            let mut stream = connect(&served);
            let request = format!("{line} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            let last = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let mut sender = stream.try_clone().expect("a stream");
            let sent = std::thread::spawn(move || {
                for _ in 0..200 {
                    let _ = sender.write_all(request.as_bytes());
                }
                let _ = sender.write_all(last.as_bytes());
            });
            rest(&mut stream);
            sent.join().expect("no panic");
        }
    }
    if let (Some(before), Some(now)) = (before, resident(&served.child)) {
        assert!(now < before + (30 << 20), "{now} bytes after {before}");
    }
}

#[test]
fn who_is_known_stays_while_strangers_come_and_go() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let role = ["local", "key", "create", "--role", "GROUP_READ_ONLY", "--service-account"];
    let [id, secret] = key(&lab, role);
    let host = address(&served);
    let token = crate::raw::token(&format!("http://{host}"), &id, &secret);
    let ask = format!(
        "GET /api/atlas/v2/groups HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Accept: application/vnd.atlas.2023-01-01+json\r\n\r\n"
    );
    let mut known = connect(&served);
    let mut answer = |ask: &str| {
        known.write_all(ask.as_bytes()).expect("it is still open");
        let mut head = [0; 15];
        known.read_exact(&mut head).expect("it is still open");
        assert_eq!(&head, b"HTTP/1.1 200 OK");
        // The rest of the answer, whose length does not matter.
        known.set_read_timeout(Some(Duration::from_millis(300))).expect("a limit");
        let mut rest = Vec::new();
        let _ = known.read_to_end(&mut rest);
        known.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
    };
    answer(&ask);
    let strangers: Vec<_> = (0..STRANGERS).map(|_| connect(&served)).collect();
    answer(&ask);
    drop(strangers);
}

#[test]
fn heads_and_bodies_have_a_size_and_a_time() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let host = address(&served);
    let mut long = connect(&served);
    let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let _ = long.write_all(head.as_bytes());
    let said = rest(&mut long);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431 "), "{said}");

    let mut large = connect(&served);
    let post = format!("POST /api/oauth/token HTTP/1.1\r\nHost: {host}\r\n");
    let sent = format!("{post}Content-Length: 9000000\r\n\r\n{}", "x".repeat(2 << 20));
    let _ = large.write_all(sent.as_bytes());
    let said = rest(&mut large);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 413 "), "{said}");

    // None of these is ever ended by its client.
    let mut slow: Vec<_> = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX: ", &post]
        .iter()
        .map(|begun| {
            let mut stream = connect(&served);
            stream.write_all(begun.as_bytes()).expect("a beginning");
            stream
        })
        .collect();
    let mut body = connect(&served);
    let sent = format!("{post}Content-Length: 10\r\n\r\nxx");
    body.write_all(sent.as_bytes()).expect("a beginning");
    let said = rest(&mut body);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408 "), "{said}");
    for stream in &mut slow {
        assert_eq!(rest(stream), "");
    }
}

#[test]
fn a_web_page_and_another_name_are_refused() {
    let lab = Lab::new();
    let served = Served::start_with(&lab, &["--allow-host", "atlas.test", "--allow-host", "b"]);
    let address = address(&served);
    let port = address.rsplit(':').next().expect("a port");
    for (head, wanted) in [
        (format!("Host: {address}\r\n"), "200"),
        (format!("Host: localhost:{port}\r\n"), "200"),
        (format!("Host: [::1]:{port}\r\n"), "200"),
        ("Host: atlas.test\r\n".to_owned(), "200"),
        ("Host: b:81\r\n".to_owned(), "200"),
        (format!("Host: evil.example:{port}\r\n"), "421"),
        ("Host: localhost:1\r\n".to_owned(), "200"),
        (format!("Host: 127.0.0.2:{port}\r\n"), "421"),
        (format!("Host: {address}\r\nHost: {address}\r\n"), "400"),
        (String::new(), "400"),
        (format!("Host: {address}\r\nOrigin: http://{address}\r\n"), "403"),
        (format!("Host: {address}\r\nOrigin: null\r\n"), "403"),
    ] {
        assert_eq!(status(&served, &head), wanted, "{head}");
    }
    for name in ["http://atlas.test", "atlas.test:80", "a b", "", "u@h", "a/b"] {
        let serve = ["local", "serve", "--listen", "127.0.0.1:0", "--allow-host", name];
        lab.bare(serve).finish().exits(2);
    }
}
