//! A certificate or a key that cannot be used is refused by what is wrong with it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::run::Finished;
use crate::support::Lab;
use crate::tls::Authority;

/// A certificate, its key, and files that are neither, each with what is said of it.
struct Files {
    lab: Lab,
    /// Where a certificate is wanted.
    not_certificates: Vec<(&'static str, &'static str)>,
    /// Where a key is wanted.
    not_keys: Vec<(&'static str, &'static str)>,
}

impl Files {
    fn new() -> Self {
        let lab = Lab::new();
        let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
        let (certificate, key) =
            (made.cert.pem().replace('\r', ""), made.signing_key.serialize_pem());
        let lines: Vec<&str> = certificate.lines().collect();
        let der = BASE64_STANDARD.decode(lines[1..lines.len() - 1].concat()).unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(lab.file(name), bytes).unwrap();
        write("cert", certificate.as_bytes());
        write("key", key.as_bytes());
        write("both", format!("{certificate}{key}").as_bytes());
        write("empty", b"");
        write("der", &der);
        write("word", b"hunter2");
        write("bare", lines[1..lines.len() - 1].join("\n").as_bytes());
        write(
            "broken",
            certificate.replacen(lines[2], &format!("*{}", &lines[2][1..]), 1).as_bytes(),
        );
        write("cut", lines[..lines.len() - 1].join("\n").as_bytes());
        write("half", [&lines[..3], &lines[lines.len() - 1..]].concat().join("\n").as_bytes());
        write("joined-key", key.trim_end().replace('\n', " ").as_bytes());
        write("returns-key", key.trim_end().replace('\n', "\r").as_bytes());
        write("broken-key", key.replacen('\n', "\n*", 1).as_bytes());
        let not_certificates = vec![
            ("empty", "it is empty"),
            ("der", "it is in DER form"),
            ("word", "it has no line -----BEGIN CERTIFICATE-----"),
            ("bare", "are missing around its base64"),
            ("broken", "the base64 is broken in line 3"),
            ("cut", "no line -----END CERTIFICATE----- ends it"),
            ("half", "not an X.509 certificate, or not whole"),
            ("key", "it holds a private key, not a certificate"),
        ];
        let not_keys = vec![
            ("empty", "it is empty"),
            ("der", "it is in DER form"),
            ("word", "it has no line -----BEGIN PRIVATE KEY-----"),
            ("joined-key", "on a line of its own with five dashes at each end"),
            ("returns-key", "on a line of its own with five dashes at each end"),
            ("broken-key", "the base64 is broken in line 2"),
            ("cert", "it holds a certificate, not a private key"),
        ];
        Files { lab, not_certificates, not_keys }
    }

    /// Nothing is sent, and nothing of a file is shown.
    #[track_caller]
    fn refused(&self, finished: Finished, said: &str) {
        let finished = finished.exits(2);
        assert!(finished.err().contains(said), "{said}: {}", finished.shown());
        let error = finished.err();
        assert!(!error.contains("MII") && !error.contains("hunter2"), "{}", finished.shown());
        assert!(!error.contains("byte 0x") && error.contains("hint: "), "{}", finished.shown());
        assert!(self.lab.requests().iter().all(|request| request.starts_with("GET ")));
    }
}

const KAFKA: &str = "connections create c --instance orders --bootstrap-servers b:9092 --yes";

#[test]
fn options_of_a_connection_say_what_is_wrong() {
    let files = Files::new();
    let run = |more: &str| files.lab.typed(&format!("{KAFKA} {more}")).finish();
    let ssl = "--protocol SSL --client-certificate";
    for (file, said) in &files.not_certificates {
        files.refused(run(&format!("{ssl} {file} --client-key key")), said);
        files.refused(run(&format!("--broker-ca-file {file}")), said);
    }
    files.refused(run(&format!("{ssl} both --client-key key")), "a private key begins in line");
    for (file, said) in &files.not_keys {
        files.refused(run(&format!("{ssl} cert --client-key {file}")), said);
    }
    run(&format!("{ssl} cert --client-key key --broker-ca-file cert")).exits(0);
}

#[test]
fn fields_of_a_document_say_what_is_wrong() {
    let files = Files::new();
    let lab = &files.lab;
    let text = |name: &str| String::from_utf8(std::fs::read(lab.file(name)).unwrap()).unwrap();
    let run = |trusted: &str, own: &str, key: &str| {
        let document = json!({
            "type": "Kafka", "bootstrapServers": "b:9092",
            "security": { "protocol": "SSL", "brokerPublicCertificate": trusted },
            "authentication": { "mechanism": "SSL", "sslCertificate": own, "sslKey": "${KEY}" },
        });
        std::fs::write(lab.file("document"), document.to_string()).unwrap();
        let line = "connections create c --instance orders --file document --yes";
        lab.typed(line).env("KEY", key).finish()
    };
    let (cert, key) = (text("cert"), text("key"));
    for (file, said) in
        files.not_certificates.iter().filter(|(file, _)| !matches!(*file, "empty" | "der"))
    {
        let field = format!("security.brokerPublicCertificate cannot be used: {}", "");
        files.refused(run(&text(file), &cert, &key), &field);
        files.refused(run(&cert, &text(file), &key), said);
    }
    for (file, said) in files.not_keys.iter().filter(|(file, _)| !matches!(*file, "empty" | "der"))
    {
        files.refused(run(&cert, &cert, &text(file)), said);
    }
}

#[test]
fn an_authority_that_is_none_says_why() {
    let files = Files::new();
    let lab = &files.lab;
    let address = Authority::new().relay("localhost", crate::tls::VALID, lab.url());
    let url = format!("https://localhost:{}", address.port());
    std::fs::create_dir_all(lab.file("config")).unwrap();
    let config = lab.file("config").display().to_string();
    for (file, said) in &files.not_certificates {
        let profile = format!("[profiles.p]\nca_file = \"{file}\"\nbase_url = \"{url}\"\n");
        std::fs::write(lab.file("config/config.toml"), profile).unwrap();
        let at = |line: &str| lab.typed(line).env("MONGODB_ATLAS_BASE_URL", &url);
        for run in [
            at(&format!("instances list --ca-file {file}")),
            at("instances list").env("SSL_CERT_FILE", file),
            at("instances list --profile p").env("SPCTL_CONFIG_DIR", &config),
        ] {
            let finished = run.finish();
            let error = finished.err();
            assert_ne!(finished.code, Some(0));
            assert!(error.contains("cannot use the certificate bundle"), "{}", finished.shown());
            assert!(
                error.contains(said) && error.contains("hint: "),
                "{said}: {}",
                finished.shown()
            );
        }
    }
}

#[test]
fn a_certificate_that_is_stored_broken_is_shown_as_such() {
    let files = Files::new();
    let lab = &files.lab;
    for (index, (file, said)) in files.not_certificates.iter().enumerate() {
        let Ok(text) = String::from_utf8(std::fs::read(lab.file(file)).unwrap()) else { continue };
        if text.is_empty() {
            continue;
        }
        let name = format!("old-{index}");
        let document = json!({
            "name": name, "type": "Kafka", "bootstrapServers": "b:9092", "state": "READY",
            "security": { "protocol": "SASL_SSL", "brokerPublicCertificate": text },
            "authentication": { "mechanism": "PLAIN", "username": "u" },
        });
        let key = format!("{}/orders", lab.project());
        lab.add("connection", &key, &name, &document);
        let got = lab.typed(&format!("connections get {name} --instance orders")).finish();
        if got.code == Some(0) {
            assert!(got.out().contains(said), "{said}: {}", got.shown());
        }
    }
}

#[test]
fn an_empty_host_in_a_list_is_left_out() {
    let lab = Lab::new();
    let line = "connections create c --instance orders --mechanism PLAIN --username u \
                --password-env P --dry-run -o json --bootstrap-servers";
    for (given, sent) in [("a:1,,b:2", "a:1,b:2"), (",a:1,", "a:1"), ("a:1, b:2 ,", "a:1,b:2")] {
        let run = lab.typed(line).and(&[given]).env("P", "a-password");
        let request = run.finish().exits(0).json();
        assert_eq!(request[0]["body"]["bootstrapServers"], sent);
        std::fs::write(
            lab.file("document"),
            json!({"type": "Kafka", "bootstrapServers": given}).to_string(),
        )
        .unwrap();
        let run =
            lab.typed("connections update order-events --instance orders --yes --dry-run -o json");
        let request = run.and(&["--file", "document"]).finish().exits(0).json();
        assert_eq!(request[0]["body"]["bootstrapServers"], sent);
        let acls = "ips --local --provider aws --region us-east-1 --for kafka-acls --principal User:a \
                    --topic t --bootstrap-server";
        let run = lab.bare([]).and(&acls.split_whitespace().collect::<Vec<_>>()).and(&[given]);
        let out = run.finish().exits(0).out();
        assert!(out.contains(&format!("--bootstrap-server {sent} ")), "{out}");
    }
    let nothing = lab.typed(line).and(&[" , "]).env("P", "a-password").finish().exits(2);
    assert!(nothing.err().contains("--bootstrap-servers"), "{}", nothing.shown());
    let document = json!({"type": "Kafka", "bootstrapServers": " , "}).to_string();
    std::fs::write(lab.file("document"), document).unwrap();
    let line = "connections create c --instance orders --file document --yes";
    let nothing = lab.typed(line).finish().exits(2);
    assert!(nothing.err().contains("bootstrapServers names no host"), "{}", nothing.shown());
}
