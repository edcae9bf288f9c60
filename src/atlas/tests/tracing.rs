use std::io;

use serde_json::json as value;
use tracing_subscriber::fmt::MakeWriter;

use super::*;
use crate::atlas::{redact, users};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Lines;

    fn make_writer(&'a self) -> Lines {
        self.clone()
    }
}

#[tokio::test]
async fn what_is_traced_holds_no_secret() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(::tracing::Level::DEBUG)
        .with_writer(lines.clone())
        .finish();
    let _guard = ::tracing::subscriber::set_default(subscriber);
    let (url, _) = serve(|_, request| match request.target.as_str() {
        "/api/oauth/token" => json(200, r#"{"access_token":"t0ken","expires_in":3600}"#),
        _ => with(json(200, r#"{"sslKey":"k3y"}"#), "set-cookie", "c00kie"),
    })
    .await;
    let account = Credential::ServiceAccount {
        id: "mdb_sa_id_1".to_owned(),
        secret: "s3cret".into(),
        cache: None,
    };
    let client = client(&url, account);
    let body = value!({"username": "alice", "password": "hunter22"});
    client.send(&users::create_call("p", body)).await.unwrap();
    let traced = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(traced.contains("/api/atlas/v2/groups/p/databaseUsers"), "{traced}");
    assert!(traced.contains("alice") && traced.contains("status"), "{traced}");
    for secret in ["hunter22", "t0ken", "s3cret", "k3y", "c00kie", "Basic "] {
        assert!(!traced.contains(secret), "{secret}: {traced}");
    }
}

#[test]
fn secrets_are_masked_wherever_they_stand() {
    let masked = redact::json(value!({
        "name": "k",
        "authentication": {"mechanism": "PLAIN", "username": "u", "password": "p"},
        "security": {"sslKey": "k", "brokerPublicCertificate": "c"},
        "headers": {"X-Any": "v"},
        "list": [{"client_secret": "s"}],
        "apiKey": {"publicKey": "abcdefgh"},
    }));
    let expected = value!({
        "name": "k",
        "authentication": {"mechanism": "PLAIN", "username": "u", "password": redact::MASK},
        "security": {"sslKey": redact::MASK, "brokerPublicCertificate": "c"},
        "headers": {"X-Any": redact::MASK},
        "list": [{"client_secret": redact::MASK}],
        "apiKey": {"publicKey": "abcdefgh"},
    });
    assert_eq!(masked, expected);
}
