//! A byte order mark, which some editors write, is no part of what is read.

use serde_json::json;

use crate::support::Lab;

const MARK: &str = "\u{feff}";

#[test]
fn every_file_and_stdin_are_read_past_their_mark() {
    let lab = Lab::new();
    let entries = lab.spctl(["ips", "--provider", "aws", "--region", "us-east-1"]).finish().out();
    assert!(!entries.is_empty());
    let addresses = json!({"controlPlane": {"outbound": {"aws": {"us-east-1": ["192.0.2.5/32"]}}}});
    lab.typed("users lock grace --record record.json --yes").finish().exits(0);
    let record = std::fs::read_to_string(lab.file("record.json")).unwrap();
    let file = |name: &str, text: &str| {
        std::fs::write(lab.file(name), format!("{MARK}{text}")).unwrap();
    };
    file("addresses", &addresses.to_string());
    file("entries", "192.0.2.7 # a gateway\n");
    file("sample", "name: solar\ntype: Sample\n");
    file(
        "pipeline",
        r#"[{"$source": {"connectionName": "x"}}, {"$emit": {"connectionName": "y"}}]"#,
    );
    file(
        "link",
        r#"{"provider": "AWS", "region": "US_EAST_1", "vendor": "S3", "serviceEndpointId": "com.amazonaws.us-east-1.s3"}"#,
    );
    file("record.json", &record);
    file("body", r#"[{"ipAddress": "192.0.2.9"}]"#);
    file("region", "us-east-1");
    file("start", r#"{"tier": "SP10"}"#);
    let lines = [
        "ips --provider aws --region us-east-1 --from-file addresses",
        "access-lists replace entries --yes --dry-run",
        "connections create solar --instance orders --file sample --yes --dry-run",
        "api POST groups/{project}/accessList --input body --dry-run",
        "api POST groups/{project}/accessList -F comment=@region --dry-run",
        "private-links create --file link --dry-run",
        "users unlock --from record.json --yes --dry-run --generate-password",
    ];
    for line in lines {
        let finished = lab.typed(line).finish().exits(0);
        assert!(!finished.shown().contains("feff"), "{}", finished.shown());
        assert!(!finished.shown().contains(MARK), "{}", finished.shown());
    }
    // What follows is refused for another reason than its text.
    for line in [
        "processors create p --instance orders --pipeline pipeline --dry-run",
        "processors start totals --instance orders --with start --dry-run",
    ] {
        let told = lab.typed(line).finish().err();
        assert!(!told.contains("neither JSON nor YAML") && !told.contains("feff"), "{told}");
    }
    for (line, stdin) in [
        ("ips --provider aws --region us-east-1 --from-file -", addresses.to_string().as_str()),
        ("access-lists replace - --yes --dry-run", "192.0.2.7\n"),
        ("connections create s --instance orders --file - --dry-run", "{\"type\": \"Sample\"}"),
        ("api POST groups/{project}/accessList --input - --dry-run", "[]"),
        ("users get - -q", "alice\n"),
    ] {
        let run = lab.typed(line).stdin(&format!("{MARK}{stdin}"));
        let finished = run.finish().exits(0);
        assert!(!finished.shown().contains("feff"), "{}", finished.shown());
    }
}

#[test]
fn utf_16_is_said_by_its_name() {
    let lab = Lab::new();
    let utf16: Vec<u8> = "\u{feff}[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(lab.file("entries"), utf16).unwrap();
    for line in [
        "access-lists replace entries --yes",
        "api POST groups/{project}/accessList --input entries --yes",
        "connections create s --instance orders --file entries --yes",
    ] {
        let told = lab.typed(line).finish().exits(2).err();
        assert!(told.contains("the text is UTF-16"), "{told}");
    }
}

#[test]
fn utf_16_is_said_by_its_name_wherever_text_is_read() {
    let lab = Lab::new();
    let config = lab.file(".config/spctl");
    std::fs::create_dir_all(&config).unwrap();
    for (mark, encode) in [
        (MARK, u16::to_le_bytes as fn(u16) -> [u8; 2]),
        (MARK, u16::to_be_bytes),
        ("", u16::to_le_bytes),
        ("", u16::to_be_bytes),
    ] {
        let text = |text: &str| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(encode).collect()
        };
        std::fs::write(lab.file("list"), text("{}")).unwrap();
        std::fs::write(lab.file("theirs.toml"), text("[b]\n")).unwrap();
        let named = |line: &str| lab.typed(line).stdin(&text("alice\nbob\n"));
        for (run, code) in [
            (named("users get - -q"), 2),
            (named("access-lists add - --yes"), 2),
            (lab.typed("users unlock --from list --generate-password --yes"), 2),
            (lab.typed("ips --provider aws --region us-east-1 --from-file list"), 2),
            (lab.typed("api POST groups/{project}/accessList -F comment=@list --dry-run"), 2),
            (lab.bare(["profiles", "import", "--from", "theirs.toml", "--yes"]), 1),
        ] {
            let told = run.finish().exits(code);
            assert!(told.err().contains("the text is UTF-16"), "{}", told.shown());
            assert!(!told.err().contains("permissions"), "{}", told.shown());
        }
        std::fs::write(config.join("config.toml"), text("[profiles.a]\n")).unwrap();
        for run in [
            lab.bare(["profiles", "list"]),
            lab.bare(["profiles", "set", "--profile", "a", "project=y"]),
        ] {
            let told = run.finish().exits(1);
            assert!(told.err().contains("the text is UTF-16"), "{}", told.shown());
        }
        std::fs::remove_file(config.join("config.toml")).unwrap();
    }
}

#[test]
fn nothing_where_a_document_is_expected_is_said_so() {
    let lab = Lab::new();
    for text in ["", MARK, " \r\n"] {
        std::fs::write(lab.file("nothing"), text).unwrap();
        for (line, said) in [
            ("api POST groups/{project}/accessList --input nothing --yes", "holds no document"),
            ("users unlock --from nothing --generate-password --yes", "holds no document"),
            ("ips --provider aws --region us-east-1 --from-file nothing", "it is empty"),
        ] {
            let told = lab.typed(line).finish();
            assert_ne!(told.code, Some(0));
            assert!(told.err().contains(said) && !told.err().contains("EOF"), "{}", told.shown());
        }
    }
}

#[test]
fn settings_are_read_and_edited_past_their_mark() {
    let lab = Lab::new();
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    let config = lab.file(".config/spctl/config.toml");
    std::fs::write(&config, format!("{MARK}[profiles.a]\nproject = \"x\"\n")).unwrap();
    assert_eq!(lab.bare(["profiles", "list", "-q"]).finish().exits(0).out(), "a\n");
    lab.bare(["profiles", "set", "--profile", "a", "project=y"]).finish().exits(0);
    let edited = std::fs::read_to_string(&config).unwrap();
    assert_eq!(edited, format!("{MARK}[profiles.a]\nproject = \"y\"\n"));
    let theirs = lab.file("theirs.toml");
    std::fs::write(theirs, format!("{MARK}[b]\nproject_id = \"x\"\n")).unwrap();
    lab.bare(["profiles", "import", "--from", "theirs.toml", "--yes"]).finish().exits(0);
    assert_eq!(lab.bare(["profiles", "list", "-q"]).finish().exits(0).out(), "a\nb\n");
}
