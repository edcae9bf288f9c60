//! The server's half of an exchange.

use serde_json::{Value, json};

use super::operations::Operation;
use super::schema::Side;
use super::{Contract, Exchange, Problem, header, problem, query};

impl Contract {
    pub(super) fn judge_response(
        &self,
        operation: &Operation,
        exchange: &Exchange,
        query: &str,
    ) -> Vec<Problem> {
        let fail =
            |rule: &str, message: &str| vec![problem(&operation.id, "/response", rule, message)];
        let mut status = exchange.status;
        let mut body = None;
        if query::is_on(query, "envelope") && !exchange.response_body.is_empty() {
            match unwrap(&exchange.response_body) {
                Ok((inner, content)) => {
                    status = inner;
                    body = Some(content);
                }
                Err(message) => return fail("envelope", &message),
            }
        }
        if status >= 400 {
            return self.judge_error(operation, exchange, body);
        }
        let Some(spec) = operation.spec["responses"].get(status.to_string()) else {
            return fail("status", &format!("{status} is not documented"));
        };
        let spec = self.resolve(spec);
        let mut problems = judge_limits(operation, spec, exchange);
        problems.extend(self.judge_success(operation, spec, exchange, body));
        problems
    }

    fn judge_success(
        &self,
        operation: &Operation,
        spec: &Value,
        exchange: &Exchange,
        body: Option<Value>,
    ) -> Vec<Problem> {
        let fail =
            |rule: &str, message: &str| vec![problem(&operation.id, "/response", rule, message)];
        if exchange.status == 204 {
            let empty = exchange.response_body.is_empty();
            return if empty { Vec::new() } else { fail("body", "a 204 carries a body") };
        }
        let accept = header(&exchange.request_headers, "accept").unwrap_or_default();
        let got = header(&exchange.response_headers, "content-type").unwrap_or_default();
        let media = got.split(';').next().unwrap_or_default().trim();
        if media != accept {
            return fail("media", &format!("asked for {accept:?}, got {got:?}"));
        }
        let Some(content) = spec["content"].get(media) else {
            return fail("media", &format!("{got:?} is not documented"));
        };
        if media.ends_with("+gzip") {
            return Vec::new();
        }
        let value = match body.map_or_else(|| parse(&exchange.response_body), Ok) {
            Ok(value) => value,
            Err(message) => return fail("json", &message),
        };
        match content.get("schema") {
            Some(schema) => self.check(Side::Response, schema, &value, operation, ""),
            None if value == json!({}) => Vec::new(),
            None => fail("body", "more than an empty object where nothing is known"),
        }
    }

    fn judge_error(
        &self,
        operation: &Operation,
        exchange: &Exchange,
        body: Option<Value>,
    ) -> Vec<Problem> {
        let raw = &exchange.response_body;
        if exchange.status == 401 && raw.is_empty() {
            return Vec::new();
        }
        let fail =
            |rule: &str, message: &str| vec![problem(&operation.id, "/response", rule, message)];
        let got = header(&exchange.response_headers, "content-type").unwrap_or_default();
        if got.split(';').next() != Some("application/json") {
            return fail("media", &format!("an error is application/json, not {got:?}"));
        }
        let value = match body.map_or_else(|| parse(raw), Ok) {
            Ok(value) => value,
            Err(message) => return fail("json", &message),
        };
        let schema = json!({ "$ref": "#/components/schemas/ApiError" });
        let mut problems = self.check(Side::Response, &schema, &value, operation, "/error");
        if let Some(code) = header(&exchange.response_headers, "x-error-code")
            && value["errorCode"] != code
        {
            problems.extend(fail("header", "X-Error-Code differs from the body's errorCode"));
        }
        problems
    }
}

/// The limits that the document promises with an answer.
fn judge_limits(operation: &Operation, spec: &Value, exchange: &Exchange) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in spec["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
        let value = header(&exchange.response_headers, name);
        if value.is_none_or(|v| v.parse::<u64>().is_err()) {
            let message = format!("{name} is {value:?}");
            problems.push(problem(&operation.id, "/response/headers", "header", &message));
        }
    }
    problems
}

fn parse(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// The status and content inside an envelope.
fn unwrap(bytes: &[u8]) -> Result<(u16, Value), String> {
    let Value::Object(mut envelope) = parse(bytes)? else {
        return Err("an envelope is an object".into());
    };
    let status = envelope.remove("status").and_then(|v| v.as_u64());
    let content = envelope.remove("content");
    match (status.and_then(|s| u16::try_from(s).ok()), content) {
        (Some(status), Some(content)) if envelope.is_empty() => Ok((status, content)),
        _ => Err("an envelope has a status and a content, and nothing else".into()),
    }
}
