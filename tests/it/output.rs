//! What is written, and where to: options about output that do not fit, and files that are not to be
//! lost.

use std::fs;

use crate::support::Lab;

#[test]
fn what_a_change_leaves_is_written_as_it_was_asked_for() {
    let lab = Lab::new();
    let change = |how: &str, text: &str| {
        let line = format!("users update bob --description {text} --yes {how}");
        lab.typed(&line).finish().exits(0).out()
    };
    assert_eq!(change("", "A"), "");
    assert_eq!(change("-q", "B"), "bob\n");
    assert_eq!(change("--columns description,name", "C"), "C\tbob\n");
    assert_eq!(change("-o csv --columns description", "D"), "description\nD\n");
    assert_eq!(change("--jq .description", "E"), "E\n");
}

#[test]
fn one_thing_is_written_in_every_format() {
    let lab = Lab::new();
    lab.local(["local", "init"]).finish().exits(0);
    // What differs by run is the time.
    let without_time = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("time"));
        lines.map(|line| line.replace(',', "\t")).collect::<Vec<_>>()
    };
    let run = |line: &str| {
        let mut run = lab.local([]);
        run.args.extend(line.split(' ').map(str::to_owned));
        run.finish()
    };
    for line in ["local status", "auth status", "local clock show"] {
        let formatted = |format: &str| run(&format!("{line} -o {format}")).exits(0).out();
        let plain = without_time(&run(line).exits(0).out());
        assert_eq!(without_time(&formatted("tsv")), plain);
        assert_eq!(without_time(&formatted("csv")), plain);
        assert!(formatted("csv").contains(',') && !formatted("csv").contains('\t'), "{line}");
        assert!(formatted("json").starts_with('{'), "{line}");
        for wrong in ["-q", "--columns store"] {
            let finished = run(&format!("{line} {wrong}")).exits(2);
            assert!(finished.stdout.is_empty(), "{}", finished.shown());
        }
    }
}

#[test]
fn a_wrong_option_about_output_makes_no_key() {
    let lab = Lab::new();
    lab.local(["local", "init"]).finish().exits(0);
    let keys = || lab.local(["local", "status", "--jq", ".keys"]).finish().exits(0).out();
    let before = keys();
    for wrong in ["-q", "--columns=a", "--jq=.["] {
        lab.local(["local", "key", "create", "--role", "ORG_OWNER", wrong]).finish().exits(2);
    }
    let dry = lab.local(["--dry-run", "local", "serve", "--listen", "127.0.0.1:0"]).finish();
    let dry = dry.exits(0);
    assert!(dry.stdout.is_empty() && dry.err().contains("would serve"), "{}", dry.shown());
    assert_eq!(keys(), before);
    let made = lab.local(["local", "key", "create", "--role", "ORG_OWNER"]).finish().exits(0);
    assert!(made.err().contains("local.sqlite"), "{}", made.shown());
}

#[test]
fn only_a_list_of_the_same_names_is_replaced_by_the_names_that_failed() {
    let lab = Lab::new();
    let failed = || fs::read_to_string(lab.file("left")).unwrap();
    let batch = lab.typed("users delete - --yes --failed left").stdin("nobody\nno-one\n");
    batch.finish().exits(5);
    assert_eq!(failed(), "nobody\nno-one\n");
    lab.typed("users delete nobody no-one --yes --failed left").finish().exits(5);

    fs::write(lab.file("left"), "hunter2\n").unwrap();
    for line in
        ["users delete bob nobody --yes --failed left", "users lock bob --yes --failed left"]
    {
        let finished = lab.typed(line).finish().exits(6);
        assert!(!finished.err().contains("hunter2"), "{}", finished.shown());
        assert_eq!(failed(), "hunter2\n");
    }
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn a_file_is_not_called_like_stdin() {
    let lab = Lab::new();
    for line in [
        "users lock bob --yes --record -",
        "users delete bob --yes --failed -",
        "users delete bob --yes --failed /dev/stdout",
        "users update bob --generate-password --password-file - --yes",
    ] {
        let finished = lab.typed(line).finish().exits(2);
        assert!(finished.err().contains("not a regular file") || finished.err().contains("./-"));
        assert!(!lab.file("-").exists());
    }
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn a_name_that_an_option_took_is_told_of() {
    let lab = Lab::new();
    let listed = lab.typed("users list --role atlasAdmin erin").finish().exits(5);
    assert!(listed.err().contains("there is no role \"erin\""), "{}", listed.shown());
    let all = lab.typed("users list --all-projects --role atlasAdmin erin").finish().exits(5);
    assert!(all.err().contains("erin: no user holds"), "{}", all.shown());
    let updated = lab.typed("users update bob --remove-label x erin --dry-run").finish().exits(0);
    assert!(updated.err().contains("--remove-label erin"), "{}", updated.shown());
}

#[test]
fn the_next_command_is_named_with_what_this_one_was_given() {
    let lab = Lab::new();
    let lock = lab.local(["users", "lock", "bob", "--yes", "--record", "r"]).finish().exits(0);
    let hint = "spctl --local users unlock --from r";
    assert!(lock.err().contains(hint), "{}", lock.shown());
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_file_is_found_before_anything_is_sent() {
    let lab = Lab::new();
    let told = lab.typed("users delete bob nobody --yes --failed /proc/left").finish().exits(1);
    assert!(told.err().contains("cannot write /proc/left"), "{}", told.shown());
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn a_mark_before_a_list_is_no_part_of_its_first_name() {
    let lab = Lab::new();
    let get = lab.typed("users get - -q").stdin("\u{feff}alice\r\nbob\n").finish().exits(0);
    assert_eq!(get.out(), "alice\nbob\n");
}

#[test]
fn a_value_of_two_lines_is_one_line_of_a_plan_and_of_a_record() {
    let lab = Lab::new();
    let forged = "ops\nlocked database user dave";
    lab.spctl(["users", "update", "bob", "--description", forged, "--yes"]).finish().exits(0);
    let plan = lab.typed("users update bob --description x --dry-run").finish().exits(0);
    assert!(!plan.err().lines().any(|line| line.starts_with("locked")), "{}", plan.shown());
    let shown = lab.typed("users get bob").finish().exits(0);
    assert!(!shown.out().lines().any(|line| line.starts_with("locked")), "{}", shown.shown());
}
