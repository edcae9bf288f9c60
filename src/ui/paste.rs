//! Command lines in what is said on stderr: pasted as they stand, they act where this one acts.

/// An option that says where a command acts, and its words on a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOption {
    /// `--project`.
    pub name: &'static str,
    /// `--project 'my shop'`.
    pub words: String,
}

/// The text, each of whose command lines has those of the options that it takes and has not.
pub fn completed(text: &str, options: &[PlaceOption]) -> String {
    const PROGRAM: &str = "spctl ";
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(PROGRAM) {
        let (before, line) = rest.split_at(at);
        let line = &line[PROGRAM.len()..];
        let begins = !before.ends_with(|c: char| c.is_alphanumeric() || "-_/.$'".contains(c));
        let command = line.starts_with(|c: char| c.is_ascii_lowercase());
        done.push_str(before);
        done.push_str(PROGRAM);
        if begins && command {
            let end = line.find([';', '\n']).into_iter().chain(line.find(PROGRAM)).min();
            let line = &line[..end.unwrap_or(line.len())];
            for option in options.iter().filter(|option| takes(line, option.name)) {
                done.push_str(&option.words);
                done.push(' ');
            }
        }
        rest = line;
    }
    done.push_str(rest);
    done
}

/// Whether a command takes the option, and has it neither already nor an option that excludes it.
fn takes(line: &str, option: &str) -> bool {
    let mut words = line.split([' ', ',']);
    let (noun, verb) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let has = |option: &str| line.split(' ').any(|word| word == option);
    if has(option) || has("--help") {
        return false;
    }
    match (option, noun) {
        (_, "completion" | "local") => false,
        ("--profile", "profiles") => matches!(verb, "set" | "unset"),
        (_, "profiles") => false,
        ("--local", "auth") => matches!(verb, "status" | "token"),
        ("--project", "projects" | "orgs" | "auth") => false,
        ("--project", _) => !has("--all-projects"),
        ("--org", _) => matches!(noun, "projects" | "members" | "api"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(words: &[&'static str]) -> Vec<PlaceOption> {
        let name = |words: &&'static str| words.split(' ').next().unwrap_or_default();
        words.iter().map(|w| PlaceOption { name: name(w), words: (*w).to_owned() }).collect()
    }

    #[test]
    fn each_command_line_gets_what_it_takes() {
        let options = given(&["--local", "--project 'my shop'"]);
        for (text, shown) in [
            (
                "spctl users list shows them",
                "spctl --local --project 'my shop' users list shows them",
            ),
            (
                "pipe in names, as in: spctl users list -q | spctl users get -",
                "pipe in names, as in: spctl --local --project 'my shop' users list -q | \
                 spctl --local --project 'my shop' users get -",
            ),
            ("`spctl local init` creates one", "`spctl local init` creates one"),
            ("run spctl projects list", "run spctl --local projects list"),
            ("spctl --local users list", "spctl --local users list"),
            ("spctl users list --all-projects", "spctl --local users list --all-projects"),
            ("see spctl users update --help", "see spctl users update --help"),
            ("spctl users get 'spctl x'", "spctl --local --project 'my shop' users get 'spctl x'"),
            ("/usr/bin/spctl x, myspctl users list", "/usr/bin/spctl x, myspctl users list"),
            ("sign in with spctl auth login", "sign in with spctl auth login"),
        ] {
            assert_eq!(completed(text, &options), shown);
        }
        let options = given(&["--profile staging"]);
        for (text, shown) in [
            ("spctl auth login --profile x creates it", "spctl auth login --profile x creates it"),
            (
                "sign in: spctl auth login; spctl profiles use x",
                "sign in: spctl --profile staging auth login; spctl profiles use x",
            ),
            ("spctl profiles unset KEY", "spctl --profile staging profiles unset KEY"),
        ] {
            assert_eq!(completed(text, &options), shown);
        }
        assert_eq!(completed("spctl users list", &[]), "spctl users list");
    }
}
