//! MongoDB's drivers, each in a process of its own that runs one command after the other; and what
//! every driver must be able to do at the endpoint of an instance.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};

use crate::consumers::PATIENCE;
use crate::endpoint::{Endpoint, SUBJECT};

/// A driver, and what it prints.
pub struct Driver {
    process: Child,
    stdin: ChildStdin,
    lines: Receiver<String>,
    /// What came of signing in.
    pub greeting: Value,
}

impl Driver {
    /// Starts the program, whose last argument is the URI.
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("a driver");
        let stdin = process.stdin.take().expect("piped");
        let stdout = process.stdout.take().expect("piped");
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut driver = Driver { process, stdin, lines, greeting: Value::Null };
        driver.greeting = driver.read();
        driver
    }

    /// The answer to a command, or the refusal.
    pub fn run(&mut self, command: Value) -> Value {
        self.run_on("admin", command)
    }

    pub fn run_on(&mut self, db: &str, command: Value) -> Value {
        writeln!(self.stdin, "{}", json!({ "db": db, "command": command })).expect("it reads");
        self.read()
    }

    /// The answer to a command that is carried out.
    #[track_caller]
    pub fn does(&mut self, command: Value) -> Value {
        let answer = self.run(command.clone());
        assert_eq!(answer["ok"], 1.0, "{command}: {answer}");
        answer
    }

    /// Fails unless a command is refused with this code; its text.
    #[track_caller]
    pub fn fails(&mut self, code: i32, command: Value) -> String {
        let answer = self.run(command.clone());
        assert_eq!(answer["code"], code, "{command}: {answer}");
        answer["errmsg"].as_str().expect("a text").to_owned()
    }

    fn read(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("a line");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const SAMPLE: &str = "sample_stream_solar";

/// Signs in both ways and is refused where it must be, does everything that can be done with
/// processors, and is told why where it may not.
pub fn does_everything(start: impl Fn(&str) -> Driver) {
    let endpoint = Endpoint::start();
    endpoint.user("ada", "atlasAdmin", "--instance orders");
    endpoint.role("watches", &["getStreamProcessor", "listStreamProcessors", "listConnections"]);
    endpoint.user("vic", "watches", "--instance orders");
    endpoint.user("far", "atlasAdmin", "--instance payments");
    signs_in(&endpoint, &start);
    let mut ada = start(&endpoint.uri("ada"));
    asks_around(&mut ada);
    runs_a_processor(&endpoint, &mut ada);
    runs_a_pipeline(&mut ada);
    is_told_why(&mut ada, &mut start(&endpoint.uri("vic")));
}

fn signs_in(endpoint: &Endpoint, start: &impl Fn(&str) -> Driver) {
    let mut ada = start(&endpoint.uri("ada"));
    assert_eq!(ada.greeting["ok"], 1.0, "{}", ada.greeting);
    let status = ada.does(json!({ "connectionStatus": 1 }));
    let users = &status["authInfo"]["authenticatedUsers"];
    assert_eq!(users, &json!([{ "user": "ada", "db": "admin" }]), "{status}");

    let tls = format!("tls=true&tlsCAFile={}", endpoint.ca_file());
    let uri = endpoint.uri("ada");
    let joint = if uri.contains('?') { '&' } else { '?' };
    let over_tls = start(&format!("{uri}{joint}{tls}"));
    assert_eq!(over_tls.greeting["ok"], 1.0, "{}", over_tls.greeting);

    let create = ["--x509", "customer", "--role", "watches", "--instance", "orders", "--yes"];
    let create = endpoint.run("users create").and(&[SUBJECT]).and(&create);
    create.finish().exits(0);
    let mut deploy = start(&endpoint.uri_of_certificate());
    assert_eq!(deploy.greeting["ok"], 1.0, "{}", deploy.greeting);
    let status = deploy.does(json!({ "connectionStatus": 1 }));
    let users = &status["authInfo"]["authenticatedUsers"];
    let wanted = json!([{ "user": SUBJECT, "db": "$external" }]);
    assert_eq!(users, &wanted, "{status}");

    // A wrong password, somebody unknown and somebody restricted elsewhere get one answer.
    let wrong = endpoint.uri_with("ada:wrong@");
    for uri in [wrong, endpoint.uri("nobody"), endpoint.uri("far")] {
        let greeting = start(&uri).greeting.clone();
        assert_eq!(greeting["code"], 18, "{greeting}");
        assert_eq!(greeting["codeName"], "AuthenticationFailed", "{greeting}");
        assert_eq!(greeting["errmsg"], "Authentication failed.", "{greeting}");
    }
}

fn names(list: &Value) -> Vec<&str> {
    let rows = list.as_array().into_iter().flatten();
    rows.filter_map(|row| row["name"].as_str()).collect()
}

fn asks_around(ada: &mut Driver) {
    let connections = ada.does(json!({ "listStreamConnections": 1 }));
    let connections = names(&connections["connections"]);
    assert!(connections.contains(&SAMPLE) && connections.contains(&"shop"), "{connections:?}");
    let one = ada.does(json!({ "listStreamConnections": 1, "filter": { "name": "shop" } }));
    assert_eq!(one["connections"].as_array().map(Vec::len), Some(1), "{one}");
    assert_eq!(one["connections"][0]["type"], "atlas", "{one}");
    let defaults = ada.does(json!({ "listWorkspaceDefaults": 1 }));
    assert!(defaults["defaultTierSize"].is_string(), "{defaults}");
    // What is no matter of streams is refused as anything that one may not is.
    for command in [json!({ "find": "orders" }), json!({ "listCollections": 1 })] {
        assert_eq!(ada.run_on("shop", command.clone())["code"], 13, "{command}");
    }
    assert_eq!(ada.run(json!({ "listDatabases": 1 }))["code"], 13);
    ada.fails(59, json!({ "makeCoffee": 1 }));
}

fn listed(ada: &mut Driver, name: &str) -> Value {
    let list = ada.does(json!({ "listStreamProcessors": 1, "filter": { "name": name } }));
    assert_eq!(list["streamProcessors"].as_array().map(Vec::len), Some(1), "{list}");
    list["streamProcessors"][0].clone()
}

/// Samples until so many documents have come.
fn sampled(ada: &mut Driver, of: &str, mut cursor: Value, wanted: usize) -> Vec<Value> {
    let mut documents = Vec::new();
    for _ in 0..60 {
        let more =
            json!({ "getMoreSampleStreamProcessor": of, "cursorId": cursor, "batchSize": 2 });
        let answer = ada.does(more);
        let batch = answer["messages"].as_array().expect("messages");
        assert!(batch.len() <= 2, "{answer}");
        documents.extend(batch.iter().cloned());
        cursor = answer["cursorId"].clone();
        if documents.len() >= wanted || cursor == 0 {
            return documents;
        }
    }
    panic!("{} documents in a minute", documents.len());
}

fn runs_a_processor(endpoint: &Endpoint, ada: &mut Driver) {
    let source = json!({ "$source": { "connectionName": SAMPLE } });
    let sink = json!({ "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } });
    let pipeline = json!([source, sink]);
    ada.does(json!({ "createStreamProcessor": "solar", "pipeline": pipeline }));
    ada.fails(125, json!({ "createStreamProcessor": "solar", "pipeline": pipeline }));
    assert_eq!(listed(ada, "solar")["state"], "CREATED");
    // Created here, seen there.
    let there = endpoint.run("processors get solar --instance orders -o json").finish().exits(0);
    assert_eq!(there.json()["state"], "CREATED", "{}", there.shown());

    ada.fails(125, json!({ "stopStreamProcessor": "solar" }));
    ada.fails(125, json!({ "getStreamProcessorStats": "solar" }));
    ada.does(json!({ "startStreamProcessor": "solar" }));
    ada.fails(125, json!({ "startStreamProcessor": "solar" }));
    ada.fails(125, json!({ "modifyStreamProcessor": "solar", "pipeline": pipeline }));
    assert_eq!(ada.does(json!({ "getStreamProcessor": "solar" }))["state"], "STARTED");

    let cursor = ada.does(json!({ "startSampleStreamProcessor": "solar" }))["cursorId"].clone();
    for document in sampled(ada, "solar", cursor.clone(), 3) {
        assert!(document["device_id"].is_string(), "{document}");
        assert!(document["obs"]["watts"].is_number(), "{document}");
    }
    let count = |ada: &mut Driver| {
        let answer = ada.does(json!({ "getStreamProcessorStats": "solar" }));
        assert_eq!(answer["stats"]["status"], "running", "{answer}");
        answer["stats"]["inputMessageCount"].as_i64().expect("a count")
    };
    let before = count(ada);
    sampled(ada, "solar", cursor.clone(), 3);
    assert!(count(ada) > before, "no more than {before}");

    ada.does(json!({ "stopStreamProcessor": "solar" }));
    let last = ada.run(json!({ "getMoreSampleStreamProcessor": "solar", "cursorId": cursor }));
    assert!(last["cursorId"] == 0 || last["code"] == 43, "{last}");
    let pipeline = json!([source, { "$match": { "group_id": 1 } }, sink]);
    ada.does(json!({ "modifyStreamProcessor": "solar", "pipeline": pipeline }));
    assert_eq!(listed(ada, "solar")["pipeline"][1], json!({ "$match": { "group_id": 1 } }));
    ada.does(json!({ "dropStreamProcessor": "solar" }));
    ada.fails(125, json!({ "dropStreamProcessor": "solar" }));
    ada.fails(125, json!({ "getStreamProcessor": "solar" }));
    endpoint.run("processors get solar --instance orders").finish().exits(5);
}

fn runs_a_pipeline(ada: &mut Driver) {
    let pipeline = json!([
        { "$source": { "connectionName": SAMPLE } },
        { "$match": { "obs.watts": { "$gte": 0 } } },
        { "$project": { "device_id": 1, "watts": "$obs.watts" } },
    ]);
    let run = ada.does(json!({ "processStreamProcessor": pipeline }));
    let name = run["name"].as_str().expect("a name").to_owned();
    for document in sampled(ada, &name, run["cursorId"].clone(), 3) {
        assert!(document["watts"].is_number() && document["obs"].is_null(), "{document}");
    }
    let list = ada.does(json!({ "listStreamProcessors": 1 }));
    assert!(!names(&list["streamProcessors"]).contains(&name.as_str()), "{list}");
    ada.does(json!({ "dropStreamProcessor": name }));
    let nowhere = json!([{ "$source": { "connectionName": "nowhere" } }]);
    let refused = ada.fails(125, json!({ "processStreamProcessor": nowhere }));
    assert!(refused.contains("nowhere") && refused.contains("sp.listConnections()"), "{refused}");
}

/// Vic sees what there is, and may not touch it.
fn is_told_why(ada: &mut Driver, vic: &mut Driver) {
    let pipeline = json!([
        { "$source": { "connectionName": SAMPLE } },
        { "$emit": { "connectionName": "order-events", "topic": "solar" } },
    ]);
    ada.does(json!({ "createStreamProcessor": "solar", "pipeline": pipeline }));
    assert_eq!(listed(vic, "solar")["state"], "CREATED");
    vic.does(json!({ "listStreamConnections": 1 }));
    let refusals = [
        ("startStreamProcessor", json!({ "startStreamProcessor": "solar" })),
        ("stopStreamProcessor", json!({ "stopStreamProcessor": "solar" })),
        ("dropStreamProcessor", json!({ "dropStreamProcessor": "solar" })),
        ("sampleStreamProcessor", json!({ "startSampleStreamProcessor": "solar" })),
        ("streamProcessorStats", json!({ "getStreamProcessorStats": "solar" })),
        ("processStreamProcessor", json!({ "processStreamProcessor": pipeline })),
        (
            "modifyStreamProcessor",
            json!({ "modifyStreamProcessor": "solar", "pipeline": pipeline }),
        ),
        ("createStreamProcessor", json!({ "createStreamProcessor": "more", "pipeline": pipeline })),
    ];
    for (action, command) in refusals {
        let text = vic.fails(13, command);
        let wanted = format!("not authorized: missing privilege for action {action} on resource");
        assert!(text.starts_with(&wanted), "{text}");
    }
    ada.does(json!({ "dropStreamProcessor": "solar" }));
}
