//! Words for a shell's command line.

use std::borrow::Cow;

/// The word as a POSIX shell, bash and zsh read it back unchanged.
pub fn quote(word: &str) -> Cow<'_, str> {
    match shell_words::quote(word) {
        // Braces, history and `^` are bash's and zsh's alone, and the library leaves them bare.
        Cow::Borrowed(bare) if bare.contains(['{', '}', '!', '^']) => format!("'{bare}'").into(),
        quoted => quoted,
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::quote;

    #[test]
    fn plain_words_stay_bare() {
        for word in ["orders.v1", "User:atlas", "b-1.kafka.example:9196", "/etc/a_b-c.d", "a@b,c"] {
            assert_eq!(quote(word), word);
        }
    }

    #[test]
    fn bash_reads_every_word_back() {
        let words = [
            "*",
            "",
            "it's",
            "CN=x y,OU=z",
            "a;$(rm)\nb",
            "{a,b}",
            "{1..3}",
            "~",
            "~root",
            "a!b",
            "^a^b",
            "`id`",
            "\\",
            "\"",
            "#x",
            "[a-z]",
            "a&b|c",
            "é ü",
            "-n",
            "%1",
            "=ls",
        ];
        let line = words.map(|word| quote(word).into_owned()).join(" ");
        let script = format!("printf '%s\\0' {line}");
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        let read = String::from_utf8(output.stdout).unwrap();
        assert_eq!(read.split_terminator('\0').collect::<Vec<_>>(), words);
    }

    proptest! {
        #[test]
        fn every_word_comes_back_as_one(word in any::<String>()) {
            let split = shell_words::split(&quote(&word)).unwrap();
            prop_assert_eq!(split, vec![word]);
        }
    }
}
