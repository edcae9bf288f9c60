//! The bytes of a secret, from a line or a whole file, and what a secret cannot hold.

use std::fmt;
use std::io::{self, Read};

use secrecy::SecretString;

/// How long a secret may be, in bytes; a private key has a few thousand.
const LONGEST: usize = 64 << 10;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// What keeps a text from being a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing is there.
    Empty,
    /// It is not UTF-8.
    NotText,
    /// It holds a control character.
    Control(char),
    /// It is too long.
    Long,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Empty => f.write_str("no secret"),
            Unfit::NotText => f.write_str("text that is not UTF-8"),
            Unfit::Control('\n') => f.write_str("more than one line"),
            Unfit::Control('\r') => f.write_str("a carriage return, U+000D"),
            Unfit::Control(c) => write!(f, "the control character U+{:04X}", u32::from(*c)),
            Unfit::Long => write!(f, "a text longer than {} KiB", LONGEST >> 10),
        }
    }
}

impl Unfit {
    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Unfit::Control('\n') => "a secret is one line without its end; nothing was changed",
            Unfit::Control('\r') => {
                "files made on Windows end their lines with it, and tr -d '\\r' removes it; nothing \
                 was changed"
            }
            Unfit::Control(_) => "remove it: nobody could type it; nothing was changed",
            _ => "check the program that writes the secret; nothing was changed",
        }
    }
}

/// The secret that a line or a file holds, without the byte order mark that some editors put first.
///
/// # Errors
/// What makes it unfit.
pub fn secret(bytes: Vec<u8>) -> Result<SecretString, Unfit> {
    let text = String::from_utf8(bytes).map_err(|_| Unfit::NotText)?;
    let text = text.strip_prefix(MARK).unwrap_or(&text);
    match text.chars().find(|c| c.is_control()) {
        Some(c) => Err(Unfit::Control(c)),
        None if text.is_empty() => Err(Unfit::Empty),
        None => Ok(text.into()),
    }
}

/// The same of a text that is held already, such as a variable's; the end of its last line is left
/// out.
///
/// # Errors
/// What makes it unfit.
pub fn of_text(text: &str) -> Result<SecretString, Unfit> {
    secret(whole(text.as_bytes()).map_err(|_| Unfit::Long)?)
}

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
    fn a_mark_and_one_line_end_are_no_part_of_a_secret_and_control_characters_never_are() {
        use secrecy::ExposeSecret;
        for text in ["two words", "\u{feff}two words", "two words\r\n", "\u{feff}two words\n"] {
            assert_eq!(of_text(text).unwrap().expose_secret(), "two words", "{text:?}");
        }
        for (text, unfit) in [
            ("", Unfit::Empty),
            ("\u{feff}\r\n", Unfit::Empty),
            ("a\r", Unfit::Control('\r')),
            ("a\r\r\n", Unfit::Control('\r')),
            ("a\n\n", Unfit::Control('\n')),
            ("a\tb", Unfit::Control('\t')),
            ("a\0", Unfit::Control('\0')),
            ("a\u{85}", Unfit::Control('\u{85}')),
        ] {
            assert_eq!(of_text(text).unwrap_err(), unfit, "{text:?}");
        }
        assert_eq!(secret(vec![0xff, 0xfe, 0x61, 0]).unwrap_err(), Unfit::NotText);
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
