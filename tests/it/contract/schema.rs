//! From the OpenAPI 3.0 dialect to JSON Schema, for one direction of travel.
//!
//! The conversion resolves discriminators itself: generic validators try every alternative of a
//! `oneOf` and report all of them. It also closes every object, so that a key that the document
//! does not know is an error wherever it stands.

use serde_json::{Map, Value, json};

/// Which way a body travels: read-only properties do not exist in requests, write-only ones do
/// not in responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// From the client.
    Request,
    /// From the server.
    Response,
}

impl Side {
    /// The first segment of a problem's pointer.
    pub fn name(self) -> &'static str {
        match self {
            Side::Request => "request",
            Side::Response => "response",
        }
    }

    fn hides(self, property: &Value) -> bool {
        let key = match self {
            Side::Request => "readOnly",
            Side::Response => "writeOnly",
        };
        property[key] == true
    }
}

/// Converts the schemas of one document.
pub struct Converter<'a> {
    document: &'a Value,
    side: Side,
}

/// The keywords that mean the same in both dialects.
const SAME: &[&str] = &[
    "type",
    "enum",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

impl<'a> Converter<'a> {
    pub fn new(document: &'a Value, side: Side) -> Self {
        Converter { document, side }
    }

    /// Every component schema, under its name.
    pub fn definitions(&self) -> Value {
        let schemas = self.document["components"]["schemas"].as_object();
        let converted = schemas
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), self.convert(schema)));
        Value::Object(converted.collect())
    }

    /// One schema; references point into `/definitions`.
    pub fn convert(&self, schema: &Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return json!({ "$ref": format!("#/definitions/{name}") });
        }
        if schema["discriminator"]["mapping"].is_object() {
            return self.discriminated(schema);
        }
        if let Some(alternatives) = schema["oneOf"].as_array() {
            // The document's alternatives overlap (region names of three providers do).
            return json!({ "anyOf": self.convert_all(alternatives) });
        }
        if schema["properties"].is_object() || schema["allOf"].is_array() {
            return self.collect(schema).close();
        }
        self.plain(schema)
    }

    fn convert_all(&self, schemas: &[Value]) -> Vec<Value> {
        schemas.iter().map(|s| self.convert(s)).collect()
    }

    fn plain(&self, schema: &Value) -> Value {
        let mut out = Map::new();
        for key in SAME {
            if let Some(value) = schema.get(*key) {
                out.insert((*key).to_owned(), value.clone());
            }
        }
        if schema["items"].is_object() {
            out.insert("items".into(), self.convert(&schema["items"]));
        }
        if schema["additionalProperties"].is_object() {
            let values = self.convert(&schema["additionalProperties"]);
            out.insert("additionalProperties".into(), values);
        }
        if schema["nullable"] == true {
            if let Some(kind) = out.get("type").cloned() {
                out.insert("type".into(), json!([kind, "null"]));
            }
            if let Some(Value::Array(values)) = out.get_mut("enum") {
                values.push(Value::Null);
            }
        }
        Value::Object(out)
    }

    /// The child that the discriminator names, else any child where the property is absent.
    fn discriminated(&self, schema: &Value) -> Value {
        let property = schema["discriminator"]["propertyName"].as_str().unwrap_or_default();
        let base = self.collect(schema);
        let mut arms = Vec::new();
        let mut children = Vec::new();
        let mut values = Vec::new();
        for (value, reference) in
            schema["discriminator"]["mapping"].as_object().into_iter().flatten()
        {
            let mut child = self.collect(&json!({ "$ref": reference }));
            child.fill_from(&base);
            let child = child.close();
            arms.push(json!({
                "if": { "required": [property], "properties": { property: { "const": value } } },
                "then": child,
            }));
            children.push(child);
            values.push(value);
        }
        arms.push(json!({
            "if": { "required": [property] },
            "then": { "properties": { property: { "enum": values } } },
            "else": { "anyOf": children },
        }));
        json!({ "type": "object", "allOf": arms })
    }

    /// An object's own keys and those of everything it is `allOf`; the alternatives of a base
    /// are left aside, because they lead back to the child.
    fn collect(&self, schema: &Value) -> Object {
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            return match self.document.pointer(pointer) {
                Some(target) => self.collect(target),
                None => Object::default(),
            };
        }
        let mut object = Object::default();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            object.absorb(self.collect(part));
        }
        let mut hidden = Vec::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if self.side.hides(property) {
                hidden.push(name.as_str());
            } else {
                object.properties.insert(name.clone(), self.convert(property));
            }
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            if !name.as_str().is_some_and(|n| hidden.contains(&n)) {
                object.required.push(name.clone());
            }
        }
        object.open |= schema.get("additionalProperties").is_some_and(|v| *v != false)
            || schema.get("x-trimmed").is_some();
        object
    }
}

/// The keys of an object schema, gathered.
#[derive(Default)]
struct Object {
    properties: Map<String, Value>,
    required: Vec<Value>,
    open: bool,
}

impl Object {
    fn absorb(&mut self, other: Object) {
        self.properties.extend(other.properties);
        self.required.extend(other.required);
        self.open |= other.open;
    }

    fn fill_from(&mut self, base: &Object) {
        for (name, property) in &base.properties {
            if !self.properties.contains_key(name) {
                self.properties.insert(name.clone(), property.clone());
            }
        }
    }

    fn close(mut self) -> Value {
        // A write-only key of the child may be required by the whole.
        self.required.retain(|n| n.as_str().is_some_and(|n| self.properties.contains_key(n)));
        self.required.sort_by_key(|n| n.to_string());
        self.required.dedup();
        json!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": self.open,
        })
    }
}
