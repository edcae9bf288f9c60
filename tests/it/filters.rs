//! `--jq` filters that are too deep, or have no end.

use std::io::{BufRead, BufReader, Read};
use std::thread::sleep;
use std::time::Duration;

use spctl::local::RateLimits;

use crate::run::{Run, signal, wait};
use crate::support::Lab;

fn filtered(lab: &Lab, line: &str, filter: &str) -> Run {
    lab.typed(line).and(&["--jq", filter])
}

#[test]
fn a_filter_that_is_too_deep_is_a_usage_error() {
    let lab = Lab::new();
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}1{}", open.repeat(times), close.repeat(times))
    };
    for (open, close) in [("(", ")"), ("[", "]"), ("{a:", "}"), ("\"\\(", ")\""), ("[.[0", "]]")] {
        for times in [300, 10_000] {
            let filter = deep(open, close, times);
            let refused = filtered(&lab, "instances list", &filter).finish().exits(2);
            assert!(refused.err().contains("nested more than 256 deep"), "{:.300}", refused.err());
        }
    }
    let links = [
        "1+",
        "1-",
        "- ",
        "try ",
        "1|",
        "1,",
        "1//",
        "1 and ",
        "1==",
        "1*",
        ".a?|",
        "1 as $x|",
        "def f: 1; ",
        "label $a|",
        "if 1 then ",
        "reduce 1 as $x (0; ",
        "not|",
    ];
    for link in links {
        let filter = format!("{}1", link.repeat(100_000 / link.len()));
        filtered(&lab, "instances list", &filter).finish().exits(2);
    }
    assert_eq!(lab.requests(), Vec::<String>::new(), "a filter is checked before anything is sent");
}

#[test]
fn a_filter_that_is_deep_enough_is_run() {
    let lab = Lab::new();
    let run = |filter: String| filtered(&lab, "instances list", &filter).finish().exits(0).out();
    assert_eq!(run(format!("{}1{}", "(".repeat(250), ")".repeat(250))), "1\n");
    assert_eq!(run(format!("{}1", "1+".repeat(900))), "901\n");
    assert_eq!(run(format!("{}1", "try ".repeat(1_500))), "1\n");
    assert_eq!(run("[limit(3; repeat(1))] | length".to_owned()), "3\n");
    assert_eq!(run("reduce range(10000) as $i (0; . + $i)".to_owned()), "49995000\n");
}

#[test]
fn a_text_that_is_read_as_json_has_the_same_limits() {
    let lab = Lab::new();
    let run = |filter: &str| filtered(&lab, "instances list", filter).finish();
    let numbers = run(r#""[1, {\"a\": 2}] 3" | fromjson | tojson"#).exits(0);
    assert_eq!(numbers.out(), "[1,{\"a\":2}]\n3\n");
    run("1 | fromjson").exits(1);
    run(r#""[1" | fromjson"#).exits(1);
    for deep in [r#""[" * 1000000 | fromjson"#, r##""#\"\n" + "[" * 1000000 | fromjson"##] {
        let refused = run(deep).exits(1);
        assert!(refused.err().contains("nested more than 512 deep"), "{}", refused.shown());
    }
    let escapes = format!("\"{}\" | length", "\\n".repeat(60_000));
    run(&escapes).exits(2);
}

/// Interrupts a filter once it runs; returns its stdout.
fn interrupted(lab: &Lab, run: &Run, name: &str) -> String {
    let mut child = run.command().spawn().expect("the binary starts");
    drop(child.stdin.take());
    let mut stdout = child.stdout.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        // Slowly, so that the writer is in the middle of a write when the signal comes.
        let mut piece = [0; 1000];
        while let Ok(read @ 1..) = stdout.read(&mut piece) {
            text.push_str(str::from_utf8(&piece[..read]).expect("ASCII"));
            sleep(Duration::from_micros(200));
        }
        text
    });
    while lab.requests().is_empty() {
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(700));
    signal(&child, name);
    let code = wait(&mut child);
    // A shell says 130 of a process that ended by the signal, too.
    assert!(matches!(code, Some(130) | None), "{code:?}");
    let mut told = String::new();
    let _ = BufReader::new(child.stderr.take().expect("piped")).read_to_string(&mut told);
    assert!(code.is_none() || told.contains("interrupted"), "{told}");
    reader.join().expect("the reader does not panic")
}

#[test]
fn a_filter_without_an_end_is_ended_by_a_signal() {
    let lab = Lab::new();
    for filter in ["def f: f; f", "def f: .[0]?, f; 1 | f", "repeat(1) | empty", "[range(1e9)] | 1"]
    {
        for name in ["INT", "TERM"] {
            let out = interrupted(&lab, &filtered(&lab, "instances list", filter), name);
            assert_eq!(out, "", "{filter}");
        }
    }
    // Where signals were taken before, for the change.
    let line = "users update bob --description A --yes";
    interrupted(&lab, &filtered(&lab, line, "def f: f; f"), "INT");
}

#[test]
fn no_half_row_is_written() {
    let lab = Lab::new();
    let out = interrupted(&lab, &filtered(&lab, "instances list", "range(1e9) | . + 1e9"), "INT");
    assert!(out.ends_with('\n'), "{:?}", out.lines().last());
    for (row, number) in out.lines().zip(1_000_000_000_u64..) {
        assert!(row.starts_with(&number.to_string()), "{row}");
    }
    assert!(out.lines().count() > 100);
}

#[test]
fn a_reader_who_has_had_enough_ends_the_filter() {
    let lab = Lab::new();
    let mut child =
        filtered(&lab, "instances list", "range(1e9)").command().spawn().expect("it starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    drop(stdout);
    assert_eq!((line.as_str(), wait(&mut child)), ("0\n", Some(0)));
}

#[test]
fn a_filter_whose_reader_reads_nothing_ends_with_the_first_signal() {
    let lab = Lab::new().crowded(2000, RateLimits::default());
    let mut child = filtered(&lab, "users list", ".[]").command().spawn().expect("it starts");
    // The pipe is full after 64 KiB.
    sleep(Duration::from_secs(2));
    signal(&child, "TERM");
    // It ends by itself, or the wait fails.
    let _ = wait(&mut child);
}

#[test]
fn rows_and_formats_are_written_as_jq_writes_them() {
    let lab = Lab::new();
    for (filter, out) in [
        (r#"["a\tb", "c\\d\n", 1, true, null, 1.5] | @tsv"#, "a\\tb\tc\\\\d\\n\t1\ttrue\t\t1.5\n"),
        (
            r#"["a,b", "say \"hi\"", 1, false, null] | @csv"#,
            "\"a,b\",\"say \"\"hi\"\"\",1,false,\n",
        ),
        ("[] | @csv, @tsv", "\n\n"),
        (r#"@csv "x \(["a", 1]) y""#, "x \"a\",1 y\n"),
        (r#"["it's", 1] | @sh"#, "'it'\\''s' 1\n"),
        (r#""ab" | @base64, (@base64 | @base64d)"#, "YWI=\nab\n"),
        (r#""a b&c" | @uri, @html, @json, @text"#, "a%20b%26c\na b&amp;c\n\"a b&c\"\na b&c\n"),
        (r#"[.[] | [.name, .dataProcessRegion.cloudProvider] | @tsv] | first"#, "orders\tAWS\n"),
    ] {
        let finished = filtered(&lab, "instances list", filter).finish().exits(0);
        assert_eq!(finished.out(), out, "{filter}");
        assert!(finished.stderr.is_empty(), "{}", finished.shown());
    }
}

#[test]
fn what_is_wrong_with_a_filter_is_said_in_a_line() {
    let lab = Lab::new();
    let long = format!(".[] | select(.name == \"{}\") | nosuch", "x".repeat(5000));
    for (filter, said) in [
        (".[]|username", "there is no filter username"),
        (".[] | .name | @tvs", "there is no filter @tvs"),
        ("nmae", "there is no filter nmae"),
        ("map(.name; 1)", "map takes 1 argument, not 2"),
        ("$x", "there is no variable $x"),
        (".[", "[ is not closed"),
        ("if . then 1", "else or end expected"),
        (".[] | | 1", "a filter expected at |"),
        ("", "a filter expected at the end"),
        ("import \"a\" as a; 1", "filters cannot be loaded from files"),
        (&long, "there is no filter nosuch"),
    ] {
        let refused = filtered(&lab, "instances list", filter).finish().exits(2);
        let error = refused.err();
        let first = error.lines().next().unwrap();
        assert!(first.contains(said), "{}", refused.shown());
        assert!(first.len() < 500 && error.lines().skip(1).all(|line| line.starts_with("hint: ")));
    }
    let near = filtered(&lab, "instances list", ".[]|@tvs").finish().err();
    assert!(near.contains("did you mean @tsv?"), "{near}");
    let field = filtered(&lab, "users list", ".[]|username").finish().err();
    assert!(field.contains("hint: a field begins with a dot: .username"), "{field}");
    assert_eq!(lab.requests(), Vec::<String>::new(), "a filter is checked before anything is sent");
}

#[test]
fn a_filter_cannot_reach_the_environment() {
    let lab = Lab::new();
    for filter in ["env", "env.SECRET", "$ENV", "$ENV.SECRET", ".[0] + {a: env}", "[1] | map(env)"]
    {
        let run = filtered(&lab, "users list", filter).env("SECRET", "hunter2");
        let refused = run.finish().exits(2);
        assert!(refused.err().contains("the environment"), "{}", refused.shown());
        assert!(!refused.shown().contains("hunter2"), "{}", refused.shown());
    }
    let own = filtered(&lab, "instances list", "def env: 1; .[0] | {env: env}").finish().exits(0);
    assert_eq!(own.out(), "{\"env\":1}\n");
}

#[test]
fn a_failing_filter_never_shows_what_it_was_given() {
    let lab = Lab::new();
    let hosts = lab.typed("instances list").and(&["--jq", ".[0].hostnames[0]"]).finish().out();
    let (host, id) = (hosts.trim(), lab.project());
    for (filter, said) in [
        ("halt_error", "ended with halt_error: an array"),
        (".[0] | halt_error", "ended with halt_error: an object"),
        ("\"no such user\\n\" | halt_error(5)", "ended with halt_error: no such user"),
        (".[0] | halt_error(0)", "ended with halt_error: an object"),
        ("error", "the jq filter failed: an array"),
        ("error(\"one\\ntwo\")", "the jq filter failed: one two"),
        ("error(null)", "the jq filter failed"),
        (". + 1", "cannot calculate an array + 1"),
        (".[0].hostnames + 1", "cannot calculate an array + 1"),
        (".[0] + .[0].hostnames[0]", "cannot calculate an object + a string"),
        (".foo", "cannot index an array with \"foo\""),
        (".[0].hostnames[0].name", "cannot index a string with \"name\""),
        ("tojson | error", "the jq filter failed: an array"),
        (".[0].hostnames[0] | tonumber", "the jq filter failed"),
        (".[0] | todate", "the jq filter failed"),
        (".[0] | tojson | .[10:] | fromjson", "the jq filter failed: fromjson"),
        (".[0] | length, ltrimstr(1), explode", "the jq filter failed"),
        (".[] | @csv", "a value of type object cannot be a csv row"),
        ("[.[0]] | @tsv", "a value of type object is not valid in a tsv row"),
    ] {
        let failed = filtered(&lab, "instances list", filter).finish().exits(1);
        let error = failed.err();
        let lines = error.lines().filter(|line| !line.starts_with("hint: "));
        assert_eq!(lines.count(), 1, "{}", failed.shown());
        assert!(error.len() < 300 && error.contains(said), "{filter}: {error}");
        assert!(!error.contains(host) && !error.contains(id), "{filter}: {error}");
    }
    let quiet = filtered(&lab, "instances list", "debug | stderr | .[0].name").finish().exits(0);
    assert!(quiet.out() == "orders\n" && quiet.stderr.is_empty(), "{}", quiet.shown());
    let halted = filtered(&lab, "instances list", ".[0].name, halt, 1").finish().exits(0);
    assert_eq!(halted.shown().lines().nth(1), Some("orders"));
}

#[test]
fn a_filter_goes_with_json_and_with_nothing_else() {
    let lab = Lab::new();
    let alone = filtered(&lab, "instances list", ".[].name").finish().exits(0).out();
    for format in ["json", "ndjson"] {
        let line = format!("instances list -o {format}");
        assert_eq!(filtered(&lab, &line, ".[].name").finish().exits(0).out(), alone);
        let failed = filtered(&lab, &line, "error").finish().exits(1);
        assert_eq!(crate::stderr::lines(&failed)[0]["level"], "error");
        let refused = filtered(&lab, &line, ".[]|username").finish().exits(2);
        assert_eq!(crate::stderr::lines(&refused)[0]["kind"], "usage");
        let one = format!("instances get orders -o {format}");
        assert_eq!(filtered(&lab, &one, ".name").finish().exits(0).out(), "orders\n");
        let dry = format!("users delete bob --dry-run -o {format}");
        assert_eq!(filtered(&lab, &dry, ".[].method").finish().exits(0).out(), "DELETE\n");
    }
    for format in ["yaml", "csv", "tsv", "table"] {
        filtered(&lab, &format!("instances list -o {format}"), ".").finish().exits(2);
    }
}
