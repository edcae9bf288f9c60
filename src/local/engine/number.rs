//! Numbers of four types, in one order: exactly, not as one type rounds the other.

use std::cmp::Ordering;

use bson::Bson;

/// Whether it is not a number, of either type that has such.
pub(super) fn is_nan(value: &Bson) -> bool {
    match value {
        Bson::Double(number) => number.is_nan(),
        Bson::Decimal128(_) => Exact::of(value).class == Class::NaN,
        _ => false,
    }
}

/// Compares two numbers. What is not a number comes before all, and is equal to itself.
pub(super) fn compare(a: &Bson, b: &Bson) -> Ordering {
    match (integer(a), integer(b), a, b) {
        (Some(a), Some(b), ..) => a.cmp(&b),
        (Some(a), _, _, Bson::Double(b)) => with_double(a, *b),
        (_, Some(b), Bson::Double(a), _) => with_double(b, *a).reverse(),
        (_, _, Bson::Double(a), Bson::Double(b)) => {
            a.partial_cmp(b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
        }
        _ => Exact::of(a).cmp(&Exact::of(b)),
    }
}

fn integer(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some(i64::from(*number)),
        Bson::Int64(number) => Some(*number),
        _ => None,
    }
}

fn with_double(a: i64, b: f64) -> Ordering {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if b.is_nan() || b < -BEYOND {
        return Ordering::Greater;
    }
    if b >= BEYOND {
        return Ordering::Less;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is within the range of an i64")]
    let whole = b.trunc() as i64;
    a.cmp(&whole).then(0.0_f64.total_cmp(&(b.fract() + 0.0)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    NaN,
    NegativeInfinity,
    Finite,
    Infinity,
}

/// All decimal digits of a number.
#[derive(Debug, PartialEq, Eq)]
struct Exact {
    class: Class,
    /// -1, 0 or 1.
    sign: i8,
    /// The power of ten of the first digit.
    exponent: i64,
    /// Without zeros at either end.
    digits: Vec<u8>,
}

impl Exact {
    fn of(value: &Bson) -> Exact {
        let text = match value {
            // A double has no more digits than these.
            Bson::Double(number) => format!("{number:.1074}"),
            other => other.to_string(),
        };
        Exact::read(&text)
    }

    fn read(text: &str) -> Exact {
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let other = |class| Exact { class, sign: 0, exponent: 0, digits: Vec::new() };
        if text.starts_with(['i', 'I']) {
            return other(if sign < 0 { Class::NegativeInfinity } else { Class::Infinity });
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return other(Class::NaN);
        }
        let (mantissa, power) = text.split_once('E').unwrap_or((text, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: Vec<u8> = whole.bytes().chain(part.bytes()).collect();
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.drain(..zeros);
        let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        digits.truncate(kept);
        if digits.is_empty() {
            return other(Class::Finite);
        }
        let length = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let exponent = power.parse::<i64>().unwrap_or(0) + length(whole.len()) - length(zeros);
        Exact { class: Class::Finite, sign, exponent, digits }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        let size = || (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits));
        (self.class, self.sign).cmp(&(other.class, other.sign)).then_with(|| match self.sign {
            -1 => size().reverse(),
            _ => size(),
        })
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_number() -> impl Strategy<Value = Bson> {
        let close = prop_oneof![-3_i64..4, (1_i64 << 53) - 3..(1 << 53) + 4, i64::MAX - 3..];
        prop_oneof![
            any::<i32>().prop_map(Bson::Int32),
            close.clone().prop_map(Bson::Int64),
            close.prop_map(|n| Bson::Double(n as f64)),
            prop::num::f64::ANY.prop_map(Bson::Double),
            "-?[0-9]{1,20}(\\.[0-9]{1,9})?(E[+-]?[0-9]{1,2})?|NaN|-?Infinity"
                .prop_map(|text| Bson::Decimal128(text.parse().unwrap())),
        ]
    }

    proptest! {
        #[test]
        fn short_cuts_lead_to_the_same(a in any_number(), b in any_number()) {
            prop_assert_eq!(compare(&a, &b), Exact::of(&a).cmp(&Exact::of(&b)), "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn numbers_are_compared_exactly() {
        let decimal = |text: &str| Bson::Decimal128(text.parse().unwrap());
        let sorted = [
            Bson::Double(f64::NAN),
            decimal("-Infinity"),
            Bson::Int64(i64::MIN),
            decimal("-1E-30"),
            Bson::Int32(0),
            decimal("0.1"),
            // A little more than a tenth.
            Bson::Double(0.1),
            Bson::Int64((1 << 53) + 1),
            Bson::Double(9_007_199_254_740_994.0),
            Bson::Int64(i64::MAX),
            Bson::Double(9_223_372_036_854_775_808.0),
            Bson::Double(f64::INFINITY),
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a} {b}");
            }
        }
        let equal = [
            (decimal("5.00"), Bson::Int32(5)),
            (Bson::Double(-0.0), Bson::Int64(0)),
            (decimal("NaN"), Bson::Double(f64::NAN)),
            (decimal("-0"), Bson::Double(0.0)),
            (decimal("1E+3"), Bson::Double(1000.0)),
        ];
        for (a, b) in equal {
            assert_eq!(compare(&a, &b), Ordering::Equal, "{a} {b}");
        }
    }
}
