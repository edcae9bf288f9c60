//! The JSON Schema of policies.

use serde_json::{Map, Value, json};

use super::document::FORMAT;
use super::secrets::REFERENCE;
use super::shape::{Field, POLICY, Shape};

/// Under which name the schema is known.
pub const ID: &str = "urn:spctl:policy:1";

/// The schema, draft 2020-12.
pub fn schema() -> Value {
    let mut document = Map::new();
    document.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    document.insert("$id".into(), ID.into());
    document.insert("title".into(), "A policy of spctl".into());
    let about = "What spctl policy export writes: who and what there is in a project of MongoDB \
                 Atlas, what they hold, and what lets them in. Documents are the API's own; secrets \
                 are references.";
    document.insert("description".into(), about.into());
    if let Value::Object(fields) = of(&POLICY) {
        document.extend(fields);
    }
    Value::Object(document)
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Word(known) => json!({ "type": "string", "examples": known }),
        Shape::Time => json!({ "type": "string", "format": "date-time" }),
        Shape::Version => json!({ "const": FORMAT }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Secret => json!({
            "type": "object",
            "properties": { REFERENCE: { "type": "string" }, "shown": { "type": "string" } },
            "required": [REFERENCE],
            "additionalProperties": false,
        }),
        Shape::Any => json!({}),
        Shape::List(of_each) => json!({ "type": "array", "items": of(of_each) }),
        Shape::Object(fields) => object(fields, false),
        Shape::Document(fields) => object(fields, true),
    }
}

fn object(fields: &[Field], may_have_more: bool) -> Value {
    let property = |field: &Field| {
        let mut value = of(&field.shape);
        if let Value::Object(keywords) = &mut value {
            keywords.insert("description".into(), field.about.into());
        }
        (field.key.to_owned(), value)
    };
    let properties: Map<String, Value> = fields.iter().map(property).collect();
    let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.key).collect();
    let mut keywords = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        keywords["required"] = json!(required);
    }
    if !may_have_more {
        keywords["additionalProperties"] = false.into();
    }
    keywords
}
