//! Drawings. Positions across are in per cent and those down in pixels, so that a drawing takes whatever
//! width there is while its words keep their size.

pub(super) mod bars;
pub(super) mod heat;
pub(super) mod meter;
pub(super) mod strip;

/// A position across.
fn percent(part: f64) -> String {
    let text = format!("{:.3}", part * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Marks of an axis from 0 that takes in `most`: round numbers, at most four beside 0.
fn marks(most: u64) -> Vec<u64> {
    let most = most.max(1);
    let mut power: u64 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if most.div_ceil(step) <= 4 {
                return (0..=most.div_ceil(step)).map(|mark| step.saturating_mul(mark)).collect();
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Around these numbers, of an axis on which space is short: `1.5k`.
fn short(number: u64) -> String {
    for (unit, name) in
        [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
    {
        if number >= unit {
            let tenths = (number as f64 / unit as f64 * 10.0).round() / 10.0;
            return format!("{tenths}{name}");
        }
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_marks() {
        assert_eq!(marks(0), [0, 1]);
        assert_eq!(marks(3), [0, 1, 2, 3]);
        assert_eq!(marks(97), [0, 50, 100]);
        assert_eq!(marks(1_400), [0, 500, 1_000, 1_500]);
        for most in [1, 9, 10, 11, 99, 12_345, 1 << 40, u64::MAX] {
            let marks = marks(most);
            assert!(marks.len() <= 5 && *marks.last().unwrap() >= most, "{most} {marks:?}");
        }
    }

    #[test]
    fn long_numbers_are_short() {
        assert_eq!(
            [5, 999, 1_500, 20_000, 3_000_000].map(short),
            ["5", "999", "1.5k", "20k", "3M"]
        );
    }

    #[test]
    fn positions_have_no_needless_digits() {
        assert_eq!([0.0, 0.5, 1.0 / 3.0, 1.0].map(percent), ["0%", "50%", "33.333%", "100%"]);
    }
}
