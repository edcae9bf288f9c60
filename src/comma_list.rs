//! Options that take several values: repeated, separated by spaces, and separated by commas.

use std::ffi::OsStr;
use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory};
use clap::{Arg, ArgAction, Command, Error};

/// How the placeholder of such an option ends in help.
pub const SEVERAL: &str = ",…";

/// What help says of an argument with several values in which a comma is part of a value.
const UNSPLIT: &str = "not split at commas";

/// Adds to the help of what takes several values and is not a list of this kind that it is not one:
/// a text with commas in it, such as a distinguished name or a setting.
pub fn told(arg: Arg) -> Arg {
    match takes_several(&arg) && !is_list(&arg) {
        true => {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            arg.help(format!("{help}; {UNSPLIT}"))
        }
        false => arg,
    }
}

/// Whether an option or argument takes more than one value.
pub fn takes_several(arg: &Arg) -> bool {
    let in_one_place = arg.get_num_args().is_some_and(|count| count.max_values() > 1);
    in_one_place || matches!(arg.get_action(), ArgAction::Append)
}

/// Whether the placeholder of an option says that it takes a [`CommaList`].
pub fn is_list(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().any(|name| name.ends_with(SEVERAL))
}

/// The values in one word of the command line: those between commas, where `\,` is a comma in a
/// value. Blanks around a value do not count, and nothing between two commas is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommaList<T>(Vec<T>);

/// A list of one value, whatever is in it.
impl<T> From<T> for CommaList<T> {
    fn from(value: T) -> Self {
        CommaList(vec![value])
    }
}

/// All values of an option, whichever words they came in.
pub trait Items<T> {
    /// Each in turn.
    fn items<'a>(&'a self) -> impl Iterator<Item = &'a T>
    where
        T: 'a;

    /// In the order in which they were given.
    fn into_items(self) -> Vec<T>;
}

impl<T> Items<T> for Vec<CommaList<T>> {
    fn items<'a>(&'a self) -> impl Iterator<Item = &'a T>
    where
        T: 'a,
    {
        self.iter().flat_map(|list| &list.0)
    }

    fn into_items(self) -> Vec<T> {
        self.into_iter().flat_map(|list| list.0).collect()
    }
}

/// Reads a [`CommaList`], and each value by the parser that it holds.
#[derive(Debug, Clone)]
pub struct CommaListParser<P>(pub P);

impl<T> ValueParserFactory for CommaList<T>
where
    T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
{
    type Parser = CommaListParser<fn(&str) -> Result<T, String>>;

    fn value_parser() -> Self::Parser {
        CommaListParser(|text| text.parse().map_err(|why: T::Err| why.to_string()))
    }
}

impl<P: TypedValueParser> TypedValueParser for CommaListParser<P> {
    type Value = CommaList<P::Value>;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        word: &OsStr,
    ) -> Result<Self::Value, Error> {
        let text = StringValueParser::new().parse_ref(command, arg, word)?;
        let values = values(&text);
        if values.is_empty() {
            let refuse = |_: &str| Err::<P::Value, _>("it is empty; is a variable not set?");
            return refuse.parse_ref(command, arg, word).map(|value| CommaList(vec![value]));
        }
        let parse = |value: &String| self.0.parse_ref(command, arg, OsStr::new(value));
        values.iter().map(parse).collect::<Result<_, _>>().map(CommaList)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

fn values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.next_if_eq(&',').is_some() => values.last_mut().unwrap().push(','),
            ',' => values.push(String::new()),
            c => values.last_mut().unwrap().push(c),
        }
    }
    let values = values.iter().map(|value| value.trim());
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn commas_separate_and_escaped_ones_do_not() {
        for (text, expected) in [
            ("a", &["a"][..]),
            ("a,b", &["a", "b"]),
            ("read@a,readWrite@b", &["read@a", "readWrite@b"]),
            ("Project Owner, Project Read Only", &["Project Owner", "Project Read Only"]),
            (r"a\,b,c", &["a,b", "c"]),
            (r"C:\temp,\,", &[r"C:\temp", ","]),
            ("a,,b,", &["a", "b"]),
            (" , ", &[]),
            ("", &[]),
        ] {
            assert_eq!(values(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_and_joined_is_read_as_it_was(
            all in prop::collection::vec(r"[a-z,@ .-]*[a-z,]", 1..6)
        ) {
            let all: Vec<String> = all.iter().map(|value| value.trim().to_owned()).collect();
            let joined = all.iter().map(|v| v.replace(',', r"\,")).collect::<Vec<_>>().join(",");
            prop_assert_eq!(values(&joined), all);
        }
    }
}
