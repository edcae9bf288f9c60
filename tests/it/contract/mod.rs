//! Exchanges against the Admin API's public document.
//!
//! The document is named by `SPCTL_CONTRACT`; it is not part of this repository.

mod deviations;
mod operations;
mod query;
mod request;
mod response;
mod schema;
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use deviations::Deviations;
use operations::Operation;
use schema::{Converter, Side};

/// One request and its answer, as they were on the wire.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    pub method: String,
    /// Raw path and query.
    pub target: String,
    pub request_headers: Vec<(String, String)>,
    pub request_body: Vec<u8>,
    pub status: u16,
    pub response_headers: Vec<(String, String)>,
    pub response_body: Vec<u8>,
}

/// What the document does not allow.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The operation's id, or the method and path of one that the document does not know.
    pub operation: String,
    /// `/request/…` or `/response/…`, then the place in the body.
    pub pointer: String,
    /// The rule: a JSON Schema keyword, or a word such as `status` or `media`.
    pub rule: String,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} [{}] {}", self.operation, self.pointer, self.rule, self.message)
    }
}

/// The public document, ready to judge.
pub struct Contract {
    document: Value,
    operations: Vec<Operation>,
    definitions: [Value; 2],
    validators: Mutex<HashMap<(Side, String), Arc<Validator>>>,
    deviations: Deviations,
}

/// Calls that the document does not describe: the token endpoints and the caller's address.
const UNDOCUMENTED: [&str; 3] = ["/api/oauth/token", "/api/oauth/revoke", "/api/private/ipinfo"];

/// The document named by `SPCTL_CONTRACT`, or `None` after saying that it is not there.
pub fn contract() -> Option<&'static Contract> {
    static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
    CONTRACT
        .get_or_init(|| {
            let Some(path) = std::env::var_os("SPCTL_CONTRACT") else {
                crate::support::skipped("SPCTL_CONTRACT is not set");
                return None;
            };
            let text = std::fs::read_to_string(&path).expect("SPCTL_CONTRACT names a file");
            Some(Contract::new(serde_json::from_str(&text).expect("the contract is JSON")))
        })
        .as_ref()
}

impl Contract {
    /// Reads a document, which must be OpenAPI 3.0.
    pub fn new(document: Value) -> Self {
        let definitions = [Side::Request, Side::Response]
            .map(|side| Converter::new(&document, side).definitions());
        Contract {
            operations: operations::read(&document),
            definitions,
            document,
            validators: Mutex::default(),
            deviations: Deviations::load(),
        }
    }

    /// Everything about an exchange that the document does not allow, deviations aside.
    pub fn validate(&self, exchange: &Exchange) -> Vec<Problem> {
        let mut problems = self.judge(exchange);
        problems.retain(|problem| !self.deviations.cover(problem));
        problems
    }

    /// The deviations that no exchange has needed so far.
    pub fn unused_deviations(&self) -> Vec<String> {
        self.deviations.unused()
    }

    /// The ids of all documented operations.
    pub fn operation_ids(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(|operation| operation.id.as_str())
    }

    /// The pointers of all that an operation's body can hold, `*` for each item of a list, and the
    /// parameters of its query.
    pub fn names(&self, operation: &str) -> (BTreeSet<String>, Vec<&str>) {
        let operation = self.operations.iter().find(|o| o.id == operation).expect("documented");
        let parameters = operation.spec["parameters"].as_array().into_iter().flatten();
        let parameters = parameters.map(|parameter| self.resolve(parameter));
        let query = parameters.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
        let mut pointers = BTreeSet::new();
        let body = self.resolve(&operation.spec["requestBody"]);
        for media in body["content"].as_object().into_iter().flat_map(|content| content.values()) {
            self.properties(&media["schema"], "", &mut Vec::new(), &mut pointers);
        }
        (pointers, query.collect())
    }

    fn properties<'a>(
        &'a self,
        schema: &'a Value,
        at: &str,
        path: &mut Vec<&'a str>,
        found: &mut BTreeSet<String>,
    ) {
        let named = schema["$ref"].as_str();
        // Some schemas hold themselves.
        if named.is_some_and(|name| path.contains(&name)) {
            return;
        }
        path.extend(named);
        let schema = self.resolve(schema);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for part in schema[keyword].as_array().into_iter().flatten() {
                self.properties(part, at, path, found);
            }
        }
        if schema["items"].is_object() {
            self.properties(&schema["items"], &format!("{at}/*"), path, found);
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let below = format!("{at}/{name}");
            self.properties(property, &below, path, found);
            found.insert(below);
        }
        path.truncate(path.len() - usize::from(named.is_some()));
    }

    fn judge(&self, exchange: &Exchange) -> Vec<Problem> {
        let (path, query) = exchange.target.split_once('?').unwrap_or((&exchange.target, ""));
        if UNDOCUMENTED.contains(&path) {
            return Vec::new();
        }
        let Some(operation) = operations::find(&self.operations, &exchange.method, path) else {
            let name = format!("{} {path}", exchange.method);
            // An unknown path may be asked for; it may not be answered.
            return match exchange.status {
                404 | 405 | 401 => Vec::new(),
                _ => vec![problem(&name, "/request/path", "path", "no such operation")],
            };
        };
        let mut problems = Vec::new();
        // What the server itself refuses as malformed was malformed on purpose.
        if !matches!(exchange.status, 400 | 405 | 406 | 415) {
            problems.extend(self.judge_request(operation, exchange, path, query));
        }
        problems.extend(self.judge_response(operation, exchange, query));
        problems
    }

    /// A value against one schema of the document.
    fn check(
        &self,
        side: Side,
        schema: &Value,
        value: &Value,
        operation: &Operation,
        place: &str,
    ) -> Vec<Problem> {
        let validator = self.validator(side, schema);
        let mut problems = Vec::new();
        for error in validator.iter_errors(value) {
            let mut pointer = format!("/{}{place}{}", side.name(), error.instance_path().as_str());
            match error.kind() {
                ValidationErrorKind::Required { property } => {
                    pointer = format!("{pointer}/{}", property.as_str().unwrap_or_default());
                }
                ValidationErrorKind::AdditionalProperties { unexpected } => {
                    for key in unexpected {
                        let pointer = format!("{pointer}/{key}");
                        problems.push(problem(&operation.id, &pointer, "unknown", "unknown key"));
                    }
                    continue;
                }
                _ => {}
            }
            let rule = error.kind().keyword().to_owned();
            problems.push(problem(&operation.id, &pointer, &rule, &error.to_string()));
        }
        problems
    }

    fn validator(&self, side: Side, schema: &Value) -> Arc<Validator> {
        let key = (side, schema.to_string());
        let mut validators = self.validators.lock().expect("no holder panics");
        let build = || {
            let converted = Converter::new(&self.document, side).convert(schema);
            let whole = json!({
                "allOf": [converted],
                "definitions": self.definitions[side as usize],
            });
            let options = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft7)
                .should_validate_formats(true)
                .should_ignore_unknown_formats(true);
            Arc::new(options.build(&whole).expect("the document's schemas are valid"))
        };
        Arc::clone(validators.entry(key).or_insert_with(build))
    }

    /// A `$ref` of a parameter, response or schema, followed once.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().map(|r| r.trim_start_matches('#'));
        target.and_then(|pointer| self.document.pointer(pointer)).unwrap_or(value)
    }
}

fn problem(operation: &str, pointer: &str, rule: &str, message: &str) -> Problem {
    Problem {
        operation: operation.to_owned(),
        pointer: pointer.to_owned(),
        rule: rule.to_owned(),
        message: message.to_owned(),
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
}
