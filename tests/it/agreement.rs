//! What is shown of a change and what is sent agree, for every operation that changes something.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::Finished;
use crate::support::Lab;
use crate::tour::{NOUNS, typed};

/// What stands for a secret.
const MASK: &str = "***";

/// The requests that a dry run prints: method, path, body.
fn printed(dry: &Finished) -> Vec<(String, String, Value)> {
    let request = |line: &str| {
        let mut parts = line.splitn(3, '\t').map(str::to_owned);
        let (method, path) = (parts.next().expect("a method"), parts.next().expect("a path"));
        let body = parts.next().filter(|body| !body.is_empty());
        let body = body.map_or(Value::Null, |body| serde_json::from_str(&body).expect("JSON"));
        (method, path, body)
    };
    dry.out().lines().map(request).collect()
}

/// Whether a body was sent as it was shown; a secret is shown by its mask.
fn agree(shown: &Value, sent: &Value) -> bool {
    match (shown, sent) {
        (Value::Object(shown), Value::Object(sent)) => {
            shown.len() == sent.len()
                && shown
                    .iter()
                    .all(|(key, value)| sent.get(key).is_some_and(|sent| agree(value, sent)))
        }
        (Value::Array(shown), Value::Array(sent)) => {
            shown.len() == sent.len() && shown.iter().zip(sent).all(|(s, t)| agree(s, t))
        }
        (Value::String(shown), Value::String(_)) if shown.contains(MASK) => true,
        (shown, sent) => shown == sent,
    }
}

#[test]
fn what_a_plan_shows_is_what_is_sent() {
    let mut changed = BTreeSet::new();
    for steps in NOUNS {
        let lab = Lab::ticking();
        for (operation, line) in *steps {
            if !line.contains(" --yes") {
                typed(&lab, line).finish().exits(0);
                continue;
            }
            let dry = typed(&lab, &line.replace(" --yes", " --dry-run")).finish().exits(0);
            let reads = lab.exchanges().into_iter().all(|e| e.method == "GET");
            assert!(reads, "a dry run only reads: {}", dry.shown());
            let mut shown = printed(&dry);
            let real = typed(&lab, line).finish().exits(0);
            let sent = lab.exchanges().into_iter().filter(|e| e.method != "GET");
            let mut sent: Vec<_> = sent
                .map(|e| {
                    let body = serde_json::from_slice(&e.request_body).unwrap_or(Value::Null);
                    (e.method.clone(), e.target.clone(), body)
                })
                .collect();
            shown.sort_by_key(|(method, path, _)| (method.clone(), path.clone()));
            sent.sort_by_key(|(method, path, _)| (method.clone(), path.clone()));
            let same = shown.len() == sent.len()
                && shown.iter().zip(&sent).all(|(shown, sent)| {
                    shown.0 == sent.0 && shown.1 == sent.1 && agree(&shown.2, &sent.2)
                });
            assert!(same && !sent.is_empty(), "{line}\nshown {shown:?}\nsent {sent:?}");
            // The preview of the change that is made is the one that was shown without making it.
            let (before, made) = (dry.err(), real.err());
            for fact in before.lines().filter(|line| line.starts_with("  ")) {
                assert!(made.contains(fact), "{fact}\n{}", real.shown());
            }
            changed.insert(*operation);
        }
    }
    assert!(changed.len() > 35, "{changed:?}");
}
