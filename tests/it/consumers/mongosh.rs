//! MongoDB's shell, unmodified, at the endpoint of an instance: by scripts, and by a person who types.

use std::process::Command;

use serde_json::{Value, json};

use crate::consumers::{part, run};
use crate::endpoint::{Endpoint, SUBJECT};
use crate::readme;
use crate::run::Finished;
use crate::terminal::Terminal;

const SOURCE: &str = "{$source: {connectionName: 'sample_stream_solar'}}";
/// What is stored ends somewhere.
const SINK: &str = "{$emit: {connectionName: 'order-events', topic: 'solar'}}";

/// The instance `orders`, and the shell.
struct Shell {
    endpoint: Endpoint,
    program: std::path::PathBuf,
}

impl Shell {
    /// None where the shell is not there.
    fn new() -> Option<Self> {
        let program = part("node_modules/.bin/mongosh")?;
        let endpoint = Endpoint::start();
        endpoint.user("ada", "atlasAdmin", "--instance orders");
        endpoint.role("watches", &["listStreamProcessors", "listConnections"]);
        endpoint.user("vic", "watches", "--instance orders");
        Some(Shell { endpoint, program })
    }

    /// The shell, which asks nothing outside this machine.
    fn command(&self, uri: &str) -> Command {
        let settings = self.endpoint.lab.file(".mongodb/mongosh");
        std::fs::create_dir_all(&settings).expect("a directory");
        let offline =
            json!({ "enableTelemetry": false, "disableGreetingMessage": true, "updateURL": "" });
        std::fs::write(settings.join("config"), offline.to_string()).expect("a file");
        let mut command = Command::new(&self.program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.arg(uri).env_clear().env("PATH", path).env("HOME", self.endpoint.lab.home());
        command.current_dir(self.endpoint.lab.home());
        command
    }

    fn evaluates(&self, uri: &str, script: &str) -> Finished {
        run(self.command(uri).args(["--quiet", "--eval", script]), "")
    }

    /// What a script prints, line by line; `show` prints a value as JSON.
    fn prints(&self, uri: &str, script: &str) -> Vec<String> {
        let show = "const show = value => print(EJSON.stringify(value));";
        let out = self.evaluates(uri, &format!("{show}\n{script}")).exits(0).out();
        out.lines().map(str::to_owned).collect()
    }

    fn person(&self, user: &str) -> Terminal {
        let mut terminal = Terminal::begin(self.command(&self.endpoint.uri(user)));
        terminal.sees("test> ");
        terminal
    }
}

/// Fails if a person would take what is on the screen for a fault of the server.
#[track_caller]
fn is_clean(screen: &str) {
    for fault in
        ["Warning", "    at ", "TypeError", "MongoNetworkError", "MongoServerSelectionError"]
    {
        assert!(!screen.contains(fault), "{fault}:\n{screen}");
    }
}

#[test]
fn scripts_call_every_method() {
    let Some(shell) = Shell::new() else { return };
    let ada = shell.endpoint.uri("ada");
    let script = format!(
        "show(sp.listConnections({{name: 'shop'}}));
         show(Object.keys(sp.listWorkspaceDefaults()));
         sp.createStreamProcessor('solar', [{SOURCE}, {SINK}]);
         const state = () => sp.listStreamProcessors({{name: 'solar'}})[0].state;
         show(state());
         show(sp.solar.start().ok);
         show(state());
         sp.solar.sample({{limit: 2}});
         show(sp.solar.stats().stats.status);
         show(sp.solar.stop().ok);
         show(sp.solar.modify([{SOURCE}, {{$match: {{group_id: 1}}}}, {SINK}]).ok);
         show(sp.listStreamProcessors({{name: 'solar'}})[0].pipeline[1]);
         show(sp.solar.modify({{name: 'lunar'}}).ok);
         show(sp.lunar.drop().ok);
         show(sp.listStreamProcessors({{name: 'lunar'}}).length);"
    );
    let printed = shell.prints(&ada, &script);
    let (documents, rest): (Vec<_>, Vec<_>) = printed.into_iter().partition(|line| is_inside(line));
    let documents = documents.join("\n");
    assert_eq!(documents.matches("device_id:").count(), 2, "{documents}");
    let wanted = [
        r#"[{"name":"shop","type":"atlas","cluster":"shop-main"}]"#,
        r#"["defaultTierSize","maxTierSize","ok"]"#,
        r#""CREATED""#,
        "1",
        r#""STARTED""#,
        r#""running""#,
        "1",
        "1",
        r#"{"$match":{"group_id":1}}"#,
        "1",
        "1",
        "0",
    ];
    assert_eq!(rest, wanted);
}

/// Whether a line is of a document that the shell lays out over several.
fn is_inside(line: &str) -> bool {
    line == "{" || line == "}" || line.starts_with("  ")
}

#[test]
fn scripts_are_told_why_they_are_refused() {
    let Some(shell) = Shell::new() else { return };
    let vic = shell.endpoint.uri("vic");
    let refused = |script: &str| {
        let finished = shell.evaluates(&vic, script).exits(1);
        let text = finished.out() + &finished.err();
        assert!(!text.contains("    at "), "{text}");
        text
    };
    let said = |action: &str| {
        format!(
            "MongoServerError: not authorized: missing privilege for action {action} on resource"
        )
    };
    for (script, action) in [
        ("sp.solar.start()", "startStreamProcessor"),
        ("sp.solar.stop()", "stopStreamProcessor"),
        ("sp.solar.drop()", "dropStreamProcessor"),
        ("sp.solar.stats()", "streamProcessorStats"),
        ("sp.solar.sample()", "sampleStreamProcessor"),
        ("sp.solar.modify({tier: 'SP10'})", "modifyStreamProcessor"),
        (&format!("sp.process([{SOURCE}])"), "processStreamProcessor"),
        (
            &format!("sp.createStreamProcessor('solar', [{SOURCE}, {SINK}])"),
            "createStreamProcessor",
        ),
    ] {
        let text = refused(script);
        assert!(text.contains(&said(action)), "{script}: {text}");
    }
    let wrong = shell.evaluates(&shell.endpoint.uri_with("vic:wrong@"), "1").exits(1);
    let text = wrong.out() + &wrong.err();
    assert!(text.contains("MongoServerError: Authentication failed."), "{text}");
}

#[test]
fn a_certificate_signs_in() {
    let Some(shell) = Shell::new() else { return };
    let endpoint = &shell.endpoint;
    let create = ["--x509", "customer", "--role", "watches", "--instance", "orders", "--yes"];
    endpoint.run("users create").and(&[SUBJECT]).and(&create).finish().exits(0);
    let uri = endpoint.uri_of_certificate();
    let script = "show(db.runCommand({connectionStatus: 1}).authInfo.authenticatedUsers);
                  show(sp.listConnections({name: 'shop'}).length);";
    let user = format!(r#"[{{"user":"{SUBJECT}","db":"$external"}}]"#);
    assert_eq!(shell.prints(&uri, script), [user.as_str(), "1"]);
    let name = format!("$external.{SUBJECT}");
    let wanted = ["authenticate", "logout"];
    let told = endpoint.audited(&name);
    assert!(told.starts_with(&wanted.map(str::to_owned)[..1]), "{told:?}");
    // Without a certificate the same URI names nobody.
    let without = uri.replace("tlsCertificateKeyFile", "appName");
    shell.evaluates(&without, "1").exits(1);
}

/// What pages show with the shell; without it they are tested up to there.
#[test]
fn the_pages_show_what_happens() {
    if part("node_modules/.bin/mongosh").is_none() {
        return;
    }
    let page = include_str!("../../../docs/inside-an-instance.md");
    let run = readme::transcript("inside-an-instance.md", page);
    assert!(run >= 17, "the page has {run} commands");
    readme::transcript("README.md", include_str!("../../../README.md"));
}

/// The script of the page about CI, as it stands and for a role that allows more.
#[test]
fn the_script_for_ci_tests_roles() {
    if part("node_modules/.bin/mongosh").is_none() {
        return;
    }
    let page = include_str!("../../../docs/test-your-roles-in-ci.md");
    let script = readme::scripts(page).next().expect("a script");
    let printed = readme::run(script);
    assert!(printed.ends_with("exit 0\n"), "{printed}");
    assert_eq!(printed.matches("\nok: ").count(), 6, "{printed}");
    let wider = script.replace("--preset viewer", "--preset operator");
    assert_ne!(script, wider);
    let printed = readme::run(&wider);
    assert!(printed.ends_with("exit 1\n"), "{printed}");
    let failed: Vec<&str> = printed.lines().filter(|line| line.starts_with("FAILED")).collect();
    let wanted = [
        "FAILED: vic may, in orders: sp['orders-to-shop'].stop()",
        "FAILED: vic may, in orders: sp['order-totals'].start()",
    ];
    assert_eq!(failed, wanted, "{printed}");
}

#[test]
fn the_job_for_ci_has_the_shell_that_was_tried() {
    let page = include_str!("../../../docs/test-your-roles-in-ci.md");
    let job = page.split("```yaml\n").nth(1).and_then(|block| block.split("```").next());
    let job: Value = serde_saphyr::from_str(job.expect("a job")).expect("YAML");
    let steps = job["jobs"]["roles"]["steps"].as_array().expect("steps");
    let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let pinned = include_str!("../../../.ci/consumers").lines();
    let pinned = pinned.filter_map(|line| line.strip_prefix("mongosh ")).next().expect("a version");
    assert_eq!(runs.first(), Some(&format!("npm install --global mongosh@{pinned}").as_str()));
    assert_eq!(runs.last(), Some(&"sh test-roles.sh"));
}

#[test]
fn a_person_works_and_is_refused() {
    let Some(shell) = Shell::new() else { return };
    let mut vic = shell.person("vic");
    vic.answers("sp.listConnections({name: 'shop'})").sees("shop-main").sees("test> ");
    vic.answers("sp.listStreamProcessors({name: 'orders-to-shop'})").sees("STARTED").sees("test> ");
    vic.answers("sp['orders-to-shop'].stop()").sees("Unauthorized");
    vic.sees("not authorized: missing privilege for action stopStreamProcessor");
    vic.sees("test> ").answers("exit");
    is_clean(&vic.ends(0));
    let told = shell.endpoint.audited("admin.vic");
    assert_eq!(
        told.iter().filter(|event| *event == "stopStreamProcessor 13").count(),
        1,
        "{told:?}"
    );
}

#[test]
fn the_tabulator_completes_quietly() {
    let Some(shell) = Shell::new() else { return };
    let mut ada = shell.person("ada");
    for text in ["sp.", "sp.listC", "db.", "db.orders.", "db.orders.find({", "use ", "show "] {
        ada.presses(&format!("{text}\t\t")).sees(text);
        // Whatever it has asked for by then has been answered.
        std::thread::sleep(std::time::Duration::from_millis(500));
        ada.interrupts().sees("test> ");
    }
    ada.answers("print('still ' + 'here')").sees("still here").sees("test> ").answers("exit");
    is_clean(&ada.ends(0));
}

#[test]
fn control_c_ends_sampling_and_processing() {
    let Some(shell) = Shell::new() else { return };
    let mut ada = shell.person("ada");
    ada.answers(&format!("sp.createStreamProcessor('solar', [{SOURCE}, {SINK}])")).sees("test> ");
    ada.answers("sp.solar.start().ok").sees("1").sees("test> ");
    ada.answers("sp.solar.sample()").sees("device_id").sees("device_id");
    interrupt(&mut ada);
    // Connections are opened anew, and the processor goes on.
    ada.answers("sp.solar.stats().stats.status").sees("running").sees("test> ");
    ada.answers(&format!("sp.process([{SOURCE}])")).sees("device_id").sees("device_id");
    interrupt(&mut ada);
    ada.answers("sp.listStreamProcessors().map(p => p.name).join('+')");
    ada.sees("solar").sees("test> ").answers("sp.solar.stop().ok").sees("1").sees("test> ");
    ada.answers("exit");
    is_clean(&ada.ends(0));
    let told = shell.endpoint.audited("admin.ada");
    let acts: Vec<&str> =
        told.iter().map(String::as_str).filter(|event| !is_of_a_connection(event)).collect();
    let wanted = [
        "createStreamProcessor",
        "startStreamProcessor",
        ".sample()",
        ".process()",
        "dropStreamProcessor",
        "stopStreamProcessor",
    ];
    assert_eq!(acts, wanted);
    let count = |of: &str| told.iter().filter(|event| *event == of).count();
    // Every connection that signed in has ended.
    assert_eq!(count("authenticate"), count("logout"), "{told:?}");
    assert!(count("authenticate") >= 3, "{told:?}");
}

/// Presses Ctrl-C, and waits until the shell, which opens its connections anew, is itself again: it may
/// forget the line that comes right after its prompt.
fn interrupt(shell: &mut Terminal) {
    shell.interrupts().sees("Stopping execution").sees("test> ");
    std::thread::sleep(std::time::Duration::from_secs(2));
    shell.answers("1 + 1").sees("2").sees("test> ");
}

fn is_of_a_connection(event: &str) -> bool {
    event.starts_with("authenticate") || event.starts_with("logout")
}
