//! The bytes of a secret, from a line or a whole file.

use std::io::{self, Read};

/// How long a secret may be, in bytes; a private key has a few thousand.
const LONGEST: usize = 64 << 10;

/// One line without its end; not a byte after it is read.
///
/// # Errors
/// The reader's; a line that is too long.
pub fn line(mut from: impl Read) -> io::Result<Vec<u8>> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    loop {
        match from.read(&mut byte) {
            Ok(0) => return bounded(line),
            Ok(_) if byte == *b"\n" => return bounded(without_return(line)),
            // One more than may be: it could be the beginning of the line's end.
            Ok(_) if line.len() > LONGEST => return bounded(line),
            Ok(_) => line.extend(byte),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Everything, without the end of its last line.
///
/// # Errors
/// The reader's; a text that is too long.
pub fn whole(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LONGEST as u64 + 3).read_to_end(&mut bytes)?;
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes = without_return(bytes);
    }
    bounded(bytes)
}

fn without_return(mut line: Vec<u8>) -> Vec<u8> {
    line.pop_if(|last| *last == b'\r');
    line
}

fn bounded(secret: Vec<u8>) -> io::Result<Vec<u8>> {
    match secret.len() > LONGEST {
        true => Err(io::Error::other(format!("longer than {} KiB", LONGEST >> 10))),
        false => Ok(secret),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_nothing_but_its_end_is_left_out() {
        for (text, secret, rest) in [
            ("secret", "secret", ""),
            ("secret\nalice\nbob\n", "secret", "alice\nbob\n"),
            ("secret\r\nalice\r\n", "secret", "alice\r\n"),
            ("  two words \t\n\nx", "  two words \t", "\nx"),
            ("one\r\r\n", "one\r", ""),
            ("one\rtwo\r", "one\rtwo\r", ""),
            ("\nalice", "", "alice"),
            ("", "", ""),
        ] {
            let mut from = text.as_bytes();
            assert_eq!(line(&mut from).unwrap(), secret.as_bytes(), "{text:?}");
            assert_eq!(from, rest.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn of_a_file_one_line_end_is_left_out() {
        for (text, secret) in [
            ("secret", "secret"),
            ("secret\n", "secret"),
            ("secret\r\n", "secret"),
            ("secret\n\n", "secret\n"),
            (" a\nb ", " a\nb "),
            ("secret\r", "secret\r"),
            ("\n", ""),
        ] {
            assert_eq!(whole(text.as_bytes()).unwrap(), secret.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_has_an_end() {
        let longest = "x".repeat(LONGEST);
        for end in ["", "\n", "\r\n"] {
            let text = format!("{longest}{end}");
            assert_eq!(line(text.as_bytes()).unwrap().len(), LONGEST, "{end:?}");
            assert_eq!(whole(text.as_bytes()).unwrap().len(), LONGEST, "{end:?}");
            let text = format!("{longest}x{end}");
            assert!(line(text.as_bytes()).is_err() && whole(text.as_bytes()).is_err(), "{end:?}");
        }
        assert!(line(io::repeat(b'x')).is_err() && whole(io::repeat(b'\n')).is_err());
    }
}
