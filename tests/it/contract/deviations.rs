//! Where the public document is wrong, and is known to be.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::Problem;

/// One row of `deviations.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The operations that it holds for; each has to be met by the walk.
    pub operations: Vec<String>,
    /// Where: `/request/…` or `/response/…`, `*` for any index of an array.
    pub pointer: String,
    /// The rule that does not hold there, as a problem names it.
    pub rule: String,
    /// The one value that is meant, where the row is about a value.
    pub value: Option<String>,
    /// What is so instead.
    pub meaning: String,
    /// How that is known.
    pub source: String,
}

#[derive(Debug, serde::Deserialize)]
struct File {
    deviation: Vec<Deviation>,
}

/// The table, and which of its rows were needed.
pub struct Deviations {
    rows: Vec<Deviation>,
    used: Mutex<BTreeSet<(usize, String)>>,
}

impl Deviations {
    /// The table next to this file.
    pub fn load() -> Self {
        let file: File = toml_edit::de::from_str(include_str!("deviations.toml"))
            .expect("deviations.toml is a table of deviations");
        Deviations { rows: file.deviation, used: Mutex::default() }
    }

    /// Whether a problem is a known deviation; remembers the row.
    pub fn cover(&self, problem: &Problem) -> bool {
        let row = self.rows.iter().position(|row| {
            row.rule == problem.rule
                && row.operations.contains(&problem.operation)
                && same_place(&row.pointer, &problem.pointer)
                && row.value.as_ref().is_none_or(|v| problem.message.contains(&format!("\"{v}\" ")))
        });
        if let Some(index) = row {
            let mut used = self.used.lock().expect("no holder panics");
            used.insert((index, problem.operation.clone()));
        }
        row.is_some()
    }

    /// The rows that nothing needed, as `operation pointer rule`.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used.lock().expect("no holder panics");
        let mut unused = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            for operation in &row.operations {
                if !used.contains(&(index, operation.clone())) {
                    unused.push(format!("{operation} {} {}", row.pointer, row.rule));
                }
            }
        }
        unused
    }

    /// The rows.
    pub fn rows(&self) -> &[Deviation] {
        &self.rows
    }
}

fn same_place(pattern: &str, pointer: &str) -> bool {
    let mut pattern = pattern.split('/');
    let mut pointer = pointer.split('/');
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}
