//! The operations of the document, and which one a request means.

use serde_json::Value;

/// One operation.
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// Upper case.
    pub method: String,
    /// As in the document, with `{placeholders}`.
    pub path: String,
    /// The document's own description of it.
    pub spec: Value,
}

/// All of them.
pub fn read(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, spec) in item.as_object().into_iter().flatten() {
            let Some(id) = spec["operationId"].as_str() else {
                continue;
            };
            operations.push(Operation {
                id: id.to_owned(),
                method: method.to_ascii_uppercase(),
                path: path.clone(),
                spec: spec.clone(),
            });
        }
    }
    operations
}

/// The operation whose template fits the raw path best: a literal before a `:verb`, a `:verb`
/// before a bare placeholder.
pub fn find<'a>(operations: &'a [Operation], method: &str, path: &str) -> Option<&'a Operation> {
    let fitting = operations.iter().filter_map(|o| Some((fit(&o.path, path)?, o)));
    let best = fitting.clone().map(|(score, _)| score).max()?;
    fitting.filter(|(score, _)| *score == best).map(|(_, o)| o).find(|o| o.method == method)
}

fn fit(template: &str, path: &str) -> Option<Vec<u8>> {
    if template.split('/').count() != path.split('/').count() {
        return None;
    }
    template.split('/').zip(path.split('/')).map(|(t, p)| fit_segment(t, p)).collect()
}

fn fit_segment(template: &str, segment: &str) -> Option<u8> {
    if template == segment {
        return Some(3);
    }
    let (value, verb) = value_of(template, segment)?;
    (!value.is_empty()).then_some(if verb { 2 } else { 1 })
}

/// The value of a placeholder, still percent-encoded, and whether a verb follows it.
pub fn value_of<'a>(template: &str, segment: &'a str) -> Option<(&'a str, bool)> {
    let (_, verb) = template.strip_prefix('{')?.split_once('}')?;
    Some((segment.strip_suffix(verb)?, !verb.is_empty()))
}
