//! Pipelines against the long way round, and against anything at all.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;
use crate::local::engine::Totals;

/// What has come, of every document one after the other.
fn naive(stages: &Value, source: &Source, n: u64) -> Totals {
    let run = Run::new(stages, source.clone(), sender());
    let (mut totals, mut told) = (Totals::default(), Vec::new());
    for n in 0..n {
        totals.input = totals.input.and(1, size(&source.document(n)));
        let came = run.came(n, &mut told);
        for letter in &came.letters {
            totals.letters = totals.letters.and(1, size(letter));
        }
        if let Some(output) = &came.output {
            totals.output = totals.output.and(1, size(output));
        }
    }
    totals
}

/// Values as they may stand in a condition or a shape.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..500).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "device_[0-9]|\\$(obs\\.watts|_ts|timestamp|group_id|obs|no)|2026-03-01T12:00:[0-5][0-9]|[a-z$.]{0,4}"
            .prop_map(Value::from),
        (0_u64..60).prop_map(|s| json!({ "$date": { "$numberLong": (1_772_366_400_000 + s * 250).to_string() } })),
        "-?[0-9]{1,4}(E-?[0-9])?".prop_map(|n| json!({ "$numberDecimal": n })),
        Just(json!({ "$minKey": 1 })),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = "group_id|device_id|_ts|timestamp|obs(\\.watts)?|[a-c](\\.[a-c])?|\\$(and|or|nor|not|gt|gte|lt|lte|eq|ne|in|nin|exists|literal|regex)";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Conditions that are mostly understood.
fn any_condition() -> impl Strategy<Value = Value> {
    let path = "group_id|device_id|_ts|timestamp|obs|obs\\.watts|max_watts|event_type|a|a\\.b|b";
    let relation = "\\$(gt|gte|lt|lte|eq|ne)";
    let one = (path, relation, any_value())
        .prop_map(|(path, relation, value)| json!({ path: { relation: value } }));
    let few = (path, -1_i64..12).prop_map(|(path, n)| json!({ path: { "$lt": n } }));
    let time = (0_u64..600, relation).prop_map(|(n, relation)| {
        let at = (1_772_366_400_000 + n * 100).to_string();
        json!({ "_ts": { relation: { "$date": { "$numberLong": at } } } })
    });
    let text = (0_u64..60, "timestamp|a", relation).prop_map(
        |(n, path, relation)| json!({ path: { relation: format!("2026-03-01T12:00:{n:02}") } }),
    );
    let leaf = prop_oneof![one, few.clone(), few, time, text];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let several = prop::collection::vec(inner, 1..3);
        ("\\$(and|or|nor)", several).prop_map(|(name, several)| json!({ name: several }))
    })
}

fn any_stage() -> impl Strategy<Value = Value> {
    let stage = "\\$(match|project|addFields|set|unset|limit|source|merge|window)|[a-z]";
    let set = ("a|b|group_id|a\\.b", any_value());
    prop_oneof![
        4 => any_condition().prop_map(|condition| json!({ "$match": condition })),
        2 => set.prop_map(|(name, value)| json!({ "$set": { name: value } })),
        1 => (1_u64..40).prop_map(|n| json!({ "$limit": n })),
        1 => Just(json!({ "$project": { "group_id": 1, "a": "$_ts", "timestamp": 1 } })),
        1 => Just(json!({ "$tumblingWindow": {} })),
        2 => (stage, any_value()).prop_map(|(name, value)| json!({ name: value })),
        1 => any_value(),
    ]
}

proptest! {
    // Each runs a pipeline hundreds of times.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counting_is_as_good_as_running(
        stages in prop::collection::vec(any_stage(), 0..6),
        n in 0_u64..400,
        seed in "[a-z]{0,3}",
    ) {
        let stages = Value::from(stages);
        let source = Source::new(&seed, begin());
        let run = Run::new(&stages, source.clone(), sender());
        prop_assert_eq!(run.totals(n), naive(&stages, &source, n), "{}", stages);
    }

    #[test]
    fn limits_let_as_many_through_as_they_say(
        conditions in prop::collection::vec(any_condition(), 1..3),
        limit in 1_u64..60,
    ) {
        let (first, rest) = conditions.split_first().unwrap();
        let before = vec![json!({ "$match": first })];
        let mut after = before.clone();
        after.push(json!({ "$limit": limit }));
        after.extend(rest.iter().map(|condition| json!({ "$match": condition })));
        let mut behind = before.clone();
        behind.extend(after[2..].iter().cloned());
        // Without the limit, the first of what the condition lets through, then the other condition.
        let (all, limited) = (run_of(&json!(before)), run_of(&json!(after)));
        let (mut left, mut expected) = (limit, Vec::new());
        let whole = run_of(&json!(behind));
        for n in 0..150 {
            if all.came(n, &mut vec![true; 9]).output.is_some() && left > 0 {
                left -= 1;
                expected.extend(whole.came(n, &mut vec![true; 9]).output);
            }
        }
        prop_assert_eq!(outputs(&limited, 150), expected);
    }

    #[test]
    fn any_pipeline_is_run(
        stages in any_value(),
        n in any::<u64>(),
        since in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
    ) {
        let since = Timestamp::from_second(since).unwrap();
        for stages in [json!([{ "$match": stages }]), json!([{ "$project": stages }]), stages] {
            let run = Run::new(&stages, Source::new("", since), sender());
            run.came(n, &mut Vec::new());
            let totals = run.totals(n);
            prop_assert_eq!(totals.input.count, n);
            prop_assert!(totals.output.count <= n);
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_values_is_total(values in prop::collection::vec(any_bson(), 3)) {
        let [a, b, c] = &values[..] else { unreachable!() };
        prop_assert_eq!(compare(a, a), Ordering::Equal);
        prop_assert_eq!(compare(a, b), compare(b, a).reverse());
        if compare(a, b).is_le() && compare(b, c).is_le() {
            prop_assert!(compare(a, c).is_le(), "{:?} {:?} {:?}", a, b, c);
        }
    }
}

fn any_bson() -> impl Strategy<Value = Bson> {
    let leaf = prop_oneof![
        Just(Bson::Null),
        Just(Bson::Undefined),
        Just(Bson::MinKey),
        Just(Bson::MaxKey),
        any::<bool>().prop_map(Bson::from),
        (-2_i32..3).prop_map(Bson::from),
        (i64::MAX - 2..=i64::MAX).prop_map(Bson::from),
        prop_oneof![Just(f64::NAN), Just(0.5), Just(9.3e18), prop::num::f64::ANY]
            .prop_map(Bson::from),
        "-?[0-2](\\.5)?|NaN|92233720368547758(07|08)"
            .prop_map(|n| Bson::Decimal128(n.parse().unwrap())),
        "[ab]{0,2}".prop_map(Bson::from),
        "[ab]{0,2}".prop_map(Bson::Symbol),
        (0_i64..3).prop_map(|ms| Bson::DateTime(bson::DateTime::from_millis(ms))),
        any::<[u8; 12]>().prop_map(|id| Bson::ObjectId(bson::oid::ObjectId::from_bytes(id))),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Bson::from),
            prop::collection::vec(("[ab]", inner), 0..3)
                .prop_map(|fields| Bson::Document(fields.into_iter().collect())),
        ]
    })
}
