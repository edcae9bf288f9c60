//! Roles are named in the catalogue of privileges and nowhere else, so that client and server go by
//! one table of them.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use spctl::privileges::catalogue::{atlas_roles, built_in};

/// The sources that may not spell out a role: all but the catalogue, the sample and unit tests.
fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    const EXEMPT: &[&str] = &["src/privileges/catalogue", "src/local/sample"];
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if is_test || EXEMPT.iter().any(|exempt| path.ends_with(exempt)) {
        } else if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The string literals of code. Attributes are left out, which hold help texts and doc comments,
/// and so is what is compiled for tests only.
fn literals(code: TokenStream, found: &mut Vec<String>) {
    let mut tokens = code.into_iter().peekable();
    let mut only_for_tests = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                let bracketed = |next: &TokenTree| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
                let attribute = tokens.next_if(bracketed);
                only_for_tests |=
                    attribute.is_some_and(|attribute| attribute.to_string() == "[cfg (test)]");
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => only_for_tests = false,
            TokenTree::Group(group) => {
                if !only_for_tests {
                    literals(group.stream(), found);
                }
                only_for_tests &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Literal(literal) if !only_for_tests => {
                let text = literal.to_string();
                found.extend(text.contains('"').then_some(text));
            }
            _ => {}
        }
    }
}

/// The role that a literal spells out. A name that is also an English word counts only where the
/// literal is nothing else.
fn spelled_out(literal: &str) -> Option<&'static str> {
    let is_word = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase());
    let within = |name: &str| {
        literal.match_indices(name).any(|(start, _)| {
            let of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let (before, behind) = (&literal[..start], &literal[start + name.len()..]);
            !before.ends_with(of_a_word) && !behind.starts_with(of_a_word)
        })
    };
    let database = built_in::ROLES.iter().map(|role| role.name);
    let atlas = atlas_roles::ROLES.iter().flat_map(|role| [role.display, role.api]);
    let mut names = database.chain(atlas);
    names.find(|name| match is_word(name) {
        true => literal.trim_matches(|c| c != '"') == format!("\"{name}\""),
        false => within(name),
    })
}

#[test]
fn no_other_code_spells_out_a_role() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 100, "{files:?}");
    let mut wrong = Vec::new();
    for file in files {
        let mut found = Vec::new();
        literals(fs::read_to_string(&file).unwrap().parse().unwrap(), &mut found);
        for literal in found {
            if let Some(role) = spelled_out(&literal) {
                wrong.push(format!("{}: {role} in {literal}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "ask privileges::catalogue instead:\n{}", wrong.join("\n"));
}

#[test]
fn a_role_is_seen_where_it_is_spelled_out_and_only_there() {
    let seen = |code: &str| {
        let mut found = Vec::new();
        literals(code.parse().unwrap(), &mut found);
        found.iter().any(|literal| spelled_out(literal).is_some())
    };
    for code in [
        r#"const ROLES: &[&str] = &["a", "atlasAdmin"];"#,
        r#"fn f() { if role == "read" {} }"#,
        r#"fn f() { g(format!("name {role}, or readWriteAnyDatabase")) }"#,
        r##"const SQL: &str = r#"instr(doc, '"ORG_OWNER"')"#;"##,
        r#"mod m { fn f() -> bool { includes(held, "Project Read Only") } }"#,
        r#"#[cfg(test)] use a::b; const C: &str = "GROUP_OWNER";"#,
        r#"#[cfg(test)] mod tests { const A: &str = "backup"; } const B: &[u8] = b"backup";"#,
        r#"#[cfg(not(test))] fn f() { g("readAnyDatabase") }"#,
    ] {
        assert!(seen(code), "{code}");
    }
    for code in [
        r#"/// As atlasAdmin or "ORG_OWNER" do.
           fn f() {} // "atlasAdmin""#,
        r#"#[command(after_help = "spctl users grant alice --role atlasAdmin")] struct S;"#,
        r#"#[cfg(test)] mod tests { fn f() { g("atlasAdmin") } }"#,
        r#"#[cfg(test)] fn f() -> Vec<&str> { vec!["atlasAdmin"] }"#,
        r#"const CODE: &str = "CANNOT_REMOVE_LAST_ORG_OWNER";"#,
        r#"fn f() { g("cannot read", "read {file}", "the backup", atlasAdmin) }"#,
    ] {
        assert!(!seen(code), "{code}");
    }
}
