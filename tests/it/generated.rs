//! Completions and man pages are those of the command line as it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn completions_and_man_pages_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut expected = BTreeSet::new();
    for (path, text) in spctl::commands::generate::files().expect("they are generated") {
        let kept = fs::read(root.join(&path)).unwrap_or_default();
        assert!(kept == text, "{} is stale: run  cargo run -- generate .", path.display());
        expected.insert(path);
    }
    let kept: BTreeSet<PathBuf> = ["completions", "man"]
        .iter()
        .flat_map(|dir| fs::read_dir(root.join(dir)).expect("a directory"))
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.strip_prefix(root).expect("below the root").to_owned())
        .collect();
    assert_eq!(kept, expected, "a file that nothing generates is left over");
}
