//! Stages that change fields, as they are written.

use bson::{Bson, Document};

use super::{Field, Fields, Shape, Value};
use crate::local::engine::predicate::truth;

impl Shape {
    /// Reads a stage by its operator.
    ///
    /// # Errors
    /// What of it is not known here, as a part of a sentence.
    pub(in crate::local::engine) fn read(
        operator: &str,
        arguments: &Bson,
    ) -> Result<Shape, String> {
        let malformed = || "arguments of another kind".to_owned();
        match (operator, arguments) {
            ("$addFields" | "$set", Bson::Document(fields)) if !fields.is_empty() => {
                read_fields(fields, &added).map(Shape::Add)
            }
            ("$project", Bson::Document(fields)) if !fields.is_empty() => project(fields),
            ("$unset", Bson::String(name)) => unset(std::slice::from_ref(name)),
            ("$unset", Bson::Array(names)) if !names.is_empty() => {
                let names = names.iter().map(|name| name.as_str().map(str::to_owned));
                unset(&names.collect::<Option<Vec<_>>>().ok_or_else(malformed)?)
            }
            _ => Err(malformed()),
        }
    }
}

fn unset(names: &[String]) -> Result<Shape, String> {
    let mut fields = Fields::new();
    for name in names {
        place(&mut fields, name, Field::Named)?;
    }
    Ok(Shape::Remove(fields))
}

/// What keeps some fields removes none, and the other way round.
fn project(fields: &Document) -> Result<Shape, String> {
    let mut kept = fields.clone();
    // Documents of a stream have no `_id` of their own; to leave it out is always allowed.
    if fields.len() > 1 && fields.get("_id").is_some_and(removes) {
        kept.remove("_id");
    }
    match kept.values().all(removes) {
        true => {
            let named = |value: &Bson| match removes(value) {
                true => Ok(Field::Named),
                false => Err("a field that is kept beside one that is removed".to_owned()),
            };
            read_fields(&kept, &named).map(Shape::Remove)
        }
        false => {
            let projected = |value: &Bson| match value {
                value if removes(value) => {
                    Err("a field that is removed beside one that is kept".to_owned())
                }
                Bson::Boolean(_) => Ok(Field::Named),
                value if is_number(value) => Ok(Field::Named),
                value => added(value),
            };
            read_fields(&kept, &projected).map(Shape::Keep)
        }
    }
}

fn is_number(value: &Bson) -> bool {
    matches!(value, Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_))
}

/// Whether a projection of this value removes the field.
fn removes(value: &Bson) -> bool {
    (is_number(value) || value.as_bool().is_some()) && !truth(value)
}

/// Reads fields, whose names may be paths, and whose values may be fields again.
fn read_fields(
    fields: &Document,
    leaf: &dyn Fn(&Bson) -> Result<Field, String>,
) -> Result<Fields, String> {
    let mut read = Fields::new();
    for (name, value) in fields {
        let field = match value {
            Bson::Document(inner) if !inner.is_empty() && !is_expression(inner) => {
                Field::Inner(read_fields(inner, leaf)?)
            }
            value => leaf(value)?,
        };
        place(&mut read, name, field)?;
    }
    Ok(read)
}

/// Puts a field where its path leads.
fn place(fields: &mut Fields, path: &str, field: Field) -> Result<(), String> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if name.is_empty() || name.starts_with('$') {
        return Err(format!("a field named {path:?}"));
    }
    let collides = || format!("two values for {name}");
    let index = fields.iter().position(|(other, _)| other == name);
    match (index, rest) {
        (None, None) => fields.push((name.to_owned(), field)),
        (None, Some(rest)) => {
            let mut inner = Fields::new();
            place(&mut inner, rest, field)?;
            fields.push((name.to_owned(), Field::Inner(inner)));
        }
        (Some(index), rest) => match (&mut fields[index].1, rest, field) {
            (Field::Inner(inner), Some(rest), field) => place(inner, rest, field)?,
            (Field::Inner(inner), None, Field::Inner(more)) => {
                for (name, field) in more {
                    place(inner, &name, field)?;
                }
            }
            _ => return Err(collides()),
        },
    }
    Ok(())
}

fn added(value: &Bson) -> Result<Field, String> {
    expression(value).map(Field::Computed)
}

fn is_expression(document: &Document) -> bool {
    document.keys().any(|name| name.starts_with('$'))
}

fn expression(value: &Bson) -> Result<Value, String> {
    match value {
        Bson::String(text) => match text.strip_prefix('$') {
            None => Ok(Value::Constant(value.clone())),
            Some(path) if path.starts_with('$') => Err(text.clone()),
            Some(path) if path.split('.').any(str::is_empty) => Err(format!("the path {text}")),
            Some(path) => Ok(Value::Path(path.split('.').map(str::to_owned).collect())),
        },
        Bson::Document(document) if is_expression(document) => {
            match (document.len(), document.get("$literal")) {
                (1, Some(literal)) => Ok(Value::Constant(literal.clone())),
                _ => Err(document.keys().next().cloned().unwrap_or_default()),
            }
        }
        Bson::Document(document) => {
            let fields = document.iter().map(|(name, value)| match name.contains('.') {
                true => Err(format!("a field named {name:?}")),
                false => Ok((name.clone(), expression(value)?)),
            });
            Ok(Value::Object(fields.collect::<Result<_, _>>()?))
        }
        Bson::Array(list) => {
            Ok(Value::List(list.iter().map(expression).collect::<Result<_, _>>()?))
        }
        value => Ok(Value::Constant(value.clone())),
    }
}
