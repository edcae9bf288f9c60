//! Ready-made sets of the eleven stream actions, each including the one before it.

use super::actions::{self, Action};

/// A named set of stream actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// As `--preset` takes it.
    pub name: &'static str,
    /// Whom it is for, in one sentence.
    pub allows: &'static str,
    /// How many of [`ORDER`] it holds, from the front.
    size: usize,
}

/// All actions, from viewing to deleting: every preset is a prefix of this list.
const ORDER: [&str; 11] = [
    "GET_STREAM_PROCESSOR",
    "LIST_STREAM_PROCESSORS",
    "STREAM_PROCESSOR_STATS",
    "LIST_CONNECTIONS",
    "START_STREAM_PROCESSOR",
    "STOP_STREAM_PROCESSOR",
    "SAMPLE_STREAM_PROCESSOR",
    "PROCESS_STREAM_PROCESSOR",
    "CREATE_STREAM_PROCESSOR",
    "MODIFY_STREAM_PROCESSOR",
    "DROP_STREAM_PROCESSOR",
];

/// The presets, from the least to all.
pub const PRESETS: &[Preset] = &[
    // What the built-in role readAnyDatabase holds of the stream actions, without its data.
    Preset {
        name: "viewer",
        allows: "View processors, their statistics and the connections, but no data.",
        size: 4,
    },
    // Sampling shows the documents in flight: a person on call needs that, a dashboard does not.
    Preset {
        name: "operator",
        allows: "A viewer who also starts, stops and samples existing processors.",
        size: 7,
    },
    // sp.process() runs any pipeline, and so reads and writes through every connection.
    Preset {
        name: "developer",
        allows: "An operator who also runs unsaved pipelines, and creates and changes processors.",
        size: 10,
    },
    Preset {
        name: "administrator",
        allows: "A developer who also deletes processors: all eleven actions.",
        size: 11,
    },
];

impl Preset {
    /// Its actions, in the documentation's order.
    pub fn actions(&self) -> impl Iterator<Item = &'static Action> {
        let held = ORDER.get(..self.size).unwrap_or(&ORDER);
        actions::ACTIONS.iter().filter(move |action| held.contains(&action.api))
    }
}

/// The preset of a name, in any case.
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(preset: &str) -> Vec<&'static str> {
        find(preset).unwrap().actions().map(|action| action.documented).collect()
    }

    #[test]
    fn each_preset_holds_the_one_before_it() {
        for pair in PRESETS.windows(2) {
            let (less, more) = (names(pair[0].name), names(pair[1].name));
            assert!(less.len() < more.len() && less.iter().all(|a| more.contains(a)));
        }
        assert_eq!(names("Administrator").len(), actions::ACTIONS.len());
    }

    #[test]
    fn a_viewer_holds_what_a_reader_of_every_database_holds() {
        let built_in: Vec<_> = actions::held_by("readAnyDatabase").map(|a| a.documented).collect();
        assert_eq!(names("viewer"), built_in);
    }

    #[test]
    fn whoever_may_run_a_pipeline_may_see_what_flows_out_of_it() {
        for preset in PRESETS {
            let held = names(preset.name);
            let runs = held.contains(&"processStreamProcessor");
            assert!(!runs || held.contains(&"sampleStreamProcessor"), "{}", preset.name);
        }
        assert!(!names("operator").contains(&"processStreamProcessor"));
        assert!(!names("developer").contains(&"dropStreamProcessor"));
    }
}
