//! The privilege actions of stream processing that custom roles are made of.
//!
//! Atlas applies them to an instance as a whole: in a custom role their resource is
//! `{"cluster": true}`, and no role can be limited to one processor.

/// One privilege action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// The name that the documentation and the server's refusals use.
    pub documented: &'static str,
    /// The name that the API uses in custom roles.
    pub api: &'static str,
    /// A further name that newer documentation uses.
    pub alias: Option<&'static str>,
    /// What it allows, in a sentence.
    pub allows: &'static str,
    /// The built-in roles of database users that hold it.
    pub held_by: &'static [&'static str],
}

const ALL: &[&str] = &["atlasAdmin", "readWriteAnyDatabase"];
const READERS: &[&str] = &["atlasAdmin", "readWriteAnyDatabase", "readAnyDatabase"];

const fn action(
    documented: &'static str,
    api: &'static str,
    allows: &'static str,
    held_by: &'static [&'static str],
) -> Action {
    Action { documented, api, alias: None, allows, held_by }
}

/// The eleven actions, in the documentation's order.
pub const ACTIONS: &[Action] = &[
    action(
        "processStreamProcessor",
        "PROCESS_STREAM_PROCESSOR",
        "Run a pipeline interactively without saving it; sp.process() needs \
         sampleStreamProcessor as well.",
        ALL,
    ),
    action(
        "createStreamProcessor",
        "CREATE_STREAM_PROCESSOR",
        "Save a new stream processor under a name.",
        ALL,
    ),
    action(
        "modifyStreamProcessor",
        "MODIFY_STREAM_PROCESSOR",
        "Change the pipeline or the options of a stopped processor.",
        ALL,
    ),
    action("startStreamProcessor", "START_STREAM_PROCESSOR", "Start a stopped processor.", ALL),
    action("stopStreamProcessor", "STOP_STREAM_PROCESSOR", "Stop a running processor.", ALL),
    action("dropStreamProcessor", "DROP_STREAM_PROCESSOR", "Delete a saved processor.", ALL),
    action(
        "sampleStreamProcessor",
        "SAMPLE_STREAM_PROCESSOR",
        "View the documents that a running processor outputs.",
        ALL,
    ),
    action(
        "getStreamProcessor",
        "GET_STREAM_PROCESSOR",
        "Read the definition and state of one processor.",
        READERS,
    ),
    action(
        "listStreamProcessors",
        "LIST_STREAM_PROCESSORS",
        "List the processors of an instance.",
        READERS,
    ),
    action(
        "streamProcessorStats",
        "STREAM_PROCESSOR_STATS",
        "Read the throughput and state statistics of a processor.",
        READERS,
    ),
    Action {
        documented: "listConnections",
        api: "LIST_CONNECTIONS",
        alias: Some("listStreamConnections"),
        allows: "List the names of the connections that pipelines can use.",
        held_by: READERS,
    },
];

/// Running a pipeline without saving it, and seeing what a processor outputs: whoever does the first
/// needs the second.
pub const PROCESS: &str = "PROCESS_STREAM_PROCESSOR";
/// See [`PROCESS`].
pub const SAMPLE: &str = "SAMPLE_STREAM_PROCESSOR";

impl Action {
    /// Whether it only looks at definitions and figures.
    pub fn only_looks(&self) -> bool {
        self.held_by == READERS
    }
}

/// Finds an action by any spelling of its name, in any case.
pub fn find(name: &str) -> Option<&'static Action> {
    let is = |other: &str| name.trim().eq_ignore_ascii_case(other);
    ACTIONS.iter().find(|a| is(a.documented) || is(a.api) || a.alias.is_some_and(is))
}

impl Action {
    /// What is left of its name where everything is about streams: `start`, `stats`, `connections`.
    pub fn word(&self) -> String {
        let word = match self.api {
            "STREAM_PROCESSOR_STATS" => "stats",
            "LIST_CONNECTIONS" => "connections",
            _ => {
                let many = self.api.strip_suffix("_STREAM_PROCESSORS");
                many.or(self.api.strip_suffix("_STREAM_PROCESSOR")).unwrap_or(self.api)
            }
        };
        word.to_ascii_lowercase().replace('_', "-")
    }
}

/// Finds an action by any spelling, or by its [word](Action::word) alone: where nothing but stream
/// actions can be meant.
pub fn find_by_word(name: &str) -> Option<&'static Action> {
    let is = |action: &&Action| action.word().eq_ignore_ascii_case(name.trim());
    find(name).or_else(|| ACTIONS.iter().find(is))
}

/// The actions that a built-in role of database users holds: none for a role about data only.
pub fn held_by(role: &str) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| action.held_by.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_found_by_either_spelling() {
        for action in ACTIONS {
            assert_eq!(find(action.documented), Some(action));
            assert_eq!(find(action.api), Some(action));
            let words = action.api.replace('_', "");
            assert!(words.eq_ignore_ascii_case(action.documented), "{action:?}");
        }
        assert_eq!(find("listStreamConnections").map(|a| a.api), Some("LIST_CONNECTIONS"));
        assert_eq!(find("find"), None);
    }

    #[test]
    fn a_word_means_one_action() {
        for action in ACTIONS {
            assert_eq!(find_by_word(&action.word()), Some(action));
            assert_eq!(find_by_word(action.documented), Some(action));
        }
        assert_eq!(find_by_word(" START ").map(|a| a.documented), Some("startStreamProcessor"));
        assert_eq!(find_by_word("stream"), None);
    }

    #[test]
    fn built_in_roles_hold_what_the_documentation_says() {
        assert_eq!(ACTIONS.len(), 11);
        assert_eq!(held_by("atlasAdmin").count(), 11);
        assert_eq!(held_by("readWriteAnyDatabase").count(), 11);
        assert_eq!(held_by("readAnyDatabase").count(), 4);
        assert_eq!(held_by("readWrite").count(), 0);
    }
}
