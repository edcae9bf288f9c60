//! A server that speaks like S3, on loopback, and a line to it that can be cut.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::consumers;
use crate::run::Run;

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub const KEY: &str = "AKSTORE";
pub const SECRET: &str = "canary-of-the-store";

/// A server with a bucket `logs`; it runs until this is dropped, or the test's process is gone.
pub struct Store {
    process: Child,
    home: TempDir,
    /// Where it listens, `HOST:PORT`.
    pub address: String,
}

impl Store {
    pub fn start() -> Option<Self> {
        let program = consumers::part("bin/versitygw")?;
        // Someone else may take a port that was free.
        let store = (0..3).find_map(|_| Store::launch(&program));
        Some(store.expect("a port stays free in one of three times"))
    }

    fn launch(program: &std::path::Path) -> Option<Self> {
        let home = tempfile::tempdir().expect("a temporary directory");
        fs::create_dir_all(home.path().join("root/logs")).expect("a new directory");
        fs::create_dir(home.path().join("about")).expect("a new directory");
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = address.expect("IPv4 is everywhere").to_string();
        // Its input ends with this process, however that ends. What is told of objects lies beside them:
        // not every file system has attributes.
        let serve = format!(
            "'{}' --port {address} posix --sidecar \"$PWD/about\" \"$PWD/root\" >log 2>&1 & cat >/dev/null; kill -9 $!",
            program.display()
        );
        let process = Command::new("sh")
            .args(["-c", &serve])
            .current_dir(home.path())
            .env("ROOT_ACCESS_KEY_ID", KEY)
            .env("ROOT_SECRET_ACCESS_KEY", SECRET)
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let store = Store { process, home, address };
        let start = Instant::now();
        loop {
            if TcpStream::connect(&store.address).is_ok() {
                return Some(store);
            }
            let log = fs::read_to_string(store.home.path().join("log")).unwrap_or_default();
            if log.contains("address already in use") {
                return None;
            }
            assert!(start.elapsed() < PATIENCE, "the store did not start:\n{log}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Where the objects of the bucket are files.
    pub fn bucket(&self) -> PathBuf {
        self.home.path().join("root/logs")
    }

    /// The objects that are to be seen, by name.
    pub fn objects(&self) -> Vec<String> {
        let (mut names, mut directories) = (Vec::new(), vec![self.bucket()]);
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).expect("a directory").flatten() {
                let path = entry.path();
                let name = path.strip_prefix(self.bucket()).expect("below").display().to_string();
                // Where the server keeps what is under way.
                match path.is_dir() {
                    _ if name.starts_with(".sgwtmp") => {}
                    true => directories.push(path),
                    false => names.push(name),
                }
            }
        }
        names.sort();
        names
    }

    /// The run, with the store's key and address.
    pub fn reached_by(&self, run: Run) -> Run {
        let endpoint = format!("http://{}", self.address);
        let run = run.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        run.env("AWS_ENDPOINT_URL_S3", &endpoint)
    }

    /// A line to it that passes on so many bytes, and then nothing more.
    pub fn line(&self, budget: u64) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").expect("IPv4 is everywhere");
        let address = listener.local_addr().expect("it is bound").to_string();
        let passed = Arc::new(AtomicU64::new(0));
        let (to, counter) = (self.address.clone(), passed.clone());
        thread::spawn(move || {
            // A run makes few connections; who waits for more is let go with the process.
            for client in listener.incoming().take(64).flatten() {
                let Ok(server) = TcpStream::connect(&to) else { return };
                let (mut from, mut into) =
                    (server.try_clone().expect("a stream"), client.try_clone().expect("a stream"));
                thread::spawn(move || std::io::copy(&mut from, &mut into));
                let counter = counter.clone();
                thread::spawn(move || pass(client, server, &counter, budget));
            }
        });
        Line { address, passed, budget }
    }
}

fn pass(mut client: TcpStream, mut server: TcpStream, passed: &AtomicU64, budget: u64) {
    let mut piece = [0; 16 << 10];
    while let Ok(read) = client.read(&mut piece) {
        if read == 0 {
            let _ = server.shutdown(Shutdown::Write);
            return;
        }
        if passed.fetch_add(read as u64, Ordering::SeqCst) + read as u64 > budget {
            // Holds the line, as a network does that has stopped: until the client is gone.
            while client.read(&mut piece).is_ok_and(|read| read > 0) {}
            return;
        }
        if server.write_all(&piece[..read]).is_err() {
            return;
        }
    }
}

/// A line to a store.
pub struct Line {
    /// Where it begins, `HOST:PORT`.
    pub address: String,
    passed: Arc<AtomicU64>,
    budget: u64,
}

impl Line {
    /// Waits until nothing passes any more.
    pub fn wait_until_cut(&self) {
        let start = Instant::now();
        while self.passed.load(Ordering::SeqCst) <= self.budget {
            assert!(start.elapsed() < PATIENCE, "the line was never cut");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}
