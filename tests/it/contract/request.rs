//! The client's half of an exchange.

use serde_json::Value;

use super::operations::{Operation, value_of};
use super::schema::Side;
use super::{Contract, Exchange, Problem, header, problem, query};

impl Contract {
    pub(super) fn judge_request(
        &self,
        operation: &Operation,
        exchange: &Exchange,
        path: &str,
        query: &str,
    ) -> Vec<Problem> {
        let mut problems = self.judge_path(operation, path);
        problems.extend(self.judge_query(operation, query));
        problems.extend(judge_accept(operation, exchange));
        problems.extend(self.judge_body(operation, exchange));
        problems
    }

    fn parameters<'a>(&'a self, operation: &'a Operation, place: &'a str) -> Vec<&'a Value> {
        let all = operation.spec["parameters"].as_array().into_iter().flatten();
        all.map(|p| self.resolve(p)).filter(|p| p["in"] == place).collect()
    }

    fn judge_path(&self, operation: &Operation, path: &str) -> Vec<Problem> {
        let parameters = self.parameters(operation, "path");
        let mut problems = Vec::new();
        for (template, segment) in operation.path.split('/').zip(path.split('/')) {
            let Some((raw, _)) = value_of(template, segment) else {
                continue;
            };
            let name = template.trim_start_matches('{').split('}').next().unwrap_or_default();
            let Ok(text) = percent_encoding::percent_decode_str(raw).decode_utf8() else {
                let message = "a segment is not UTF-8";
                problems.push(problem(&operation.id, "/request/path", "encoding", message));
                continue;
            };
            if let Some(parameter) = parameters.iter().find(|p| p["name"] == name) {
                let value = Value::from(text.as_ref());
                let place = format!("/path/{name}");
                let found =
                    self.check(Side::Request, &parameter["schema"], &value, operation, &place);
                problems.extend(found);
            }
        }
        problems
    }

    fn judge_query(&self, operation: &Operation, query: &str) -> Vec<Problem> {
        let parameters = self.parameters(operation, "query");
        let pairs = query::pairs(query);
        let mut problems = Vec::new();
        for (name, _) in &pairs {
            if !parameters.iter().any(|p| p["name"] == name.as_str()) {
                let pointer = format!("/request/query/{name}");
                let message = "unknown query parameter";
                problems.push(problem(&operation.id, &pointer, "unknown", message));
            }
        }
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap_or_default();
            let texts: Vec<&str> =
                pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
            let place = format!("/query/{name}");
            if !texts.is_empty() {
                let value = query::value(&parameter["schema"], &texts);
                let schema = &parameter["schema"];
                problems.extend(self.check(Side::Request, schema, &value, operation, &place));
            } else if parameter["required"] == true {
                let pointer = format!("/request{place}");
                let message = "required query parameter";
                problems.push(problem(&operation.id, &pointer, "required", message));
            }
        }
        problems
    }

    fn judge_body(&self, operation: &Operation, exchange: &Exchange) -> Vec<Problem> {
        let spec = self.resolve(&operation.spec["requestBody"]);
        let body = &exchange.request_body;
        let fail =
            |rule: &str, message: &str| vec![problem(&operation.id, "/request", rule, message)];
        let Some(content) = spec["content"].as_object() else {
            // The verbs without a body take an empty object as well.
            let nothing = body.is_empty() || body.as_slice() == b"{}";
            return if nothing { Vec::new() } else { fail("body", "a body where none is known") };
        };
        if body.is_empty() {
            let optional = spec["required"] != true;
            return if optional { Vec::new() } else { fail("body", "the body is missing") };
        }
        let sent = header(&exchange.request_headers, "content-type").unwrap_or_default();
        let Some(media) = content.get(sent) else {
            let expected: Vec<&String> = content.keys().collect();
            let message = format!("Content-Type is {sent:?}, known are {expected:?}");
            return fail("media", &message);
        };
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => self.check(Side::Request, &media["schema"], &value, operation, ""),
            Err(error) => fail("json", &error.to_string()),
        }
    }
}

/// The media types of the answers that mean success.
pub(super) fn success_media(operation: &Operation) -> Vec<&str> {
    let responses = operation.spec["responses"].as_object().into_iter().flatten();
    let successes = responses.filter(|(status, _)| status.starts_with('2'));
    successes
        .flat_map(|(_, response)| response["content"].as_object().into_iter().flatten())
        .map(|(media, _)| media.as_str())
        .collect()
}

fn judge_accept(operation: &Operation, exchange: &Exchange) -> Option<Problem> {
    let accept = header(&exchange.request_headers, "accept").unwrap_or_default();
    let known = success_media(operation);
    if known.contains(&accept) {
        return None;
    }
    let message = format!("Accept is {accept:?}, known are {known:?}");
    Some(problem(&operation.id, "/request/accept", "media", &message))
}
