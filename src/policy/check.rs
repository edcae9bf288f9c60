//! Whether a document has the shape of a policy.

use serde_json::{Map, Value};

use super::document::{FORMAT, MARK};
use super::fault::{Fault, Level, Place, Step};
use super::secrets::REFERENCE;
use super::sense;
use super::shape::{Field, POLICY, Shape};
use crate::atlas::redact::{self, MASK};
use crate::near;

/// Everything that is wrong with a document, in its own order: its shape, then what it says. What a
/// document of another shape says is not looked at.
pub fn check(document: &Value) -> Vec<Fault> {
    let faults = shape(document);
    match faults.iter().any(|fault| fault.level == Level::Error) {
        true => faults,
        false => faults.into_iter().chain(sense::faults(document)).collect(),
    }
}

/// What is wrong with the shape of a document.
pub(super) fn shape(document: &Value) -> Vec<Fault> {
    let mut walk = Walk { place: Vec::new(), faults: Vec::new() };
    match document {
        Value::Object(fields) if !fields.contains_key(MARK) => {
            let fault = Fault::error(&[], format!("it has no {MARK}, so it is no policy"));
            let near = near::near(MARK, fields.keys().map(String::as_str));
            let meant = near.first().map(|key| format!("is {key} meant to be {MARK}?"));
            walk.faults.push(
                fault.hint(
                    meant.unwrap_or_else(|| format!("a policy begins with {MARK}: {FORMAT}")),
                ),
            );
        }
        document => walk.value(document, &POLICY),
    }
    walk.faults
}

/// The words of a document that look misspelled.
pub fn misspelled(document: &Value) -> Vec<Fault> {
    shape(document).into_iter().filter(|fault| fault.of_word).collect()
}

struct Walk {
    place: Place,
    faults: Vec<Fault>,
}

impl Walk {
    fn error(&mut self, message: impl Into<String>) {
        self.faults.push(Fault::error(&self.place, message));
    }

    fn within(&mut self, step: Step, look: impl FnOnce(&mut Walk)) {
        self.place.push(step);
        look(self);
        self.place.pop();
    }

    fn value(&mut self, value: &Value, shape: &Shape) {
        match (shape, value) {
            (Shape::Text, Value::String(text)) | (Shape::Word(_), Value::String(text))
                if text.contains(MASK) =>
            {
                self.error(format!("it holds a masked value: {MASK}"));
            }
            (Shape::Text, Value::String(_)) | (Shape::Flag, Value::Bool(_)) => {}
            (Shape::Word(known), Value::String(word)) => self.word(word, known),
            (Shape::Time, Value::String(text)) => {
                if text.parse::<jiff::Timestamp>().is_err() {
                    self.error(format!("{text:?} is no time; write it as 2026-11-30T08:00:00Z"));
                }
            }
            (Shape::Version, Value::Number(number)) => {
                if number.as_u64() != Some(FORMAT) {
                    self.error(format!("format {number} is not known, only {FORMAT} is"));
                }
            }
            (Shape::Secret, Value::Object(fields)) if fields.contains_key(REFERENCE) => {}
            (Shape::Secret, _) => self.secret(),
            (Shape::Any, value) => self.any(value),
            (Shape::List(of), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(Step::Index(index), |walk| walk.value(item, of));
                }
            }
            (Shape::Object(fields), Value::Object(values)) => self.object(values, fields, false),
            (Shape::Document(fields), Value::Object(values)) => self.object(values, fields, true),
            (shape, value) => {
                self.error(format!("it is {}, and should be {}", kind_of(value), wanted(shape)));
            }
        }
    }

    fn secret(&mut self) {
        let fault = Fault::error(&self.place, "a secret does not belong in a policy");
        let hint = format!("write {{{REFERENCE}: NAME}} in its place; apply asks for it");
        self.faults.push(fault.hint(hint));
    }

    fn word(&mut self, word: &str, known: &[&str]) {
        if known.contains(&word) {
            return;
        }
        let near = near::hint(word, known.iter().copied(), "");
        let fault = match near.is_empty() {
            true => Fault::warning(&self.place, format!("{word:?} is not among the known values"))
                .hint(format!("known are {}", known.join(", "))),
            false => Fault::error(&self.place, format!("{word:?} is not among the known values"))
                .hint(near)
                .of_word(),
        };
        self.faults.push(fault);
    }

    /// What the API holds there is not looked at, but for secrets.
    fn any(&mut self, value: &Value) {
        match value {
            Value::Object(fields) if fields.contains_key(REFERENCE) => {}
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.within(Step::Key(key.clone()), |walk| {
                        match redact::is_secret(key) && value.is_string() {
                            true => walk.secret(),
                            false => walk.any(value),
                        }
                    });
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(Step::Index(index), |walk| walk.any(item));
                }
            }
            Value::String(text) if redact::anonymous(text).is_some() => self.secret(),
            _ => {}
        }
    }

    fn object(&mut self, values: &Map<String, Value>, fields: &[Field], may_have_more: bool) {
        for (key, value) in values {
            let known = fields.iter().find(|field| field.key == key);
            self.within(Step::Key(key.clone()), |walk| match known {
                Some(_) if value.is_null() => {}
                Some(field) => walk.value(value, &field.shape),
                None => walk.unknown(key, value, values, fields, may_have_more),
            });
        }
        let missing = fields
            .iter()
            .filter(|field| field.required && values.get(field.key).is_none_or(Value::is_null));
        for field in missing {
            let fault = Fault::error(&self.place, format!("{} is missing", field.key));
            self.faults.push(fault.hint(field.where_missing));
        }
    }

    /// A key that is not known is a slip, or something that the API has learnt since.
    fn unknown(
        &mut self,
        key: &str,
        value: &Value,
        values: &Map<String, Value>,
        fields: &[Field],
        may_have_more: bool,
    ) {
        let free = fields.iter().map(|field| field.key).filter(|key| !values.contains_key(*key));
        let near = near::hint(key, free, "");
        if !may_have_more || !near.is_empty() {
            let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
            let hint = match near.is_empty() {
                true => format!("known here are {}", known.join(", ")),
                false => near,
            };
            self.faults
                .push(Fault::error(&self.place, format!("{key} is not known here")).hint(hint));
            return;
        }
        match redact::is_secret(key) && value.is_string() {
            true => self.secret(),
            false => self.any(value),
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Word(_) | Shape::Time => "a text",
        Shape::Version => "a number",
        Shape::Flag => "true or false",
        Shape::Secret => "a reference",
        Shape::Any => "anything",
        Shape::List(_) => "a list",
        Shape::Object(_) | Shape::Document(_) => "an object",
    }
}
