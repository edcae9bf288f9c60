//! Where lines are kept: directories that bear a name, and files of a day.

use std::fmt::Write;

use jiff::civil::Date;
use jiff::tz::Offset;

/// The directory of a project or an instance, such as `instance=orders`. What cannot be in the name of a
/// file is percent-encoded, as Hive does and those that read its layout.
pub fn directory(key: &str, name: &str) -> String {
    let mut text = format!("{key}=");
    for (index, c) in name.char_indices() {
        let plain = c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '@' | '+' | ',');
        match plain || (c == '.' && index > 0) {
            true => text.push(c),
            false => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(text, "%{byte:02X}");
                }
            }
        }
    }
    text
}

/// The name that a directory of this key bears.
pub fn name(key: &str, directory: &str) -> Option<String> {
    let mut rest = directory.strip_prefix(key)?.strip_prefix('=')?;
    let mut bytes = Vec::new();
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let two = rest.get(at + 1..at + 3).filter(|two| !two.starts_with('+'));
        let digits = two.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(digits.unwrap_or(b'%'));
        rest = &rest[at + if digits.is_some() { 3 } else { 1 }..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok().filter(|name| !name.is_empty())
}

/// The path of an entry's file of a day, from the instance's directory on.
pub fn file(day: Date, number: u64) -> String {
    format!("day={day}/{number:08}.ndjson.gz")
}

/// The day and the entry's number of such a path.
pub fn parse(path: &str) -> Option<(Date, u64)> {
    let (day, name) = path.strip_prefix("day=")?.split_once('/')?;
    let number = name.strip_suffix(".ndjson.gz")?.parse().ok()?;
    let (day, number) = (day.parse().ok()?, number);
    (file(day, number) == path).then_some((day, number))
}

/// The UTC day of a time in microseconds since 1970, if a log can be of that day: from 1970 to 9999.
pub fn day(time: i64) -> Option<Date> {
    let time = jiff::Timestamp::from_microsecond(time).ok()?;
    let day = Offset::UTC.to_datetime(time).date();
    (1970..=9999).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_become_directories_and_back() {
        for (text, path) in [
            ("orders", "instance=orders"),
            ("a b.c", "instance=a b.c"),
            ("../x", "instance=%2E.%2Fx"),
            ("50%=x", "instance=50%25%3Dx"),
            ("Größe", "instance=Größe"),
            ("50%+1", "instance=50%25+1"),
        ] {
            assert_eq!(directory("instance", text), path);
            assert_eq!(name("instance", path).as_deref(), Some(text));
        }
        assert_eq!(name("instance", "project=x"), None);
        assert_eq!(name("instance", "instance="), None);
        assert_eq!(name("instance", "instance=%+1%").as_deref(), Some("%+1%"), "as it is");
    }

    #[test]
    fn a_path_says_its_day_and_its_entry() {
        let day = "2026-11-28".parse().unwrap();
        assert_eq!(file(day, 12), "day=2026-11-28/00000012.ndjson.gz");
        assert_eq!(parse("day=2026-11-28/00000012.ndjson.gz"), Some((day, 12)));
        for other in ["day=2026-11-28/12.ndjson.gz", "day=x/00000012.ndjson.gz", "00000012.gz"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_one_directory_and_comes_back(text in "\\PC{1,40}") {
            let path = directory("instance", &text);
            prop_assert!(!path.contains(['/', '\\', '\0', ':']));
            prop_assert_eq!(name("instance", &path), Some(text));
        }
    }
}
