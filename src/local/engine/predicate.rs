//! `$match`: which documents a stage lets through, and filters which rows are wanted.

use std::fmt;

use bson::{Bson, Document};

use super::number::is_nan;
use super::order::{compare, rank};
use super::pattern::Pattern;

/// A condition on one document.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// All of these hold.
    All(Vec<Predicate>),
    /// One of these holds, at least.
    Any(Vec<Predicate>),
    /// This does not hold.
    Not(Box<Predicate>),
    /// Some value that the path leads to passes the test.
    Field(Vec<String>, Test),
}

/// What a value is to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Compare(Relation, Bson),
    In(Vec<Bson>),
    Exists,
    Matches(Pattern),
}

/// How a value stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// Why a condition cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// MongoDB has this operator; here it is not known.
    NotHere(String),
    /// There is no operator of this name.
    Unknown(String),
    /// Something is malformed: a part of a sentence.
    Malformed(String),
}

impl Misread {
    fn operator(name: &str) -> Misread {
        match ELSEWHERE.contains(&name) {
            true => Misread::NotHere(name.to_owned()),
            false => Misread::Unknown(name.to_owned()),
        }
    }
}

/// As a part of a sentence.
impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Misread::NotHere(what) | Misread::Unknown(what) | Misread::Malformed(what)) = self;
        f.write_str(what)
    }
}

/// The other operators of MongoDB's queries.
const ELSEWHERE: [&str; 23] = [
    "$all",
    "$alwaysFalse",
    "$alwaysTrue",
    "$bitsAllClear",
    "$bitsAllSet",
    "$bitsAnyClear",
    "$bitsAnySet",
    "$elemMatch",
    "$expr",
    "$geoIntersects",
    "$geoWithin",
    "$jsonSchema",
    "$maxDistance",
    "$minDistance",
    "$mod",
    "$near",
    "$nearSphere",
    "$rand",
    "$sampleRate",
    "$size",
    "$text",
    "$type",
    "$where",
];

impl Predicate {
    /// Reads a condition.
    ///
    /// # Errors
    /// What of it is not known here, or malformed.
    pub fn read(condition: &Document) -> Result<Predicate, Misread> {
        let parts = condition.iter().map(|(name, value)| match (name.as_str(), value) {
            ("$and", value) => Ok(Predicate::All(conditions(name, value)?)),
            ("$or", value) => Ok(Predicate::Any(conditions(name, value)?)),
            ("$nor", value) => Ok(not(Predicate::Any(conditions(name, value)?))),
            ("$comment", _) => Ok(Predicate::All(Vec::new())),
            (name, _) if name.starts_with('$') => Err(Misread::operator(name)),
            (name, value) => field(&name.split('.').map(str::to_owned).collect::<Vec<_>>(), value),
        });
        Ok(Predicate::All(parts.collect::<Result<_, _>>()?))
    }

    /// Whether a document meets it.
    pub fn holds(&self, document: &Document) -> bool {
        match self {
            Predicate::All(all) => all.iter().all(|one| one.holds(document)),
            Predicate::Any(any) => any.iter().any(|one| one.holds(document)),
            Predicate::Not(one) => !one.holds(document),
            Predicate::Field(path, test) => {
                let first = path.first().and_then(|name| document.get(name));
                let rest = path.get(1..).unwrap_or_default();
                some_value(first, rest, &mut |value| test.passes(value))
            }
        }
    }

    /// Every value that documents are compared with.
    pub(super) fn constants<'a>(&'a self, each: &mut impl FnMut(&'a Bson)) {
        match self {
            Predicate::All(inner) | Predicate::Any(inner) => {
                for one in inner {
                    one.constants(each);
                }
            }
            Predicate::Not(one) => one.constants(each),
            Predicate::Field(_, Test::Compare(_, value)) => each(value),
            Predicate::Field(_, Test::In(values)) => values.iter().for_each(each),
            Predicate::Field(_, Test::Exists | Test::Matches(_)) => {}
        }
    }
}

impl Predicate {
    /// Whether a regular expression is in it.
    pub(super) fn has_pattern(&self) -> bool {
        match self {
            Predicate::All(inner) | Predicate::Any(inner) => inner.iter().any(Self::has_pattern),
            Predicate::Not(one) => one.has_pattern(),
            Predicate::Field(_, test) => matches!(test, Test::Matches(_)),
        }
    }
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

fn conditions(name: &str, value: &Bson) -> Result<Vec<Predicate>, Misread> {
    let malformed = || Misread::Malformed(format!("a {name} that is no list of conditions"));
    let list = value.as_array().filter(|list| !list.is_empty()).ok_or_else(malformed)?;
    let read = |one: &Bson| Predicate::read(one.as_document().ok_or_else(malformed)?);
    list.iter().map(read).collect()
}

fn field(path: &[String], value: &Bson) -> Result<Predicate, Misread> {
    let field = |test| Predicate::Field(path.to_vec(), test);
    let is_operator = |fields: &Document| fields.keys().any(|name| name.starts_with('$'));
    let Some(operators) = value.as_document().filter(|fields| is_operator(fields)) else {
        return Ok(field(match value {
            Bson::RegularExpression(regex) => Test::Matches(Pattern::of(regex)?),
            value => Test::Compare(Relation::Equal, value.clone()),
        }));
    };
    let among = |name: &str, value: &Bson| -> Result<Predicate, Misread> {
        let malformed = |what: &str| Misread::Malformed(format!("a {name} {what}"));
        let list = value.as_array().ok_or_else(|| malformed("that is no list"))?;
        let (mut tests, mut values) = (Vec::new(), Vec::new());
        for value in list {
            match value {
                Bson::RegularExpression(regex) => tests.push(Test::Matches(Pattern::of(regex)?)),
                Bson::Document(fields) if is_operator(fields) => {
                    return Err(malformed("with an operator among its values"));
                }
                value => values.push(value.clone()),
            }
        }
        tests.push(Test::In(values));
        Ok(Predicate::Any(tests.into_iter().map(field).collect()))
    };
    let options = operators.get("$options");
    let parts = operators.iter().map(|(name, value)| {
        let compare = |relation| Ok(field(Test::Compare(relation, constant(name, value)?)));
        match name.as_str() {
            "$eq" => Ok(field(Test::Compare(Relation::Equal, value.clone()))),
            "$ne" => compare(Relation::Equal).map(not),
            "$gt" => compare(Relation::Greater),
            "$gte" => compare(Relation::GreaterOrEqual),
            "$lt" => compare(Relation::Less),
            "$lte" => compare(Relation::LessOrEqual),
            "$in" => among(name, value),
            "$nin" => among(name, value).map(not),
            "$regex" => Ok(field(Test::Matches(Pattern::with(value, options)?))),
            "$options" if operators.contains_key("$regex") => Ok(Predicate::All(Vec::new())),
            "$options" => Err(Misread::Malformed("$options without a $regex".to_owned())),
            "$exists" if truth(value) => Ok(field(Test::Exists)),
            "$exists" => Ok(not(field(Test::Exists))),
            "$not" => match value {
                Bson::Document(fields) if is_operator(fields) => self::field(path, value).map(not),
                Bson::RegularExpression(_) => self::field(path, value).map(not),
                _ => Err(Misread::Malformed("a $not without an operator".to_owned())),
            },
            name => Err(Misread::operator(name)),
        }
    });
    Ok(Predicate::All(parts.collect::<Result<_, _>>()?))
}

/// A value to compare with.
fn constant(name: &str, value: &Bson) -> Result<Bson, Misread> {
    match value {
        Bson::RegularExpression(_) => {
            Err(Misread::Malformed(format!("a {name} with a regular expression")))
        }
        value => Ok(value.clone()),
    }
}

/// Whether a value counts as true.
pub(super) fn truth(value: &Bson) -> bool {
    match value {
        Bson::Null | Bson::Undefined | Bson::Boolean(false) => false,
        value if rank(value) == rank(&Bson::Int32(0)) => compare(value, &Bson::Int32(0)).is_ne(),
        _ => true,
    }
}

/// Whether a value that the path leads to passes. Lists on the way stand for their documents, one at
/// the end for itself and for its values; where nothing is found, `None` is tried.
fn some_value(
    value: Option<&Bson>,
    path: &[String],
    test: &mut impl FnMut(Option<&Bson>) -> bool,
) -> bool {
    match (path.split_first(), value) {
        (None, Some(Bson::Array(list))) => {
            test(value) || list.iter().any(|value| test(Some(value)))
        }
        (None, value) => test(value),
        (Some((name, rest)), Some(Bson::Document(document))) => {
            some_value(document.get(name), rest, test)
        }
        (Some((name, rest)), Some(Bson::Array(list))) => {
            let mut documents = list.iter().filter(|value| value.as_document().is_some());
            let nth = name.parse::<usize>().ok().and_then(|index| list.get(index));
            documents.any(|one| some_value(Some(one), path, test))
                || nth.is_some_and(|one| some_value(Some(one), rest, test))
        }
        (Some(_), _) => test(None),
    }
}

impl Test {
    fn passes(&self, value: Option<&Bson>) -> bool {
        match self {
            Test::Compare(relation, with) => relation.holds(value, with),
            Test::In(list) => list.iter().any(|with| Relation::Equal.holds(value, with)),
            Test::Exists => value.is_some(),
            Test::Matches(pattern) => value.is_some_and(|value| pattern.matches(value)),
        }
    }
}

impl Relation {
    /// Whether a value stands in this relation; nothing does to a value of another type, except to
    /// the keys that are less or greater than all.
    fn holds(self, value: Option<&Bson>, with: &Bson) -> bool {
        let value = match value {
            Some(value) => value,
            None if *with == Bson::Null => &Bson::Null,
            None => return false,
        };
        let is_key = matches!(with, Bson::MinKey | Bson::MaxKey);
        if !is_key && rank(value) != rank(with) {
            return false;
        }
        let order = compare(value, with);
        match self {
            Relation::Equal => order.is_eq(),
            Relation::GreaterOrEqual | Relation::LessOrEqual if order.is_eq() => true,
            // What is not a number is neither more nor less than one.
            _ if is_nan(value) || is_nan(with) => false,
            Relation::Greater | Relation::GreaterOrEqual => order.is_gt(),
            Relation::Less | Relation::LessOrEqual => order.is_lt(),
        }
    }
}
