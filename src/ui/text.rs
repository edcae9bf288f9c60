//! Text for people: nothing that moves their cursor, times as they say them.

use jiff::Timestamp;

/// Replaces control characters, and the marks that reverse the direction of text.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if is_harmful(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A time as people say it: `in 3h`, `2d ago`.
pub fn relative(time: Timestamp, now: Timestamp) -> String {
    let seconds = time.as_second() - now.as_second();
    let distance = seconds.unsigned_abs();
    let amount = match distance {
        0..=59 => format!("{distance}s"),
        60..=3_599 => format!("{}min", distance / 60),
        3_600..=172_799 => format!("{}h", distance / 3_600),
        172_800..=62_207_999 => format!("{}d", distance / 86_400),
        _ => format!("{}y", distance / 31_557_600),
    };
    match seconds {
        0 => "now".to_owned(),
        1.. => format!("in {amount}"),
        _ => format!("{amount} ago"),
    }
}

/// `1 user`, `3 users`.
pub fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => match noun.strip_suffix("ry") {
            Some(stem) => format!("{count} {stem}ries"),
            None => format!("{count} {noun}s"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_from_outside_do_not_reach_a_terminal() {
        assert_eq!(harmless("a\x1b[2Jb\u{9b}c"), "a\u{fffd}[2Jb\u{fffd}c");
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let at = |s: i64| Timestamp::from_second(1_000_000 + s).unwrap();
        assert_eq!(relative(at(7_200), now), "in 2h");
        assert_eq!(relative(at(-90), now), "1min ago");
        assert_eq!(relative(at(0), now), "now");
    }
}
