//! `spctl ips`: the list, and nothing on stdout where there is none.

use std::io::{Read, Write};
use std::net::TcpListener;

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn lists_one_region_the_same_way_every_time() {
    let lab = Lab::new();
    let run = || lab.local(["ips", "--provider", "aws", "--region", "us-east-1"]);
    let first = run().finish().exits(0);
    assert_eq!(first.stdout, run().finish().stdout);
    assert_snapshot!("ips_region", first.shown());
    assert_snapshot!("ips_instance", lab.local(["ips", "--instance", "orders"]).shown());
}

#[test]
fn needs_no_account() {
    let lab = Lab::new();
    let args = ["ips", "--provider", "aws", "--region", "us-east-1"];
    let run = lab.bare(args).env("MONGODB_ATLAS_BASE_URL", lab.url());
    let finished = run.finish();
    // Nothing but the address tells this control plane from Atlas: that its addresses are samples
    // must be seen by themselves.
    assert_eq!(finished.code, Some(0), "{}", finished.shown());
    assert!(finished.err().contains("reserved for documentation"), "{}", finished.shown());
    let [exchange] = &lab.exchanges()[..] else { panic!("one request") };
    assert!(!exchange.request_headers.contains_key("authorization"));
}

#[test]
fn kafka_acls_name_bare_addresses() {
    let lab = Lab::new();
    let args = [
        "ips",
        "--provider",
        "aws",
        "--region",
        "us-east-1",
        "--for",
        "kafka-acls",
        "--principal",
        "User:atlas",
        "--bootstrap-server",
        "broker:9092",
        "--topic",
        "orders",
    ];
    assert_snapshot!("ips_kafka_acls", lab.local(args).shown());
    let told = |more: &[&str]| {
        let mut run = lab.local(args);
        run.args.extend(more.iter().map(|word| (*word).to_owned()));
        run.finish().exits(0).err().contains("without --group a source cannot read")
    };
    assert!(told(&[]) && told(&["--operation", "Read,Write"]));
    assert!(!told(&["--group", "asp"]) && !told(&["--operation", "Write"]));
}

#[test]
fn a_gateway_is_added_where_it_is_named_and_nowhere_else() {
    let lab = Lab::new();
    let ips = |more: &str| {
        let line = format!("ips {more}");
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let mut run = lab.local([]);
        run.args.extend(words);
        run.finish()
    };
    let own = ips("--provider aws --region us-east-1").exits(0);
    assert!(!own.out().contains("192.0.2.251"), "{}", own.shown());
    let offer = "1 entry of gateway \"shared-gateway\" not included; these are the addresses of one \
                 service";
    assert!(own.err().contains(offer), "{}", own.shown());
    for named in ["shared-gateway", "all"] {
        let both = ips(&format!("--provider aws --region us-east-1 --gateway {named}")).exits(0);
        let with = format!("192.0.2.251/32\n{}", own.out());
        assert_eq!(both.out(), with);
        assert!(both.err().contains("gateway \"shared-gateway\" included"), "{}", both.shown());
    }
    let json = ips("--provider aws --region us-east-1 --gateway all -o json").exits(0).json();
    assert_eq!(json[0]["gateway"], "shared-gateway");
    assert!(json[1].get("gateway").is_none(), "{json}");
    let inbound =
        ips("--provider aws --region us-east-1 --gateway all --direction inbound").exits(0);
    assert!(inbound.out().contains("192.0.2.250/32"), "{}", inbound.shown());
    let listed = ips("--gateway list -o csv").exits(0).out();
    assert_eq!(
        listed,
        "gateway,provider,region,entries,direction\nshared-gateway,aws,us-east-1,1,outbound\n"
    );
    assert_eq!(ips("--gateway list --provider gcp -q").exits(0).out(), "");
    let near = ips("--provider aws --region us-east-1 --gateway shared-gatway").exits(5);
    assert!(near.out().is_empty() && near.err().contains("did you mean shared-gateway?"));
    let other = ips("--provider aws --region us-east-2 --gateway shared-gateway").exits(5);
    assert!(other.out().is_empty() && other.err().contains("it has some for aws us-east-1"));
    ips("--provider aws --region us-east-2 --gateway all").exits(0);
    ips("--provider aws --region us-east-1 --gateway all,shared-gateway").exits(2);
    // Where the control plane has no addresses of its own, the gateway's are still to be had.
    let list = r#"{"outbound": {"aws": {"us-east-2": ["192.0.2.1"]}}, "gateways":
        [{"name": "g", "ips": {"outbound": {"aws": {"us-east-1": ["192.0.2.9"]}}}}]}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let only = "--provider aws --region us-east-1 --from-file list.json";
    ips(only).exits(5);
    assert_eq!(ips(&format!("{only} --gateway g")).exits(0).out(), "192.0.2.9/32\n");
}

#[test]
fn a_target_tells_what_it_takes() {
    let lab = Lab::new();
    let mut pages = String::new();
    for target in spctl::brokers::targets::TARGETS {
        let page = lab.bare(["ips", "--for", target.name(), "--help"]).shown();
        // Nor does it matter what else is on the line, and in which order.
        let before = ["ips", "--help", "--region", "x", "--instance", "y", "--for", target.name()];
        let other = lab.bare(before).finish().exits(0);
        assert!(page.contains(&other.out()), "{}", other.shown());
        pages += &page;
    }
    assert_snapshot!("ips_targets", pages);
    let overview = lab.bare(["ips", "--help"]).finish().exits(0).out();
    for target in spctl::brokers::targets::TARGETS {
        assert!(overview.contains(target.name()), "{overview}");
        let own = target.arguments().map(|argument| format!("--{}", argument.flag));
        own.for_each(|option| assert!(overview.contains(&option), "{option}: {overview}"));
    }
    let summary = lab.bare(["ips", "-h"]).finish().exits(0).out();
    assert!(summary.lines().count() < overview.lines().count(), "{summary}");
    for verb in ["regions", "project"] {
        let help = lab.bare(["ips", verb, "--help"]).finish().exits(0).out();
        assert!(help.contains(&format!("Usage: spctl ips {verb}")), "{help}");
    }
    assert!(lab.exchanges().is_empty());
}

#[test]
fn what_a_target_does_not_take_is_refused() {
    let lab = Lab::new();
    let lines = [
        "--port 9092",
        "--for kafka-acls --id sg-1",
        "--for aws-security-group --port 1 --topic t",
        "--for kafka-acls --bootstrap-server b:1 --topic t",
        "--for kafka-acls --bootstrap-server b:1 --principal User:a",
        "--for aws-security-group",
        "--for aws-security-group --port 0",
        "--for aws-security-group --port 9092 --group-id group",
        "--for kafka-acls --bootstrap-server b:1 --principal User:a --group=",
        "--for kafka",
        "--instance orders",
    ];
    let mut shown = String::new();
    for line in lines {
        let mut run = lab.local(["ips", "--provider", "aws", "--region", "us-east-1"]);
        run.args.extend(line.split(' ').map(str::to_owned));
        let finished = run.finish().exits(2);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        shown += &format!("$ {line}\n{}\n", finished.err().trim_end());
    }
    assert_snapshot!("ips_target_misuse", shown);
}

/// The name of before still stands for `--id`.
#[test]
fn a_security_group_is_named_by_its_id() {
    let lab = Lab::new();
    let group = |option: &str| {
        let args = ["ips", "--provider", "aws", "--region", "us-east-1", "--port", "9194"];
        let mut run = lab.local(args);
        run.args.extend(["--for", "aws-security-group", option, "sg-0123"].map(str::to_owned));
        run.finish().exits(0).json()
    };
    assert_eq!(group("--id"), group("--group-id"));
    assert_eq!(group("--id")["GroupId"], "sg-0123");
}

#[test]
fn says_nothing_on_stdout_when_there_is_nothing_to_say() {
    let lab = Lab::new();
    let refused = [
        (2, lab.local(["ips", "--provider", "aws"])),
        (2, lab.local(["ips", "--provider", "aws", "--region", "mars-1"])),
        (5, lab.local(["ips", "--instance", "nothing"])),
        (2, lab.local(["ips", "--provider", "moon", "--region", "us-east-1"])),
        (
            7,
            lab.bare(["ips", "--provider", "aws", "--region", "us-east-1"])
                .env("MONGODB_ATLAS_BASE_URL", "http://127.0.0.1:9"),
        ),
    ];
    for (code, run) in refused {
        let finished = run.finish().exits(code);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        assert!(!finished.stderr.is_empty(), "{}", finished.shown());
    }
}

#[test]
fn a_project_has_addresses_of_its_own() {
    let lab = Lab::new();
    let ips = |args: &[&str]| {
        let mut run = lab.spctl(["ips", "project"]);
        run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        run.finish()
    };
    let all = ips(&[]).exits(0).out();
    assert_eq!(all.lines().count(), 18, "{all}");
    let json = ips(&["--cluster", "shop-main", "--direction", "inbound", "-o", "json"]).exits(0);
    let rows = json.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(3), "{rows}");
    assert!(rows.as_array().unwrap().iter().all(|row| row["direction"] == "inbound"), "{rows}");
    let csv = ips(&["-o", "csv"]).exits(0).out();
    assert!(csv.starts_with("cidr,cluster,direction,use\n"), "{csv}");
    assert!(ips(&["--cluster", "nothing"]).exits(5).stdout.is_empty());
    // Samples are shown where they were asked for by name only.
    let quiet = lab.bare(["ips", "project"]).env("SPCTL_LOCAL", "1").finish().exits(2);
    assert!(quiet.stdout.is_empty(), "{}", quiet.shown());
}

#[test]
fn a_list_that_means_everybody_is_handed_to_nobody() {
    let lab = Lab::new();
    for entries in [
        &["0.0.0.0/0"][..],
        &["192.0.2.1", "0.0.0.0"],
        &["::/128"],
        &["2000::/3"],
        &["::fffe:0:0/95"],
        &["8.0.0.0/9", "9.0.0.0/10", "11.0.0.0/10"],
    ] {
        let list = serde_json::json!({ "outbound": { "aws": { "us-east-1": entries } } });
        let args = ["ips", "--provider", "aws", "--region", "us-east-1", "--from-file", "-"];
        let refused = lab.bare(args).stdin(&list.to_string()).finish().exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains("cover every address"), "{}", refused.shown());
        assert!(refused.err().contains(entries[entries.len() - 1]), "{}", refused.shown());
    }
}

#[test]
fn clusters_that_would_be_everywhere_are_shown_nowhere() {
    let lab = Lab::new();
    for address in ["0.0.0.0", "0.0.0.0/0", "2000::/3", "::ffff:0:0/96", "010.0.0.0/8"] {
        let cluster = serde_json::json!({ "clusterName": "shop-main", "inbound": [address] });
        let body = serde_json::json!({ "services": { "clusters": [cluster] } }).to_string();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // It answers once; where nobody asks, it ends with the tests.
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).unwrap();
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
            write!(stream, "{head}content-length: {length}\r\n\r\n{body}").unwrap();
        });
        let run = lab.spctl(["ips", "project"]).env("MONGODB_ATLAS_BASE_URL", &url);
        let refused = run.finish().exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        let told = refused.err();
        let why = ["cover every address", "is not an address"];
        assert!(why.iter().any(|why| told.contains(why)), "{}", refused.shown());
    }
}

#[test]
fn addresses_are_divided_between_files_all_or_none() {
    let lab = Lab::new();
    std::fs::create_dir(lab.file("parts")).unwrap();
    let ips = |more: &str| {
        let line = format!("ips --provider aws --region us-east-1 {more}");
        let mut run = lab.local([]);
        run.args.extend(line.split(' ').map(str::to_owned));
        run.finish()
    };
    let whole = ips("--for plain").exits(0).out();
    let written = ips("--chunk 1 --out parts").exits(0);
    let paths: Vec<String> = written.out().lines().map(str::to_owned).collect();
    assert_eq!(paths.len(), whole.lines().count(), "{}", written.shown());
    let parts: String =
        paths.iter().map(|path| std::fs::read_to_string(lab.file(path)).unwrap()).collect();
    assert_eq!(parts, whole);
    assert!(paths[0].ends_with("plain-1.txt"), "{paths:?}");
    // What is there stays, unless it is to be replaced.
    ips("--chunk 1 --out parts").exits(6);
    ips("--chunk 1 --out parts --force").exits(0);
    ips("--chunk 1 --out nowhere").exits(5);
    let group = "--for aws-security-group --port 9194 --chunk 1 --out parts";
    assert!(ips(&format!("{group} --id sg-0123")).exits(2).err().contains("one group of --id"));
    ips(group).exits(0);
    for wrong in ["--chunk 1", "--out parts", "--chunk 0 --out parts", "--chunk 1 --out parts -q"] {
        ips(wrong).exits(2);
    }
}

#[test]
fn targets_are_listed_with_what_they_need() {
    let lab = Lab::new();
    let rows = lab.bare(["ips", "targets", "-o", "json"]).finish().exits(0).json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), spctl::brokers::targets::TARGETS.len());
    for row in rows {
        let told = |key: &str| !row[key].as_str().unwrap_or_default().is_empty();
        assert!(told("name") && told("about") && told("applied"), "{row}");
    }
}
