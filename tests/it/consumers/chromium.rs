//! A browser, which shows the page that `audit report` writes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::audit_report::{NOVEMBER, hostile, line, page, year};
use crate::consumers::{self, Python};
use crate::support::Lab;

/// What the browser found on these pages, by their names.
fn look(lab: &Lab, pages: &[PathBuf]) -> Option<Value> {
    let python = Python(consumers::tool("python3")?);
    let browser = consumers::tool("chromium")?;
    let work = lab.home().join("browser");
    std::fs::create_dir_all(&work).unwrap();
    let text = |path: &Path| path.display().to_string();
    let args: Vec<String> = [text(&browser), text(&work)]
        .into_iter()
        .chain(pages.iter().map(|page| text(page)))
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let found = consumers::run(&mut python.command("page.py", &args), "").exits(0);
    Some(found.json())
}

const SECTIONS: [&str; 9] = [
    "coverage",
    "timeline",
    "events",
    "users",
    "addresses",
    "failures",
    "sessions",
    "findings",
    "sources",
];

#[test]
fn a_report_is_whole_at_every_width_in_both_schemes_and_on_paper() {
    let lab = Lab::new();
    let sample = lab.file("sample.html");
    lab.spctl(["audit", "report", "orders", "payments", "telemetry", "--out", "sample.html"])
        .finish()
        .exits(0);
    let one = line(NOVEMBER, "admin.alice", "192.0.2.1", "authenticate", false, "one");
    let pages = [
        sample,
        page(&lab, "empty", ""),
        page(&lab, "one", &one),
        page(&lab, "year", &year()),
        page(&lab, "hostile", &hostile()),
    ];
    let Some(found) = look(&lab, &pages) else { return };
    for path in &pages {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let page = &found[name];
        assert_eq!(page["wrong"], serde_json::json!([]), "{name}");
        for (view, seen) in page["views"].as_object().unwrap() {
            assert_eq!(seen["sections"], serde_json::json!(SECTIONS), "{name} {view}");
        }
        let tabs: Vec<&str> =
            page["tabs"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(tabs[0], "A Skip to the report", "{name}: {tabs:?}");
        assert!(tabs.contains(&"A Sources"), "{name}: {tabs:?}");
        assert!(page["pdf"].as_u64() > Some(10_000), "{name}");
    }
    for name in ["sample", "year", "hostile"] {
        assert_eq!(found[name]["views"]["390 dark"]["drawn"], 3, "events, failures and the week");
        assert!(found[name]["tabs"].to_string().contains("SUMMARY Timeline in numbers"), "{name}");
    }
}

/// What is looked for is found where it is there.
#[test]
fn a_page_that_is_wrong_is_told() {
    let lab = Lab::new();
    let wrong = lab.file("wrong.html");
    let page = "<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1><h3>y</h3>\
        <p style='width:3000px'>wide</p><p style='color:#bbb'>pale</p>\
        <p style='width:3em;overflow:hidden;white-space:nowrap'>cut off at its end</p>\
        <p>under</p><p style='margin-top:-2em'>over</p><table><thead><tr><th>a</table>\
        <a href='#none' style='outline:none'>nowhere</a><svg width=9 height=9></svg>\
        <img src='http://127.0.0.1:9/x.png'><script>console.log('says')</script></main>";
    std::fs::write(&wrong, page).unwrap();
    let Some(found) = look(&lab, &[wrong]) else { return };
    let told = found["wrong"]["wrong"].to_string();
    for what in [
        "1280 light: the page is wider than 1280",
        "contrast 1.",
        ": cut: <p>",
        "overlaps",
        "h3 follows h1",
        "no caption",
        "leads nowhere",
        "a drawing without words",
        "there is a img",
        "there is a script",
        "the focus is not seen",
        "asks for http://127.0.0.1:9/x.png",
        "Runtime.consoleAPICalled",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
}
