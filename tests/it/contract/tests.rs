//! The judge is judged: what is right passes, and each kind of wrong is caught.

use serde_json::{Value, json};
use spctl::privileges::catalogue::built_in;
use spctl::privileges::permission;

use super::{Contract, Exchange, contract};

const GROUP: &str = "32b6e34b3d91647abb20e7b8";

fn media(date: &str) -> String {
    format!("application/vnd.atlas.{date}+json")
}

fn exchange(method: &str, date: &str, path: &str, status: u16, body: &Value) -> Exchange {
    let own = |n: &str, v: &str| (n.to_owned(), v.to_owned());
    let answer = if status < 400 { media(date) } else { "application/json".to_owned() };
    Exchange {
        method: method.to_owned(),
        target: format!("/api/atlas/v2/groups/{GROUP}/{path}"),
        request_headers: vec![own("Accept", &media(date))],
        request_body: Vec::new(),
        status,
        response_headers: vec![
            own("content-type", &answer),
            own("ratelimit-limit", "1200"),
            own("ratelimit-remaining", "1199"),
        ],
        response_body: body.to_string().into_bytes(),
    }
}

fn with_body(mut exchange: Exchange, body: &Value) -> Exchange {
    let accept = exchange.request_headers[0].1.clone();
    exchange.request_headers.push(("Content-Type".to_owned(), accept));
    exchange.request_body = body.to_string().into_bytes();
    exchange
}

fn users(query: &str) -> Exchange {
    let page = json!({ "links": [], "results": [user()], "totalCount": 1 });
    exchange("GET", "2023-01-01", &format!("databaseUsers{query}"), 200, &page)
}

fn user() -> Value {
    json!({
        "databaseName": "admin",
        "username": "alice",
        "roles": [{ "databaseName": "admin", "roleName": "read" }],
        "scopes": [{ "name": "orders", "type": "STREAM" }],
    })
}

fn connection(answer: &Value) -> Exchange {
    exchange("GET", "2023-02-01", "streams/orders/connections/sink", 200, answer)
}

/// Each problem as `pointer rule`.
fn found(contract: &Contract, exchange: &Exchange) -> Vec<String> {
    let problems = contract.validate(exchange);
    problems.iter().map(|p| format!("{} {}", p.pointer, p.rule)).collect()
}

#[test]
fn what_is_right_passes() {
    let Some(contract) = contract() else { return };
    let good = [
        users(""),
        users("?pageNum=2&itemsPerPage=500&includeCount=false"),
        connection(&json!({
            "name": "sink", "type": "Cluster", "clusterName": "c",
            "dbRoleToExecute": { "role": "readWriteAnyDatabase", "type": "BUILT_IN" },
        })),
        connection(&json!({
            "name": "sink", "type": "SchemaRegistry", "provider": "CONFLUENT",
            "schemaRegistryUrls": ["https://registry.example.com"],
            "schemaRegistryAuthentication": { "type": "USER_INFO", "username": "u" },
        })),
        exchange("DELETE", "2023-02-01", "streams/orders", 202, &json!({})),
        exchange(
            "GET",
            "2023-01-01",
            "databaseUsers/$external/CN%3Da%2Fb",
            404,
            &json!({ "error": 404, "errorCode": "USERNAME_NOT_FOUND", "detail": null }),
        ),
        exchange(
            "GET",
            "2023-02-01",
            "streams/orders",
            200,
            &json!({ "name": "orders", "dataProcessRegion": {
                "cloudProvider": "AWS", "region": "VIRGINIA_USA" } }),
        ),
    ];
    for exchange in good {
        assert_eq!(found(contract, &exchange), [""; 0], "{exchange:?}");
    }
}

#[test]
fn an_envelope_is_opened() {
    let Some(contract) = contract() else { return };
    let mut wrapped = users("?envelope=true");
    let page: Value = serde_json::from_slice(&wrapped.response_body).unwrap();
    wrapped.response_body = json!({ "status": 200, "content": page }).to_string().into();
    assert_eq!(found(contract, &wrapped), [""; 0]);
    assert_eq!(found(contract, &users("?envelope=true")), ["/response envelope"]);
}

#[test]
fn wrong_requests_are_caught() {
    let Some(contract) = contract() else { return };
    let one = |exchange: Exchange| found(contract, &exchange).join(", ");
    assert_eq!(one(users("?pageSize=5")), "/request/query/pageSize unknown");
    assert_eq!(one(users("?itemsPerPage=501")), "/request/query/itemsPerPage maximum");
    assert_eq!(one(users("?itemsPerPage=all")), "/request/query/itemsPerPage type");
    assert_eq!(one(users("?pretty=yes")), "/request/query/pretty type");
    assert_eq!(one(users("?pageNum=1&pageNum=2")), "/request/query/pageNum type");

    let mut group = users("");
    group.target = group.target.replace(GROUP, "not-hexadecimal");
    assert_eq!(one(group), "/request/path/groupId pattern");

    let mut accept = users("");
    accept.request_headers[0].1 = media("2024-01-01");
    assert_eq!(one(accept), "/request/accept media, /response media");

    let mut path = users("");
    path.target = "/api/atlas/v2/nothing".to_owned();
    assert_eq!(one(path), "/request/path path");
}

#[test]
fn wrong_request_bodies_are_caught() {
    let Some(contract) = contract() else { return };
    let one = |body: Value| {
        let call = exchange("POST", "2023-01-01", "databaseUsers", 201, &user());
        found(contract, &with_body(call, &body)).join(", ")
    };
    let changed = |key: &str, value: Value| {
        let mut body = user();
        body[key] = value;
        body
    };
    assert_eq!(one(changed("password", json!("long enough"))), "");
    assert_eq!(one(changed("password", json!("short"))), "/request/password minLength");
    assert_eq!(one(changed("links", json!([]))), "/request/links unknown");
    assert_eq!(one(changed("databaseName", json!("test"))), "/request/databaseName enum");
    assert_eq!(one(changed("deleteAfterDate", json!("soon"))), "/request/deleteAfterDate format");
    let scope = json!([{ "name": "a", "type": "STREAM", "more": 1 }]);
    assert_eq!(one(changed("scopes", scope)), "/request/scopes/0/more unknown");

    let call = exchange("POST", "2023-01-01", "databaseUsers", 201, &user());
    assert_eq!(found(contract, &call), ["/request body"]);
    let mut untyped = with_body(call, &user());
    untyped.request_headers.pop();
    assert_eq!(found(contract, &untyped), ["/request media"]);
}

#[test]
fn wrong_answers_are_caught() {
    let Some(contract) = contract() else { return };
    let one = |exchange: Exchange| found(contract, &exchange).join(", ");

    let mut undocumented = users("");
    undocumented.status = 201;
    assert_eq!(one(undocumented), "/response status");

    let mut html = users("");
    html.response_headers[0].1 = "text/html".to_owned();
    assert_eq!(one(html), "/response media");

    let mut unlimited = users("");
    unlimited.response_headers.pop();
    assert_eq!(one(unlimited), "/response/headers header");

    let mut cut = users("");
    cut.response_body.truncate(9);
    assert_eq!(one(cut), "/response json");

    let mut told = user();
    told["password"] = json!("long enough");
    let leak = exchange("GET", "2023-01-01", "databaseUsers/admin/alice", 200, &told);
    assert_eq!(one(leak), "/response/password unknown");

    let error = exchange("GET", "2023-02-01", "streams/x", 404, &json!({ "message": "no" }));
    assert_eq!(
        one(error),
        "/response/error/error required, /response/error/errorCode required, \
         /response/error/message unknown"
    );
    let gone = exchange("DELETE", "2023-01-01", "databaseUsers/admin/a", 204, &json!({}));
    assert_eq!(one(gone), "/response body");
}

#[test]
fn the_discriminator_decides() {
    let Some(contract) = contract() else { return };
    let one = |answer: Value| found(contract, &connection(&answer)).join(", ");
    let mixed = json!({ "name": "sink", "type": "Kafka", "clusterName": "c" });
    assert_eq!(one(mixed), "/response/clusterName unknown");
    assert_eq!(one(json!({ "name": "sink", "type": "Carrier" })), "/response/type enum");
    let password = json!({
        "name": "sink", "type": "Kafka", "authentication": { "password": "p" },
    });
    assert_eq!(one(password), "/response/authentication/password unknown");
}

#[test]
fn every_deviation_says_what_is_so_and_how_that_is_known() {
    let Some(contract) = contract() else { return };
    let ids: Vec<&str> = contract.operation_ids().collect();
    for row in contract.deviations.rows() {
        assert!(!row.meaning.is_empty() && !row.source.is_empty(), "{row:?}");
        for operation in &row.operations {
            assert!(ids.contains(&operation.as_str()), "no operation {operation}");
        }
    }
}

#[test]
fn every_action_and_role_of_the_document_is_known() {
    let Some(contract) = contract() else { return };
    let names = |schema: &str, property: &str| {
        let pointer = format!("/components/schemas/{schema}/properties/{property}/enum");
        let names = contract.document.pointer(&pointer).and_then(Value::as_array).expect("names");
        let names = names.iter().filter_map(Value::as_str).map(str::to_owned);
        names.filter(|name| !name.starts_with('<')).collect::<Vec<_>>()
    };
    let actions = names("DatabasePrivilegeAction", "action");
    let unknown: Vec<_> = actions.iter().filter(|name| !permission::is_action(name)).collect();
    assert!(unknown.is_empty() && actions.len() > 11, "{unknown:?}");
    let roles = names("DatabaseUserRole", "roleName");
    assert!(roles.iter().all(|name| built_in::find(name).is_some()), "{roles:?}");
    assert_eq!(roles.len(), built_in::ROLES.len());
}
