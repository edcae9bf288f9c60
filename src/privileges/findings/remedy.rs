//! The command line that mends what was found.

use std::fmt;

use crate::shell::{option, quote};

/// Command lines, one after another, each only if the one before it succeeded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remedy(Vec<Line>);

/// One command line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// `users restrict`.
    command: &'static str,
    /// The objects.
    names: Vec<String>,
    /// The options, quoted.
    options: Vec<String>,
}

impl Remedy {
    /// A command.
    pub fn new(command: &'static str) -> Self {
        Remedy::default().then(command)
    }

    /// And, if that succeeded, another one.
    pub fn then(mut self, command: &'static str) -> Self {
        self.0.push(Line { command, names: Vec::new(), options: Vec::new() });
        self
    }

    /// With the name of an object.
    pub fn name(self, name: &str) -> Self {
        self.with(|line| line.names.push(name.to_owned()))
    }

    /// With an option that takes a value.
    pub fn option(self, name: &str, value: &str) -> Self {
        self.with(|line| line.options.push(option(name, value)))
    }

    /// With an option that takes several values, parted by commas.
    pub fn list<'a>(self, name: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values: Vec<String> =
            values.into_iter().map(|value| value.replace(',', "\\,")).collect();
        self.option(name, &values.join(","))
    }

    /// With an option that takes several values, as words of their own.
    pub fn words<'a>(self, name: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return self };
        self.with(|line| {
            line.options.push(option(name, first));
            line.options.extend(values.map(|value| quote(value).into_owned()));
        })
    }

    /// With something that is written as it is: an option without a value, a word in capitals.
    pub fn word(self, word: &str) -> Self {
        self.with(|line| line.options.push(word.to_owned()))
    }

    fn with(mut self, change: impl FnOnce(&mut Line)) -> Self {
        if let Some(line) = self.0.last_mut() {
            change(line);
        }
        self
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" && ")?;
            }
            write!(f, "spctl {}", line.command)?;
            // A name that looks like an option stands behind all of them.
            let (odd, plain): (Vec<&String>, Vec<&String>) =
                line.names.iter().partition(|name| name.starts_with('-'));
            plain.iter().try_for_each(|name| write!(f, " {}", quote(name)))?;
            line.options.iter().try_for_each(|option| write!(f, " {option}"))?;
            if !odd.is_empty() {
                f.write_str(" --")?;
                odd.iter().try_for_each(|name| write!(f, " {}", quote(name)))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Remedy;

    #[test]
    fn names_are_quoted_and_none_is_taken_for_an_option() {
        let remedy = Remedy::new("users restrict").name("-x y").list("--instance", ["a", "b,c"]);
        assert_eq!(remedy.to_string(), r"spctl users restrict --instance 'a,b\,c' -- '-x y'");
        let remedy = Remedy::new("users grant").name("-x").option("--role", "-r").then("users get");
        assert_eq!(
            remedy.name("a").to_string(),
            "spctl users grant --role=-r -- -x && spctl users get a"
        );
    }
}
