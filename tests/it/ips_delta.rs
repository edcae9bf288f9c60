//! `spctl ips delta`: what to change so that a list lets in what is wanted.

use insta::assert_snapshot;

use crate::run::Run;
use crate::support::Lab;

/// Addresses for two regions, in the notation of the API's own list.
const LIST: &str = r#"{"outbound": {"aws": {
    "us-east-1": ["198.51.100.7", "203.0.113.0/31", "2001:db8::5"], "us-east-2": ["192.0.2.1"]}}}"#;

const WANTED: [&str; 7] =
    ["--provider", "aws", "--region", "us-east-1", "--from-file", "list.json", "--against"];

/// Asks how a file is to change to let in the region's addresses.
fn delta(lab: &Lab, file: &str, more: &[&str]) -> Run {
    std::fs::write(lab.file("list.json"), LIST).unwrap();
    std::fs::write(lab.file("allowed"), file).unwrap();
    lab.bare(["ips", "delta"]).and(&WANTED).and(&["allowed"]).and(more)
}

/// The file after the lines of a delta.
fn applied(file: &str, lines: &str) -> String {
    let mut entries: Vec<&str> = file.lines().collect();
    for line in lines.lines() {
        let (sign, entry) = line.split_once(' ').unwrap();
        match sign {
            "+" => entries.push(entry),
            "-" => entries.retain(|other| other.split(" #").next() != Some(entry)),
            _ => panic!("{line}"),
        }
    }
    entries.join("\n") + "\n"
}

const OFFICE: &str =
    "198.51.100.7\n203.0.113.1\n192.0.2.1\n10.1.0.0/16 # office\n203.0.112.0/23\nbroker.example\n";

#[test]
fn what_is_written_brings_a_list_in_sync() {
    let lab = Lab::new();
    for (more, fails) in [(&[][..], &["any"][..]), (&["--keep-foreign"], &["missing"])] {
        let run = delta(&lab, OFFICE, more).finish().exits(0);
        let new = applied(OFFICE, &run.out());
        std::fs::write(lab.file("new"), &new).unwrap();
        let check = lab.bare(["ips", "check"]).and(&WANTED).and(&["new", "--fail-on"]).and(fails);
        check.finish().exits(0);
        let again = delta(&lab, &new, more).finish().exits(0);
        assert!(again.stdout.is_empty(), "{}", again.shown());
        assert!(again.err().contains("in sync: nothing to add or remove"), "{}", again.shown());
    }
}

#[test]
fn additions_come_first_and_what_goes_is_named() {
    let lab = Lab::new();
    assert_snapshot!("ips_delta_remove", delta(&lab, OFFICE, &[]).shown());
    assert_snapshot!("ips_delta_keep", delta(&lab, OFFICE, &["--keep-foreign"]).shown());
}

const NFT: [&str; 6] = ["--for", "nftables", "--name", "atlas", "--port", "9092"];

#[test]
fn a_platform_that_replaces_gets_the_whole_list() {
    let lab = Lab::new();
    let file = "198.51.100.7\n192.0.2.1\n10.1.0.0/16\n";
    let elements = |more: &[&str]| {
        let run = delta(&lab, file, &NFT).and(more).finish().exits(0);
        let elements = run.out();
        let is_net = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
        elements.lines().map(str::trim).filter(is_net).map(str::to_owned).collect::<Vec<_>>()
    };
    let wanted = ["198.51.100.7,", "203.0.113.0/31,", "2001:db8::5,"];
    assert_eq!(elements(&[]), wanted);
    assert_eq!(elements(&["--keep-foreign"]), [&["10.1.0.0/16,"][..], &wanted].concat());
    // A table has no room for what is no address.
    let named = format!("{file}broker.example\n");
    let kept = delta(&lab, &named, &NFT).and(&["--keep-foreign"]).finish().exits(1);
    assert!(kept.stdout.is_empty() && kept.err().contains("broker.example"), "{}", kept.shown());
    let lost = delta(&lab, &named, &NFT).finish().exits(0);
    assert!(lost.err().contains("removes 3 entries"), "{}", lost.shown());
}

#[test]
fn what_is_open_to_everyone_is_closed_and_never_kept() {
    let lab = Lab::new();
    for file in ["0.0.0.0/0\n", "198.51.100.7\n::/0\n", "0.0.0.0/1\n128.0.0.0/1\n"] {
        for target in [&[][..], &NFT] {
            let kept = delta(&lab, file, target).and(&["--keep-foreign"]).finish().exits(1);
            assert!(kept.stdout.is_empty(), "{}", kept.shown());
            let shut = delta(&lab, file, target).finish().exits(0);
            assert!(shut.err().contains("not of Atlas"), "{}", shut.shown());
        }
    }
}

const ACLS: &str = "\
Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=203.0.113.0/31, operation=READ, permissionType=ALLOW)
\t(principal=User:billing, host=*, operation=WRITE, permissionType=ALLOW) 

Current ACLs for resource `ResourcePattern(resourceType=GROUP, name=asp, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=192.0.2.1, operation=READ, permissionType=ALLOW)
";

#[test]
fn options_or_a_name_choose_among_the_lists_of_a_file() {
    let lab = Lab::new();
    let acls = |more: &[&str]| {
        delta(&lab, ACLS, &["--for", "kafka-acls", "--bootstrap-server", "b:9092"]).and(more)
    };
    let unclear = acls(&[]).finish().exits(2);
    assert!(unclear.stdout.is_empty(), "{}", unclear.shown());
    assert!(unclear.err().contains("User:atlas Read group asp"), "{}", unclear.shown());
    let options = ["--principal", "User:atlas", "--topic", "orders", "--group", "asp"];
    assert_snapshot!("ips_delta_acls", acls(&options).shown());
    let named = acls(&["--list", "User:atlas Read group asp"]).finish().exits(0);
    assert!(named.out().lines().all(|line| line.contains("--group asp")), "{}", named.shown());
    assert!(named.out().contains("--allow-principal User:atlas"), "{}", named.shown());
    let other = acls(&["--principal", "User:other", "--topic", "orders"]).finish().exits(5);
    assert!(other.err().contains("spctl ips --for kafka-acls"), "{}", other.shown());
    let plain = delta(&lab, ACLS, &[]).finish().exits(2);
    assert!(plain.err().contains("several lists"), "{}", plain.shown());
}

#[test]
fn what_is_denied_is_never_called_in_sync() {
    let lab = Lab::new();
    let denied = "\
Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=203.0.113.0/31, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=2001:db8:0:0:0:0:0:5, operation=READ, permissionType=ALLOW)
\t(principal=User:*, host=198.51.100.7, operation=ALL, permissionType=DENY)
";
    let options = ["--for", "kafka-acls", "--bootstrap-server", "b:9092", "--cidr"];
    let run = delta(&lab, denied, &options).finish().exits(1);
    assert!(
        run.stdout.is_empty() && run.err().contains("198.51.100.7/32 is denied"),
        "{}",
        run.shown()
    );
    let more = denied.replace("203.0.113.0/31", "203.0.113.0");
    let run = delta(&lab, &more, &options).finish().exits(0);
    assert!(run.err().contains("198.51.100.7/32 is denied"), "{}", run.shown());
}

#[test]
fn what_cannot_be_asked_is_a_usage_error() {
    let lab = Lab::new();
    for (more, why) in [
        (&["-o", "json"][..], "form of its target"),
        (&["-q"], "form of its target"),
        (&["--for", "kafka-acls"], "--principal"),
        (&["--topic", "orders"], "--topic does not apply"),
        (&["--as", "kafka-acls"], "no list in the format"),
    ] {
        let run = delta(&lab, "192.0.2.1\n", more).finish().exits(2);
        assert!(run.stdout.is_empty() && run.err().contains(why), "{}", run.shown());
    }
    for file in ["", "Forbidden\n", "[1,"] {
        assert!(delta(&lab, file, &[]).finish().exits(2).stdout.is_empty());
    }
    // Nobody is let in yet.
    let all = delta(&lab, "# nobody\n", &["--as", "plain"]).finish().exits(0);
    assert_eq!(all.out(), "+ 198.51.100.7/32\n+ 203.0.113.0/31\n+ 2001:db8::5/128\n");
}

#[test]
fn help_is_that_of_the_target_and_needs_nothing_else() {
    let lab = Lab::new();
    let of = |args: &[&str]| lab.bare(["ips", "delta"]).and(args).finish().exits(0).out();
    let plain = of(&["--for", "plain", "--help"]);
    assert!(plain.contains("+ and the block to add"), "{plain}");
    assert!(plain.contains("spctl ips delta --for plain"), "{plain}");
    let acls = of(&["--for", "kafka-acls", "-h"]);
    assert!(acls.contains("--against FILE") && acls.contains("--bootstrap-server"), "{acls}");
    let whole = of(&["--help"]);
    assert!(whole.contains("--keep-foreign") && whole.contains("--principal"), "{whole}");
}
