//! What the client says holds for whoever uses it: commands and options are named in `report`.

use std::path::Path;

/// The lines of code below a directory, tests aside, each with its file.
fn code(directory: &Path, lines: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            code(&path, lines);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.extend(code.map(|line| (path.display().to_string(), line.to_owned())));
    }
}

/// Whether a line names an option such as `--project`.
fn names_an_option(line: &str) -> bool {
    line.match_indices("--").any(|(at, dashes)| {
        let (before, behind) = (line[..at].chars().next_back(), &line[at + dashes.len()..]);
        before != Some('-') && behind.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

#[test]
fn no_text_names_a_command_or_an_option() {
    let mut lines = Vec::new();
    code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/atlas"), &mut lines);
    lines.retain(|(file, _)| !Path::new(file).components().any(|part| part.as_os_str() == "tests"));
    assert!(lines.iter().any(|(_, line)| line.contains("pub struct ApiError")), "all are read");
    let wrong: Vec<_> =
        lines.iter().filter(|(_, line)| line.contains("spctl ") || names_an_option(line)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_option_is_known_by_its_dashes() {
    for text in ["\"use --local\"", "(--yes)", "\"--ca-file names\""] {
        assert!(names_an_option(text), "{text}");
    }
    for text in ["-----BEGIN CERTIFICATE-----", "a--;", "a -- b"] {
        assert!(!names_an_option(text), "{text}");
    }
}
