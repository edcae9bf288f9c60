//! BSON as the JSON that the domain keeps, and back: extended JSON, of which nothing is lost.

use bson::Bson;
use serde_json::{Map, Value, json};

/// Keys by which extended JSON tells what is no JSON.
const FORMS: [&str; 16] = [
    "$binary",
    "$code",
    "$date",
    "$dbPointer",
    "$maxKey",
    "$minKey",
    "$numberDecimal",
    "$numberDouble",
    "$numberInt",
    "$numberLong",
    "$oid",
    "$regularExpression",
    "$symbol",
    "$timestamp",
    "$undefined",
    "$uuid",
];

/// The last millisecond of the year 9999: later dates cannot be written as text.
const LATEST: i64 = 253_402_300_799_999;

/// A value as relaxed extended JSON: in the canonical form where the relaxed one would come back as
/// another type, or another number. It is nested no deeper than documents may be.
pub(super) fn from_bson(value: Bson) -> Value {
    match value {
        Bson::Document(fields) => {
            fields.into_iter().map(|(key, value)| (key, from_bson(value))).collect()
        }
        Bson::Array(items) => items.into_iter().map(from_bson).collect(),
        Bson::Int64(number) if i32::try_from(number).is_ok() => {
            json!({ "$numberLong": number.to_string() })
        }
        Bson::Double(number) if number.is_finite() && !comes_back(number) => {
            json!({ "$numberDouble": number.to_string() })
        }
        Bson::DateTime(time) if !(0..=LATEST).contains(&time.timestamp_millis()) => {
            json!({ "$date": { "$numberLong": time.timestamp_millis().to_string() } })
        }
        other => other.into_relaxed_extjson(),
    }
}

/// Whether a number is read as it was written.
fn comes_back(number: f64) -> bool {
    let read: Option<f64> = serde_json::from_str(&json!(number).to_string()).ok();
    read.is_some_and(|read| read.to_bits() == number.to_bits())
}

/// JSON as BSON. What looks like extended JSON and is none stays a document.
pub(super) fn to_bson(value: Value) -> Bson {
    match value {
        Value::Object(fields) => special(&fields).unwrap_or_else(|| {
            Bson::Document(fields.into_iter().map(|(key, value)| (key, to_bson(value))).collect())
        }),
        Value::Array(items) => Bson::Array(items.into_iter().map(to_bson).collect()),
        other => Bson::try_from(other).unwrap_or(Bson::Null),
    }
}

fn special(fields: &Map<String, Value>) -> Option<Bson> {
    if !FORMS.iter().any(|form| fields.contains_key(*form)) {
        return None;
    }
    let value = Bson::try_from(fields.clone()).ok()?;
    (!matches!(value, Bson::Document(_))).then_some(value)
}

#[cfg(test)]
mod tests {
    use bson::{Document, doc};
    use proptest::prelude::*;

    use super::*;

    /// What the store makes of a value.
    fn stored(value: &Bson) -> Bson {
        let text = from_bson(value.clone()).to_string();
        to_bson(serde_json::from_str(&text).unwrap())
    }

    fn any_scalar() -> impl Strategy<Value = Bson> {
        prop_oneof![
            Just(Bson::Null),
            Just(Bson::MinKey),
            Just(Bson::MaxKey),
            Just(Bson::Undefined),
            any::<bool>().prop_map(Bson::Boolean),
            any::<i32>().prop_map(Bson::Int32),
            any::<i64>().prop_map(Bson::Int64),
            (-5_i64..5).prop_map(Bson::Int64),
            prop::num::f64::ANY
                .prop_filter("one kind of NaN", |n| !n.is_nan())
                .prop_map(Bson::Double),
            any::<String>().prop_map(Bson::String),
            any::<i64>().prop_map(|ms| Bson::DateTime(bson::DateTime::from_millis(ms))),
            any::<[u8; 12]>().prop_map(|id| Bson::ObjectId(id.into())),
            any::<(u32, u32)>().prop_map(|(time, increment)| {
                Bson::Timestamp(bson::Timestamp { time, increment })
            }),
            (any::<u8>(), any::<Vec<u8>>()).prop_map(|(subtype, bytes)| {
                Bson::Binary(bson::Binary { subtype: subtype.into(), bytes })
            }),
            "-?[0-9]{1,30}(\\.[0-9]{1,4})?(E[+-]?[0-9]{1,2})?|NaN|-?Infinity"
                .prop_map(|text| Bson::Decimal128(text.parse().unwrap())),
            "[a-z^.]{0,5}".prop_map(|pattern| {
                let pattern = pattern.try_into().unwrap();
                let options = "im".to_owned().try_into().unwrap();
                Bson::RegularExpression(bson::Regex { pattern, options })
            }),
        ]
    }

    fn any_value() -> impl Strategy<Value = Bson> {
        any_scalar().prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Bson::Array),
                prop::collection::vec(("[a-z.]{0,3}|\\$(gt|match|set)", inner), 0..5)
                    .prop_map(|fields| Bson::Document(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_comes_back_as_it_was(value in any_value()) {
            prop_assert_eq!(stored(&value), value);
        }

        #[test]
        fn no_json_is_too_strange(keys in prop::collection::vec(prop::sample::select(&FORMS[..]), 1..4),
            value in any_scalar()) {
            let nested = keys.iter().fold(from_bson(value), |inner, key| json!({ *key: inner, "x": 1 }));
            prop_assert!(matches!(to_bson(nested), Bson::Document(fields) if fields.len() == 2));
        }
    }

    #[test]
    fn what_people_write_stays_readable() {
        let pipeline = bson::bson!([{ "$match": { "obs.watts": { "$gt": 200, "$lt": 1.5 } } }]);
        let text = from_bson(pipeline).to_string();
        assert_eq!(text, r#"[{"$match":{"obs.watts":{"$gt":200,"$lt":1.5}}}]"#);
        let odd: Document = doc! { "n": f64::NAN, "z": -0.0, "w": 3.0, "i": 5_i64 };
        let Bson::Document(back) = stored(&Bson::Document(odd)) else { panic!() };
        assert!(back.get_f64("n").unwrap().is_nan());
        assert!(back.get_f64("z").unwrap().is_sign_negative());
        assert_eq!((back.get_f64("w").unwrap(), back.get_i64("i").unwrap()), (3.0, 5));
    }
}
