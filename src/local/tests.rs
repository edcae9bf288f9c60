//! The server over its socket, with a client that knows nothing of `atlas`.

use std::path::Path;
use std::sync::Once;

use http::Method;
use reqwest::{Client, RequestBuilder, Response};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::admin::{Admin, Credential, CredentialKind};
use super::{Clock, Create, Options, RateLimits, Server, crypto};

const JSON: &str = "application/vnd.atlas.2023-01-01+json";

struct Fixture {
    server: Server,
    client: Client,
    dir: tempfile::TempDir,
}

impl Fixture {
    fn start() -> Self {
        Fixture::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Options)) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let dir = tempfile::tempdir().unwrap();
        let mut options = Options::new(dir.path().join("data/local.db"));
        options.create = Create::Empty { seed: 7, now: None };
        options.clock = Clock::Fixed("2026-03-01T12:00:00Z".parse().unwrap());
        change(&mut options);
        let client = Client::builder().no_proxy().build().unwrap();
        Fixture { server: Server::start(options).unwrap(), client, dir }
    }

    fn store(&self) -> std::path::PathBuf {
        self.dir.path().join("data/local.db")
    }

    fn users(&self) -> String {
        format!("/api/atlas/v2/groups/{}/databaseUsers", self.server.default_project())
    }

    fn key(&self, role: &str) -> Credential {
        credential(&self.store(), CredentialKind::ApiKey, role)
    }

    fn request(&self, method: Method, target: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{target}", self.server.url()))
    }

    /// As the client in this process.
    fn own(&self, method: Method, target: &str) -> RequestBuilder {
        self.request(method, target)
            .bearer_auth(self.server.token().expose_secret())
            .header("accept", JSON)
    }

    async fn signed(&self, method: Method, target: &str, key: &Credential) -> RequestBuilder {
        let refused = self.request(method.clone(), target).send().await.unwrap();
        assert_eq!(refused.status(), 401);
        let challenge = refused.headers()["www-authenticate"].to_str().unwrap();
        let nonce = challenge.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
        let secret = key.secret.expose_secret();
        let ha1 = crypto::md5_hex(&format!("{}:MMS Public API:{secret}", key.name));
        let ha2 = crypto::md5_hex(&format!("{method}:{target}"));
        let response = crypto::md5_hex(&format!("{ha1}:{nonce}:00000001:c:auth:{ha2}"));
        let header = format!(
            "Digest username=\"{}\", realm=\"MMS Public API\", nonce=\"{nonce}\", \
             uri=\"{target}\", qop=auth, nc=00000001, cnonce=\"c\", response=\"{response}\"",
            key.name
        );
        self.request(method, target).header("authorization", header).header("accept", JSON)
    }
}

fn credential(store: &Path, kind: CredentialKind, role: &str) -> Credential {
    let clock = Clock::Fixed("2026-03-01T12:00:00Z".parse().unwrap());
    let mut admin = Admin::open(store, clock).unwrap();
    admin.create_credential(kind, &[role.to_owned()], None).unwrap()
}

fn alice() -> Value {
    json!({
        "databaseName": "admin",
        "username": "alice",
        "password": "correct horse",
        "roles": [{ "databaseName": "admin", "roleName": "atlasAdmin" }],
        "scopes": [{ "name": "future", "type": "STREAM" }],
    })
}

fn body(request: RequestBuilder, value: &Value) -> RequestBuilder {
    request.header("content-type", JSON).body(value.to_string())
}

async fn parts(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

async fn outcome(request: RequestBuilder) -> (u16, String) {
    let (status, value) = parts(request.send().await.unwrap()).await;
    (status, value["errorCode"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_challenge_is_worded_as_atlas_words_it() {
    let fixture = Fixture::start();
    let answer = fixture.request(Method::GET, &fixture.users()).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap().to_owned();
    assert!(challenge.starts_with("Digest realm=\"MMS Public API\", domain=\"\", nonce=\""));
    assert!(challenge.ends_with("algorithm=MD5, qop=\"auth\", stale=false"), "{challenge}");
    assert_eq!(answer.headers()["x-error-code"], "UNEXPECTED_ERROR");
    assert_eq!(parts(answer).await.1["reason"], "Unauthorized");
}

#[tokio::test]
async fn roles_decide_who_may_create_a_user() {
    let fixture = Fixture::start();
    let (users, reader) = (fixture.users(), fixture.key("project-read-only"));
    assert_eq!(reader.name.len(), 8);
    let request = fixture.signed(Method::POST, &users, &reader).await;
    let (status, refusal) = parts(body(request, &alice()).send().await.unwrap()).await;
    assert_eq!((status, refusal["errorCode"].as_str()), (403, Some("USER_UNAUTHORIZED")));
    let detail = refusal["detail"].as_str().unwrap();
    assert!(detail.contains("Project Stream Processing Owner"), "{detail}");

    let owner = fixture.key("GROUP_STREAM_PROCESSING_OWNER");
    let request = fixture.signed(Method::POST, &users, &owner).await;
    let answer = body(request, &alice()).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], JSON);
    assert!(answer.headers().contains_key("ratelimit-remaining"));
    let (status, user) = parts(answer).await;
    assert_eq!(status, 201);
    assert_eq!(user.get("password"), None);
    let request = fixture.signed(Method::POST, &users, &owner).await;
    let again = outcome(body(request, &alice())).await;
    assert_eq!(again, (409, "USER_ALREADY_EXISTS".into()));
}

#[tokio::test]
async fn media_types_and_paths_are_checked() {
    let fixture = Fixture::start();
    let users = fixture.users();
    for accept in ["application/json", "*/*", "application/vnd.atlas.2022-12-31+json"] {
        let request = fixture
            .request(Method::GET, &users)
            .bearer_auth(fixture.server.token().expose_secret())
            .header("accept", accept);
        let (status, refusal) = parts(request.send().await.unwrap()).await;
        assert_eq!(status, 406, "{accept}");
        assert!(refusal["detail"].as_str().unwrap().contains(JSON));
    }
    let own = |method, target: &str| fixture.own(method, target);
    assert_eq!(outcome(own(Method::POST, &users).body("x")).await.0, 415);
    let broken = own(Method::POST, &users).header("content-type", JSON).body("{");
    assert_eq!(outcome(broken).await, (400, "MALFORMED_JSON".into()));
    assert_eq!(outcome(own(Method::PUT, &users)).await.0, 405);
    assert_eq!(outcome(own(Method::GET, "/api/atlas/v2/nonsense")).await.0, 404);
    assert_eq!(outcome(own(Method::GET, &format!("{users}?pageNum=0"))).await.0, 400);
    assert_eq!(outcome(own(Method::GET, &format!("{users}?itemsPerPage=501"))).await.0, 400);
    let elsewhere = users.replace(fixture.server.default_project(), &"0".repeat(24));
    assert_eq!(outcome(own(Method::GET, &elsewhere)).await, (404, "GROUP_NOT_FOUND".into()));
}

#[tokio::test]
async fn a_user_is_patched_in_part_and_expires_by_the_store_s_clock() {
    let fixture = Fixture::start();
    let users = fixture.users();
    let created = body(fixture.own(Method::POST, &users), &alice()).send().await.unwrap();
    assert_eq!(created.status(), 201);
    let one = format!("{users}/admin/alice");
    let patch = |value| body(fixture.own(Method::PATCH, &one), &value);
    let too_late = json!({ "deleteAfterDate": "2026-03-09T12:00:00Z" });
    assert_eq!(outcome(patch(too_late)).await.0, 400);
    let answer = patch(json!({ "deleteAfterDate": "2026-03-02T12:00:00Z" })).send().await.unwrap();
    let (status, user) = parts(answer).await;
    assert_eq!(status, 200);
    assert_eq!(user["scopes"][0]["name"], "future");
    let mut admin =
        Admin::open(&fixture.store(), Clock::Fixed("2026-03-01T12:00:00Z".parse().unwrap()))
            .unwrap();
    admin.advance(jiff::SignedDuration::from_hours(24)).unwrap();
    let gone = outcome(fixture.own(Method::GET, &one)).await;
    assert_eq!(gone, (404, "USERNAME_NOT_FOUND".into()));
}

#[tokio::test]
async fn pages_come_from_the_store_in_order() {
    let fixture = Fixture::start();
    let users = fixture.users();
    for n in 0..5 {
        let mut user = alice();
        user["username"] = format!("user{n}").into();
        let answer = body(fixture.own(Method::POST, &users), &user).send().await.unwrap();
        assert_eq!(answer.status(), 201);
    }
    let page = |query: &'static str| {
        let request = fixture.own(Method::GET, &format!("{users}?{query}"));
        async move { parts(request.send().await.unwrap()).await.1 }
    };
    let second = page("itemsPerPage=2&pageNum=2").await;
    assert_eq!(second["totalCount"], 5);
    assert_eq!(second["results"][0]["username"], "user2");
    let rels = |page: &Value| -> Vec<String> {
        let links = page["links"].as_array().unwrap();
        links.iter().map(|link| link["rel"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rels(&second), ["self", "previous", "next"]);
    let last = page("itemsPerPage=2&pageNum=3&includeCount=false").await;
    assert_eq!(rels(&last), ["self", "previous"]);
    assert_eq!(last.get("totalCount"), None);
    let wrapped = page("envelope=true&itemsPerPage=1").await;
    assert_eq!(wrapped["status"], 200);
    assert_eq!(wrapped["content"]["totalCount"], 5);
}

#[tokio::test]
async fn too_many_calls_are_told_when_to_come_back() {
    let fixture = Fixture::with(|options| {
        options.rate = RateLimits { per_minute: 1, ..RateLimits::default() };
    });
    let call = || fixture.own(Method::GET, &fixture.users()).send();
    assert_eq!(call().await.unwrap().headers()["ratelimit-remaining"], "0");
    let answer = call().await.unwrap();
    assert_eq!(answer.status(), 429);
    assert!(answer.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn a_service_account_gets_and_returns_a_token() {
    let fixture = Fixture::start();
    let account = credential(&fixture.store(), CredentialKind::ServiceAccount, "Project Read Only");
    let basic = |path| {
        fixture
            .request(Method::POST, path)
            .basic_auth(&account.name, Some(account.secret.expose_secret()))
    };
    let form = [("grant_type", "client_credentials")];
    let answer = basic("/api/oauth/token").form(&form).send().await.unwrap();
    let (status, granted) = parts(answer).await;
    assert_eq!((status, granted["expires_in"].as_i64()), (200, Some(3600)));
    let token = granted["access_token"].as_str().unwrap();
    let list =
        || fixture.request(Method::GET, &fixture.users()).bearer_auth(token).header("accept", JSON);
    assert_eq!(outcome(list()).await.0, 200);
    let given_back = basic("/api/oauth/revoke").form(&[("token", token)]).send().await.unwrap();
    assert_eq!(given_back.status(), 200);
    assert_eq!(outcome(list()).await.0, 401);
}

#[tokio::test]
async fn every_attempt_at_an_audit_log_is_in_the_log() {
    use std::io::Read;
    let fixture = Fixture::with(|options| options.create = Create::default());
    let project = fixture.server.default_project().to_owned();
    let streams = format!("/api/atlas/v2/groups/{project}/streams");
    let own = |target: &str, media: &str| {
        fixture
            .request(Method::GET, target)
            .bearer_auth(fixture.server.token().expose_secret())
            .header("accept", format!("application/vnd.atlas.2023-02-01+{media}"))
    };
    let listed = parts(own(&streams, "json").send().await.unwrap()).await.1;
    let name = listed["results"][0]["name"].as_str().unwrap().to_owned();
    let target = format!("{streams}/{name}/auditLogs?startDate=1772366400");
    let reader = fixture.key("Project Read Only");
    let refused = fixture.signed(Method::GET, &target, &reader).await;
    assert_eq!(outcome(refused).await.0, 403);
    let target = format!("{streams}/{name}/auditLogs?startDate=1772366400&endDate=1772366401");
    let download = || async {
        let answer = own(&target, "gzip").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let offered = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(offered.ends_with("_2026-03-01T12:00:00Z_2026-03-01T12:00:01Z_audit.log.gz\""));
        let mut text = String::new();
        let bytes = answer.bytes().await.unwrap();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let first = download().await;
    let attempt = first.last().unwrap();
    assert_eq!(attempt["unmapped"]["atype"], "Audit log accessed");
    assert_eq!((&attempt["status_id"], &attempt["status_code"]), (&json!(2), &json!("13")));
    assert_eq!(attempt["actor"]["user"]["name"], reader.name.as_str());
    let second = download().await;
    assert_eq!(second.len(), first.len() + 1);
    assert_eq!(second.last().unwrap()["status_id"], 1);
}

#[tokio::test]
async fn a_custom_role_in_use_stays() {
    let fixture = Fixture::start();
    let roles =
        format!("/api/atlas/v2/groups/{}/customDBRoles/roles", fixture.server.default_project());
    let action = json!({
        "action": "LIST_CONNECTIONS",
        "resources": [{ "cluster": true }],
    });
    let role = |actions: Value| json!({ "roleName": "watch", "actions": actions });
    let create = |value: Value| body(fixture.own(Method::POST, &roles), &value);
    let twice = outcome(create(role(json!([action, action])))).await;
    assert_eq!(twice, (400, "ATLAS_DUPLICATE_CUSTOM_ROLE_ACTION".into()));
    assert_eq!(outcome(create(role(json!([action])))).await.0, 202);
    let mut user = alice();
    user["roles"] = json!([{ "roleName": "watch", "databaseName": "sales" }]);
    let add = |user: &Value| body(fixture.own(Method::POST, &fixture.users()), user);
    assert_eq!(outcome(add(&user)).await, (400, "UNSUPPORTED_ROLE".into()));
    user["roles"][0]["databaseName"] = "admin".into();
    assert_eq!(outcome(add(&user)).await.0, 201);
    let delete = |target: String| fixture.own(Method::DELETE, &target);
    assert_eq!(outcome(delete(format!("{roles}/watch"))).await.0, 409);
    assert_eq!(outcome(delete(format!("{}/admin/alice", fixture.users()))).await.0, 204);
    assert_eq!(outcome(delete(format!("{roles}/watch"))).await.0, 204);
}

#[tokio::test]
async fn no_custom_role_inherits_itself() {
    let fixture = Fixture::start();
    let roles =
        format!("/api/atlas/v2/groups/{}/customDBRoles/roles", fixture.server.default_project());
    let inheriting = |name: &str, from: &[&str]| {
        let from: Vec<Value> = from.iter().map(|r| json!({ "db": "admin", "role": r })).collect();
        json!({ "roleName": name, "inheritedRoles": from })
    };
    let create = |value: Value| body(fixture.own(Method::POST, &roles), &value);
    assert_eq!(outcome(create(inheriting("self", &["self"]))).await.0, 400);
    assert_eq!(outcome(create(inheriting("twice", &["backup", "backup"]))).await.0, 400);
    assert_eq!(outcome(create(inheriting("lost", &["nowhere"]))).await.0, 400);
    assert_eq!(outcome(create(inheriting("a", &["backup"]))).await.0, 202);
    assert_eq!(outcome(create(inheriting("b", &["a"]))).await.0, 202);
    assert_eq!(outcome(create(inheriting("c", &["b", "a"]))).await.0, 202);
    let patch = fixture.own(Method::PATCH, &format!("{roles}/a"));
    let cycle = outcome(body(patch, &inheriting("a", &["c"]))).await;
    assert_eq!(cycle, (400, "INVALID_ATTRIBUTE".into()));
}
