//! `spctl --local` and `spctl local serve`: a store that several processes share and that
//! survives being killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::raw::{Answer, token, try_send};
use crate::run::Run;
use crate::support::Lab;

/// `spctl local serve` as a child; it is killed with -9 at the end.
pub struct Served {
    pub child: Child,
    env: Vec<(String, String)>,
}

impl Served {
    pub fn start(lab: &Lab) -> Self {
        Served::start_with(lab, &[])
    }

    /// With further options.
    pub fn start_with(lab: &Lab, options: &[&str]) -> Self {
        Served::begin(lab, options, Stdio::null())
    }

    /// With a log that nobody reads.
    pub fn start_with_log(lab: &Lab) -> Self {
        Served::begin(lab, &[], Stdio::piped())
    }

    fn begin(lab: &Lab, options: &[&str], log: Stdio) -> Self {
        let mut run = lab.bare(["local", "serve"]).and(options);
        let free = [("--listen", "127.0.0.1:0"), ("--instances", "0")];
        for (option, any) in free.into_iter().filter(|(option, _)| !options.contains(option)) {
            run = run.and(&[option, any]);
        }
        let mut child = run.command().stderr(log).spawn().expect("the binary starts");
        let stdout = child.stdout.take().expect("piped");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut served = Served { child, env: Vec::new() };
        while served.get("MONGODB_ATLAS_ORG_ID").is_none() {
            let line = lines.recv_timeout(Duration::from_secs(20)).expect("an environment");
            if let Some((name, value)) = line.trim_start_matches("export ").split_once('=') {
                let value = value.trim_matches(['"', '\'']);
                served.env.push((name.to_owned(), value.to_owned()));
            }
        }
        served
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.env.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    fn kill(&mut self) {
        self.child.kill().expect("the child is ours");
        self.child.wait().expect("the child is ours");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn stored_names(lab: &Lab) -> Vec<String> {
    let out = lab.local(["users", "list", "-q"]).finish().exits(0).out();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn a_batch_is_piped_from_one_process_into_another() {
    let lab = Lab::new();
    let names = stored_names(&lab).join("\n");
    let args = ["users", "restrict", "-", "--instance", "orders", "--allow-gain", "--yes"];
    lab.local(args).stdin(&names).finish().exits(0);
    let rows = lab.local(["users", "list", "-o", "json"]).finish().exits(0).json();
    for row in rows.as_array().expect("an array") {
        let scopes = row["scopes"].as_array().expect("scopes");
        let streams: Vec<_> = scopes.iter().filter(|s| s["type"] == "STREAM").collect();
        assert_eq!(streams, [&json!({ "name": "orders", "type": "STREAM" })], "{row}");
    }
    lab.local(args).stdin("").finish().exits(2);
}

fn create(url: &str, project: &str, token: &str, name: &str) -> Option<Answer> {
    let media = "application/vnd.atlas.2023-01-01+json";
    let head =
        format!("Authorization: Bearer {token}\r\nAccept: {media}\r\nContent-Type: {media}\r\n");
    let body = json!({
        "databaseName": "admin", "username": name, "password": "long enough",
        "roles": [{ "databaseName": "admin", "roleName": "read" }],
    });
    let target = format!("/api/atlas/v2/groups/{project}/databaseUsers");
    // A server that is killed answers nothing, or half.
    try_send(url, "POST", &target, &head, &body.to_string())
}

/// What `local key create` prints: the two halves.
pub fn key<const N: usize>(lab: &Lab, args: [&str; N]) -> [String; 2] {
    let out = lab.bare(args).finish().exits(0).out();
    let halves: Vec<_> = out.lines().filter_map(|l| l.split_once('=')).collect();
    let [(_, public), (_, private)] = halves[..] else { panic!("two halves in {out}") };
    [public.to_owned(), private.to_owned()]
}

pub fn with_key(run: Run, served: &Served, [public, private]: &[String; 2]) -> Run {
    run.env("MONGODB_ATLAS_BASE_URL", served.get("MONGODB_ATLAS_BASE_URL").expect("a URL"))
        .env("MONGODB_ATLAS_PROJECT_ID", served.get("MONGODB_ATLAS_PROJECT_ID").expect("an id"))
        .env("MONGODB_ATLAS_PUBLIC_API_KEY", public)
        .env("MONGODB_ATLAS_PRIVATE_API_KEY", private)
}

#[test]
fn every_acknowledged_user_outlives_a_kill() {
    const USERS: usize = 200;
    let lab = Lab::new();
    lab.bare(["local", "init", "--limit-users", "none"]).finish().exits(0);
    let mut served = Served::start(&lab);
    let role = "GROUP_STREAM_PROCESSING_OWNER";
    let [id, secret] = key(&lab, ["local", "key", "create", "--role", role, "--service-account"]);
    let url = served.get("MONGODB_ATLAS_BASE_URL").expect("a URL").to_owned();
    let project = served.get("MONGODB_ATLAS_PROJECT_ID").expect("an id").to_owned();
    let token = token(&url, &id, &secret);
    let gone = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    let acknowledged: Vec<String> = thread::scope(|scope| {
        for client in 0..8 {
            let (sender, gone) = (sender.clone(), &gone);
            let (url, project, token) = (&url, &project, &token);
            scope.spawn(move || {
                for n in (client..USERS).step_by(8) {
                    if gone.load(Ordering::Relaxed) {
                        return;
                    }
                    let name = format!("made-{n}");
                    let answer = create(url, project, token, &name);
                    if answer.is_some_and(|a| a.status == 201) {
                        let _ = sender.send(name);
                    }
                }
            });
        }
        drop(sender);
        // In the middle of it.
        let mut names: Vec<String> = receiver.iter().take(USERS / 2).collect();
        served.kill();
        gone.store(true, Ordering::Relaxed);
        names.extend(receiver.iter());
        names
    });
    assert!(acknowledged.len() >= USERS / 2, "{} were acknowledged", acknowledged.len());

    let again = Served::start(&lab);
    let owner = key(&lab, ["local", "key", "create", "--role", role]);
    let list = with_key(lab.bare(["users", "list", "-o", "json"]), &again, &owner);
    let rows = list.finish().exits(0).json();
    let stored: Vec<&str> =
        rows.as_array().expect("an array").iter().filter_map(|u| u["username"].as_str()).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|n| !stored.contains(&n.as_str())).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    for user in rows.as_array().expect("an array") {
        let whole = user["databaseName"].is_string() && user["roles"][0]["roleName"].is_string();
        assert!(whole, "half a user: {user}");
    }
}

#[test]
fn a_key_holds_exactly_its_roles() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let create = || {
        lab.bare(["users", "create", "zoe", "--role", "read@shop", "--generate-password", "--yes"])
    };
    let reader = key(&lab, ["local", "key", "create", "--role", "GROUP_READ_ONLY"]);
    assert_eq!(reader[0].len(), 8);
    with_key(lab.bare(["users", "list"]), &served, &reader).finish().exits(0);
    let refused = with_key(create(), &served, &reader).finish().exits(4);
    assert!(refused.err().contains("Project Database Access Admin"), "{}", refused.shown());

    let role = "GROUP_STREAM_PROCESSING_OWNER";
    let owner = key(&lab, ["local", "key", "create", "--role", role]);
    with_key(create(), &served, &owner).finish().exits(0);
    let wrong = [owner[0].clone(), reader[1].clone()];
    with_key(lab.bare(["users", "list"]), &served, &wrong).finish().exits(4);
}
