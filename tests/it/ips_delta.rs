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

const USER: &str = "\
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: atlas, namespace: kafka}
spec:
  authorization:
    type: simple
    acls:
    - {resource: {type: topic, name: orders}, operations: [Read], host: 192.0.2.1}
    - {resource: {type: group, name: asp}, operations: [Read], host: 198.51.100.7}
";

#[test]
fn what_a_platform_writes_whole_is_one_list() {
    let lab = Lab::new();
    let user = |more: &[&str]| {
        delta(&lab, USER, &["--for", "strimzi-user", "--topic", "orders"]).and(more)
    };
    let both = user(&["--group", "asp"]).finish().exits(0);
    assert_eq!(both.out().matches("kind: KafkaUser").count(), 1, "{}", both.shown());
    assert!(both.out().contains("name: atlas"), "{}", both.shown());
    let again = delta(&lab, &both.out(), &["--for", "strimzi-user", "--topic", "orders"]);
    let again = again.and(&["--group", "asp"]).finish().exits(0);
    assert!(again.stdout.is_empty(), "{}", again.shown());
    let half = user(&["--list", "User:atlas Read topic orders"]).finish().exits(0);
    assert!(half.err().contains("User:atlas Read group asp is replaced"), "{}", half.shown());
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn no_list_comes_out_empty_or_open_to_everyone() {
    const ENTRIES: [&str; 26] = [
        "\"198.51.100.7\"",
        "\"203.0.113.0/31\"",
        "\"2001:db8::5\"",
        "\"192.0.2.0/24\"",
        "\"9.0.0.0/9\"",
        "\"8.0.0.0/8\"",
        "\"0.0.0.0/0\"",
        "\"::/0\"",
        "\"0.0.0.0\"",
        "\"::\"",
        "\"0.0.0.0/1\"",
        "\"128.0.0.0/1\"",
        "\"::ffff:0:0/96\"",
        "\"2000::/3\"",
        "\"192.0.2.1/33\"",
        "\"192.0.2.1/24\"",
        "\"\"",
        "\" \"",
        "\"banana\"",
        "null",
        "5",
        "[]",
        "{}",
        "\"0.0.0.0/00\"",
        "\"0x7f.1\"",
        "\"192.0.2.1 \"",
    ];
    let lab = Lab::new();
    let mut numbers = Numbers(7);
    let (mut written, mut refused) = (0, 0);
    for _ in 0..150 {
        let mut entries = |most: usize| {
            let count = numbers.below(most + 1);
            // What is good comes often enough for some lists to be.
            let mut one = || match numbers.below(3) {
                0 => ENTRIES[numbers.below(ENTRIES.len())],
                _ => ENTRIES[numbers.below(5)],
            };
            (0..count).map(|_| one()).collect::<Vec<_>>().join(", ")
        };
        let (own, other) = (entries(4), entries(3));
        let list = format!(
            r#"{{"outbound": {{"aws": {{"us-east-1": [{own}], "us-east-2": [{other}]}}}}}}"#
        );
        std::fs::write(lab.file("list.json"), &list).unwrap();
        std::fs::write(lab.file("allowed"), "192.0.2.77\n").unwrap();
        let select = ["--provider", "aws", "--region", "us-east-1", "--from-file", "list.json"];
        for args in [&[][..], &["delta", "--against", "allowed"]] {
            let run = lab.bare(["ips"]).and(args).and(&select).finish();
            if run.code != Some(0) {
                assert!(run.stdout.is_empty() && !run.err().is_empty(), "{list}: {}", run.shown());
                refused += 1;
                continue;
            }
            written += 1;
            let text = run.out();
            let mut let_in = text.lines().filter(|line| !line.starts_with('-')).peekable();
            assert!(let_in.peek().is_some(), "{list}: {}", run.shown());
            for block in let_in {
                let length = block.trim_start_matches("+ ").split_once('/').unwrap().1;
                assert!(length.parse::<u8>().unwrap() >= 9, "{list}: {}", run.shown());
            }
        }
    }
    assert!(written > 30 && refused > 30, "{written} and {refused}");
}

/// The patch replaces all that a user may do: what it leaves out would be gone without a word.
#[test]
fn what_a_user_may_do_besides_is_not_lost() {
    let lab = Lab::new();
    let list = r#"{"outbound": {"aws": {"us-east-1": ["203.0.113.0/31"]}}}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let acl = |topic: &str| {
        let resource = serde_json::json!({ "type": "topic", "name": topic });
        serde_json::json!({ "resource": resource, "operations": ["Read"], "host": "203.0.113.0" })
    };
    let user = serde_json::json!({
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": "KafkaUser",
        "metadata": { "name": "atlas" },
        "spec": { "authorization": { "type": "simple", "acls": [acl("orders"), acl("other")] } },
    });
    std::fs::write(lab.file("user.json"), user.to_string()).unwrap();
    let delta = |topics: &str| {
        lab.typed(&format!(
            "ips delta --from-file list.json --provider aws --region us-east-1 --against \
             user.json --for strimzi-user --name atlas --topic {topics}"
        ))
    };
    let refused = delta("orders").finish().exits(1);
    assert!(refused.stdout.is_empty(), "{}", refused.shown());
    assert!(refused.err().contains("Read topic other\" would be lost"), "{}", refused.shown());
    let both = delta("orders,other").finish().exits(0).out();
    assert_eq!(both.matches("203.0.113.1").count(), 2, "{both}");
}

/// A list of addresses does not tell what else the user may do, which the patch would take away.
#[test]
fn a_list_of_addresses_is_no_user() {
    let lab = Lab::new();
    let user = ["--for", "strimzi-user", "--name", "atlas", "--topic", "orders"];
    let refused = delta(&lab, "192.0.2.9\n", &user).finish().exits(1);
    assert!(refused.stdout.is_empty(), "{}", refused.shown());
    assert!(refused.err().contains("does not tell what"), "{}", refused.shown());
}

/// A shell that is given the changes of two lists fails where one of them does.
#[test]
fn no_list_hides_that_another_one_failed() {
    let lab = Lab::new();
    let acls = |kind: &str, name: &str| {
        format!(
            "Current ACLs for resource `ResourcePattern(resourceType={kind}, name={name}, \
             patternType=LITERAL)`:\n \t(principal=User:atlas, host=192.0.2.9, operation=READ, \
             permissionType=ALLOW)\n"
        )
    };
    let listed = acls("TOPIC", "orders") + &acls("GROUP", "asp");
    let broker = ["--for", "kafka-acls", "--principal", "User:atlas", "--bootstrap-server", "b:1"];
    let access = ["--topic", "orders", "--group", "asp"];
    let text = delta(&lab, &listed, &[&broker[..], &access].concat()).finish().exits(0).out();
    assert!(text.contains("--group asp") && text.contains("--topic orders"), "{text}");
    let (last, others) =
        text.lines().collect::<Vec<_>>().split_last().map(|(l, o)| (*l, o.to_vec())).unwrap();
    assert!(!last.ends_with("&&") && others.iter().all(|line| line.ends_with(" &&")), "{text}");
}

/// A rule for every port is another one than the rule for the broker's.
#[test]
fn what_a_list_without_ports_lets_in_is_revoked_from_the_brokers() {
    let lab = Lab::new();
    let group = ["--for", "aws-security-group", "--id", "sg-0123", "--port", "9194"];
    let text = delta(&lab, "192.0.2.9\n", &group).finish().exits(0).out();
    let revoked = text.lines().find(|line| line.contains("revoke")).unwrap();
    assert!(revoked.contains(r#""FromPort":9194"#) && !revoked.contains(r#""-1""#), "{text}");
}

/// What help shows works when it is pasted.
#[test]
fn the_example_of_every_delta_works() {
    let lab = Lab::new();
    delta(&lab, "192.0.2.9\n", &[]).finish().exits(0);
    for target in lab.bare(["ips", "targets", "-q"]).finish().exits(0).out().lines() {
        let help = lab.bare(["ips", "delta", "--for", target, "--help"]).finish().exits(0).out();
        let (_, example) = help.split_once("Example:\n  spctl ").unwrap();
        let example = example.split("\n\n").next().unwrap().replace("\\\n", " ");
        let example = example.replace("--against FILE", "--against allowed --from-file list.json");
        let run = lab.typed(&example).finish();
        let is_unknown = target == "strimzi-user" || run.err().contains("IPv6");
        assert!(run.code == Some(0) || is_unknown, "{}", run.shown());
    }
}
