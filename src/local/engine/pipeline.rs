//! Pipelines: what becomes of one document.

use bson::{Bson, Document};
use serde_json::Value;

use super::predicate::{Misread, Predicate};
use super::shape::Shape;
use super::solar::Source;

/// How many stages are run; those behind let documents pass.
const STAGES: usize = 32;
/// How many bytes the stages that are run may have, and how many values.
const BYTES: usize = 16 << 10;
const VALUES: usize = 512;
/// How many bytes documents may grow to, and how deep they may be nested.
const DOCUMENT: usize = 16 << 10;
const DEEPEST: usize = 64;
/// With how many moments documents may be compared.
const MOMENTS: usize = 8;

/// Stages that write somewhere.
const SINKS: [&str; 4] = ["$emit", "$merge", "$https", "$externalFunction"];

/// The stages between source and sink.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Pipeline {
    pub(super) stages: Vec<Stage>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    Match(Predicate),
    Shape(Shape),
    Limit(u64),
    /// Lets everything pass, and says why.
    Pass {
        operator: String,
        why: String,
    },
}

/// What is left of what a pipeline may have.
struct Budget {
    bytes: usize,
    values: usize,
    moments: usize,
    /// A document as it is before the next stage.
    example: Document,
}

impl Pipeline {
    /// Reads a pipeline, which may be anything: what is no stage that is run lets documents pass.
    pub(super) fn read(pipeline: &Value) -> Pipeline {
        let stages = pipeline.as_array().map(Vec::as_slice).unwrap_or_default();
        let operator = |stage: &Value| stage.as_object().and_then(|s| s.keys().next()).cloned();
        let inner = match stages {
            [first, inner @ ..] if operator(first).is_some_and(|name| name == "$source") => inner,
            all => all,
        };
        let inner = match inner {
            [inner @ .., last] if operator(last).is_some_and(|name| SINKS.contains(&&*name)) => {
                inner
            }
            all => all,
        };
        let mut budget = Budget {
            bytes: BYTES,
            values: VALUES,
            moments: MOMENTS,
            example: Source::new("", jiff::Timestamp::UNIX_EPOCH).document(0),
        };
        let run = inner.iter().take(STAGES).map(|stage| {
            let operator = operator(stage).unwrap_or_else(|| "a stage without a name".into());
            let stage = budget.stage(&operator, &stage[&operator]);
            stage.unwrap_or_else(|why| Stage::Pass { operator: shortened(&operator), why })
        });
        let mut stages: Vec<Stage> = run.collect();
        if let Some(next) = inner.get(STAGES) {
            let operator = operator(next).unwrap_or_default();
            let why = format!(" and what follows, from the {STAGES}th stage on");
            stages.push(Stage::Pass { operator: shortened(&operator), why });
        }
        Pipeline { stages }
    }
}

impl Budget {
    /// A stage that is run.
    ///
    /// # Errors
    /// Why it is not.
    fn stage(&mut self, operator: &str, arguments: &Value) -> Result<Stage, String> {
        if !matches!(operator, "$match" | "$project" | "$addFields" | "$set" | "$unset" | "$limit")
        {
            return Err(String::new());
        }
        let with = |what: String| format!(" with {}", shortened(&what));
        let too_large = || " of this size".to_owned();
        let (bytes, values) = size(arguments);
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(too_large)?;
        self.values = self.values.checked_sub(values).ok_or_else(too_large)?;
        let arguments = Bson::try_from(arguments.clone());
        let arguments = arguments.map_err(|_| with("malformed values".into()))?;
        match (operator, &arguments) {
            ("$match", Bson::Document(condition)) => {
                let predicate = Predicate::read(condition).map_err(|e| with(e.to_string()))?;
                // Documents have times as texts, and what those look like does not only grow.
                if predicate.has_pattern() {
                    return Err(with("$regex".into()));
                }
                let mut moments = 0;
                predicate.constants(&mut |value| count_moments(value, &mut moments));
                let left = self.moments.checked_sub(moments);
                self.moments = left.ok_or_else(|| with("that many times".into()))?;
                Ok(Stage::Match(predicate))
            }
            ("$limit", limit) => {
                let limit = match limit {
                    Bson::Int32(limit) => u64::try_from(*limit).ok(),
                    Bson::Int64(limit) => u64::try_from(*limit).ok(),
                    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small")]
                    #[expect(clippy::cast_sign_loss, reason = "it is positive")]
                    Bson::Double(limit) if limit.fract() == 0.0 && (1.0..1e15).contains(limit) => {
                        Some(*limit as u64)
                    }
                    _ => None,
                };
                let limit = limit.filter(|limit| *limit > 0);
                limit.map(Stage::Limit).ok_or_else(|| with("what is no positive number".into()))
            }
            (operator, arguments) => {
                let shape = Shape::read(operator, arguments).map_err(with)?;
                let shaped = shape.apply(self.example.clone());
                let fits = depth(&shaped) <= DEEPEST
                    && shaped.to_vec().is_ok_and(|bytes| bytes.len() <= DOCUMENT);
                if !fits {
                    return Err(" that makes documents of this size".to_owned());
                }
                self.example = shaped;
                Ok(Stage::Shape(shape))
            }
        }
    }
}

/// Checks the condition of a `$match`: nothing of it may be malformed, or an operator that MongoDB
/// does not have. What is known there and not run here is fine.
///
/// # Errors
/// What is wrong, as a part of a sentence.
pub fn check_match(condition: &Value) -> Result<(), String> {
    match Bson::try_from(condition.clone()) {
        Ok(Bson::Document(condition)) => match Predicate::read(&condition) {
            Ok(_) | Err(Misread::NotHere(_)) => Ok(()),
            Err(Misread::Unknown(name)) => Err(format!("unknown operator: {}", shortened(&name))),
            Err(Misread::Malformed(what)) => Err(format!("it has {what}")),
        },
        _ => Err("it must be a condition".to_owned()),
    }
}

/// A name or a text of somebody else's, of which a sentence shows no more than its beginning.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// How many bytes a value has, about, and how many values are in it. Dots count: each part of a path
/// is a level.
fn size(value: &Value) -> (usize, usize) {
    let sum = |(bytes, values): (usize, usize), more: (usize, usize)| {
        (bytes.saturating_add(more.0), values.saturating_add(more.1))
    };
    let text = |text: &str| (text.len() + 8, text.matches('.').count());
    match value {
        Value::Object(fields) => {
            fields.iter().fold((8, 1), |all, (name, value)| sum(sum(all, text(name)), size(value)))
        }
        Value::Array(list) => list.iter().fold((8, 1), |all, value| sum(all, size(value))),
        Value::String(value) => sum((0, 1), text(value)),
        _ => (8, 1),
    }
}

/// How deep a document is nested.
fn depth(document: &Document) -> usize {
    fn of(value: &Bson) -> usize {
        match value {
            Bson::Document(document) => depth(document),
            Bson::Array(list) => 1 + list.iter().map(of).max().unwrap_or_default(),
            _ => 0,
        }
    }
    1 + document.values().map(of).max().unwrap_or_default()
}

/// Counts the moments in a value: dates, and texts that a document's time could be compared with.
fn count_moments(value: &Bson, count: &mut usize) {
    each_moment(value, &mut |_| *count += 1);
}

/// Goes through the dates in a value, and the texts that could be times.
pub(super) fn each_moment<'a>(value: &'a Bson, each: &mut impl FnMut(&'a Bson)) {
    match value {
        Bson::DateTime(_) => each(value),
        Bson::String(text) | Bson::Symbol(text)
            if text.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            each(value);
        }
        Bson::Document(document) => document.values().for_each(|value| each_moment(value, each)),
        Bson::Array(list) => list.iter().for_each(|value| each_moment(value, each)),
        _ => {}
    }
}
