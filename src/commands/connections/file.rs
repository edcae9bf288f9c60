//! `--file`: a document in JSON or YAML, whose `${NAME}` stand for variables of the environment.

use std::cell::Cell;
use std::path::Path;

use secrecy::ExposeSecret;
use serde_json::Value;

use super::body::Body;
use crate::atlas::redact;
use crate::commands::input;
use crate::config::secrets::bytes;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pem;

/// What is wrong with a text in PEM form, if it does not hold what it must.
type PemCheck = fn(&[u8]) -> Result<(), String>;

/// The fields that are in PEM form, and what each must hold.
const PEM: [(&str, PemCheck); 3] = [
    ("/security/brokerPublicCertificate", pem::only_certificates),
    ("/authentication/sslCertificate", pem::only_certificates),
    ("/authentication/sslKey", pem::private_key),
];

/// Reads a document, `-` being stdin, and fills in the environment.
///
/// # Errors
/// Usage: a file that cannot be read, is neither JSON nor YAML, is not an object, or names a
/// variable that is not set or holds what no secret does.
pub fn read(context: &Context, path: &Path) -> Result<Body> {
    let name = input::name(path);
    let shown = input::document(context, "--file", path)?;
    if is_masked(&shown) {
        return Err(Error::usage(format!("{name} holds a masked value: {}", redact::MASK))
            .hint("put ${NAME} in its place, and set that variable"));
    }
    let mut sent = shown.clone();
    let (mut unset, unfit) = (Vec::new(), Cell::new(None));
    let get = |variable: &str| {
        let value = context.environment.get(variable)?;
        context.ui.known().learn(value);
        let fit = match is_pem(value) {
            true => Ok(value.into()),
            false => bytes::of_text(value),
        };
        let fit = fit.inspect_err(|why| unfit.set(Some((variable.to_owned(), *why)))).ok()?;
        context.ui.known().learn(fit.expose_secret());
        Some(fit.expose_secret().to_owned())
    };
    fill(&mut sent, &get, &mut unset);
    if let Some((variable, why)) = unfit.take() {
        return Err(Error::usage(format!("{name}: {variable} holds {why}")).hint(why.remedy()));
    }
    if !unset.is_empty() {
        unset.sort();
        unset.dedup();
        let verb = if unset.len() == 1 { "is" } else { "are" };
        return Err(Error::usage(format!("{name}: {} {verb} unset or empty", unset.join(", ")))
            .hint(
                "${NAME} in the file stands for an environment variable; write $${ for a plain ${",
            ));
    }
    redact::learn(context.ui.known(), &sent, &shown);
    for (pointer, check) in PEM {
        let Some(Value::String(text)) = sent.pointer(pointer).filter(|text| *text != "") else {
            continue;
        };
        let field = pointer[1..].replace('/', ".");
        check(text.as_bytes()).map_err(|why| {
            Error::usage(format!("{name}: {field} cannot be used: {why}"))
                .hint("nothing was changed")
        })?;
    }
    match (sent, shown) {
        (Value::Object(sent), Value::Object(shown)) => Ok(Body { sent, shown }),
        _ => Err(Error::usage(format!("{name} does not hold a single object"))),
    }
}

/// Certificates and keys have lines.
fn is_pem(text: &str) -> bool {
    text.contains("-----BEGIN ")
}

/// Whether a document came out of a listing, which shows no secrets.
fn is_masked(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(redact::MASK),
        Value::Object(fields) => fields.values().any(is_masked),
        Value::Array(items) => items.iter().any(is_masked),
        _ => false,
    }
}

fn fill(value: &mut Value, get: &impl Fn(&str) -> Option<String>, unset: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains("${") => *text = filled(text, get, unset),
        Value::Object(fields) => fields.values_mut().for_each(|v| fill(v, get, unset)),
        Value::Array(items) => items.iter_mut().for_each(|v| fill(v, get, unset)),
        _ => {}
    }
}

/// A text with its `${NAME}` filled in; `$${` stands for `${`.
fn filled(text: &str, get: &impl Fn(&str) -> Option<String>, unset: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, behind) = rest.split_at(at);
        let behind = &behind[2..];
        if let Some(before) = before.strip_suffix('$') {
            out.push_str(before);
            out.push_str("${");
            rest = behind;
            continue;
        }
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            out.push_str("${");
            rest = behind;
            continue;
        };
        match get(name).filter(|value| !value.is_empty()) {
            Some(value) => out.push_str(&value),
            None => unset.push(name.to_owned()),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_wherever_they_stand() {
        let get = |name: &str| (name == "A").then(|| "x".to_owned());
        let mut unset = Vec::new();
        assert_eq!(filled("1${A}2${A}", &get, &mut unset), "1x2x");
        assert_eq!(filled("$${A} ${ $ {A}", &get, &mut unset), "${A} ");
        assert_eq!(unset, [" $ {A"]);
        assert_eq!(filled("${", &get, &mut unset), "${");
        assert_eq!(filled("${B}", &get, &mut unset), "");
        assert_eq!(unset.last().map(String::as_str), Some("B"));
    }
}
