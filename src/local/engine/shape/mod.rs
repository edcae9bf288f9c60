//! `$project`, `$addFields`, `$set` and `$unset`: stages that change the fields of a document.

mod read;

use bson::{Array, Bson, Document};

/// What a stage makes of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Keeps what is named, and adds what is computed.
    Keep(Fields),
    /// Removes what is named.
    Remove(Fields),
    /// Adds what is computed.
    Add(Fields),
}

/// Fields by their names, in order.
pub(super) type Fields = Vec<(String, Field)>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    /// Kept or removed, as the stage does.
    Named,
    Computed(Value),
    Inner(Fields),
}

/// How a field is computed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Constant(Bson),
    /// `$a.b`
    Path(Vec<String>),
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
}

impl Shape {
    pub(super) fn apply(&self, document: Document) -> Document {
        match self {
            Shape::Keep(fields) => keep(fields, &document, &document),
            Shape::Remove(fields) => remove(fields, document),
            Shape::Add(fields) => add(fields, document.clone(), &document),
        }
    }
}

impl Value {
    /// The value for a document; none where a path leads nowhere.
    fn of(&self, root: &Document) -> Option<Bson> {
        match self {
            Value::Constant(value) => Some(value.clone()),
            Value::Path(path) => {
                let (first, rest) = path.split_first()?;
                at(root.get(first)?, rest)
            }
            Value::Object(fields) => {
                let fields = fields.iter();
                let fields =
                    fields.filter_map(|(name, value)| Some((name.clone(), value.of(root)?)));
                Some(Bson::Document(fields.collect()))
            }
            Value::List(list) => {
                let values = list.iter().map(|value| value.of(root).unwrap_or(Bson::Null));
                Some(Bson::Array(values.collect()))
            }
        }
    }
}

/// What a path leads to; through a list, to a list of what it leads to in its documents.
fn at(value: &Bson, path: &[String]) -> Option<Bson> {
    match (path.split_first(), value) {
        (None, value) => Some(value.clone()),
        (Some((name, rest)), Bson::Document(document)) => at(document.get(name)?, rest),
        (Some(_), Bson::Array(list)) => {
            Some(Bson::Array(list.iter().filter_map(|one| at(one, path)).collect()))
        }
        _ => None,
    }
}

fn keep(fields: &Fields, document: &Document, root: &Document) -> Document {
    let mut kept = Document::new();
    for (name, value) in document {
        match fields.iter().find(|(other, _)| other == name).map(|(_, field)| field) {
            Some(Field::Named) => {
                kept.insert(name.clone(), value.clone());
            }
            Some(Field::Inner(inner)) => {
                if let Some(value) = keep_within(inner, value, root) {
                    kept.insert(name.clone(), value);
                }
            }
            Some(Field::Computed(_)) | None => {}
        }
    }
    for (name, field) in fields {
        let value = match field {
            Field::Computed(value) => value.of(root),
            Field::Inner(inner) if computes(inner) && !kept.contains_key(name) => {
                Some(Bson::Document(keep(inner, &Document::new(), root)))
            }
            _ => None,
        };
        if let Some(value) = value {
            kept.insert(name.clone(), value);
        }
    }
    kept
}

fn keep_within(fields: &Fields, value: &Bson, root: &Document) -> Option<Bson> {
    match value {
        Bson::Document(document) => Some(Bson::Document(keep(fields, document, root))),
        Bson::Array(list) => {
            let kept = list.iter().filter_map(|one| keep_within(fields, one, root));
            Some(Bson::Array(kept.collect()))
        }
        _ => None,
    }
}

fn computes(fields: &Fields) -> bool {
    fields.iter().any(|(_, field)| match field {
        Field::Named => false,
        Field::Computed(_) => true,
        Field::Inner(inner) => computes(inner),
    })
}

fn remove(fields: &Fields, mut document: Document) -> Document {
    for (name, field) in fields {
        match field {
            Field::Inner(inner) => {
                if let Some(value) = document.get_mut(name) {
                    remove_within(inner, value);
                }
            }
            _ => drop(document.remove(name)),
        }
    }
    document
}

fn remove_within(fields: &Fields, value: &mut Bson) {
    match value {
        Bson::Document(document) => *document = remove(fields, std::mem::take(document)),
        Bson::Array(list) => list.iter_mut().for_each(|one| remove_within(fields, one)),
        _ => {}
    }
}

fn add(fields: &Fields, mut document: Document, root: &Document) -> Document {
    for (name, field) in fields {
        let value = match field {
            Field::Computed(value) => value.of(root),
            Field::Inner(inner) => {
                let old = document.get_mut(name).map(|value| std::mem::replace(value, Bson::Null));
                Some(add_within(inner, old, root))
            }
            Field::Named => continue,
        };
        match value {
            Some(value) => drop(document.insert(name.clone(), value)),
            None => drop(document.remove(name)),
        }
    }
    document
}

fn add_within(fields: &Fields, value: Option<Bson>, root: &Document) -> Bson {
    match value {
        Some(Bson::Document(document)) => Bson::Document(add(fields, document, root)),
        Some(Bson::Array(list)) => {
            let added = list.into_iter().map(|one| add_within(fields, Some(one), root));
            Bson::Array(added.collect::<Array>())
        }
        _ => Bson::Document(add(fields, Document::new(), root)),
    }
}
