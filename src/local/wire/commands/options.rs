//! What a command says besides its name: at its top, as shells do, or in `options`, as drivers will.

use bson::{Bson, Document};

use super::{Answer, Command};
use crate::local::wire::failure::{Code, Failure};

/// The options of one command, all of which it knows.
#[derive(Debug)]
pub(super) struct Options {
    command: String,
    given: Document,
}

impl Options {
    /// Reads the options of a command that knows these.
    ///
    /// # Errors
    /// Invalid options: one that it does not know, or that is given twice.
    pub(super) fn of(command: &Command, known: &[&str]) -> Result<Options, Failure> {
        let mut options = Options { command: command.name.clone(), given: Document::new() };
        for (name, value) in command.own().filter(|(name, _)| **name != command.name) {
            match value {
                Bson::Document(inner) if name == "options" => {
                    for (name, value) in inner {
                        options.add(known, name, value)?;
                    }
                }
                Bson::Null if name == "options" => {}
                value => options.add(known, name, value)?,
            }
        }
        Ok(options)
    }

    fn add(&mut self, known: &[&str], name: &str, value: &Bson) -> Result<(), Failure> {
        if !known.contains(&name) {
            let text = format!("\"{name}\" is not a valid argument to {}", self.command);
            return Err(Failure::new(Code::INVALID_OPTIONS, text));
        }
        match self.given.insert(name, value) {
            Some(_) => Err(self.wrong(name, "is given twice")),
            None => Ok(()),
        }
    }

    fn wrong(&self, name: &str, what: &str) -> Failure {
        let text = format!("\"{name}\" of {} {what}", self.command);
        Failure::new(Code::INVALID_OPTIONS, text)
    }

    /// Takes an option out; what is null was not given.
    pub(super) fn take(&mut self, name: &str) -> Option<Bson> {
        self.given.remove(name).filter(|value| *value != Bson::Null)
    }

    /// The pipeline, if one is given.
    ///
    /// # Errors
    /// It is no list.
    pub(super) fn pipeline(&mut self) -> Result<Option<Bson>, Failure> {
        match self.take("pipeline") {
            Some(value) if value.as_array().is_none() => {
                let text = format!("\"pipeline\" of {} must be an array of stages", self.command);
                Err(Failure::new(Code::FAILED_TO_PARSE, text))
            }
            pipeline => Ok(pipeline),
        }
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        self.typed(name, "must be a string", |value| match value {
            Bson::String(text) => Some(text),
            _ => None,
        })
    }

    /// True or false.
    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Failure> {
        self.typed(name, "must be true or false", |value| value.as_bool())
    }

    /// A whole number from 1 on, of any type.
    pub(super) fn count(&mut self, name: &str) -> Result<Option<i64>, Failure> {
        self.typed(name, "must be a whole number, at least 1", |value| {
            let number = match value {
                Bson::Int32(number) => i64::from(number),
                Bson::Int64(number) => number,
                #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
                Bson::Double(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                    number as i64
                }
                _ => return None,
            };
            (number >= 1).then_some(number)
        })
    }

    /// A document.
    pub(super) fn document(&mut self, name: &str) -> Result<Option<Document>, Failure> {
        self.typed(name, "must be a document", |value| match value {
            Bson::Document(fields) => Some(fields),
            _ => None,
        })
    }

    /// A value of one type.
    ///
    /// # Errors
    /// It is of another.
    pub(super) fn typed<T>(
        &mut self,
        name: &str,
        what: &str,
        read: impl FnOnce(Bson) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        let read = self.take(name).map(|value| read(value).ok_or_else(|| self.wrong(name, what)));
        read.transpose()
    }
}

/// An answer that says no more than that the command was carried out.
pub(super) fn done() -> Answer {
    Ok(bson::doc! { "ok": 1.0 })
}
