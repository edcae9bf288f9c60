//! Limits of JSON from outside, checked by a scan that does not recurse before anything that does
//! gets to see it.

/// How deep arrays and objects may be nested.
pub const DEEPEST: usize = 512;

/// How many characters a number may have: to read one takes the square of that.
pub const LONGEST_NUMBER: usize = 1_000;

/// What is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// Beyond [`DEEPEST`].
    #[error("it is nested more than {DEEPEST} deep")]
    Depth,
    /// Beyond [`LONGEST_NUMBER`].
    #[error("it holds a number of more than {LONGEST_NUMBER} digits")]
    Number,
}

/// Checks a document; whether it is JSON at all is left to its reader.
///
/// # Errors
/// What it has too much of.
pub fn check(json: &[u8]) -> Result<(), Excess> {
    let (mut depth, mut number) = (0_usize, 0_usize);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E' => number += 1,
            _ => number = 0,
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_text(&mut bytes),
            // JSON has no comments, but jq's reader does.
            b'#' => drop(bytes.find(|byte| **byte == b'\n')),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Excess::Depth);
        }
        if number > LONGEST_NUMBER {
            return Err(Excess::Number);
        }
    }
    Ok(())
}

/// Goes on behind the end of a text.
fn skip_text(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nested(open: &str, close: &str, depth: usize) -> String {
        format!("{}0{}", open.repeat(depth), close.repeat(depth))
    }

    #[test]
    fn what_is_within_the_limits_passes() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[[1],", "]")] {
            assert_eq!(check(nested(open, close, DEEPEST - 1).as_bytes()), Ok(()));
            assert_eq!(check(nested(open, close, DEEPEST + 1).as_bytes()), Err(Excess::Depth));
        }
        assert_eq!(check("1".repeat(LONGEST_NUMBER).as_bytes()), Ok(()));
    }

    #[test]
    fn long_numbers_are_noticed_wherever_they_are() {
        let digits = "7".repeat(LONGEST_NUMBER + 1);
        for text in [digits.clone(), format!("[-{digits}]"), format!("{{\"a\":1.{digits}e5}}")] {
            assert_eq!(check(text.as_bytes()), Err(Excess::Number));
        }
    }

    #[test]
    fn a_text_may_be_anything() {
        let (digits, brackets) = ("7".repeat(5_000), "[".repeat(5_000));
        for text in [digits, brackets.clone(), format!("\\\"{brackets}"), format!("{brackets}\\\\")]
        {
            assert_eq!(check(format!("{{\"{text}\":[\"{text}\"]}}").as_bytes()), Ok(()));
        }
    }

    #[test]
    fn a_comment_hides_nothing() {
        let text = format!("#\"\n{}", nested("[", "]", DEEPEST + 1));
        assert_eq!(check(text.as_bytes()), Err(Excess::Depth));
    }

    proptest! {
        #[test]
        fn ordinary_documents_pass(text in "[\\[\\]{}\",:0-9a-z\\\\]{0,400}") {
            prop_assert_eq!(check(text.as_bytes()), Ok(()));
        }
    }
}
