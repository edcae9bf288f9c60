//! What starting costs: `spctl` against an empty Rust program and curl, in one interleaved run.
//!
//! `cargo bench --bench startup` prints medians as ratios; nothing is asserted. The binary is the
//! bench profile's own build, or what `SPCTL_BENCH_BINARY` names. Programs are measured as
//! installed, that is, as copies: the linker writes its output through a mapping, which leaves it
//! in memory page by page, so that it starts slower until it is read from the disk again. One row
//! shows by how much.
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;

#[path = "../tests/it/tls.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod tls;

/// Each program is run this often, in turns with the others.
const ROUNDS: usize = 40;

/// Where distributions put their bundle of authorities.
const BUNDLES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// A program, and its expected exit code.
type Row = (&'static str, Command, i32);

type Failure = Box<dyn std::error::Error>;

/// A server that is killed with its guard.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> Result<(), Failure> {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let home = target.join("bench-home");
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home)?;
    let linked = std::env::var_os("SPCTL_BENCH_BINARY")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_spctl")), PathBuf::from);
    let spctl = installed(&linked, &home)?;
    let empty = installed(&empty_program(&target)?, &home)?;
    let (_served, env) = serve(&spctl, &home)?;
    let token = token(&spctl, &home, &env["MONGODB_ATLAS_BASE_URL"])?;

    let program = |args: &[&str], keys: &[&str]| {
        let mut command = clean(&spctl, &home);
        command.args(args);
        command.envs(env.iter().filter(|(name, _)| keys.contains(&name.as_str())));
        command
    };
    let address = ["MONGODB_ATLAS_BASE_URL", "MONGODB_ATLAS_PROJECT_ID"];
    let keys = ["MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"];
    let list = ["instances", "list"];
    let mut bearer = program(&list, &address);
    bearer.env("MONGODB_ATLAS_ACCESS_TOKEN", &token);
    let mut as_linked = clean(&linked, &home);
    as_linked.args(list).envs(env.iter().filter(|(name, _)| address.contains(&name.as_str())));
    as_linked.env("MONGODB_ATLAS_ACCESS_TOKEN", &token);
    // The client and its authorities are loaded before it turns out that no project is chosen: all
    // that https itself costs a command, without the server's share of a handshake.
    let (url, trusted) = https(&home, &env[address[0]])?;
    let mut set_up = program(&list, &[]);
    set_up.env("MONGODB_ATLAS_BASE_URL", &url).env("MONGODB_ATLAS_ACCESS_TOKEN", &token);
    let mut over_https = program(&list, &address);
    over_https.env("MONGODB_ATLAS_BASE_URL", &url).env("MONGODB_ATLAS_ACCESS_TOKEN", &token);
    over_https.arg("--ca-file").arg(trusted);
    let mut runs = vec![
        ("an empty Rust program", clean(&empty, &home), 0),
        ("spctl --help", program(&["--help"], &[]), 0),
        ("spctl, https set up, nothing sent", set_up, 2),
        ("spctl instances list, bearer", bearer, 0),
        ("the same, as the linker left it", as_linked, 0),
        ("spctl instances list, digest", program(&list, &[address, keys].concat()), 0),
        ("spctl instances list, https", over_https, 0),
        ("spctl --local instances list", program(&["--local", "instances", "list"], &[]), 0),
    ];
    let mut curl = clean(Path::new("curl"), &home);
    curl.args(["-sSf", "-H", "Accept: application/vnd.atlas.2023-02-01+json", "-H"])
        .arg(format!("Authorization: Bearer {token}"))
        .arg(format!("{}/api/atlas/v2/groups/{}/streams", env[address[0]], env[address[1]]));
    if curl.output().is_ok_and(|output| output.status.success()) {
        runs.push(("curl, the same request, bearer", curl, 0));
    }
    report(&mut runs)
}

/// Runs everything in turns and prints the table.
fn report(runs: &mut [Row]) -> Result<(), Failure> {
    let mut times = vec![Vec::with_capacity(ROUNDS); runs.len()];
    for _ in 0..ROUNDS {
        for ((name, command, code), times) in runs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            let status = command.status()?;
            times.push(start.elapsed());
            if status.code() != Some(*code) {
                return Err(format!("{name}: {status}").into());
            }
        }
    }
    let medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    println!("{:<34} {:>8} {:>9}", "median of interleaved runs", "ratio", "ms");
    for ((name, ..), median) in runs.iter().zip(&medians) {
        let ratio = median.as_secs_f64() / medians[0].as_secs_f64();
        println!("{name:<34} {ratio:>8.2} {:>9.2}", median.as_secs_f64() * 1e3);
    }
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A command without input or output, in an environment of its own.
fn clean(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", home)
        .env("SPCTL_DATA_DIR", home.join("data"))
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// A copy of a program.
fn installed(program: &Path, directory: &Path) -> Result<PathBuf, Failure> {
    let copy = directory.join(program.file_name().ok_or("a program has a name")?);
    std::fs::copy(program, &copy)?;
    Ok(copy)
}

fn empty_program(target: &Path) -> Result<PathBuf, Failure> {
    let source = target.join("empty.rs");
    let program = target.join("empty");
    std::fs::write(&source, "fn main() {}\n")?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc).arg("-O").arg("-o").arg(&program).arg(&source).status()?;
    if status.success() { Ok(program) } else { Err("the empty program does not compile".into()) }
}

/// A local control plane, and the environment that it prints.
fn serve(spctl: &Path, home: &Path) -> Result<(Served, HashMap<String, String>), Failure> {
    let mut command = clean(spctl, home);
    command.args(["local", "serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let stdout = child.stdout.take().ok_or("no standard output")?;
    let served = Served(child);
    let mut env = HashMap::new();
    for line in BufReader::new(stdout).lines() {
        if let Some((name, value)) = line?.trim_start_matches("export ").split_once('=') {
            env.insert(name.to_owned(), value.to_owned());
        }
        if env.contains_key("MONGODB_ATLAS_ORG_ID") {
            return Ok((served, env));
        }
    }
    Err("the server printed no environment".into())
}

/// The control plane's address by https, and a file with the system's authorities and the one that
/// signed the relay's certificate.
fn https(home: &Path, origin: &str) -> Result<(String, PathBuf), Failure> {
    let authority = tls::Authority::new();
    let address = authority.relay("localhost", tls::VALID, origin);
    let bundle = BUNDLES.iter().find_map(|path| std::fs::read_to_string(path).ok());
    let trusted = home.join("authorities.pem");
    std::fs::write(&trusted, bundle.unwrap_or_default() + &authority.pem())?;
    Ok((format!("https://localhost:{}", address.port()), trusted))
}

/// A bearer token of a service account created for this run.
fn token(spctl: &Path, home: &Path, url: &str) -> Result<String, Failure> {
    let mut create = clean(spctl, home);
    create.args(["local", "key", "create", "--role", "ORG_OWNER", "--service-account"]);
    let output = create.stdout(Stdio::piped()).output()?;
    let output = String::from_utf8(output.stdout)?;
    let halves: Vec<&str> =
        output.lines().filter_map(|line| line.split_once('=')).map(|(_, half)| half).collect();
    let basic = base64::engine::general_purpose::STANDARD.encode(halves.join(":"));
    let body = "grant_type=client_credentials";
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    write!(
        stream,
        "POST /api/oauth/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: Basic {basic}\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, json) = answer.split_once("\r\n\r\n").ok_or("half an answer")?;
    let json: serde_json::Value = serde_json::from_str(json)?;
    Ok(json["access_token"].as_str().ok_or("no token")?.to_owned())
}
