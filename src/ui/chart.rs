//! Counts as block characters, each of which has eight heights or widths. Pure.

/// How high a column is, from nothing to the whole.
const HEIGHTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// How wide a bar is, likewise.
const WIDTHS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// The longest bar, in characters.
const LONGEST: u64 = 30;
/// How many lines a chart of columns has.
const LINES: u64 = 6;

/// So many eighths of so many characters. What is not nothing is seen.
fn eighths(part: u64, whole: u64, characters: u64) -> u64 {
    let exact = u128::from(part) * u128::from(8 * characters) / u128::from(whole.max(1));
    let eighths = u64::try_from(exact).unwrap_or(u64::MAX).min(8 * characters);
    if part == 0 { 0 } else { eighths.max(1) }
}

fn block(blocks: [char; 9], eighths: u64) -> char {
    blocks[usize::try_from(eighths.min(8)).unwrap_or_default()]
}

/// A bar for a part of the largest value.
pub fn bar(part: u64, largest: u64) -> String {
    let eighths = eighths(part, largest, LONGEST);
    let begun = (!eighths.is_multiple_of(8)).then(|| block(WIDTHS, eighths % 8));
    (0..eighths / 8).map(|_| block(WIDTHS, 8)).chain(begun).collect()
}

/// Values side by side as columns, each so many characters wide, the highest line first.
pub fn columns(values: &[u64], width: usize) -> Vec<String> {
    let largest = values.iter().copied().max().unwrap_or_default();
    let line = |line: u64| {
        let column = |value: &u64| {
            let height = eighths(*value, largest, LINES).saturating_sub(8 * line);
            std::iter::repeat_n(block(HEIGHTS, height), width)
        };
        values.iter().flat_map(column).collect()
    };
    (0..LINES).rev().map(line).collect()
}

/// Values in rows of so many, a character each.
pub fn grid(values: &[u64], per_row: usize) -> Vec<String> {
    let largest = values.iter().copied().max().unwrap_or_default();
    let cell = |value: &u64| block(HEIGHTS, eighths(*value, largest, 1));
    values.chunks(per_row.max(1)).map(|row| row.iter().map(cell).collect()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bars_are_as_long_as_their_parts() {
        assert_eq!(bar(0, 10), "");
        assert_eq!(bar(10, 10), "█".repeat(30));
        assert_eq!(bar(5, 10), "█".repeat(15));
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(0, 0), "");
    }

    #[test]
    fn columns_stand_side_by_side() {
        let shown = columns(&[0, 48, 24, 1], 2);
        assert_eq!(shown.len(), 6);
        assert_eq!(shown[0], "  ██    ");
        assert_eq!(shown[3], "  ████  ");
        assert_eq!(shown[5], "  ████▁▁");
    }

    #[test]
    fn a_grid_has_a_row_for_so_many() {
        assert_eq!(grid(&[0, 8, 4, 1], 2), [" █", "▄▁"]);
    }

    proptest! {
        #[test]
        fn what_is_not_nothing_is_seen(values in proptest::collection::vec(any::<u64>(), 1..40)) {
            let largest = values.iter().copied().max().unwrap();
            for value in &values {
                let bar = bar(*value, largest);
                prop_assert_eq!(bar.is_empty(), *value == 0);
                prop_assert!(bar.chars().count() <= 30);
            }
            let lowest: Vec<char> = columns(&values, 1)[5].chars().collect();
            for (value, shown) in values.iter().zip(lowest) {
                prop_assert_eq!(shown == ' ', *value == 0);
            }
        }
    }
}
