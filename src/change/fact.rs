//! The lines of a preview.

/// How much a line of a preview matters if the object is found changed before sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A gain or a loss: if it differs, the change means something else.
    Meaning,
    /// It was shown, and must still be so.
    Shown,
    /// A state or a date that the server sets by itself.
    Passing,
}

/// One line of a preview: what is, and what will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What the line is about.
    pub label: &'static str,
    /// What the line says.
    pub text: String,
    /// How much it matters.
    pub weight: Weight,
    /// What it says beyond the text, which was too long to be read: it is compared all the same.
    pub beyond: String,
}

impl Fact {
    /// Something that stays, or that only the new state has.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Fact { label, text: text.into(), weight: Weight::Shown, beyond: String::new() }
    }

    /// A gain or a loss of access: what the change means.
    pub fn means(label: &'static str, text: impl Into<String>) -> Self {
        Fact { weight: Weight::Meaning, ..Fact::new(label, text) }
    }

    /// The same line, which leaves this out.
    #[must_use]
    pub fn leaves_out(self, beyond: impl Into<String>) -> Self {
        Fact { beyond: beyond.into(), ..self }
    }

    /// The same line, of another weight.
    #[must_use]
    pub fn weighs(self, weight: Weight) -> Self {
        Fact { weight, ..self }
    }

    /// `before -> after`, or just the value if both are the same.
    pub fn change(label: &'static str, before: &str, after: &str) -> Self {
        match before == after {
            true => Fact::new(label, format!("{before} (unchanged)")),
            false => Fact::new(label, format!("{before} -> {after}")),
        }
    }
}
