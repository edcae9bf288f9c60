//! A server of raw bytes on loopback, for answers that no server should give.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::run::Run;
use crate::support::Lab;

/// A server that writes raw bytes, and hangs up after each answer.
pub struct Raw {
    url: String,
    over: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Raw {
    /// `answer` gets the request line's target.
    pub fn new(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Raw::talking(move |target, stream| drop(stream.write_all(&answer(target))))
    }

    /// `answer` gets the request line's target, and writes the answer itself.
    pub fn talking(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (over, seen) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let raw = Raw { url, over: over.clone(), seen: Arc::clone(&seen) };
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (answer, seen) = (answer.clone(), Arc::clone(&seen));
                thread::spawn(move || talk(stream, &*answer, &seen));
            }
        });
        raw
    }

    /// A run against this server.
    pub fn run(&self, lab: &Lab, line: &str) -> Run {
        lab.typed(line).env("MONGODB_ATLAS_BASE_URL", &self.url)
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn talk(mut stream: TcpStream, answer: &dyn Fn(&str, &mut TcpStream), seen: &Mutex<Vec<String>>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let _ = stream.set_write_timeout(Some(Duration::from_secs(20)));
    let (mut request, mut piece) = (Vec::new(), [0; 4096]);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(read @ 1..) => request.extend_from_slice(&piece[..read]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let target = text.split(' ').nth(1).unwrap_or_default().to_owned();
    seen.lock().unwrap().push(target.clone());
    answer(&target, &mut stream);
    // What is left unread would reset the connection, and take the answer with it.
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let _ = stream.read(&mut piece);
}

/// An answer without a length: it ends where the connection does.
pub fn unframed(version: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/{version} 200 OK\r\nConnection: close\r\nX-A: b\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// An answer with its length.
pub fn framed(body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}
