//! Who may send which command, and what of it is written.

use bson::{Bson, Document, doc};

use super::{Connected, pipeline};
use crate::local::domain::users::{self, UserName};
use crate::local::wire::commands::catalogue;
use crate::privileges::catalogue::actions::ACTIONS;
use crate::privileges::catalogue::presets::PRESETS;

/// A command for every action, as it is sent for a processor that stands still.
fn command(name: &str) -> Document {
    let mut command = doc! { name: "p" };
    match name {
        "createStreamProcessor" => command.extend(doc! { "pipeline": pipeline() }),
        "processStreamProcessor" => command = doc! { name: pipeline() },
        "getMoreSampleStreamProcessor" => command.extend(doc! { "cursorId": 1_i64 }),
        _ => {}
    }
    command
}

#[tokio::test]
async fn every_command_needs_its_action_and_no_other() {
    let mut on = Connected::new("dave");
    let mut expected = Vec::new();
    for action in ACTIONS {
        on.add(action.documented, &[action.api], Some("orders")).await;
    }
    for (name, needed) in catalogue::all() {
        for action in ACTIONS {
            on = on.by(action.documented);
            let before = on.written().await.len();
            let answer = on.run(command(name)).await;
            let is_refused = answer.get("code") == Some(&Bson::Int32(13));
            assert_eq!(is_refused, action != needed, "{name} by {}: {answer}", action.documented);
            if !is_refused {
                on = on.by("dave");
                on.run(doc! { "dropStreamProcessor": "p" }).await;
                continue;
            }
            let text = answer.get_str("errmsg").unwrap();
            let missing = format!("missing privilege for action {} on", needed.documented);
            assert!(text.contains(&missing), "{text}");
            let written = on.written().await.split_off(before);
            expected.extend(written.into_iter().map(|line| (name, line)));
        }
    }
    // What the log holds of refusals: the commands that it holds when they are carried out.
    let mut names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    names.dedup();
    assert_eq!(
        names,
        [
            "createStreamProcessor",
            "startStreamProcessor",
            "stopStreamProcessor",
            "dropStreamProcessor",
            "startSampleStreamProcessor",
            "processStreamProcessor",
        ]
    );
    assert_eq!(expected.len(), names.len() * (ACTIONS.len() - 1));
    for (name, line) in expected {
        let what = match name {
            "startSampleStreamProcessor" => ".sample()",
            "processStreamProcessor" => ".process()",
            name => name,
        };
        let entity = if name == "processStreamProcessor" { "(ephemeral)" } else { "p" };
        assert!(line.starts_with(&format!("{what} admin.")), "{line}");
        assert!(line.ends_with(&format!(" 2 13 {entity}")), "{line}");
    }
}

#[tokio::test]
async fn presets_and_scopes_decide() {
    let mut on = Connected::new("dave");
    for preset in PRESETS {
        let actions: Vec<&str> = preset.actions().map(|action| action.api).collect();
        for (instance, name) in [("orders", "here"), ("payments", "elsewhere")] {
            on.add(&format!("{}-{name}", preset.name), &actions, Some(instance)).await;
        }
        for (name, needed) in catalogue::all() {
            for place in ["here", "elsewhere"] {
                on = on.by(&format!("{}-{place}", preset.name));
                let allowed = place == "here" && preset.actions().any(|action| action == needed);
                let code = on.run(command(name)).await.get_i32("code").unwrap_or_default();
                assert_eq!(code != 13, allowed, "{name} by {}, {place}", preset.name);
                on = on.by("dave");
                on.run(doc! { "dropStreamProcessor": "p" }).await;
            }
        }
    }
}

#[tokio::test]
async fn who_is_gone_may_nothing_more() {
    let mut on = Connected::new("frank");
    on.done(doc! { "listStreamProcessors": 1 }).await;
    on.meanwhile(|work, own| {
        users::delete(work, UserName { project: own.project, database: "admin", name: "frank" })
    })
    .await;
    assert!(on.refused(doc! { "listStreamProcessors": 1 }).await.starts_with("13 "));
}

#[tokio::test]
async fn processors_are_no_matter_of_a_database() {
    let mut on = Connected::new("dave");
    for (name, _) in catalogue::all() {
        let answer = on.run_on("test", command(name)).await;
        let text = format!("{name} may only be run against the admin database.");
        assert_eq!((&answer["code"], &answer["errmsg"]), (&13.into(), &text.into()));
    }
    assert!(on.written().await.is_empty());
}

#[tokio::test]
async fn nobody_is_told_anything() {
    let mut on = Connected::new("dave");
    on.session.user = None;
    for (name, _) in catalogue::all().chain([("find", &ACTIONS[0]), ("nonsense", &ACTIONS[0])]) {
        let text = on.refused(command(name)).await;
        assert_eq!(text, format!("13 Command {name} requires authentication"));
    }
    assert!(on.written().await.is_empty());
}
