//! `spctl audit detect`: planted incidents, the quiet sample, rules that are told things, formats.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::net::IpAddr;

use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;
use spctl_planted::{Packing, Plan, Truth, pack};

use crate::canary::lines::OTHERS;
use crate::support::Lab;
use crate::tour;

/// A log in which an intruder guesses a password, or none does.
pub fn planted(lab: &Lab, name: &str, incident: bool) -> Truth {
    let plan = Plan { users: 8, processors: 40, incident, ..Plan::clean(8_000) };
    let file = File::create(lab.file(name)).unwrap();
    pack(&plan, Packing::Gzip { level: 1, member: Some(500_000) }, file).unwrap()
}

fn found(lab: &Lab, line: &str, code: i32) -> Vec<Value> {
    let rows = lab.typed(&format!("audit detect {line} -o json")).finish().exits(code).json();
    rows.as_array().unwrap().clone()
}

fn rules(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter().map(|row| row["rule"].as_str().unwrap()).collect()
}

#[test]
fn the_sample_has_one_administrator_and_nothing_else() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_OWNER");
    let run = || {
        let args = ["audit", "detect", "orders", "payments", "telemetry", "-o", "json"];
        let rows = lab.with_key(&key, args).finish().exits(3).json();
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 1, "{rows:#?}");
        (rows[0]["rule"].clone(), rows[0]["users"].clone(), rows[0]["fingerprint"].clone())
    };
    let first = run();
    assert_eq!((&first.0, &first.1), (&json!("administrator-activity"), &json!(["admin.dave"])));
    // That the log has been read by this key meanwhile is no news, and the finding is the same.
    assert_eq!(run(), first);
}

#[test]
fn a_planted_incident_is_found_with_the_lines_that_prove_it() {
    let lab = Lab::new();
    let truth = planted(&lab, "log.gz", true);
    let incident = truth.incident.unwrap();
    let rows = found(&lab, "./log.gz", 3);
    let of = |rule: &str| -> &Value {
        let is_it = |row: &&Value| {
            let ips = row["addresses"].as_array().unwrap();
            row["rule"] == rule && ips.contains(&json!(incident.ip))
        };
        let found: Vec<&Value> = rows.iter().filter(is_it).collect();
        assert_eq!(found.len(), 1, "{rule}: {rows:#?}");
        found[0]
    };
    assert_eq!(of("failed-logons-by-address")["count"], incident.refused);
    assert_eq!(of("logon-after-failures")["severity"], "critical");
    assert_eq!(of("logon-after-failures")["users"], json!([incident.user]));
    assert_eq!(of("drop-burst")["count"], incident.dropped);
    assert_eq!(of("drop-burst")["users"], json!([incident.user]));
    assert_eq!(of("new-log-reader")["users"], json!([incident.user]));
    of("first-seen-address");
    assert!(rules(&rows).contains("denied-then-allowed"));
    assert_eq!(rows[0]["rule"], "logon-after-failures", "the gravest comes first");

    // Each line that is named says so.
    let mut text = String::new();
    let file = File::open(lab.file("log.gz")).unwrap();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut seen = 0;
    for row in &rows {
        let (users, ips) = (row["users"].as_array().unwrap(), row["addresses"].as_array().unwrap());
        let evidence = row["evidence"].as_array().unwrap();
        assert!((1..=5).contains(&evidence.len()), "{row:#}");
        for at in evidence.iter().filter(|_| row["rule"] != "events-before-gap") {
            assert_eq!(at["file"], "./log.gz");
            let number = at["line"].as_u64().unwrap() as usize;
            let event: Value = serde_json::from_str(lines[number - 1]).unwrap();
            let user =
                if event["actor"].is_null() { &event["user"] } else { &event["actor"]["user"] };
            // Failures before a logon may be after several users.
            let is_among = row["rule"] == "logon-after-failures" || users.contains(&user["name"]);
            assert!(is_among, "{row:#} {event}");
            let address = |text: &Value| text.as_str().unwrap().parse::<IpAddr>().unwrap();
            let ip = address(&event["src_endpoint"]["ip"]);
            assert!(ips.iter().any(|one| address(one) == ip), "{row:#} {event}");
            let time = event["time"].as_i64().unwrap() / 1000;
            let said: jiff::Timestamp = at["time"].as_str().unwrap().parse().unwrap();
            assert!((said.as_second() - time).abs() <= 1, "{at} {event}");
            seen += 1;
        }
    }
    assert!(seen > 10);

    // The line to go on with shows what the intruder did.
    let next = of("drop-burst")["next"].as_str().unwrap().strip_prefix("spctl ").unwrap();
    let shown = lab.typed(&format!("{} --event dropStreamProcessor --raw", next)).finish();
    let shown = shown.exits(0).out();
    assert!(shown.lines().count() as u64 >= incident.dropped, "{shown}");
    assert!(shown.lines().all(|line| line.contains(&incident.ip)), "{shown}");
}

#[test]
fn without_an_intruder_there_is_nothing_of_the_kind() {
    let lab = Lab::new();
    planted(&lab, "log.gz", false);
    let rows = found(&lab, "log.gz", 3);
    // Whom the generator denies something at random, and the administrator among its people.
    let usual = BTreeSet::from(["administrator-activity", "denied-then-allowed"]);
    assert!(rules(&rows).is_subset(&usual), "{rows:#?}");
}

#[test]
fn splitting_the_log_into_files_changes_no_finding() {
    let lab = Lab::new();
    planted(&lab, "whole.gz", true);
    let mut text = String::new();
    let file = File::open(lab.file("whole.gz")).unwrap();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    let parts = lab.file("parts/instance=orders");
    let whole = lab.file("whole/instance=orders");
    for dir in [&parts, &whole] {
        fs::create_dir_all(dir).unwrap();
    }
    fs::write(whole.join("all.ndjson"), &text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for part in 0..7 {
        let own = lines.iter().skip(part).step_by(7).rev();
        let own: String = own.map(|line| format!("{line}\n")).collect();
        fs::write(parts.join(format!("{part}.ndjson")), own).unwrap();
    }
    let of = |dir: &str| {
        let row =
            |row: Value| (row["fingerprint"].clone(), row["summary"].clone(), row["count"].clone());
        found(&lab, dir, 3).into_iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(of("./parts"), of("./whole"));
}

/// A line of a log, so many hours after the year 2100 began.
fn line(hour: i64, user: &str, ip: &str, act: &str) -> String {
    let event = json!({
        "class_uid": 3002,
        "time": 4_102_444_800_000_i64 + hour * 3_600_000,
        "status_id": 1,
        "metadata": {"version": "1.1.0", "product": {"name": "x"}},
        "actor": {"user": {"name": user}},
        "src_endpoint": {"ip": ip},
        "unmapped": {"atype": act},
    });
    format!("{event}\n")
}

#[test]
fn who_is_gone_is_told_by_the_project_and_by_records() {
    let lab = Lab::ticking();
    let all: String = (0..100)
        .flat_map(|hour| {
            ["admin.alice", "admin.bob", "admin.erin"]
                .map(|user| line(hour, user, "192.0.2.1", "authenticate"))
        })
        .collect();
    fs::write(lab.file("log.ndjson"), all).unwrap();
    let of = |line: &str, code| {
        let rows = found(&lab, &format!("./log.ndjson {line}"), code);
        let text = |row: Value| {
            assert_eq!(row["rule"], "unknown-user");
            (
                row["users"][0].as_str().unwrap().to_owned(),
                row["severity"].as_str().unwrap().to_owned(),
            )
        };
        rows.into_iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(of("", 0), []);
    lab.typed("users delete bob --yes").finish().exits(0);
    assert_eq!(of("", 3), [("admin.bob".to_owned(), "high".to_owned())]);
    lab.typed("users lock alice --record record.json --yes").finish().exits(0);
    assert_eq!(of("", 3).len(), 1);
    let both = of("--locked record.json", 3);
    assert!(both.contains(&("admin.alice".to_owned(), "high".to_owned())), "{both:?}");
    assert_eq!(both.len(), 2);
    lab.typed("users unlock --from record.json --generate-password --password-file p --yes")
        .finish()
        .exits(0);
    assert_eq!(of("--locked record.json", 3).len(), 1);

    // Where the project cannot be asked, the rule says why, and the others look.
    let run = lab.typed("audit detect ./log.ndjson --project nosuch").finish().exits(0);
    assert!(run.err().contains("unknown-user was skipped: the project's users"), "{}", run.shown());
    assert!(run.err().contains("nothing was found"), "{}", run.shown());
    let run = lab.typed("audit detect ./log.ndjson --locked log.ndjson").finish().exits(2);
    assert!(
        run.err().contains("no record") || run.err().contains("not a record"),
        "{}",
        run.shown()
    );
}

#[test]
fn an_earlier_log_shows_what_is_usual() {
    let lab = Lab::new();
    let day: String =
        (0..24).map(|hour| line(hour, "admin.alice", "192.0.2.1", "authenticate")).collect();
    let next = line(30, "admin.bob", "192.0.2.77", "authenticate");
    fs::write(lab.file("both.ndjson"), format!("{day}{next}")).unwrap();
    fs::write(lab.file("next.ndjson"), next).unwrap();
    fs::write(lab.file("day.ndjson"), day).unwrap();
    let new = ["first-seen-user", "first-seen-address"];
    for (args, wanted) in [
        ("./next.ndjson", &[][..]),
        ("./next.ndjson --baseline ./day.ndjson", &new[..]),
        ("./next.ndjson --baseline ./both.ndjson", &[]),
        // Of the same log, what came before the range.
        ("./both.ndjson --since 2100-01-02 --baseline ./both.ndjson", &new),
        ("./both.ndjson", &[]),
        ("./both.ndjson --learn 24h", &new),
        ("./both.ndjson --learn 2d", &[]),
    ] {
        let rows = found(&lab, args, if wanted.is_empty() { 0 } else { 3 });
        assert_eq!(rules(&rows), wanted.iter().copied().collect(), "{args}");
    }
    let short = lab.typed("audit detect ./both.ndjson").finish().exits(0).err();
    assert!(short.contains("first-seen-user was skipped: the log covers less than 2d"), "{short}");
    let wrong = lab.typed("audit detect ./both.ndjson --learn soon").finish().exits(2).err();
    assert!(wrong.contains("\"soon\" is no span"), "{wrong}");
    let both = fs::read(lab.file("both.ndjson")).unwrap();
    let piped = |sources: &[&str]| lab.bare(["audit", "detect"]).and(sources).stdin(&both).finish();
    let twice = piped(&["-", "--baseline", "-"]).exits(2).err();
    assert!(twice.contains("stdin is both the log and its baseline"), "{twice}");
    piped(&["./next.ndjson", "--baseline", "-"]).exits(0);
    piped(&["-", "--baseline", "./day.ndjson"]).exits(3);
}

#[test]
fn the_line_to_go_on_with_works_for_names_that_look_like_options() {
    let lab = Lab::new();
    fs::write(lab.file("day.ndjson"), line(0, "admin.a", "192.0.2.1", "authenticate")).unwrap();
    let odd = line(30, "--locked", "192.0.2.1", "authenticate");
    fs::write(lab.file("next.ndjson"), &odd).unwrap();
    let rows = found(&lab, "./next.ndjson --baseline ./day.ndjson", 3);
    assert_eq!(rules(&rows), BTreeSet::from(["first-seen-user"]));
    let words = shell_words::split(rows[0]["next"].as_str().unwrap()).unwrap();
    let words: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    assert_eq!(lab.bare([]).and(&words).and(&["--raw"]).finish().exits(0).out(), odd);
}

#[test]
fn the_line_to_go_on_with_can_be_pasted_whatever_a_user_is_called() {
    let lab = Lab::new();
    fs::write(lab.file("day.ndjson"), line(0, "admin.a", "192.0.2.1", "authenticate")).unwrap();
    for name in ["admin.a\u{7f}7", "\u{202e}\u{a0}it's \\ \u{1b}[1m", "a\tb\nc\u{200b}", "--x\u{1}"]
    {
        let odd = line(30, name, "192.0.2.1", "authenticate");
        fs::write(lab.file("next.ndjson"), &odd).unwrap();
        let run = lab.typed("audit detect ./next.ndjson --baseline ./day.ndjson").finish().exits(3);
        let hint = run.err();
        let hint = hint.lines().find_map(|line| line.strip_prefix("hint: spctl audit show "));
        let hint = hint.unwrap_or_else(|| panic!("{}", run.shown()));
        assert!(!hint.contains("\\u{"), "{hint}");
        let bash = std::process::Command::new("bash")
            .args(["-c", &format!("printf '%s\\0' {hint}")])
            .output()
            .unwrap();
        let words = String::from_utf8(bash.stdout).unwrap();
        let words: Vec<&str> = words.split_terminator('\0').collect();
        let found = lab.bare(["audit", "show"]).and(&words).and(&["--raw"]).finish().exits(0);
        assert_eq!(found.out(), odd);
    }
    // What no command line can hold is not asked for.
    fs::write(lab.file("next.ndjson"), line(30, "a\0b", "192.0.2.1", "authenticate")).unwrap();
    let rows = found(&lab, "./next.ndjson --baseline ./day.ndjson", 3);
    let next = rows[0]["next"].as_str().unwrap();
    assert!(!next.contains("--user") && next.contains("--ip 192.0.2.1"), "{next}");
    // A file whose name looks like an option was named behind `--`.
    fs::write(lab.file("-x.log"), line(30, "admin.b", "192.0.2.1", "authenticate")).unwrap();
    let args = ["audit", "detect", "--baseline", "./day.ndjson", "-o", "json", "--", "-x.log"];
    let rows = lab.bare(args).finish().exits(3).json();
    let next = rows[0]["next"].as_str().unwrap();
    assert!(next.contains(" ./-x.log --user admin.b "), "{next}");
}

#[test]
fn what_is_in_two_logs_happened_once() {
    let lab = Lab::new();
    // Six failed logons: twice as many would be a burst.
    let failed = |hour: i64, port: u32| {
        let line = line(hour, "admin.alice", "192.0.2.1", "authenticate");
        let line = line.replace("\"status_id\":1", "\"status_id\":2");
        line.replace("\"192.0.2.1\"", &format!("\"192.0.2.1\",\"port\":{port}"))
    };
    let day = |from: i64, until: i64| -> String {
        let six = |hour: i64| (0..6).map(move |port| failed(hour, port)).collect::<String>();
        (from..until).map(six).collect()
    };
    fs::write(lab.file("week.ndjson"), day(0, 24)).unwrap();
    fs::write(lab.file("copy.log"), day(12, 36)).unwrap();
    let archive = lab.file("archive/instance=orders/day=2100-01-01");
    fs::create_dir_all(&archive).unwrap();
    fs::write(archive.join("1.ndjson"), day(0, 36)).unwrap();
    fs::write(lab.file("alone.log"), day(0, 36)).unwrap();
    let burst = |run: &str| {
        let rows = lab.typed(&format!("audit detect {run} -o json")).finish();
        let rows = rows.json();
        rows.as_array().unwrap().iter().any(|row| row["rule"] == "failed-logons-by-address")
    };
    assert!(!burst("./alone.log"));
    for sources in
        ["./week.ndjson ./copy.log", "./copy.log ./alone.log ./week.ndjson", "./archive ./copy.log"]
    {
        assert!(!burst(sources), "{sources}");
        let run = lab.typed(&format!("audit detect {sources}")).finish().exits(0);
        assert!(run.err().contains("hold the same events"), "{}", run.shown());
        assert!(run.err().contains("that are in both count once"), "{}", run.shown());
        let counted = lab.typed(&format!("audit summary {sources} --by outcome -o json")).finish();
        assert_eq!(counted.exits(0).json()[0]["count"], 36 * 6, "{sources}");
    }
    // Genuine twins of one log stay.
    fs::write(lab.file("twice.log"), day(0, 24).repeat(2)).unwrap();
    assert!(burst("./twice.log"));
    assert!(burst("./twice.log ./week.ndjson"));
    let apart = lab.typed("audit summary ./week.ndjson ./twice.log --by outcome -o json").finish();
    assert_eq!(apart.exits(0).json()[0]["count"], 2 * 24 * 6);
    // What comes from stdin cannot be read again, and that is told.
    let stdin = fs::read(lab.file("week.ndjson")).unwrap();
    let piped = lab.bare(["audit", "detect", "-", "./copy.log"]).stdin(&stdin).finish();
    assert!(piped.err().contains("which are counted for each"), "{}", piped.shown());
    assert!(piped.err().contains("save stdin in a file"), "{}", piped.shown());
}

#[test]
fn a_baseline_that_holds_the_log_is_told() {
    let lab = Lab::new();
    let day: String =
        (0..24).map(|hour| line(hour, "admin.alice", "192.0.2.1", "authenticate")).collect();
    let next = line(30, "admin.bob", "192.0.2.77", "authenticate");
    fs::write(lab.file("both.ndjson"), format!("{day}{next}")).unwrap();
    fs::write(lab.file("next.ndjson"), &next).unwrap();
    fs::write(lab.file("day.ndjson"), day).unwrap();
    let told = |args: &str, code: i32| {
        lab.typed(&format!("audit detect {args}")).finish().exits(code).err()
    };
    for (covered, code) in [
        ("./both.ndjson --baseline ./both.ndjson", 0),
        ("./day.ndjson --baseline ./next.ndjson", 3),
    ] {
        let said = told(covered, code);
        let goes_on = "the baseline goes on until 2100-01-02T06:00:00Z";
        assert!(said.contains(goes_on) && said.contains("first-seen-address"), "{said}");
        assert!(said.contains("--since MOMENT"), "{said}");
        assert!(!said.contains("  time of"), "{said}");
    }
    for earlier in [
        "./next.ndjson --baseline ./day.ndjson",
        "./both.ndjson --since 2100-01-02 --baseline ./both.ndjson",
    ] {
        let said = told(earlier, 3);
        assert!(!said.contains("the baseline goes on"), "{said}");
    }
    // Nobody is told of rules that are off.
    let off = "[first-seen-user]\nenabled = false\n[first-seen-address]\nenabled = false\n\
               [new-log-reader]\nenabled = false\n";
    fs::write(lab.file("off.toml"), off).unwrap();
    let said = told("./both.ndjson --baseline ./both.ndjson --rules off.toml", 0);
    assert!(!said.contains("the baseline goes on"), "{said}");
}

#[test]
fn a_damaged_baseline_ends_it_without_an_answer_and_says_so() {
    let lab = Lab::new();
    planted(&lab, "log.gz", true);
    let mut cut = fs::read(lab.file("log.gz")).unwrap();
    cut.truncate(cut.len() / 2);
    fs::write(lab.file("cut.gz"), cut).unwrap();
    for (baseline, code, said) in [
        ("./cut.gz", 1, "error: --baseline: ./cut.gz: cannot be read beyond"),
        ("./missing.gz", 5, "error: --baseline: "),
    ] {
        let run = lab.typed(&format!("audit detect ./log.gz --baseline {baseline}")).finish();
        let run = run.exits(code);
        assert!(run.stdout.is_empty() && run.err().contains(said), "{}", run.shown());
        assert!(run.err().contains("nothing was looked for"), "{}", run.shown());
        assert!(!run.err().contains("the answer holds"), "{}", run.shown());
    }
    // Of the log itself, what came before is looked at.
    let run = lab.typed("audit detect ./cut.gz").finish().exits(1);
    assert!(run.err().contains("the answer holds what came before"), "{}", run.shown());
}

#[test]
fn a_file_of_rules_is_obeyed_and_its_faults_are_named() {
    let lab = Lab::new();
    planted(&lab, "log.gz", true);
    let told = |text: &str, code| {
        fs::write(lab.file("rules.toml"), text).unwrap();
        lab.typed("audit detect ./log.gz --rules rules.toml -o json").finish().exits(code)
    };
    let of = |text: &str| {
        let rows = told(text, 3).json();
        rules(rows.as_array().unwrap()).into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let all = of("# nothing is set\n");
    assert!(all.contains("drop-burst") && all.contains("denied-then-allowed"), "{all:?}");
    let fewer = of("
        learn = '25d'  # all of it
        [drop-burst]
        count = 50
        [denied-then-allowed]
        enabled = false
        [administrator-activity]
        except-users = ['dave*']
        [failed-logons-by-address]
        severity = 'critical'
    ");
    let wanted = ["failed-logons-by-address", "logon-after-failures"].map(str::to_owned);
    assert_eq!(fewer, BTreeSet::from(wanted));

    for (text, said) in [
        (
            "\n[drop-bursts]\ncount = 3\n",
            ["rules.toml:2: there is no rule \"drop-bursts\"", "did you mean drop-burst?"],
        ),
        (
            "[drop-burst]\ncuont = 3\n",
            ["rules.toml:2: drop-burst has no setting \"cuont\"", "did you mean count?"],
        ),
        (
            "[drop-burst]\nenabeld = false\n",
            ["drop-burst has no setting \"enabeld\"", "did you mean enabled?"],
        ),
        (
            "[drop-burst]\nwithin = 10\n",
            ["rules.toml:2: drop-burst: within has to be a span", "\"10m\""],
        ),
        (
            "[drop-burst]\n\ncount = 0\n",
            ["rules.toml:3: drop-burst: count has to be a number of at least 1", "3"],
        ),
        (
            "[drop-burst]\nexcept-addresses = ['10.0.0.0/99']\n",
            ["\"10.0.0.0/99\" is neither", "except-addresses"],
        ),
        (
            "[drop-burst]\nexcept-users = ['']\n",
            ["rules.toml:2: drop-burst: except-users has to be a list of names", "names nobody"],
        ),
        ("count = 3\n", ["rules.toml:1: \"count\" stands outside a rule's table", "[RULE]"]),
        ("learn = 7\n", ["rules.toml:1: learn has to be a span", "\"7d\""]),
        ("[drop-burst\n", ["rules.toml:1: it is not TOML", ""]),
    ] {
        let finished = told(text, 2);
        assert!(
            said.iter().all(|part| finished.err().replace('\\', "").contains(part)),
            "{}",
            finished.shown()
        );
        assert!(finished.stdout.is_empty());
    }
    let missing = lab.typed("audit detect ./log.gz --rules nosuch.toml").finish().exits(2);
    assert!(missing.err().contains("nosuch.toml"), "{}", missing.shown());
}

#[test]
fn every_rule_is_explained() {
    let lab = Lab::new();
    let ids = lab.typed("audit detect --explain -q").finish().exits(0).out();
    assert!(ids.lines().count() >= 11, "{ids}");
    for id in ids.lines() {
        let page =
            lab.typed(&format!("audit detect --explain {id} -o json")).finish().exits(0).json();
        for part in ["what", "why", "normal", "tuning", "falsePositives", "cannotBeSeen"] {
            assert!(page[part].as_str().unwrap().len() > 40, "{id} {part}");
        }
        assert!(page["settings"].as_array().unwrap().len() >= 4);
        let text = lab.typed(&format!("audit detect --explain {id}")).finish().exits(0).out();
        assert!(text.starts_with(&format!("rule\t{id}\n")), "{text}");
    }
    let wrong = lab.typed("audit detect --explain drop-brust").finish().exits(2).err();
    assert!(wrong.contains("did you mean drop-burst?"), "{wrong}");
    // A log that is named and not looked at would pass for one in which nothing was found.
    for line in ["./log.gz --explain", "--explain drop-burst ./log.gz"] {
        let refused = lab.typed(&format!("audit detect {line}")).finish().exits(2).err();
        assert!(refused.contains("cannot be used with"), "{refused}");
    }
}

#[test]
fn findings_are_written_in_every_format() {
    let lab = Lab::new();
    planted(&lab, "log.gz", true);
    let run =
        |format: &str| lab.typed(&format!("audit detect ./log.gz {format}")).finish().exits(3);
    let rows = run("-o json").json();
    let count = rows.as_array().unwrap().len();
    let prints: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), count, "fingerprints differ");
    assert_eq!(run("-q").out().lines().collect::<Vec<_>>(), prints);
    assert_eq!(run("-o ndjson").out().lines().count(), count);
    assert_eq!(run("").out().lines().count(), count);
    assert!(run("-o csv").out().starts_with("severity,last,rule,finding,evidence\n"));
    let sarif = run("-o sarif").json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of_sarif =
        results.iter().map(|r| r["partialFingerprints"]["spctlFinding/v1"].as_str().unwrap());
    assert_eq!(of_sarif.collect::<Vec<_>>(), prints);
    let ocsf = run("-o ocsf").out();
    let of_ocsf = ocsf.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let of_ocsf: Vec<String> =
        of_ocsf.map(|event| event["finding_info"]["uid"].as_str().unwrap().to_owned()).collect();
    assert_eq!(of_ocsf, prints);
    // With nothing to be found there is a whole document all the same.
    fs::write(lab.file("empty.log"), "").unwrap();
    let empty = lab.typed("audit detect ./empty.log -o sarif").finish().exits(0);
    assert_eq!(empty.json()["runs"][0]["results"], json!([]));
    assert!(empty.err().contains("nothing was found"), "{}", empty.shown());
    for wrong in ["--columns rule", "--jq ."] {
        for format in ["sarif", "ocsf", "yaml"] {
            let line = format!("audit detect ./empty.log -o {format} {wrong}");
            let refused = lab.typed(&line).finish().exits(2).err();
            // What a hint names has to work with the rest of the line.
            assert!(!refused.contains("with --jq"), "{refused}");
        }
    }
}

#[test]
fn commands_without_findings_refuse_the_formats_of_findings() {
    let lab = Lab::new();
    let tours = tour::NOUNS.iter().flat_map(|steps| steps.iter().map(|(_, line)| *line));
    let others = OTHERS.iter().copied();
    let more =
        ["local status", "local clock show", "ips targets", "roles actions", "roles presets"];
    let explain =
        ["audit detect --explain", "audit detect --explain drop-burst", "lint --explain SP101"];
    let lines = tours.chain(others).chain(more).chain(explain);
    let mut count = 0;
    let has_findings = |line: &&str| {
        ["audit detect", "lint"].iter().any(|begin| line.starts_with(begin))
            && !line.contains("--explain")
    };
    for line in lines.filter(|line| !has_findings(line)) {
        let format = ["sarif", "ocsf", "junit"][count % 3];
        let run =
            tour::typed(&lab, &line.replace("@member", "m")).and(&["-o", format]).finish().exits(2);
        assert!(run.err().contains("formats of findings"), "{}", run.shown());
        assert!(run.stdout.is_empty(), "{}", run.shown());
        count += 1;
    }
    assert!(count > 100, "{count}");
    assert!(lab.requests().is_empty(), "nothing was sent");
    let set = lab.typed("profiles set output=sarif").finish().exits(2);
    assert!(set.err().contains("use table, json"), "{}", set.shown());
}
