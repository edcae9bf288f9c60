//! Text for people: without control or invisible characters, and with times as people write them.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};

use crate::unseen::is_unseen;

/// Shows what would act on a terminal, or would not be seen there, by its code: `\u{200b}`.
pub fn harmless(text: &str) -> Cow<'_, str> {
    written(text, |c| c.escape_unicode().to_string())
}

/// The same of a JSON text, which says the same as before.
pub(super) fn harmless_json(text: &str) -> Cow<'_, str> {
    written(text, |c| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    })
}

fn written(text: &str, shown: impl Fn(char) -> String) -> Cow<'_, str> {
    let Some(first) = text.find(is_unseen) else { return text.into() };
    let mut out = text[..first].to_owned();
    for c in text[first..].chars() {
        match is_unseen(c) {
            true => out.push_str(&shown(c)),
            false => out.push(c),
        }
    }
    out.into()
}

/// Bytes as text; those that are none by their codes: `\x9b`.
pub(super) fn lossless(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    text
}

/// How many bytes at the end begin a character that may still come.
pub(super) fn begun(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes.split_at(bytes.len().saturating_sub(4)).1) {
        // What precedes those bytes may be cut through, too.
        Err(_) => (1..=3.min(bytes.len()))
            .find(|&length| {
                let end = &bytes[bytes.len() - length..];
                std::str::from_utf8(end)
                    .is_err_and(|e| e.valid_up_to() == 0 && e.error_len().is_none())
            })
            .unwrap_or(0),
        Ok(_) => 0,
    }
}

/// A time as people write it: `in 3h`, `2d ago`.
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

/// A count in groups of three digits: `12,345`.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of bytes with a unit: `512 B`, `1.5 MiB`.
pub(super) fn bytes(bytes: u64) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut amount = bytes as f64;
    let mut unit = "B";
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        // What would be rounded to 1024 has the next unit.
        if amount < 1023.95 {
            break;
        }
        (amount, unit) = (amount / 1024.0, next);
    }
    format!("{amount:.1} {unit}")
}

/// A duration in its two largest units: `2h 5min`; below a minute in seconds.
pub(super) fn duration(duration: SignedDuration) -> String {
    let sign = if duration.is_negative() { "-" } else { "" };
    let seconds = duration.as_secs().unsigned_abs();
    let (large, name, small, rest) = match seconds {
        0..=59 => {
            let millis = duration.subsec_millis().unsigned_abs();
            let text = format!("{seconds}.{millis:03}");
            return format!("{sign}{}s", text.trim_end_matches('0').trim_end_matches('.'));
        }
        60..=3_599 => (seconds / 60, "min", seconds % 60, "s"),
        3_600..=86_399 => (seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => (seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    };
    match small {
        0 => format!("{sign}{large}{name}"),
        _ => format!("{sign}{large}{name} {small}{rest}"),
    }
}

/// `1 user`, `3 users`, `2 entries`, `2 addresses`.
pub fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => match noun.strip_suffix("ry") {
            Some(stem) => format!("{count} {stem}ries"),
            None if noun.ends_with('s') => format!("{count} {noun}es"),
            None => format!("{count} {noun}s"),
        },
    }
}

/// A text in lines that fit behind their label on a terminal.
pub fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 78;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_from_outside_do_not_reach_a_terminal() {
        assert_eq!(harmless("a\x1b[2Jb\u{9b}c\u{7f}"), "a\\u{1b}[2Jb\\u{9b}c\\u{7f}");
    }

    #[test]
    fn bytes_are_shown_as_text_wherever_they_are_cut() {
        assert_eq!(lossless(b"a\x9b2J\xffb"), "a\\x9b2J\\xffb");
        let text = "ä€😀x".as_bytes();
        for cut in 0..=text.len() {
            let (first, second) = text.split_at(cut);
            let (whole, rest) = first.split_at(first.len() - begun(first));
            let shown = lossless(whole) + &lossless(&[rest, second].concat());
            assert_eq!(shown, "ä€😀x", "{cut}");
        }
        assert_eq!(begun(b"\xff"), 0);
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(harmless("alice\u{200b}"), "alice\\u{200b}");
        assert_eq!(
            harmless("a\u{e0041}\u{fe0f}\u{ad}\u{200e}"),
            "a\\u{e0041}\\u{fe0f}\\u{ad}\\u{200e}"
        );
        for c in [
            '\u{600}',
            '\u{605}',
            '\u{6dd}',
            '\u{70f}',
            '\u{890}',
            '\u{8e2}',
            '\u{110bd}',
            '\u{110cd}',
            '\u{13430}',
            '\u{13438}',
            '\u{1343f}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e007f}',
        ] {
            assert_eq!(harmless(&c.to_string()), c.escape_unicode().to_string());
        }
        for plain in ["äöü ß", "日本語", "a\tb\nc", "عربى", "e\u{301}", "😀"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn a_document_says_the_same_as_before() {
        let text = "{\"a\u{200b}\": \"\u{e0041}\u{9b}\u{202e}\"}";
        let shown = harmless_json(text);
        assert!(shown.is_ascii(), "{shown}");
        let read = |text| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(text), read(&shown));
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
