//! What marks the encoding of a text, and is no part of it.

use std::io;

/// The byte order mark that some editors put before UTF-8.
pub const MARK: char = '\u{feff}';

/// The same bytes without their mark.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`]: the mark is that of UTF-16, which nothing here reads.
pub fn unmarked(mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let why = "the text is UTF-16; save it as UTF-8, as in: iconv -f UTF-16 -t UTF-8";
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    if bytes.starts_with(MARK.to_string().as_bytes()) {
        bytes.drain(..MARK.len_utf8());
    }
    Ok(bytes)
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
        for bytes in [b"\xff\xfe{\0", b"\xfe\xff\0{"] {
            assert!(unmarked(bytes.to_vec()).unwrap_err().to_string().contains("UTF-16"));
        }
    }
}
