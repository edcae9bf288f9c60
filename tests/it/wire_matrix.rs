//! Every command about stream processing, with every action alone, every preset and every built-in role,
//! with and without the instance's scope: allowed exactly where `privileges` says, and told in the log.

use std::collections::BTreeMap;

use bson::{Bson, Document, doc};
use spctl::privileges::catalogue::actions::{self, ACTIONS, Action};
use spctl::privileges::catalogue::built_in::ROLES;
use spctl::privileges::catalogue::commands;
use spctl::privileges::catalogue::presets::PRESETS;

use crate::endpoint::{Endpoint, PASSWORD};
use crate::wire::{Wire, ok, refusal};

/// What there must be of the processor `p` for a command to succeed.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    Absent,
    Stopped,
    Started,
}

/// A command, the action that it needs, the event that it leaves, and what there must be before it.
pub type Case = (&'static str, &'static str, Option<&'static str>, State);

pub const CASES: [Case; 13] = [
    ("listStreamProcessors", "listStreamProcessors", None, State::Stopped),
    ("getStreamProcessor", "getStreamProcessor", None, State::Stopped),
    ("listStreamConnections", "listConnections", None, State::Stopped),
    ("listWorkspaceDefaults", "listStreamProcessors", None, State::Stopped),
    ("modifyStreamProcessor", "modifyStreamProcessor", None, State::Stopped),
    ("startStreamProcessor", "startStreamProcessor", Some("startStreamProcessor"), State::Stopped),
    ("getStreamProcessorStats", "streamProcessorStats", None, State::Started),
    ("startSampleStreamProcessor", "sampleStreamProcessor", Some(".sample()"), State::Started),
    ("getMoreSampleStreamProcessor", "sampleStreamProcessor", None, State::Started),
    ("processStreamProcessor", "processStreamProcessor", Some(".process()"), State::Started),
    ("stopStreamProcessor", "stopStreamProcessor", Some("stopStreamProcessor"), State::Started),
    ("dropStreamProcessor", "dropStreamProcessor", Some("dropStreamProcessor"), State::Stopped),
    (
        "createStreamProcessor",
        "createStreamProcessor",
        Some("createStreamProcessor"),
        State::Absent,
    ),
];

/// A user who has one role.
struct Holder {
    name: String,
    role: String,
    held: Vec<&'static Action>,
}

impl Holder {
    fn new(name: &str, role: String, held: impl IntoIterator<Item = &'static Action>) -> Self {
        Holder { name: format!("u-{name}"), role, held: held.into_iter().collect() }
    }

    fn may(&self, action: &str) -> bool {
        self.held.iter().any(|held| held.documented == action)
    }
}

/// Users of every kind, all restricted to the instance.
fn holders(endpoint: &Endpoint) -> Vec<Holder> {
    let mut holders = Vec::new();
    for action in ACTIONS {
        let role = format!("only-{}", action.documented);
        endpoint.role(&role, &[action.documented]);
        holders.push(Holder::new(action.documented, role, [action]));
    }
    let create = |line: String| drop(endpoint.run(&line).finish().exits(0));
    let start = actions::find("startStreamProcessor").expect("an action");
    create(format!("roles create heir --inherit only-{} --yes", start.documented));
    holders.push(Holder::new("heir", "heir".to_owned(), [start]));
    for preset in PRESETS {
        create(format!("roles create {0} --preset {0} --yes", preset.name));
        holders.push(Holder::new(preset.name, preset.name.to_owned(), preset.actions()));
    }
    for role in ROLES {
        let granted =
            if role.on_admin { role.name.to_owned() } else { format!("{}@shop", role.name) };
        holders.push(Holder::new(role.name, granted, actions::held_by(role.name)));
    }
    for holder in &holders {
        endpoint.user(&holder.name, &holder.role, "--instance orders");
    }
    holders
}

/// The processor `p`, which somebody who may do everything brings into the state that is needed.
pub struct Stage {
    wire: Wire,
    state: Option<State>,
}

impl Stage {
    /// Nothing is known of it yet.
    pub fn new(wire: Wire) -> Self {
        Stage { wire, state: None }
    }

    /// It may have changed.
    pub fn forget(&mut self) {
        self.state = None;
    }

    /// Sees to it that it is so.
    pub fn sets(&mut self, wanted: State) {
        if self.state.replace(wanted) == Some(wanted) {
            return;
        }
        self.wire.run(doc! { "dropStreamProcessor": "p" });
        let mut does =
            |command: Document| assert_eq!(ok(&self.wire.run(command.clone())), 1.0, "{command}");
        if wanted != State::Absent {
            does(doc! { "createStreamProcessor": "p", "pipeline": pipeline() });
        }
        if wanted == State::Started {
            does(doc! { "startStreamProcessor": "p" });
        }
    }
}

fn pipeline() -> Vec<Document> {
    vec![
        doc! { "$source": { "connectionName": "sample_stream_solar" } },
        doc! { "$emit": { "connectionName": "order-events", "topic": "p" } },
    ]
}

/// A command that goes through in its state.
pub fn document(command: &str) -> Document {
    match command {
        "createStreamProcessor" | "modifyStreamProcessor" => {
            doc! { command: "p", "pipeline": pipeline() }
        }
        "processStreamProcessor" => doc! { command: &pipeline()[..1] },
        "getMoreSampleStreamProcessor" => doc! { command: "p", "cursorId": 7_i64 },
        list if list.starts_with("list") => doc! { command: 1 },
        _ => doc! { command: "p" },
    }
}

/// Runs every command on a connection; what the log must have of it.
fn goes_through(
    wire: &mut Wire,
    who: &str,
    may: impl Fn(&str) -> bool,
    stage: &mut Stage,
) -> Vec<String> {
    let mut told = Vec::new();
    for (command, action, event, before) in CASES {
        stage.sets(before);
        let mut wanted = document(command);
        if command == "getMoreSampleStreamProcessor" && may(action) {
            let sampled = wire.run(document("startSampleStreamProcessor"));
            wanted.insert("cursorId", sampled.get("cursorId").cloned().unwrap_or(Bson::Null));
            told.push(".sample()".to_owned());
        }
        let answer = wire.run(wanted);
        if may(action) {
            assert_eq!(ok(&answer), 1.0, "{who}: {command}: {answer}");
            told.extend(event.map(str::to_owned));
            stage.forget();
        } else {
            let (code, text) = refusal(&answer);
            assert_eq!(code, 13, "{who}: {command}: {answer}");
            assert_eq!(answer.get_str("codeName").ok(), Some("Unauthorized"), "{answer}");
            let why = format!("not authorized: missing privilege for action {action} on resource");
            assert!(text.starts_with(&why), "{who}: {command}: {text}");
            told.extend(event.map(|event| format!("{event} 13")));
        }
    }
    told
}

#[test]
fn every_command_is_allowed_exactly_where_the_privileges_say() {
    let endpoint = Endpoint::start();
    let address = endpoint.address().parse().expect("an address");
    let signs_in = |name: &str| Wire::signed_in(address, name, PASSWORD);
    endpoint.user("ada", "atlasAdmin", "");
    let holders = holders(&endpoint);
    let names = holders.iter().map(|holder| format!("{}\n", holder.name)).collect::<String>();
    let mut stage = Stage::new(signs_in("ada"));
    let mut log: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut open = Vec::new();

    for scoped in [true, false] {
        if !scoped {
            let run = endpoint.run("users unrestrict - --yes").stdin(&names);
            run.finish().exits(0);
        }
        for holder in &holders {
            let mut wire = signs_in(&holder.name);
            let told = log.entry(&holder.name).or_default();
            told.push("authenticate".to_owned());
            told.extend(goes_through(&mut wire, &holder.name, |a| holder.may(a), &mut stage));
            if scoped {
                assert_eq!(ok(&wire.run(doc! { "logout": 1 })), 1.0);
                told.push("logout".to_owned());
            } else {
                open.push(wire);
            }
        }
    }

    // Restricted elsewhere: whoever is in may do nothing more, and nobody gets in.
    let run = endpoint.run("users restrict - --instance payments --yes").stdin(&names);
    run.finish().exits(0);
    for (holder, mut wire) in holders.iter().zip(open) {
        let told = log.entry(&holder.name).or_default();
        told.extend(goes_through(&mut wire, &holder.name, |_| false, &mut stage));
        let answer = Wire::connect(address).sign_in(&holder.name, PASSWORD);
        let (code, _) = refusal(&answer);
        assert_eq!(code, 18, "{}", holder.name);
        told.push("authenticate 18".to_owned());
    }
    let events = endpoint.log();
    for holder in &holders {
        let name = format!("admin.{}", holder.name);
        let seen = events.iter().filter(|(who, _)| *who == name).map(|(_, event)| event);
        // Connections that are dropped end when the server sees it.
        let seen: Vec<_> = seen.filter(|event| *event != "logout").cloned().collect();
        let mut wanted = log.remove(holder.name.as_str()).expect("it was there");
        wanted.retain(|event| event != "logout");
        assert_eq!(seen, wanted, "{}", holder.name);
    }
}

#[test]
fn the_table_of_this_test_is_complete() {
    for (command, action) in commands::all() {
        let row = CASES.iter().find(|(name, ..)| *name == command);
        assert_eq!(row.map(|(_, needed, ..)| *needed), Some(action.documented), "{command}");
    }
    assert_eq!(commands::all().count(), CASES.len());
}

#[test]
fn rights_count_from_the_moment_they_change() {
    let endpoint = Endpoint::start();
    let address = endpoint.address().parse().expect("an address");
    endpoint.role("watches", &["listStreamProcessors"]);
    endpoint.user("vic", "watches", "--instance orders");
    let mut vic = Wire::signed_in(address, "vic", PASSWORD);
    let mut stops = |code: Option<i32>| {
        let answer = vic.run(doc! { "stopStreamProcessor": "orders-to-shop" });
        assert_eq!(answer.get_i32("code").ok(), code, "{answer}");
    };
    let run = |line: &str| drop(endpoint.run(line).finish().exits(0));
    stops(Some(13));
    run("roles update watches --add-action stopStreamProcessor --yes");
    stops(None);
    // There is nothing to stop any more.
    stops(Some(125));
    run("roles update watches --remove-action stopStreamProcessor --yes");
    stops(Some(13));
    run("users grant vic --role readWriteAnyDatabase --yes");
    stops(Some(125));
    run("users delete vic --yes");
    stops(Some(13));
    let told = endpoint.audited("admin.vic");
    let refused = told.iter().filter(|event| *event == "stopStreamProcessor 13").count();
    assert_eq!(refused, 3, "{told:?}");
}
