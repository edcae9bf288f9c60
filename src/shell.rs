//! Words for a shell's command line.

use std::borrow::Cow;

use crate::unseen::is_unseen;

/// The word for whoever reads it and pastes it: as bash, zsh and a POSIX shell of 2024 read it back unchanged,
/// with characters that a terminal does not show as their codes, `$'a\177b'`.
pub fn quote(word: &str) -> Cow<'_, str> {
    match word.contains(is_unseen) {
        true => coded(word).into(),
        false => script(word),
    }
}

/// The word for a script: as any POSIX shell, bash and zsh read it back unchanged.
pub fn script(word: &str) -> Cow<'_, str> {
    match shell_words::quote(word) {
        // Braces, history and `^` are bash's and zsh's alone, and the library leaves them bare.
        Cow::Borrowed(bare) if bare.contains(['{', '}', '!', '^']) => format!("'{bare}'").into(),
        quoted => quoted,
    }
}

/// An option with its value, which may begin with a hyphen: `--user alice`, `--user=--all`.
pub fn option(name: &str, value: &str) -> String {
    let by = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{by}{}", quote(value))
}

fn coded(word: &str) -> String {
    let mut out = String::from("$'");
    for c in word.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) => {
                let mut bytes = [0; 4];
                // Octal digits end after the third, whatever follows.
                let bytes = c.encode_utf8(&mut bytes).bytes();
                bytes.for_each(|byte| out.push_str(&format!("\\{byte:03o}")));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::{option, quote, script};
    use crate::unseen::is_unseen;

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
            "a\u{7f}b",
            "\u{1}7",
            "it's \u{a0}\\ \n\t\u{202e}\u{1b}[31m",
        ];
        assert_eq!(read(words.map(|word| quote(word).into_owned())), words);
    }

    /// What bash makes of words.
    fn read(words: impl IntoIterator<Item = String>) -> Vec<String> {
        let line = Vec::from_iter(words).join(" ");
        let script = format!("printf '%s\\0' {line}");
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        let read = String::from_utf8(output.stdout).unwrap();
        read.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn a_value_that_looks_like_an_option_is_tied_to_its_own() {
        assert_eq!(option("--user", "alice"), "--user alice");
        assert_eq!(option("--user", "--x"), "--user=--x");
        assert_eq!(option("--user", "-a b"), "--user='-a b'");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_word_comes_back_as_one(word in any::<String>()) {
            let split = shell_words::split(&script(&word)).unwrap();
            prop_assert_eq!(split, vec![word]);
        }

        #[test]
        fn what_is_pasted_is_seen_whole(words in proptest::collection::vec("[^\0]*", 1..20)) {
            let quoted: Vec<String> = words.iter().map(|word| quote(word).into_owned()).collect();
            prop_assert!(!quoted.iter().any(|word| word.contains(is_unseen)));
            prop_assert_eq!(read(quoted), words);
        }
    }
}
