//! Commands of other tools, as `ips` prints them and scripts keep them.

/// A command: its words up to the first option, and its options.
pub(super) struct Line {
    /// `gcloud compute firewall-rules create kafka`.
    pub(super) words: Vec<String>,
    options: Vec<(String, String)>,
}

impl Line {
    /// The commands of a program in a text, one on a line; a line that ends in a backslash goes on in
    /// the next.
    pub(super) fn all(text: &str, program: &str) -> Vec<Line> {
        // To take a large file apart in vain, once for each program, would take the time of all else.
        if !text.contains(program) {
            return Vec::new();
        }
        let text = text.replace("\r\n", "\n").replace("\\\n", " ");
        let lines = text.lines().filter(|line| line.contains(program));
        lines.filter_map(Line::read).collect()
    }

    fn read(line: &str) -> Option<Line> {
        let mut words = shell_words::split(line).ok()?.into_iter().peekable();
        let mut before = Vec::new();
        while let Some(word) = words.next_if(|word| !word.starts_with('-')) {
            before.push(word);
        }
        let mut options = Vec::new();
        while let Some(word) = words.next() {
            options.push(match word.split_once('=').filter(|_| word.starts_with("--")) {
                Some((name, value)) => (name.to_owned(), value.to_owned()),
                None => (word, words.next_if(|next| !next.starts_with("--")).unwrap_or_default()),
            });
        }
        (!before.is_empty()).then_some(Line { words: before, options })
    }

    /// Whether it begins with these words, the program's directory aside.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        let own = self.words.iter().enumerate().map(|(at, word)| match at {
            0 => word.rsplit('/').next().unwrap_or(word),
            _ => word,
        });
        own.take(words.len()).eq(words.iter().copied())
    }

    /// Whether an option is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(given, _)| given == name)
    }

    /// The values of an option.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        let values = self.options.iter().filter(|(given, _)| given == name);
        values.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).collect()
    }

    /// The values of an option that takes several in one, with commas between.
    pub(super) fn lists(&self, name: &str) -> Vec<&str> {
        self.values(name).into_iter().flat_map(|list| list.split(',')).map(str::trim).collect()
    }
}
