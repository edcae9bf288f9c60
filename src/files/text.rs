//! What marks the encoding of a text, and is no part of it.

use std::io;

/// The byte order mark that some editors put before UTF-8.
pub const MARK: char = '\u{feff}';

/// The same bytes without their mark.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`]: it is UTF-16, which nothing here reads.
pub fn unmarked(mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    not_utf16(&bytes)?;
    if bytes.starts_with(MARK.to_string().as_bytes()) {
        bytes.drain(..MARK.len_utf8());
    }
    Ok(bytes)
}

/// UTF-16 is known by its mark, or by the half of the first character that is zero.
fn not_utf16(bytes: &[u8]) -> io::Result<()> {
    let is_utf16 = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [first, second, ..] => (*first == 0) != (*second == 0),
        _ => false,
    };
    let why = "the text is UTF-16; save it as UTF-8, as in: iconv -f UTF-16 -t UTF-8";
    match is_utf16 {
        true => Err(io::Error::new(io::ErrorKind::InvalidData, why)),
        false => Ok(()),
    }
}

/// The text that bytes are, with its mark.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`]: it is UTF-16, or no text.
pub fn utf8(bytes: Vec<u8>) -> io::Result<String> {
    not_utf16(&bytes)?;
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the text is not UTF-8"))
}

/// The same text without its mark.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mark_at_the_beginning_is_left_out() {
        let read = |bytes: &[u8]| unmarked(bytes.to_vec()).unwrap();
        assert_eq!(read(b"\xef\xbb\xbfa\xef\xbb\xbf"), b"a\xef\xbb\xbf");
        assert_eq!(read(b"a"), b"a");
        assert_eq!(read(b""), b"");
        assert_eq!(without_mark("\u{feff}a"), "a");
        for bytes in [b"\xff\xfe{\0".as_slice(), b"\xfe\xff\0{", b"{\0", b"\0{\0}"] {
            assert!(unmarked(bytes.to_vec()).unwrap_err().to_string().contains("UTF-16"));
            assert!(utf8(bytes.to_vec()).unwrap_err().to_string().contains("UTF-16"));
        }
        assert!(utf8(b"a\xff".to_vec()).unwrap_err().to_string().contains("not UTF-8"));
        assert_eq!(utf8(b"\xef\xbb\xbf\0".to_vec()).unwrap(), "\u{feff}\0");
    }
}
