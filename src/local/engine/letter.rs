//! Dead letters: what became of a document that a stage could not take.

use bson::{DateTime, Document, doc};

use super::solar;

/// Whose letters they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The instance's name.
    pub instance: String,
    /// The processor's name.
    pub processor: String,
}

impl Sender {
    /// The letter about a document that a stage lets pass because it is not run.
    pub(super) fn unrun(&self, operator: &str, why: &str, of: &Document, time: i64) -> Document {
        let reason = format!(
            "This control plane does not run {operator}{why}: documents pass it as they are."
        );
        let letter = doc! {
            "_stream_meta": solar::meta(),
            "errInfo": { "reason": reason },
            "operatorName": operator,
            "doc": of.clone(),
        };
        self.letter(letter, time)
    }

    /// The letter about a source that has no documents; `time` in milliseconds since 1970.
    pub fn no_documents(&self, time: i64) -> Document {
        let reason =
            "This control plane reads from Sample connections only: no documents will come.";
        let letter = doc! { "errInfo": { "reason": reason }, "operatorName": "$source" };
        self.letter(letter, time)
    }

    fn letter(&self, mut letter: Document, time: i64) -> Document {
        letter.insert("processorName", &self.processor);
        letter.insert("instanceName", &self.instance);
        letter.insert("dlqTime", DateTime::from_millis(time));
        doc! { "_dlqMessage": letter }
    }
}
