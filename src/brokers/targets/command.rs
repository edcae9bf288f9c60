//! Commands for a shell.

use crate::brokers::Problem;
use crate::shell::script;

/// Between two commands of which the second runs once the first has done its work.
pub(super) const IN_TURN: &str = " &&\n";

/// The most bytes of one word of a command: Linux passes no longer one on to a program
/// (`MAX_ARG_STRLEN`, with the zero at its end).
const LONGEST: usize = 128 * 1024 - 1;

/// A command, as a shell reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    text: String,
    too_long: Option<Problem>,
}

impl Line {
    /// A command of these words.
    pub(super) fn new(words: &[&str]) -> Self {
        words.iter().fold(Line::default(), |line, word| line.word(word))
    }

    /// With one more word.
    pub(super) fn word(self, word: &str) -> Self {
        let (name, value) = word.split_once('=').unwrap_or(("an argument", word));
        self.long(value, name).push(&script(word))
    }

    /// With an option as one word, `--name=value`. The value may begin with a hyphen.
    pub(super) fn set(self, option: &str, value: &str) -> Self {
        let option = format!("--{option}");
        self.long(value, &option).push(&format!("{option}={}", script(value)))
    }

    /// With an option, if it has a value.
    pub(super) fn set_if(self, option: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.set(option, &value.to_string()),
            None => self,
        }
    }

    /// The line, with its end.
    ///
    /// # Errors
    /// A word that is too long for any program to be called with.
    pub(super) fn end(self) -> Result<String, Problem> {
        match self.too_long {
            Some(problem) => Err(problem),
            None => Ok(self.text + "\n"),
        }
    }

    fn push(mut self, word: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self
    }

    fn long(mut self, value: &str, option: &str) -> Self {
        let bytes = value.len() + option.len() + 1;
        if bytes > LONGEST {
            let option = option.to_owned();
            self.too_long = Some(Problem::WordTooLong { option, bytes, limit: LONGEST });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were() {
        let line = Line::new(&["avn", "-c", r#"ip_filter=["192.0.2.1/32"]"#, "it's; $(id)", ""]);
        let line = line.set("description", "it's {a,b} `id`").set_if("port", Some(9092));
        let line = line.set_if("none", None::<u16>).end().unwrap();
        let words = [
            "avn",
            "-c",
            r#"ip_filter=["192.0.2.1/32"]"#,
            "it's; $(id)",
            "",
            "--description=it's {a,b} `id`",
            "--port=9092",
        ];
        assert_eq!(shell_words::split(&line).unwrap(), words);
        assert!(line.ends_with(" --port=9092\n"), "{line}");
    }

    #[test]
    fn a_word_that_no_program_can_be_given_is_refused() {
        let line = |length: usize| Line::new(&["x"]).set("ranges", &"1".repeat(length)).end();
        assert!(line(LONGEST - 9).is_ok());
        let refused =
            Problem::WordTooLong { option: "--ranges".into(), bytes: LONGEST + 1, limit: LONGEST };
        assert_eq!(line(LONGEST - 8), Err(refused));
    }
}
