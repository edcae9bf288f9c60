//! `spctl audit verify`: every way in which an archive is not what was archived.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use spctl::local::{Fault, FaultAction};

use crate::archives::{Logs, files, text};
use crate::run::Finished;
use crate::support::Lab;

/// An archive of two pulls of one instance, and the heads that they printed.
fn archive(lab: &Lab) -> [String; 2] {
    [(), ()].map(|()| {
        let line = "audit pull orders --to a --since 2026-08-01 -o json";
        let row = lab.typed(line).finish().exits(0).json();
        row[0]["head"].as_str().expect("a head").to_owned()
    })
}

fn directory(lab: &Lab) -> PathBuf {
    lab.file("a/project=shop/instance=orders")
}

fn verify(lab: &Lab, options: &str) -> Finished {
    lab.typed(&format!("audit verify a {options}")).finish()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).expect("memory");
    gzip.finish().expect("memory")
}

/// The manifest with another text in place of the first occurrence of one.
fn edited(directory: &Path, from: &str, to: &str) {
    let path = directory.join("manifest.jsonl");
    let text = fs::read_to_string(&path).expect("a manifest");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).expect("it is ours");
}

/// The manifest with its lines in another order, or without some.
fn reordered(directory: &Path, change: impl Fn(&mut Vec<&str>)) {
    let path = directory.join("manifest.jsonl");
    let text = fs::read_to_string(&path).expect("a manifest");
    let mut lines: Vec<&str> = text.lines().collect();
    change(&mut lines);
    fs::write(path, lines.join("\n") + "\n").expect("it is ours");
}

type Tampering = fn(&Path, &Path);

#[test]
fn every_tampering_is_found_and_named() {
    let cases: &[(&str, Tampering, &str)] = &[
        (
            "a bit",
            |_, file| {
                let mut bytes = fs::read(file).unwrap();
                let at = bytes.len() / 2;
                bytes[at] ^= 1;
                fs::write(file, bytes).unwrap();
            },
            "the file was changed",
        ),
        (
            "a line less",
            |_, file| {
                let text = text(file);
                fs::write(file, gzip(text.split_once('\n').unwrap().1)).unwrap();
            },
            "the file was changed",
        ),
        (
            "a line twice",
            |_, file| {
                let text = text(file);
                fs::write(file, gzip(&format!("{text}{}\n", text.lines().next().unwrap())))
                    .unwrap();
            },
            "lines instead of",
        ),
        (
            "cut",
            |_, file| {
                let bytes = fs::read(file).unwrap();
                fs::write(file, &bytes[..bytes.len() - 5]).unwrap();
            },
            "cannot be unpacked to its end",
        ),
        ("gone", |_, file| fs::remove_file(file).unwrap(), "the file is missing"),
        (
            "a day gone",
            |_, file| {
                fs::remove_dir_all(file.parent().unwrap()).unwrap();
            },
            "the file is missing",
        ),
        (
            "more",
            |_, file| {
                fs::write(file.with_file_name("x.ndjson.gz"), gzip("{}\n")).unwrap();
            },
            "x.ndjson.gz: the manifest does not name this file",
        ),
        (
            "the next number",
            |_, file| {
                fs::write(file.with_file_name("00000099.ndjson.gz"), gzip("{}\n")).unwrap();
            },
            "the manifest does not name this file",
        ),
        (
            "swapped",
            |_, file| {
                let others = files(file.parent().unwrap().parent().unwrap());
                let other = others.iter().find(|other| *other != file).unwrap();
                let (one, two) = (fs::read(file).unwrap(), fs::read(other).unwrap());
                fs::write(file, two).unwrap();
                fs::write(other, one).unwrap();
            },
            "the file was changed",
        ),
        (
            "another day",
            |root, file| {
                let day = root.join("day=2026-01-01");
                fs::create_dir(&day).unwrap();
                fs::rename(file, day.join(file.file_name().unwrap())).unwrap();
            },
            "the file is missing",
        ),
        (
            "a link",
            |_, file| {
                let elsewhere = file.with_extension("moved");
                fs::rename(file, &elsewhere).unwrap();
                std::os::unix::fs::symlink(&elsewhere, file).unwrap();
            },
            "it is a link",
        ),
        ("a count", |root, _| edited(root, "\"lines\":", "\"lines\":1"), "lines instead of"),
        (
            "a window",
            |root, _| edited(root, "\"from\":\"2026-08-01", "\"from\":\"2026-08-02"),
            "the line before is not the one that was there",
        ),
        (
            "an entry gone",
            |root, _| {
                reordered(root, |lines| {
                    lines.remove(2);
                })
            },
            "the line before is not the one that was there",
        ),
        (
            "entries swapped",
            |root, _| reordered(root, |lines| lines.swap(2, 3)),
            "the line before is not the one that was there",
        ),
        (
            "an entry twice",
            |root, _| reordered(root, |lines| lines.push(lines[2])),
            "the line before is not the one that was there",
        ),
        ("no JSON", |root, _| edited(root, "{\"previous\"", "{previous"), "cannot be understood"),
        (
            "an instance",
            |root, _| edited(root, "\"orders\"", "\"others\""),
            "it is the manifest of instance others",
        ),
        (
            "no manifest",
            |root, _| fs::remove_file(root.join("manifest.jsonl")).unwrap(),
            "the manifest is missing",
        ),
        (
            "an empty manifest",
            |root, _| fs::write(root.join("manifest.jsonl"), "").unwrap(),
            "the manifest is empty",
        ),
        (
            "a path",
            |root, _| edited(root, "\"path\":\"day=", "\"path\":\"../day="),
            "is no path of a file of this entry",
        ),
    ];
    let lab = Lab::new();
    archive(&lab);
    verify(&lab, "").exits(0);
    let copy = |from: &str, to: &str| {
        let copied = std::process::Command::new("cp")
            .args(["-a", from, to])
            .current_dir(lab.home())
            .status();
        assert!(copied.expect("cp").success());
    };
    copy("a", "kept");
    for (what, tamper, told) in cases {
        fs::remove_dir_all(lab.file("a")).unwrap();
        copy("kept", "a");
        let directory = directory(&lab);
        tamper(&directory, &files(&directory)[3]);
        let finished = verify(&lab, "-o json").exits(3);
        let rows = finished.json();
        let findings = rows[0]["findings"].as_array().expect("findings").clone();
        let is_told = |finding: &serde_json::Value| {
            let file = finding["file"].as_str().is_some_and(|file| !file.is_empty());
            let whole = format!(
                "{}: {}",
                finding["file"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            );
            file && whole.contains(told)
        };
        assert!(findings.iter().any(is_told), "{what}: {}", finished.shown());
        assert!(finished.err().contains(told), "{what}: {}", finished.shown());
    }
}

#[test]
fn strays_are_told_in_the_order_of_their_names() {
    let lab = Lab::new();
    archive(&lab);
    fs::write(directory(&lab).join("manifest.jsonl"), "").unwrap();
    let rows = verify(&lab, "-o json").exits(3).json();
    let findings = rows[0]["findings"].as_array().expect("findings").iter();
    let strays = findings.filter(|finding| finding["fault"] == "stray");
    let told: Vec<_> = strays.map(|finding| finding["file"].as_str().unwrap()).collect();
    assert!(told.len() > 1 && told.is_sorted(), "{told:?}");
}

#[test]
fn a_head_that_was_kept_tells_of_what_is_consistent_in_itself() {
    let lab = Lab::new();
    let [first, second] = archive(&lab);
    assert_ne!(first, second);
    for heads in [first.clone(), second.clone(), format!("{first},{}", second.to_uppercase())] {
        verify(&lab, &format!("--head {heads}")).exits(0);
    }
    // Everything that the second run wrote is taken away again.
    let directory = directory(&lab);
    reordered(&directory, |lines| {
        let at = lines.iter().position(|line| crate::archives::sha256(line) == first).unwrap();
        lines.truncate(at + 1);
    });
    verify(&lab, "").exits(0);
    verify(&lab, &format!("--head {first}")).exits(0);
    let finished = verify(&lab, &format!("--head {second}")).exits(3);
    assert!(finished.err().contains("is not in the chain"), "{}", finished.shown());
    verify(&lab, "--head abc").exits(2);
    lab.typed(&format!("audit verify nothing --head {first}")).finish().exits(5);
    fs::create_dir(lab.file("empty")).unwrap();
    lab.typed("audit verify empty").finish().exits(5);
}

/// The head is what anybody can compute who knows no more of it than the manual says.
#[test]
fn the_chain_can_be_followed_with_sha256sum() {
    let lab = Lab::new();
    let [_, head] = archive(&lab);
    let script = "set -e; cd a/project=shop/instance=orders
        tail -n 1 manifest.jsonl | tr -d '\\n' | sha256sum | cut -c -64
        grep -o '\"path\":\"[^\"]*\"\\|\"sha256\":\"[^\"]*\"' manifest.jsonl | cut -d '\"' -f 4 |
            while read path; do read sum; echo \"$sum  $path\"; done | sha256sum -c --quiet";
    let output =
        std::process::Command::new("sh").args(["-c", script]).current_dir(lab.home()).output();
    let output = output.expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), head);
}

#[test]
fn events_that_no_line_tells_of_are_found() {
    let lab = Lab::new();
    let go = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        lab.local([]).and(&words).finish()
    };
    let prepared = |archive: &str| {
        go("processors stop orders-to-shop --instance orders --yes").exits(0);
        if archive == "lacking" {
            Logs::local(&lab).remove_last("orders", "%stopStreamProcessor%");
        }
        go("local clock advance 3h").exits(0);
        go(&format!("audit pull orders --to {archive}")).exits(0);
        go(&format!("audit verify {archive}")).exits(0);
        go(&format!("audit verify {archive} --against-events"))
    };
    let finished = prepared("whole").exits(0);
    assert!(finished.err().contains("compared with"), "{}", finished.shown());
    go("processors start orders-to-shop --instance orders --yes").exits(0);
    let finished = prepared("lacking").exits(3);
    let told = "no line tells of the project event STREAM_PROCESSOR_STOPPED of orders-to-shop by";
    assert!(finished.err().contains(told), "{}", finished.shown());
    assert!(finished.err().contains("1 finding\n"), "{}", finished.shown());
}

#[test]
fn who_may_not_read_the_events_is_told_so_and_the_rest_counts() {
    let lab = Lab::faulty();
    archive(&lab);
    let status = |status| FaultAction::Status { status, error_code: None, retry_after: None };
    let operation = Some("listGroupEvents");
    lab.faults.push(Fault { operation, times: 1, action: status(403) });
    let finished = verify(&lab, "--against-events").exits(0);
    assert!(finished.err().contains("not compared with the events"), "{}", finished.shown());
    lab.faults.push(Fault { operation, times: 1, action: status(400) });
    verify(&lab, "--against-events").exits(1);
    // Without it nothing is sent, and nobody needs an account.
    lab.bare(["audit", "verify", "a"]).finish().exits(0);
}

#[test]
fn readers_keep_to_the_manifest() {
    let lab = Lab::new();
    archive(&lab);
    let summary = || lab.typed("audit summary a/ --by instance -o json").finish();
    let whole = summary().exits(0).out();
    let days: Vec<PathBuf> = fs::read_dir(directory(&lab))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && path.to_string_lossy().contains("day="))
        .collect();
    let day = days.first().expect("a day");
    let file = fs::read_dir(day).unwrap().next().unwrap().unwrap().path();
    // Somebody's copy is no evidence, and is not counted.
    fs::copy(&file, day.join("00000099.ndjson.gz")).unwrap();
    let beside = summary().exits(0);
    assert!(beside.err().contains("not in its manifest"), "{}", beside.err());
    assert_eq!(beside.out(), whole);
    // Neither can an export be put where it would be read as a part of the archive.
    for to in ["a", "a/further"] {
        let run = lab.typed(&format!("audit export a/ --to {to} --format ndjson")).finish();
        assert!(run.exits(2).err().contains("is an archive"));
    }
    fs::remove_file(&file).unwrap();
    let lacking = summary().exits(1);
    assert!(lacking.err().contains("the file is missing"), "{}", lacking.err());
}
