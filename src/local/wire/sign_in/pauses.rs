//! How long a connection waits for the answer that it has not signed in: longer each time, so that
//! guessing takes its time; never long enough to look like an end, and never a matter of the name:
//! nobody can lock out somebody else.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(10);

/// The pause before the answer to the `n`th failure, which counts from 1.
pub(super) fn pause(n: u32) -> Duration {
    let factor = 1_u32.checked_shl(n.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST.saturating_mul(factor).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_have_an_end() {
        let pauses: Vec<Duration> = (1..200).map(pause).collect();
        assert_eq!(pauses[0], FIRST);
        assert!(pauses.is_sorted());
        assert!(pauses.windows(2).all(|two| two[0] < two[1] || two[1] == LONGEST));
        assert_eq!(pause(u32::MAX), LONGEST);
    }
}
